"""Packs the hand-out: release/hw2, digits and written questions in one zip, the same bytes for the same content."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from .. import assignment

_EPOCH = (2023, 10, 1, 0, 0, 0)


def pack(root: Path) -> Path:
    """Write dist/HW2.zip and return its path."""
    target = root / "dist" / "HW2.zip"
    target.parent.mkdir(exist_ok=True)
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as archive:
        for inside, path in _handed_out(root):
            info = zipfile.ZipInfo(f"HW2/{inside}", _EPOCH)
            info.external_attr = 0o644 << 16
            stored = path.suffix == ".gz"
            archive.writestr(info, path.read_bytes(), zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    part.replace(target)
    return target


def _handed_out(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file of the hand-out by its name in it: the release, the digits, the written questions as PDF."""
    for folder, inside in ((root / "release" / assignment.NAME, ""), (root / "data" / "mnist", "data/mnist/")):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            yield f"{inside}{path.relative_to(folder).as_posix()}", path
    for path in sorted((root / "theory").glob("questions-*.pdf")):
        yield path.name, path
