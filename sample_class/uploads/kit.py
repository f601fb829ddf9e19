"""Makes the files of an upload from release/hw2, and zips of every kind from them."""

import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from autograder import assignment

Files = dict[str, bytes]
_EPOCH = (2023, 11, 1, 0, 0, 0)
_STUB = re.compile(r"raise NotImplementedError\(.*\)")


class RawName(zipfile.ZipInfo):
    """An entry whose name is written in bytes of any code page, as old programs do."""

    raw: bytes = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.raw, self.flag_bits & ~0x800


class Kit:
    """The hand-out of a checkout, as a student would fill it in."""

    def __init__(self, root: Path):
        self.release = root / "release" / assignment.NAME

    def files(self, number: str, name: str, written: bool = True) -> Files:
        """Notebooks and module with who sent them, and one answer begun in each."""
        files = {f"{n}.ipynb": self.notebook(n, number, name, written) for n in assignment.NOTEBOOKS}
        module = (self.release / assignment.MODULE).read_text(encoding="utf-8")
        return files | {assignment.MODULE: (_begun(module, number) if written else module).encode()}

    def notebook(self, name: str, number: str, student: str, written: bool = True) -> bytes:
        """One notebook of the hand-out."""
        notebook = json.loads(_text(self.release / f"{name}.ipynb"))
        if written:
            _identify(notebook, number, student)
            _begin(notebook, number)
        return json.dumps(notebook, ensure_ascii=False).encode()

    def changed(self, data: bytes, change: Callable[[Any], None]) -> bytes:
        """A notebook after something was done to its JSON."""
        notebook = json.loads(data)
        change(notebook)
        return json.dumps(notebook, ensure_ascii=False).encode()

    def zip(self, files: Files, folder: str = "HW2/", method: int = zipfile.ZIP_DEFLATED) -> bytes:
        """The files in a zip, below a folder."""
        entries = {zipfile.ZipInfo(folder + path, _EPOCH): data for path, data in files.items()}
        return self.zip_of(list(entries.items()), method)

    def zip_of(self, entries: list[tuple[zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
        """A zip of entries made by hand."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a path that is there twice is meant
            for info, data in entries:
                archive.writestr(info, data, method, compresslevel=1)
        return buffer.getvalue()

    def raw_zip(self, files: Files, folder: bytes) -> bytes:
        """The files below a folder whose name is in an unnamed code page."""
        entries = []
        for number, (path, data) in enumerate(files.items()):
            info = RawName(f"{number}", _EPOCH)
            info.raw = folder + b"/" + path.encode()
            entries.append((info, data))
        return self.zip_of(entries)


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _begun(module: str, number: str) -> str:
    return _STUB.sub(f"pass  # begun by {number}", module, count=1)


def _identify(notebook: Any, number: str, student: str) -> None:
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == assignment.IDENTITY:
            cell["source"] = f'STUDENT_NUMBER = "{number}"\nNAME = "{student}"\nCOLLABORATORS = []\nSOURCES = []'


def _begin(notebook: Any, number: str) -> None:
    """Write into the first answer that is not the identity cell."""
    for cell in notebook["cells"]:
        flags = cell["metadata"].get("nbgrader", {})
        free = flags and not (flags.get("locked") or flags.get("grade") or flags.get("task"))
        if free and flags["grade_id"] != assignment.IDENTITY:
            cell["source"] = ["".join(cell["source"]), f"\n# begun by {number}"]
            return
