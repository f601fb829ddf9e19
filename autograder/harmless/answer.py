"""A written answer that can be looked at in any browser; text that does no harm stays as the student wrote it."""

import re
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .html import clean, is_allowed, is_harmless
from .picture import NotShown, shown
from .tex import as_typed, moves_nothing
from .text import LONGEST, capped, printable

PICTURES = 20  # of one answer
NOT_SHOWN = "Not shown of this answer; the file as it was handed in holds it:"
NOTE = "<p><em>What a browser would run or fetch in this answer is shown as text or left out.</em></p>"
TYPED = "<p><em>A formula with commands that move, define or load something is shown as it was typed.</em></p>"

Attachments = dict[str, dict[str, str]]

_DATA = re.compile(r"data:(image/[a-z0-9+.-]+);base64,([A-Za-z0-9+/=]+)")
_ATTACHED = re.compile(r"""(<img\b[^<>]*?\bsrc\s*=\s*)(["']?)attachment:([^"'<>]+?)\2(?=[\s/>])""", re.IGNORECASE)
_FETCHED = re.compile(r"""<img\b[^<>]*?\bsrc\s*=\s*["']?(?!data:|not-a-picture:)([^"'<>\s]+)""", re.IGNORECASE)


def harmless_answer(source: str, attachments: Any) -> tuple[str, Attachments]:
    """The answer and its pictures: unchanged when its page is harmless, else as the HTML of the cleaned page."""
    pictures, missing = _verified(attachments)
    source, unread = _with_verified_data(_cut(printable(source)))
    source = _with_attached(source, pictures)
    told = _told([*missing, *unread])
    try:
        if is_harmless_answer(source, pictures):
            return source + told, pictures
        page, elsewhere = _page(source, pictures), _elsewhere(source, missing)
        if is_harmless_answer(page, {}):
            return page + _told([*missing, *unread, *elsewhere]), {}
    except Exception:  # whatever an answer does to the parser, it can be read as it was typed
        pass
    return f"<pre>{escape(source)}</pre>{told}", {}


def is_harmless_answer(source: str, attachments: Attachments) -> bool:
    """True when the page that formgrader and feedback make of the answer holds nothing that acts."""
    try:
        html = _rendered(source, IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments))
    except Exception:  # formgrader would stop at it too, at a picture that is missing for example
        return False
    return is_harmless(html) and moves_nothing(html)


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
    html, typed = as_typed(html)
    block = f"<div>{NOTE if lossy else ''}{TYPED if typed else ''}\n{html.strip()}\n</div>"
    return re.sub(r"\n[ \t]*(?=\n)", "\n&#10;", block)  # an empty line would end the block


def _rendered(source: str, renderer: IPythonRenderer) -> str:
    return str(MarkdownWithMath(renderer=renderer).render(source))


def _verified(attachments: Any) -> tuple[Attachments, list[str]]:
    """Attached pictures, each decoded and written anew, and what is to be said of those that cannot be shown."""
    found: Attachments = {}
    said: list[str] = []
    for number, (name, bundle) in enumerate(attachments.items() if isinstance(attachments, dict) else ()):
        name, why = printable(str(name)), f"is one of more than {PICTURES} pictures"
        for data in bundle.values() if isinstance(bundle, dict) and number < PICTURES else ():
            try:
                mime, again = shown(data)
                found[name] = {mime: again}
                break
            except NotShown as error:
                why = str(error)
        if name not in found:
            said.append(f"'{name}' {why}")
    return found, said


def _with_verified_data(source: str) -> tuple[str, list[str]]:
    """The source with each picture that is written into it (as Colab does) written anew, at most PICTURES of them."""
    left, said = PICTURES, []

    def anew(found: re.Match[str]) -> str:
        nonlocal left
        left -= 1
        try:
            if left < 0:
                raise NotShown(f"is one of more than {PICTURES} pictures")
            return "data:{};base64,{}".format(*shown(found[2]))
        except NotShown as error:
            said.append(f"a picture in its text {error}")
            return "not-a-picture:"

    return _DATA.sub(anew, source), said


def _with_attached(source: str, pictures: Attachments) -> str:
    """The source with attached pictures that stand in it as HTML, which only Markdown's own form would look up."""

    def data(found: re.Match[str]) -> str:
        for mime, again in (pictures.get(found[3]) or pictures.get(unquote(unescape(found[3]))) or {}).items():
            return f'{found[1]}"data:{mime};base64,{again}"'
        return found[0]

    return _ATTACHED.sub(data, source)


def _elsewhere(source: str, missing: list[str]) -> list[str]:
    """What is to be said of pictures that stand in the source as HTML and did not come with it."""
    names = (unquote(unescape(name.removeprefix("attachment:"))) for name in _FETCHED.findall(source))
    return [f"'{name}' did not come with the notebook" for name in names if f"'{name}' " not in " ".join(missing)]


def _told(lines: list[str]) -> str:
    """Below an answer, for student and marker: the pictures that are not shown, by name."""
    items = "".join(f"<li>{escape(line[:300])}</li>" for line in dict.fromkeys(lines))
    return f"\n\n<p><em>{NOT_SHOWN}</em></p><ul>{items}</ul>" if lines else ""


def _cut(source: str) -> str:
    """The source with at most LONGEST characters of text; pictures written into it do not count."""
    if len(_DATA.sub("", source)) <= LONGEST:
        return source
    return capped(_DATA.sub("", source))
