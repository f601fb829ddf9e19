"""Two submissions side by side, section by section, the passages they share in one colour and number on both sides."""

from collections.abc import Mapping, Sequence

from ..visible import escape
from .engine import Piece
from .index_page import person
from .markup import colour, page, rows
from .passages import Mark, shared_passages
from .plan import CODE, PROSE, Text
from .ranking import Listed
from .work import Work

Read = list[tuple[Text, list[Piece]]]
LONGEST = 60_000  # characters of one text that are shown


def pair_page(
    pair: Listed, works: tuple[Work, Work], read: tuple[Read, Read], weights: Mapping[str, Mapping[int, float]]
) -> str:
    """The page of a pair; weights are by kind of text."""
    who = " and ".join(person(work) for work in works)
    said = f' <span class="said">{escape(pair.said)}</span>' if pair.said else ""
    scores = f"code {pair.kinds[CODE].score:.2f}, explanations {pair.kinds[PROSE].score:.2f}"
    top = f'<p>{who}{said}: {scores}. <a href="index.html">all pairs</a></p>' + _scores(pair)
    number, parts = 1, []
    for kind, section in _order(pair):
        left = [one for one in read[0] if (one[0].kind, one[0].section) == (kind, section)]
        right = [one for one in read[1] if one[0].kind == kind and (works[1].term or one[0].section == section)]
        ours, theirs, number = shared_passages(left, right, weights[kind], number)
        if ours:
            words = f"{section}: {'code' if kind == CODE else 'explanations'}"
            parts.append(f"<h2>{escape(words)}</h2>" + _sides((left, right), (ours, theirs), bool(works[1].term)))
    nothing = "<p>No passage of these two is shared beyond single values.</p>"
    return page(f"{works[0].label} and {works[1].label}", top + ("".join(parts) or nothing))


def _order(pair: Listed) -> list[tuple[str, str]]:
    """Kinds and sections with shared evidence, in the order of the assignment."""
    sections = list(pair.kinds[CODE].sections)
    return [(kind, s) for s in sections for kind in (CODE, PROSE) if pair.kinds[kind].sections[s][1] > 0]


def _scores(pair: Listed) -> str:
    """A line for each section that they share anything in."""
    lines = []
    for section in pair.kinds[CODE].sections:
        found = [pair.kinds[kind].sections[section] for kind in (CODE, PROSE)]
        if any(evidence for _, evidence in found):
            cells = "".join(f'<td class="number">{score:.2f}</td>' if e else "<td></td>" for score, e in found)
            lines.append(f"<tr><td>{escape(section)}</td>{cells}</tr>")
    table = rows(["section", "code", "explanations"], lines)
    return f'<details><summary>Scores by section</summary><div class="narrow">{table}</div></details>'


def _sides(texts: tuple[Read, Read], marks: tuple[Sequence[Mark], Sequence[Mark]], is_past: bool) -> str:
    """Each text that has a mark beside its counterpart."""
    shown = []
    names = list(dict.fromkeys(text.where for text, _ in texts[0]))
    if is_past:  # nothing tells which file of a past term goes with which block
        return _grid(_marked(texts[0], marks[0], None), _marked(texts[1], marks[1], None))
    for name in [*names, *dict.fromkeys(text.where for text, _ in texts[1] if text.where not in names)]:
        left, right = (_marked(texts[side], marks[side], name) for side in (0, 1))
        if "<mark" in left or "<mark" in right:
            shown.append(_grid(left, right))
    return "".join(shown)


def _grid(left: str, right: str) -> str:
    return f'<div class="sides"><div>{left}</div><div>{right}</div></div>'


def _marked(texts: Read, marks: Sequence[Mark], name: str | None) -> str:
    """The texts of a name, or all that have a mark, with their marks."""
    parts = []
    for number, (text, _) in enumerate(texts):
        its = sorted((mark for mark in marks if mark.text == number), key=lambda mark: mark.start)
        if text.where == name or (name is None and its):
            tag = 'pre dir="ltr"' if text.kind == CODE else 'div class="prose" dir="auto"'
            shown = _coloured(text.text, its)
            parts.append(f"<h3>{escape(text.where)}</h3><{tag}>{shown}</{tag.split()[0]}>")
    return "".join(parts)


def _coloured(text: str, marks: Sequence[Mark]) -> str:
    """The text, escaped, with the passages marked; marks that overlap an earlier one are left out."""
    parts, at, number = [], 0, 0
    for mark in marks:
        end = min(mark.end, LONGEST)
        if mark.start < at or mark.start >= LONGEST:
            continue
        start = end - len(text[mark.start : end].lstrip())
        parts.append(escape(text[at:start]))
        label = "" if mark.number == number else f"<sup>{mark.number}</sup>"
        shown = escape(text[start:end])
        parts.append(f'<mark style="background: {colour(mark.number)}">{label}{shown}</mark>')
        at, number = end, mark.number
    rest = text[at:LONGEST]
    return "".join(parts) + escape(rest) + (" …" if len(text) > LONGEST else "")
