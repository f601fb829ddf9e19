"""CSV tables that a person keeps by hand, read with the number of each line, and files written whole."""

import csv
import io
import os
from pathlib import Path


def read_rows(path: Path, columns: tuple[str, ...], exact: bool = False) -> list[tuple[int, dict[str, str]]]:
    """Line number and row of a CSV, empty rows left out; [] when there is no such file; raises ValueError.

    A spreadsheet may have saved it: with a byte order mark, with semicolons or tabs. exact: white space around a value
    is part of it.
    """
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text; save it as CSV in UTF-8") from error
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    names = {(name or "").strip().casefold(): name for name in rows.fieldnames or []}
    if not set(columns) <= set(names):
        raise ValueError(f"{path}: the first line must name the columns {', '.join(columns)}")
    found = []
    for row in rows:
        values = {column: row[names[column]] or "" for column in columns}
        if any(value.strip() for value in values.values()):
            found.append((rows.line_num, values if exact else {key: text.strip() for key, text in values.items()}))
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
