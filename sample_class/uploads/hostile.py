"""Uploads that are no zip, that lie, or that try to be written elsewhere or to fill the machine."""

import gzip
import zipfile

from .kit import Kit
from .packers import (
    NAME,
    Pack,
    bad_sum,
    bombs,
    case,
    cut_off,
    encrypt,
    entries,
    just,
    lie,
    link,
    long_directory,
    long_identity,
    method,
    more,
    moved,
    nested_brackets,
    overlap,
    patched,
    same_path,
    tar,
)
from .upload import ALL, MODULE, NETWORKS, SUPERVISED, THEORY, UNSUPERVISED, Upload


def _hostile(
    number: str,
    situation: str,
    pack: Pack,
    problem: str = "",
    remarks: tuple[str, ...] = (),
    found: frozenset[str] = ALL,
    ending: str = ".zip",
    attachments: int = 0,
) -> Upload:
    def make(kit: Kit, upload: Upload) -> bytes:
        return pack(kit, kit.files(number, NAME))

    file = f"HW2-{NAME}-{number}{ending}"
    seen = frozenset() if problem else found
    return Upload(situation, number, NAME, file, make, seen, remarks, problem, attachments=attachments)


_TWO_LEFT = "ask the student for a zip made anew"
HOSTILE = (
    _hostile("403300001", "a rar archive named zip", just(b"Rar!\x1a\x07\x01\x00" + bytes(64)), "is a rar archive"),
    _hostile(
        "403300002", "a rar archive", just(b"Rar!\x1a\x07\x01\x00" + bytes(64)), "is a rar archive", ending=".rar"
    ),
    _hostile("403300003", "a 7z archive named zip", just(b"7z\xbc\xaf\x27\x1c" + bytes(64)), "is a 7z archive"),
    _hostile(
        "403300004",
        "a gzip archive",
        lambda kit, files: gzip.compress(b"x", mtime=0),
        "is a gzip archive",
        ending=".tar.gz",
    ),
    _hostile(
        "403300005",
        "a PDF named zip",
        just(b"%PDF-1.7\n" + bytes(64)),
        remarks=("taken as a page of written answers", *(f"{name} is missing" for name in ALL)),
        found=frozenset(),
        attachments=1,
    ),
    _hostile("403300006", "a tar archive", tar, "is a tar archive", ending=".tar"),
    _hostile("403300007", "an empty file", just(b""), "is empty"),
    _hostile("403300008", "a page in place of the download", just(b"<!DOCTYPE html><p>404"), "is a web page"),
    _hostile("403300009", "a zip that was cut off", cut_off, _TWO_LEFT),
    _hostile("403300010", "a zip without files", lambda kit, files: kit.zip({}), "is a zip without any file"),
    _hostile(
        "403300011", "nothing of the homework", lambda kit, files: kit.zip({"a.txt": b"hello"}), "holds no notebook"
    ),
    _hostile(
        "403300012", "a large bomb", more(("big.ipynb", bytes(64 * 2**20))), remarks=("'big.ipynb' is larger than 50",)
    ),
    _hostile("403300013", "many bombs", bombs, remarks=("'z4.ipynb' does not fit",)),
    _hostile("403300014", "20,000 entries", entries(20_000), "holds 20005 files, more than 2000"),
    _hostile(
        "403300015", "a name that leads up", moved(THEORY, f"../../../../tmp/{THEORY}"), remarks=("leads out of the",)
    ),
    _hostile("403300016", "an absolute name", moved(MODULE, f"/etc/{MODULE}"), remarks=("leads out of the archive",)),
    _hostile(
        "403300017", "a name with a drive", moved(THEORY, f"C:\\Windows\\{THEORY}"), remarks=("leads out of the",)
    ),
    _hostile(
        "403300018",
        "a link in place of a notebook",
        link,
        remarks=("is a link, not", f"{THEORY} is missing"),
        found=ALL - {THEORY},
    ),
    _hostile(
        "403300019",
        "encrypted",
        patched(encrypt, NETWORKS, SUPERVISED, UNSUPERVISED, THEORY, MODULE, "answer.png"),
        "is encrypted",
    ),
    _hostile(
        "403300020",
        "one notebook encrypted",
        patched(encrypt, THEORY),
        remarks=("is encrypted", f"{THEORY} is missing"),
        found=ALL - {THEORY},
        attachments=1,
    ),
    _hostile("403300021", "entries that overlap", overlap, "has entries that overlap"),
    _hostile(
        "403300022",
        "a size that lies",
        patched(lie, THEORY),
        remarks=("is damaged in the zip", f"{THEORY} is missing"),
        found=ALL - {THEORY},
        attachments=1,
    ),
    _hostile(
        "403300023",
        "a picture with a bad checksum",
        patched(bad_sum, "answer.png"),
        remarks=("'HW2/answer.png' is damaged",),
    ),
    _hostile(
        "403300024",
        "a notebook with a bad checksum",
        patched(bad_sum, SUPERVISED),
        remarks=(f"'HW2/{SUPERVISED}' is damaged", f"{SUPERVISED} is missing"),
        found=ALL - {SUPERVISED},
        attachments=1,
    ),
    _hostile(
        "403300025",
        "packed by bzip2",
        lambda kit, files: kit.zip(files, method=zipfile.ZIP_BZIP2),
        "is packed by a method",
    ),
    _hostile(
        "403300026",
        "one file packed by Deflate64",
        patched(method, MODULE),
        remarks=("is packed by a method", f"{MODULE} is missing"),
        found=ALL - {MODULE},
        attachments=1,
    ),
    _hostile("403300027", "a directory that claims a gigabyte", long_directory, "lists far more than 2000 files"),
    _hostile("403300028", "names that differ in case only", case, remarks=(f"{THEORY} is in it several times",)),
    _hostile("403300029", "the same path twice", same_path, remarks=(f"{THEORY} is in it several times",)),
    _hostile("403300030", "brackets without end", nested_brackets, remarks=(f"{THEORY} is not a notebook",)),
    _hostile(
        "403300031",
        "an identity cell of brackets",
        long_identity,
        remarks=(f"STUDENT_NUMBER and NAME are empty, or not to be read, in {THEORY}",),
    ),
    _hostile(
        "403300032",
        "a .py of 3 MiB",
        lambda kit, files: kit.zip({**files, MODULE: b"x = 1\n" * 2**19}),
        remarks=("is larger than 2", f"{MODULE} is missing"),
        found=ALL - {MODULE},
    ),
)
