"""Reads which pages a student says answer a part."""

import re

from ..moment import ascii_digits

_WORD = r"(?:pages?|pp?\.|صفحات|صفحه(?:\s*ی|‌ی|‌های|\s*های)?|ص\.?)"
_JOIN = r"\s*(?:,|،|;|&|\band\b|و|to|تا|-|–|—)\s*"
_SAID = re.compile(rf"(?<!\w){_WORD}\s*:?\s*(\d+(?:{_JOIN}\d+)*)", re.IGNORECASE)
_ONLY = re.compile(rf"\s*(\d\d?(?:{_JOIN}\d\d?)*)\s*\.?\s*")
_RANGE = re.compile(r"(\d+)\s*(?:to|تا|-|–|—)\s*(\d+)")


def pages_said(answer: str, most: int) -> list[int]:
    """The pages from 1 to `most` that an answer names ("pages 2-3", "صفحه ۲ و ۳", or numbers alone), in order."""
    text = ascii_digits(answer)
    only = _ONLY.fullmatch(text)
    found: set[int] = set()
    for numbers in [only[1]] if only else _SAID.findall(text):
        for first, last in _RANGE.findall(numbers):
            found |= set(range(int(first), min(int(last), most) + 1))
        found |= {int(number) for number in re.findall(r"\d+", numbers)}
    return sorted(number for number in found if 1 <= number <= most)
