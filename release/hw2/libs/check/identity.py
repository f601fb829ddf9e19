"""Who the notebooks say they are from: read as the collector reads it, never run."""

import ast
import re
import unicodedata
from typing import Any

from .cells import Matched
from .said import LOST, OUTSIDE, Said, several

FIELDS = ("STUDENT_NUMBER", "NAME")
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, 0x00AD])


def say_identity(notebooks: list[Matched], packed_for: tuple[str, str] | None = None) -> list[Said]:
    """What is empty, cannot be read, or is not the same in all notebooks. packed_for: name and number of who packs."""
    found = {matched.file: _literals(_identity_source(matched)) for matched in notebooks}
    empty, said = dict[str, list[str]](), list[Said]()
    for field in FIELDS:
        values = {file: normal(field, fields.get(field)) for file, fields in found.items()}
        empty.setdefault(_where([file for file, value in values.items() if not value], len(values)), []).append(field)
        said += _differ(field, {file: value for file, value in values.items() if value})
        if packed_for:
            said += _other(field, normal(field, packed_for[field == FIELDS[0]]), set(values.values()) - {""})
    return _empty(empty) + said + _unreadable_lists(found)


def normal(field: str, value: Any) -> str:
    """A number in Latin digits and without signs, a name without what cannot be seen; empty for what is no text."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return ""
    text = unicodedata.normalize("NFKC", str(value)).translate(_INVISIBLE)
    if field == FIELDS[0]:
        return "".join(str(int(digit)) for digit in re.findall(r"\d", text))
    return " ".join(text.replace("\u064a", "\u06cc").replace("\u0643", "\u06a9").split())


def _identity_source(matched: Matched) -> str:
    return "\n".join(matched.text_of(entry) for entry in matched.entries if entry.role == "identity")


def _literals(source: str) -> dict[str, Any]:
    """NAME = literal lines; a field that is no plain literal is None."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found = {}
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
                found[node.targets[0].id] = None
    return found


def _where(files: list[str], of: int) -> str:
    return "all notebooks" if len(files) == of > 1 else several(files, 4) if files else ""


def _empty(empty: dict[str, list[str]]) -> list[Said]:
    """empty: where -> the fields that are empty there."""
    how = "write it in quotes into the first code cell, run that cell and save"
    return [
        Said(
            LOST,
            f"{several(fields)} {'is' if len(fields) == 1 else 'are'} empty, or no text in quotes, in {where}: {how}.",
        )
        for where, fields in empty.items()
        if where
    ]


def _differ(field: str, values: dict[str, str]) -> list[Said]:
    where: dict[str, list[str]] = {}
    for file, value in values.items():
        where.setdefault(value, []).append(file)
    if len(where) < 2:
        return []
    parts = [
        f"{value} in {several(files, 4)}" for value, files in sorted(where.items(), key=lambda item: -len(item[1]))
    ]
    return [Said(LOST, f"{field} is not the same in all notebooks: {'; '.join(parts)}. Is one of the files not yours?")]


def _other(field: str, packed: str, saved: set[str]) -> list[Said]:
    if packed in saved or not saved:
        return []
    return [Said(LOST, f"{field} is {packed} here, and {several(sorted(saved))} in the notebooks as they were saved.")]


def _unreadable_lists(found: dict[str, dict[str, Any]]) -> list[Said]:
    said = []
    for field in ("COLLABORATORS", "SOURCES"):
        bad = [file for file, fields in found.items() if field in fields and not _is_texts(fields[field])]
        if bad:
            text = f'{field} is no list of texts in {several(bad, 4)}: write it like {field} = ["Sara Ahmadi"].'
            said.append(Said(OUTSIDE, text))
    return said


def _is_texts(value: Any) -> bool:
    parts = value if isinstance(value, (list, tuple, set)) else [value]
    return all(isinstance(part, str) for part in parts)
