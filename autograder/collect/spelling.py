"""One spelling for what people write in many: digits, Persian and Arabic letters, marks that cannot be seen."""

import unicodedata
from difflib import SequenceMatcher

from ..moment import ascii_digits

# letters that Persian and Arabic keyboards give for the same sound, and the stroke that only stretches a word
_SAME = str.maketrans("يىكةۀەٱؤئ", "ییکهههاوی", "ـ")
_SAME_WORD, _SAME_NAME = 0.75, 0.6
_CODE_PAGES = ("cp1256", "cp720")


def visible(text: str) -> str:
    """The text composed, without joiners, non-joiners and marks of direction: two file names that look the same."""
    return "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf").strip()


def folded(text: str) -> str:
    """The text for comparing names: no accents, one kind of yeh and kaf, ASCII digits, lower case."""
    plain = unicodedata.normalize("NFKD", visible(text))
    letters = "".join(char for char in plain if unicodedata.category(char) != "Mn")
    return ascii_digits(letters.translate(_SAME)).casefold()


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1, in whatever order their parts stand."""
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return 0.0
    pairs = (("".join(first), "".join(second)), ("".join(sorted(first)), "".join(sorted(second))))
    return max(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs)


def contradict(one: str, other: str) -> bool:
    """True when two names in the same script share no word, however it is spelled."""
    first, second = _parts(one), _parts(other)
    if len("".join(first)) < 3 or not second or not same_script(one, other):
        return False
    words = (SequenceMatcher(None, a, b, autojunk=False).ratio() for a in first for b in second)
    return max(words) < _SAME_WORD and likeness(one, other) < _SAME_NAME


def share_no_word(one: str, other: str) -> bool:
    """True when no word of one name in the same script is one of the other, letter by letter."""
    return bool(_parts(other)) and same_script(one, other) and not set(_parts(one)) & set(_parts(other))


def same_script(one: str, other: str) -> bool:
    """True when both are written in Latin letters, or neither is."""
    return folded(one).isascii() == folded(other).isascii()


def _parts(name: str) -> list[str]:
    return "".join(char if char.isalpha() else " " for char in folded(name)).split()


def distance(one: str, other: str) -> int:
    """How many digits differ, are missing, too many, or changed places with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]


def readable(raw: bytes) -> str:
    """A file name whose encoding nobody noted: UTF-8, else the code page in which it holds most Arabic letters."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        texts = [raw.decode(page, "replace") for page in _CODE_PAGES]
        return max(texts, key=lambda text: sum("\u0600" <= char <= "\u06ff" for char in text))
