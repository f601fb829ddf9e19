"""Persian and English words in one spelling: Arabic yeh and kaf, half spaces, digits, diacritics, capitals."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ؤ": "و", "آ": "ا"}
)
_IGNORED = dict.fromkeys(map(ord, "\u0640\u200d\u200e\u200f\ufeff\u00ad\u2066\u2067\u2068\u2069\u202a\u202b\u202c"), "")
_BEFORE = frozenset(("می", "نمی", "بی"))
_AFTER = frozenset(("ها", "های", "هایی", "تر", "ترین", "ام", "ای", "اند", "ایم", "اش", "شان", "مان"))
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text with the letters that keyboards write differently made alike; its length may change."""
    text = unicodedata.normalize("NFKC", text).translate(_IGNORED).translate(_LETTERS).replace("\u200c", " ")
    text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return "".join(char for char in text if not unicodedata.combining(char)).casefold()


def words(text: str) -> list[str]:
    """The folded words; prefixes and endings of Persian words belong to their word however they are spaced."""
    found: list[str] = []
    open_prefix = False
    for word in _WORD.findall(fold(text)):
        if found and (open_prefix or word in _AFTER):
            found[-1] += word
        else:
            found.append(word)
        open_prefix = word in _BEFORE
    return found
