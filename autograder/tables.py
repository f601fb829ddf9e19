"""CSV tables that a person keeps by hand, read with the number of each line, and files written whole."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def read_rows(
    path: Path, columns: tuple[str, ...], exact: bool = False, optional: tuple[str, ...] = ()
) -> list[tuple[int, dict[str, str]]]:
    """Line number and row of a CSV, empty rows left out; [] when there is no such file; raises ValueError.

    A spreadsheet may have saved it: with a byte order mark, with semicolons or tabs. exact: white space around a value
    is part of it. optional: columns that may be missing, and are empty then.
    """
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text; save it as CSV in UTF-8") from error
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    found = []
    try:
        names = {(name or "").strip().casefold(): name for name in rows.fieldnames or []}
        if not set(columns) <= set(names):
            raise ValueError(f"{path}: the first line must name the columns {', '.join(columns)}")
        for row in rows:
            if any(row.get(None) or []):
                raise ValueError(f'{path}, line {rows.line_num}: has more cells than the first line; put "" around one')
            values = {column: row[names[column]] or "" if column in names else "" for column in (*columns, *optional)}
            if any(value.strip() for value in values.values()):
                found.append((rows.line_num, values if exact else {key: text.strip() for key, text in values.items()}))
    except csv.Error as error:
        raise ValueError(
            f"{path}, line {rows.reader.line_num}: {error}; see that each quotation mark is closed"
        ) from error
    return found


def read_table(
    path: Path, columns: tuple[str, ...], read: Callable[[dict[str, str]], tuple[Key, Value]]
) -> dict[Key, Value]:
    """What the lines of a CSV say, by what they say it of; {} when there is no such file.

    Raises ValueError that names the line which `read` refuses with a ValueError, or which contradicts one above it.
    """
    found: dict[Key, Value] = {}
    lines: dict[Key, int] = {}
    for line, cells in read_rows(path, columns):
        try:
            key, value = read(cells)
            if key in found and found[key] != value:
                about = " and ".join(key) if isinstance(key, tuple) else key
                raise ValueError(f"line {lines[key]} says something else of {about}; keep one of the two")
        except ValueError as error:
            raise ValueError(f"{path}, line {line}: {error}") from error
        found[key], lines[key] = value, line
    return found


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and put it there when it is on the disk, so that it is never seen half-written."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def add_rows(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Add rows to a ledger; what stands in it stays, byte for byte."""
    if not rows:
        return
    before = path.read_bytes() if path.exists() else b""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if not before:
        writer.writerow(columns)
    writer.writerows(rows)
    write_whole(path, before + text.getvalue().encode())
