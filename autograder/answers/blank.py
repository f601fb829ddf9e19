"""What can be seen of a cell's text: without invisible characters, comments, and frames in which nothing stands."""

import html
import re
import unicodedata

_FRAME = re.compile(r"<!--.*?-->|<(?!/?(?:img|svg|video|audio|iframe|object|embed|math)\b)/?[a-z][^<>]*>", re.I | re.S)
_INVISIBLE = ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Cn")
_EMPTY = frozenset("\u2800\u3164\u115f\u1160\uffa0")  # letters by their kind that look like a space


def lines_seen(text: str) -> list[str]:
    """The lines of a cell that show something, without the tags around them and without what cannot be seen."""
    plain = html.unescape(_FRAME.sub("\n", text)) if "<" in text or "&" in text else text
    return [line.strip() for line in plain.splitlines() if any(map(_is_seen, line))]


def says_more(text: str, given: str) -> bool:
    """Whether a text shows something that a given one does not: a placeholder, or a part of one, is nothing written."""
    there = {line.strip() for line in given.splitlines()}
    return any(line not in there for line in lines_seen(text))


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE and char not in _EMPTY
