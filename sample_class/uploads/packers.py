"""Packs the files of an upload as no honest program would: headers that lie, links, bombs, names that lead out."""

import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable

from .kit import Files, Kit
from .upload import THEORY

NAME = "Sara Ahmadi"
EPOCH = (2023, 11, 1, 0, 0, 0)
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
Pack = Callable[[Kit, Files], bytes]


def just(data: bytes) -> Pack:
    return lambda kit, files: data


def tar(kit: Kit, files: Files) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def cut_off(kit: Kit, files: Files) -> bytes:
    return kit.zip(files)[:-300]


def more(*entries: tuple[str, bytes]) -> Pack:
    """A complete upload with more entries, under their very names."""

    def pack(kit: Kit, files: Files) -> bytes:
        own = [(zipfile.ZipInfo(f"HW2/{name}", EPOCH), data) for name, data in files.items()]
        return kit.zip_of(own + [(zipfile.ZipInfo(name, EPOCH), data) for name, data in entries])

    return pack


def moved(name: str, place: str) -> Pack:
    """One file of it under a name that leads elsewhere."""

    def pack(kit: Kit, files: Files) -> bytes:
        return kit.zip({place if old == name else old: data for old, data in files.items()}, folder="")

    return pack


def bombs(kit: Kit, files: Files) -> bytes:
    zeros = bytes(45 * 2**20)
    return more(*((f"z{number}.ipynb", zeros) for number in range(5)))(kit, files)


def entries(count: int) -> Pack:
    return more(*((f"{number}", b"") for number in range(count)))


def link(kit: Kit, files: Files) -> bytes:
    info = zipfile.ZipInfo(f"HW2/{THEORY}", EPOCH)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    own = [(zipfile.ZipInfo(f"HW2/{name}", EPOCH), data) for name, data in files.items() if name != THEORY]
    return kit.zip_of([*own, (info, b"/etc/passwd")])


def patched(change: Callable[[bytearray, int, int], None], *names: str) -> Pack:
    """Headers of entries changed; change gets the zip and where the local and the central header begin."""

    def pack(kit: Kit, files: Files) -> bytes:
        data = bytearray(kit.zip({**files, "answer.png": b"\x89PNG" + bytes(range(256))}))
        for name in names or files:
            at = data.index(f"HW2/{name}".encode())
            change(data, at - 30, data.rindex(f"HW2/{name}".encode()) - 46)
        return bytes(data)

    return pack


def encrypt(data: bytearray, local: int, central: int) -> None:
    data[local + 6] |= 1
    data[central + 8] |= 1


def bad_sum(data: bytearray, local: int, central: int) -> None:
    for at in (local + 14, central + 16):
        struct.pack_into("<I", data, at, 12345)


def lie(data: bytearray, local: int, central: int) -> None:
    """The header says that the file is ten bytes long."""
    for at in (local + 22, central + 24):
        struct.pack_into("<I", data, at, 10)


def method(data: bytearray, local: int, central: int) -> None:
    """Deflate64, as some programs choose for large files."""
    for at in (local + 8, central + 10):
        struct.pack_into("<H", data, at, 9)


def overlap(kit: Kit, files: Files) -> bytes:
    """Two entries of the directory share one file's bytes."""
    data = bytearray(kit.zip(files))
    first = data.index(CENTRAL)
    second = data.index(CENTRAL, first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def long_directory(kit: Kit, files: Files) -> bytes:
    """The end of the zip claims a directory of a gigabyte."""
    data = bytearray(kit.zip(files))
    struct.pack_into("<I", data, data.rindex(END) + 12, 2**30)
    return bytes(data)


def case(kit: Kit, files: Files) -> bytes:
    older = files[THEORY].replace(b"begun", b"tried")
    return more((f"HW2/{THEORY.upper()}", older))(kit, files)


def same_path(kit: Kit, files: Files) -> bytes:
    """The same path twice: unpacking would leave the later one."""
    own = [(zipfile.ZipInfo(f"HW2/{THEORY}", EPOCH), files[THEORY].replace(b"begun", b"tried"))]
    return kit.zip_of(own + [(zipfile.ZipInfo(f"HW2/{name}", EPOCH), data) for name, data in files.items()])


def nested_brackets(kit: Kit, files: Files) -> bytes:
    return kit.zip({**files, THEORY: b'{"cells": ' + b"[" * 5_000_000})


def long_identity(kit: Kit, files: Files) -> bytes:
    """An identity cell that a careless parser would not survive."""

    def change(notebook: dict[str, list[dict[str, object]]]) -> None:
        for cell in notebook["cells"]:
            if "STUDENT_NUMBER = " in str(cell["source"]):
                cell["source"] = "STUDENT_NUMBER = " + "(" * 9000 + ")" * 9000

    return kit.zip({**files, THEORY: kit.changed(files[THEORY], change)})
