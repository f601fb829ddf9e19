"""The HTML that an answer may hold: text, tables, direction and pictures; nothing that acts, loads or covers a page."""

import re
from html import unescape

import bleach  # type: ignore[import-untyped]
from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]

_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr b blockquote br center code dd del details div dl dt em font h1 h2 h3 h4 h5 h6 hr i img kbd li mark"
        " ol p pre s small span strong sub summary sup table tbody td tfoot th thead tr u ul",
    )
)
_VOID = ("br", "hr", "img")
_STYLES = (
    "background-color", "color", "direction", "font-family", "font-size", "font-style", "font-weight", "text-align",
    "text-decoration", "unicode-bidi", "vertical-align",
)  # fmt: skip
_ATTRIBUTES = {
    "align": r"left|right|center|justify",
    "alt": r".*",
    "class": r"highlight|language-[\w+-]+|task-list-item|[a-z][a-z0-9]{0,2}",  # of fenced code and its colours
    "color": r"#?\w{1,20}",
    "colspan": r"\d{1,2}",
    "dir": r"rtl|ltr|auto",
    "height": r"\d{1,4}%?",
    "lang": r"[\w-]{2,12}",
    "open": r"",
    "rowspan": r"\d{1,2}",
    "size": r"[+-]?\d",
    "start": r"\d{1,6}",
    "style": r"(?:\s*(?:" + "|".join(_STYLES) + r")\s*:[^:;()\\<>&@]{1,60}(?:;\s*|$))*",
    "title": r".*",
    "width": r"\d{1,4}%?",
}
_ADDRESSES = {
    ("a", "href"): r"(?:https?://|mailto:|#).*",
    ("img", "src"): r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]+",
}
_OPENS = re.compile(r"<(?=[A-Za-z/!?])")
_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:\s+[a-z]+(?:="[^"<>]*")?)*)\s*/?>""")
_ATTRIBUTE = re.compile(r"""([a-z]+)(?:="([^"]*)")?""")
_CHECKBOX = re.compile(r'<input class="task-list-item-checkbox" type="checkbox" disabled(?: checked)?\s*/?>')


def is_harmless(html: str) -> bool:
    """True when every tag is of the kinds above, written plainly and closed in order, so that all browsers agree."""
    html = _CHECKBOX.sub("", html)
    still_open: list[str] = []
    for place in _OPENS.finditer(html):
        tag = _TAG.match(html, place.start())
        if not tag or not _may_stand(tag):
            return False
        closes, name = tag[1], tag[2]
        if not closes and name not in _VOID:
            still_open.append(name)
        elif closes and (not still_open or still_open.pop() != name):
            return False
    return not still_open


def clean(html: str) -> tuple[str, bool]:
    """The HTML with every other tag shown as text and every other attribute left out, and whether there were any."""
    refused: list[str] = []

    def decide(tag: str, name: str, value: str) -> bool:
        allowed = is_allowed(tag, name, value)
        if not allowed:
            refused.append(name)
        return allowed

    html = _CHECKBOX.sub(lambda box: "[x] " if " checked" in box[0] else "[ ] ", html)
    cleaned = bleach.clean(
        html,
        tags=_TAGS,
        attributes=decide,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES, allowed_svg_properties=[]),
    )
    return str(cleaned), bool(refused) or cleaned.count("&lt;") > html.count("&lt;")


def _may_stand(tag: re.Match[str]) -> bool:
    """True for a tag of a known kind whose attributes are all allowed."""
    closes, name, attributes = tag.groups()
    if name not in _TAGS or (closes and attributes):
        return False
    return all(is_allowed(name, key, unescape(value)) for key, value in _ATTRIBUTE.findall(attributes))


def is_allowed(tag: str, name: str, value: str) -> bool:
    """True for an attribute that may stand."""
    pattern = _ADDRESSES.get((tag, name)) or _ATTRIBUTES.get(name)
    return pattern is not None and bool(re.fullmatch(pattern, value, re.DOTALL))
