"""What lies in the folder: files that are missing, that were renamed, that will not be sent, that are too large."""

from pathlib import Path

from ..written_pages import KINDS, IPHONE, SHEET
from .given import Given, digest_of_words, sha256
from .said import LOST, NOTE, OUTSIDE, Said, several

MB = 2**20
LARGEST = 50 * MB  # of one file that is read
MOST = 200 * MB  # of all
DOCUMENTS = (
    ".docx", ".doc", ".docm", ".rtf", ".odt", ".pages", ".wps", ".tex", ".lyx", ".pptx", ".ppt", ".odp", ".key",
    ".xlsx", ".xls", ".ods", ".numbers", ".xps", ".oxps", ".ps", ".eps", ".djvu", ".epub", ".one", ".goodnotes",
    ".note", ".notability", ".xopp", ".sdocx",
)  # fmt: skip
TEXTS = (".md", ".markdown", ".txt", ".html", ".htm")
PICTURES = (
    ".tif", ".tiff", ".gif", ".bmp", ".dib", ".svg", ".avif", ".jp2", ".jxl", ".psd", ".xcf", ".ico", ".dng", ".raw",
    ".cr2", ".cr3", ".nef", ".arw", ".ppm", ".pgm",
)  # fmt: skip
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz")
_PAGES = (*KINDS, *IPHONE)


def wanted_files(given: Given) -> list[str]:
    """The names of the files that the homework asks for."""
    return [*(f"{name}.ipynb" for name in given.notebooks), given.module["name"]]


def say_files(folder: Path, given: Given, sent: list[Path]) -> list[Said]:
    """A sentence for each kind of thing. sent: the files of written answers."""
    wanted = wanted_files(given)
    return [
        *_missing(folder, wanted),
        *_sheets(folder, given),
        *_not_sent(folder, given, sent),
        *_folders(folder, given),
        *_large(sent),
        *_libs(folder, given),
    ]


def _missing(folder: Path, wanted: list[str]) -> list[Said]:
    """Files that are not there; one of another name that may be it is named."""
    said = []
    for name in wanted:
        if not (folder / name).is_file():
            stem, suffix = name.rsplit(".", 1)
            others = [path.name for path in folder.glob(f"*.{suffix}") if path.name not in wanted]
            like = sorted(other for other in others if _letters(stem) in _letters(other))
            perhaps = f" Is it {several(like)}? Then give it this name." if like else ""
            said.append(Said(LOST, f"{name} is not in this folder: what is in it cannot be graded.{perhaps}"))
    return said


def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalpha())


def _sheets(folder: Path, given: Given) -> list[Said]:
    """A page file with a question sheet's name and other bytes: perhaps answers were written into it."""
    there = {name: digest for name, digest in given.files.items() if (folder / name).is_file()}
    other = [name for name, digest in there.items() if sha256((folder / name).read_bytes()) != digest]
    if not other:
        return []
    text = f"{several(other)} is not the sheet that was handed out, so it is sent as your answers; is that right?"
    return [Said(NOTE, text)]


def _not_sent(folder: Path, given: Given, sent: list[Path]) -> list[Said]:
    """What lies beside the notebooks and will not be sent, by what is to be done about it."""
    pages, reasons = {path.stem.casefold() for path in sent}, dict[tuple[int, str], list[str]]()
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_file() and path not in sent and not _is_known(path, given):
            has_pdf = path.stem.casefold() in pages  # a document of which a page file was made
            reasons.setdefault((NOTE, "") if has_pdf else _reason(path), []).append(path.name)
    return [
        Said(rank, f"{several(names, 5)} will not be sent: {why}.") for (rank, why), names in reasons.items() if why
    ]


def _is_known(path: Path, given: Given) -> bool:
    ours = (*wanted_files(given), *given.beside, *given.files, SHEET)
    own_zip = path.name.startswith("HW2") and path.suffix == ".zip"
    return path.name in ours or path.name.startswith((".", "~$")) or own_zip or path.suffix == ".part"


def _reason(path: Path) -> tuple[int, str]:
    suffix = path.suffix.lower()
    if suffix in _PAGES:
        return NOTE, "its bytes are those of the question sheet"
    if suffix in (*DOCUMENTS, *TEXTS):
        rank = OUTSIDE if suffix in DOCUMENTS else NOTE
        return rank, "only PDF and pictures are pages that a marker sees; if it holds answers, export it as PDF"
    if suffix in PICTURES:
        return OUTSIDE, "this kind of picture is not shown to a marker; export it as PDF, JPEG or PNG"
    if suffix in ARCHIVES:
        return OUTSIDE, "an archive is not opened; take your answers out of it and lay them beside the notebooks"
    if suffix in (".ipynb", ".py"):
        return NOTE, "only the files of the homework are, under their own names"
    return NOTE, "it is no part of the homework"


def _folders(folder: Path, given: Given) -> list[Said]:
    """Sub-folders with what could be pages."""
    ours = {*given.beside, "__pycache__", "HW2"}
    found = []
    for path in sorted(folder.iterdir()):
        is_theirs = path.is_dir() and path.name not in ours and not path.name.startswith(".")
        if is_theirs and not (path / "pyvenv.cfg").exists():
            count = sum(inside.suffix.lower() in (*_PAGES, ".docx", ".doc") for inside in path.rglob("*"))
            found += [f"{path.name} ({count} that could be pages)"] if count else []
    if not found:
        return []
    text = f"the files in the folder {several(found)} will not be sent: lay written answers beside the notebooks."
    return [Said(NOTE, text)]


def _large(sent: list[Path]) -> list[Said]:
    sizes = {path.name: path.stat().st_size for path in sent}
    large = [(name, size, LARGEST) for name, size in sizes.items() if size > LARGEST]
    if sum(sizes.values()) > MOST:
        large.append(("all written pages together", sum(sizes.values()), MOST))
    return [
        Said(LOST, f"{name}: {size / MB:.0f} MB, of which no more than {most // MB} are read: scan smaller.")
        for name, size, most in large
    ]


def _libs(folder: Path, given: Given) -> list[Said]:
    """Files of libs that were changed: the grader uses its own."""
    libs = folder / "libs"
    changed = [
        name
        for name, digest in given.libs.items()
        if not (libs / name).is_file() or digest_of_words((libs / name).read_text("utf-8", "replace")) != digest
    ]
    if not changed:
        return []
    text = f"libs/{several(changed)} is not as it was handed out. The grader uses its own, so undo this."
    return [Said(OUTSIDE, text)]
