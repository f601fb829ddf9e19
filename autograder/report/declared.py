"""Whom a student worked with and what they used, as the identity cells of the notebooks declare it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..result import Record

NOTHING = "declares no collaborators and no sources, in none of the notebooks"


@dataclass(frozen=True)
class Declared:
    """Names and sources in the order of the notebooks, each once."""

    collaborators: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def remarks(self) -> list[str]:
        """A remark for a person when nothing was declared."""
        return [] if self.collaborators or self.sources else [NOTHING]


def declared(records: Iterable[Record]) -> Declared:
    """What the records' identity cells declare; what is neither a text nor a list of texts is left out."""
    found = [record.identity for record in records]
    return Declared(_texts(found, "COLLABORATORS"), _texts(found, "SOURCES"))


def _texts(identities: list[dict[str, Any]], field: str) -> tuple[str, ...]:
    values = [identity.get(field) for identity in identities]
    parts = [part for value in values for part in (value if isinstance(value, list | tuple | set) else [value])]
    return tuple(dict.fromkeys(part.strip()[:300] for part in parts if isinstance(part, str) and part.strip()))
