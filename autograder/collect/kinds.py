"""Which files of an upload are read, by their endings, and what to do about those that cannot be pages."""

from pathlib import PurePosixPath

from .spelling import visible

PRACTICAL = (".ipynb", ".py")
JPEG = (".jpg", ".jpeg", ".jpe", ".jfif")
IPHONE = (".heic", ".heif")
ATTACHMENTS = (".pdf", ".png", *JPEG, ".webp", *IPHONE)  # the pages of written answers
_PLAIN = (".txt", ".md", ".markdown", ".url", ".webloc", ".html", ".htm")
TEXTS = (*_PLAIN, ".docx")  # where a link to a repository may stand
PERHAPS = ("", ".json")  # a notebook or module may have lost its ending
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".tgz")
# fmt: off
DOCUMENTS = (
    ".docx", ".doc", ".docm", ".dotx", ".rtf", ".odt", ".ott", ".fodt", ".pages", ".wps", ".hwp", ".tex", ".lyx",
    ".pptx", ".ppt", ".pptm", ".ppsx", ".odp", ".key", ".xlsx", ".xls", ".ods", ".numbers", ".xps", ".oxps", ".ps",
    ".eps", ".djvu", ".djv", ".epub", ".one", ".onepkg", ".goodnotes", ".note", ".notability", ".xopp", ".sdocx",
)
PICTURES = (
    ".tif", ".tiff", ".gif", ".bmp", ".dib", ".svg", ".svgz", ".avif", ".jp2", ".jxl", ".psd", ".xcf", ".ico", ".dng",
    ".raw", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".emf", ".wmf", ".ppm", ".pgm",
)
# fmt: on
_KINDS = (PRACTICAL, TEXTS, ATTACHMENTS, PERHAPS)
LAST = len(_KINDS)


def ending(path: PurePosixPath) -> str:
    """What a name ends in, in lower case, without the spaces and marks of direction that typing leaves behind it."""
    return visible(path.suffix).lower()


def need(path: PurePosixPath) -> int:
    """0 for what is needed most; what is of no use comes LAST and is not read."""
    return next((rank for rank, kinds in enumerate(_KINDS) if ending(path) in kinds), LAST)


def is_page(path: PurePosixPath) -> bool:
    """True for a file that gives pages of written answers."""
    return ending(path) in ATTACHMENTS


def page_order(path: str) -> tuple[bool, str]:
    """By name; pages that only their bytes tell come last, for the packer of libs does not count them."""
    return not is_page(PurePosixPath(path)), path


def is_text(path: PurePosixPath) -> bool:
    """True for a text or a web page, in which a link may stand."""
    return ending(path) in _PLAIN


def no_page(path: PurePosixPath) -> str:
    """Why a file that may hold written answers gives no page, and what to do; empty for every other file."""
    if ending(path) in DOCUMENTS:
        return "is a document that cannot be shown: export it as PDF"
    return "is a picture that cannot be shown: save it as JPEG, PNG or PDF" if ending(path) in PICTURES else ""


def beside(paths: list[PurePosixPath]) -> set[tuple[PurePosixPath, str]]:
    """Folder and name without its ending, to know files that another program made of the same work."""
    return {(path.parent, path.stem.casefold()) for path in paths}
