"""A written answer that can be looked at in any browser; text that does no harm stays as the student wrote it."""

import re
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .html import clean, is_allowed, is_harmless
from .picture import FORMATS, picture
from .text import LONGEST, capped, printable

PICTURES = 20  # of one answer
NOTE = "<p><em>What a browser would run or fetch in this answer is shown as text or left out.</em></p>"

Attachments = dict[str, dict[str, str]]

_DATA = re.compile(r"data:(image/[a-z+.-]+);base64,([A-Za-z0-9+/=]+)")
_ACTS = re.compile(r"\\(href|require|class|cssId|style|unicode|mmlToken)(?![A-Za-z])")  # macros of MathJax
_CODE = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>)", re.DOTALL)


def harmless_answer(source: str, attachments: Any) -> tuple[str, Attachments]:
    """The answer and its pictures: unchanged when its page is harmless, else as the HTML of the cleaned page."""
    pictures = _verified(attachments)
    source = _with_verified_data(_cut(printable(source)))
    try:
        if is_harmless_answer(source, pictures):
            return source, pictures
        page = _page(source, pictures)
        if is_harmless_answer(page, {}):
            return page, {}
    except Exception:  # whatever an answer does to the parser, it can be read as it was typed
        pass
    return f"<pre>{escape(source)}</pre>", {}


def is_harmless_answer(source: str, attachments: Attachments) -> bool:
    """True when the page that formgrader and feedback make of the answer holds nothing that acts."""
    try:
        html = _rendered(source, IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments))
    except Exception:  # formgrader would stop at it too, at a picture that is missing for example
        return False
    return is_harmless(html) and not _ACTS.search(unescape(_CODE.sub("", html)))


class _Renderer(IPythonRenderer):
    """Shows the pictures that came with the answer; what it would have to fetch, or must not lead to, is named."""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link to another site, or the text and the address."""
        if is_allowed("a", "href", url):
            return str(super().link(text, url, title))
        return f"{text} [{escape(url[:200])}]"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """An <img>, or a link to where the picture is said to be."""
        name = url.removeprefix("attachment:")
        for mime, data in (self.attachments.get(name) or self.attachments.get(unquote(name)) or {}).items():
            url = f"data:{mime};base64,{data}"
        if is_allowed("img", "src", url):
            return str(super().image(text, url, title))
        return self.link(f"[picture: {text or escape(url[:200])}]", url)


def _page(source: str, pictures: Attachments) -> str:
    """The answer as one block of HTML, which Markdown passes on as it is."""
    renderer = _Renderer(escape=False, exclude_anchor_links=True, attachments=pictures)
    html, lossy = clean(_rendered(source, renderer))
    html = "".join(
        part if part.startswith(("<pre", "<code")) else _ACTS.sub(r"\\text{\1}", part) for part in _CODE.split(html)
    )
    block = f"<div>{NOTE if lossy else ''}\n{html.strip()}\n</div>"
    return re.sub(r"\n[ \t]*(?=\n)", "\n&#10;", block)  # an empty line would end the block


def _rendered(source: str, renderer: IPythonRenderer) -> str:
    return str(MarkdownWithMath(renderer=renderer).render(source))


def _verified(attachments: Any) -> Attachments:
    """Attached pictures, each decoded and written anew; everything else that was attached is left out."""
    if not isinstance(attachments, dict):
        return {}
    found: Attachments = {}
    for name, bundle in list(attachments.items())[:PICTURES]:
        for mime in FORMATS if isinstance(bundle, dict) else ():
            if mime in bundle and (again := picture(bundle[mime], mime)):
                found[printable(str(name))] = {mime: again}
                break
    return found


def _with_verified_data(source: str) -> str:
    """The source with each picture that is written into it (as Colab does) written anew, at most PICTURES of them."""
    left = PICTURES

    def anew(found: re.Match[str]) -> str:
        nonlocal left
        left -= 1
        again = picture(found[2], found[1]) if left >= 0 else None
        return f"data:{found[1]};base64,{again}" if again else "not-a-picture:"

    return _DATA.sub(anew, source)


def _cut(source: str) -> str:
    """The source with at most LONGEST characters of text; pictures written into it do not count."""
    if len(_DATA.sub("", source)) <= LONGEST:
        return source
    return capped(_DATA.sub("", source))
