"""A written answer's pages as formgrader shows them: beside the question and its marking scheme, to scroll through."""

from ..result import RECORDS
from ..visible import escape
from .draw import TURNED, Page, remarks
from .unread import listed

PAGES = "pages"  # below results/, beside the graded notebook, from where formgrader serves them
# names of files are the student's words: MathJax is to set no formula of them
_BOX = '<div class="hw2-pages tex2jax_ignore">\n{}\n</div>'
STYLE = """<style>
@media (min-width: 1100px) {
  .container, #notebook-container { width: 98% !important; max-width: none; }
  #notebook-container { display: grid; grid-template-columns: 1fr 1fr; column-gap: 16px; align-items: start; }
  #notebook-container > * { grid-column: 1 / -1; min-width: 0; }
  .cell:has(+ .cell .hw2-pages), .cell:has(.hw2-pages) + .cell { grid-column: 1 !important; }
  .cell:has(.hw2-pages) { grid-column: 2 !important; grid-row: span 2; position: sticky; top: 55px; }
  .hw2-pages { max-height: 92vh; overflow-y: auto; }
}
.hw2-pages { background: #f4f4f4; padding: 6px 10px; }
summary { display: list-item; cursor: pointer; }
.rendered_html .hw2-pages img { width: 100%; margin: 0 0 10px; border: 1px solid #ccc; }
</style>"""


def nothing(unread: list[str]) -> str:
    """What stands beside a part for which there is neither page nor text. unread: files that were not read."""
    head = "<p><em>No page and no text was handed in for this part.</em></p>"
    return _BOX.format("\n".join(filter(None, [head, listed(unread)])))


def panel(pages: list[Page], chosen: list[int], unread: list[str]) -> str:
    """HTML without scripts. chosen: the numbers of the pages that the student named for this part; they come first."""
    drawn = [page for page in pages if page.picture]
    first = [page for page in drawn if page.number in chosen]
    rest = [page for page in drawn if page.number not in chosen]
    words = [f"<p>{_head(len(drawn), chosen)}</p>", *map(_shown, first)]
    if first and rest:
        words.append("<p><strong>The other pages</strong></p>")
    words += [*map(_shown, rest), listed([*unread, *remarks(pages)])]
    return _BOX.format("\n".join(filter(None, words)))


def _head(count: int, chosen: list[int]) -> str:
    if not count:
        return "No page could be shown."
    if not chosen:
        return f"<strong>All pages ({count})</strong>; the student does not say which of them answer this part."
    named = f"page{'s' if len(chosen) > 1 else ''} {', '.join(map(str, chosen))}"
    return f"<strong>The student names {named}</strong> of {count} for this part."


def _shown(page: Page) -> str:
    """A page, what is wrong with it, and a way to see it alone in full size."""
    address = f"{RECORDS}/{PAGES}/{page.picture}"
    image = f'<img src="{address}" loading="lazy" alt="{escape(page.name)}">'
    said = "".join(f"; {escape(problem)}" for problem in page.problems) + _turned(page, address)
    return f'<div>{escape(page.name)}{said}<a href="{address}" target="_blank">{image}</a></div>'


def _turned(page: Page, address: str) -> str:
    """Links to the page turned both ways, if it lies on its side."""
    if not any(TURNED in problem for problem in page.problems):
        return ""
    stem = address.removesuffix(".jpg")
    ways = (f'<a href="{stem}-{way}.jpg" target="_blank">turned {way}</a>' for way in ("left", "right"))
    return f" ({', '.join(ways)})"
