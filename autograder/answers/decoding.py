"""The text of a file in whatever encoding an editor has saved it."""

import codecs

_MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16"}
_MARKS |= {codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}  # the longer ones are looked for first


def decoded(data: bytes) -> tuple[str, list[str]]:
    """The file as text with \\n line ends and no NUL, and remarks on what had to be guessed."""
    encoding = encoding_of(data)
    try:
        text, remarks = data.decode(encoding), [] if encoding.startswith("utf-8") else [f"is {encoding}, not UTF-8"]
    except UnicodeDecodeError:
        text, remarks = data.decode("latin-1"), [f"is not {encoding.upper()}: read as latin-1"]
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""), remarks


def encoding_of(data: bytes) -> str:
    """UTF-8 unless the first bytes say otherwise: by a byte order mark, or by the zeros between Latin letters."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    if marked or len(data) < 4:
        return marked or "utf-8"
    zeros = [byte == 0 for byte in data[:4]]
    kinds: dict[tuple[bool, ...], str] = {(False, True) * 2: "utf-16-le", (True, False) * 2: "utf-16-be"}
    kinds |= {(False, True, True, True): "utf-32-le", (True, True, True, False): "utf-32-be"}
    return kinds.get(tuple(zeros), "utf-8")


def as_utf8(data: bytes) -> bytes:
    """The same text in UTF-8; the very bytes where they are that, or no text in what they seem to be."""
    encoding = encoding_of(data)
    try:
        return data if encoding.startswith("utf-8") else data.decode(encoding).encode()
    except UnicodeError:
        return data
