"""What the hand-out holds, as `libs/given.json` tells: its cells, its module, its files."""

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

NAME = "given.json"
_POINTS = re.compile(r"\s*\([\d.]+ points?\)\.?$")


@dataclass(frozen=True)
class Entry:
    """One cell of a notebook of the hand-out. stub: of an answer; first, digest: of a given cell's text."""

    id: str
    type: str
    role: str
    section: str
    stub: str = ""
    first: str = ""
    digest: str = ""
    points: float = 0.0
    block: str = ""

    @property
    def is_answer(self) -> bool:
        """True for a cell that is yours to write in."""
        return self.role in ("answer", "identity")

    @cached_property
    def sentence(self) -> str:
        """The cell's first line without its comment or heading mark and without its points."""
        first = next((line for line in (self.stub or self.first).splitlines() if line.strip()), self.id)
        return _POINTS.sub("", first.strip().lstrip("#").strip().replace("**", ""))

    @property
    def short(self) -> str:
        """The beginning of it."""
        return self.sentence if len(self.sentence) <= 40 else self.sentence[:40].rstrip() + " ..."


@dataclass(frozen=True)
class Given:
    """The hand-out. files: name -> SHA-256 of its question sheets; beside: what else lies in its folder."""

    notebooks: dict[str, list[Entry]]
    module: dict[str, Any]
    libs: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)

    @property
    def module_notebook(self) -> str:
        """The notebook that the module belongs to: the one of the same name."""
        return self.module["name"].rpartition(".")[0]

    @property
    def practicals(self) -> list[str]:
        """The notebooks that hold tests."""
        return [name for name, entries in self.notebooks.items() if any(entry.role == "test" for entry in entries)]


def load(folder: Path) -> Given:
    """The hand-out that the folder was unpacked from; raises ValueError that says what to do when it is not there."""
    for libs in (folder / "libs", Path(__file__).resolve().parent.parent):
        if (libs / NAME).is_file():
            with suppress(ValueError, KeyError, TypeError, AttributeError):  # damaged
                raw = json.loads((libs / NAME).read_text(encoding="utf-8"))
                notebooks = {name: [Entry(**cell) for cell in cells] for name, cells in raw.pop("notebooks").items()}
                return Given(notebooks, **raw)
    raise ValueError(
        f"libs/{NAME} is not to be read: unpack the hand-out again and lay its folder libs beside your notebooks"
    )


def digest_of_words(source: str) -> str:
    """A digest of a text in which white space does not count."""
    return hashlib.sha256(" ".join(source.split()).encode("utf-8", "replace")).hexdigest()[:16]


def sha256(data: bytes) -> str:
    """The digest of a file's bytes."""
    return hashlib.sha256(data).hexdigest()
