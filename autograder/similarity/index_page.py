"""report/similarity/index.html: the ranked pairs, their sections, and the distributions that the cuts come from."""

from collections.abc import Sequence

from ..visible import escape
from .cut import ALARMS, FEW
from .fingerprints import Printed
from .histogram import histogram
from .markup import page, rows
from .plan import CODE, PROSE
from .ranking import NEXT, Listed, Population
from .score import Pair
from .work import Work

_KINDS = {CODE: "code", PROSE: "explanations"}


def index_page(listed: Sequence[Listed], everyone: Sequence[Printed], parts: Sequence[Population], size: int) -> str:
    """The page; pairs link to pair-<rank>.html beside it."""
    body = [_summary(listed, size), _table(listed, everyone), _distributions(parts), _unread(everyone)]
    return page("Homework 2: similar submissions", "\n".join(body))


def _summary(listed: Sequence[Listed], size: int) -> str:
    above = sum(pair.is_above for pair in listed)
    text = (
        "<p>Evidence for a person to judge; nothing is deducted. A score is the share of what is rare in this class in "
        "one submission that the other has as well, whatever the names, the order and the spelling. What the hand-out "
        "or the reference holds never counts, and what most students write counts next to nothing.</p>"
        f"<p><b>{above} {'pair is' if above == 1 else 'pairs are'} above a cut</b>, of {size} submissions; "
        f"the next {len(listed) - above} are shown below them.</p>"
    )
    if size < FEW:
        text += (
            f'<p class="warning">With fewer than {FEW} submissions the cut is not reliable: there are too few '
            "unrelated pairs to tell it from. Look at the pairs from the top.</p>"
        )
    return text


def _table(listed: Sequence[Listed], everyone: Sequence[Printed]) -> str:
    head = ["", "students", "code", "explanations", "each section", "most alike in", ""]
    lines = []
    for rank, pair in enumerate(listed, start=1):
        who = "<br>".join(person(everyone[at].work) for at in (pair.first, pair.second))
        said = f'<br><span class="said">{escape(pair.said)}</span>' if pair.said else ""
        scores = "".join(f'<td class="number">{pair.kinds[kind].score:.2f}</td>' for kind in (CODE, PROSE))
        strips = "".join(_strip(pair.kinds[kind]) for kind in (CODE, PROSE))
        edge = "above" if pair.is_above else "below"
        lines.append(
            f'<tr class="{edge}"><td class="number">{rank}</td><td class="who">{who}{said}</td>'
            f"{scores}<td>{strips}</td><td>{_most_alike(pair)}</td>"
            f'<td><a href="pair-{rank}.html">side by side</a></td></tr>'
        )
    note = (
        f'<p class="quiet">Red edge: above the cut; below it, for comparison, the next {NEXT} at most. '
        "Each section: a cell for every section in the order of the assignment, code above and explanations below, the "
        "darker the more alike; the pointer shows which.</p>"
    )
    return "<h2>Pairs, the farthest out first</h2>" + rows(head, lines) + note


def person(work: Work) -> str:
    """A student as pages show one."""
    name = f' <bdi class="quiet">{escape(work.names[0])}</bdi>' if work.names else ""
    return f"<bdi>{escape(work.label)}</bdi>{name}"


def _strip(pair: Pair) -> str:
    """A cell for each section in order, the darker the more alike."""
    cells = "".join(
        f'<span title="{escape(section)}: {score:.2f}" style="background: rgba(179, 38, 30, {score:.2f})"></span>'
        for section, (score, _) in pair.sections.items()
    )
    return f'<div class="strip">{cells}</div>'


def _most_alike(pair: Listed) -> str:
    """The sections with the most shared evidence."""
    found = [
        (evidence, f"{section} ({_KINDS[kind]} {score:.2f})")
        for kind, of_kind in pair.kinds.items()
        for section, (score, evidence) in of_kind.sections.items()
        if score >= 0.2
    ]
    return '<span class="quiet">' + "<br>".join(escape(text) for _, text in sorted(found, reverse=True)[:3]) + "</span>"


def _distributions(parts: Sequence[Population]) -> str:
    text = "<h2>The distribution that the cut comes from</h2>"
    for part in parts:
        words = f"{_KINDS[part.kind]}, {part.group}"
        text += (
            f"<h3>{words}: {part.cut.pairs:,} pairs</h3>{histogram(part.scores, part.cut, words)}"
            f'<p class="quiet">Median {part.cut.middle:.3f}; the upper tail falls off with a scale of '
            f"{part.cut.scale:.3f}. Above the cut of {part.cut.at:.2f} chance alone is expected to bring about "
            f"{ALARMS:g} pairs; numbers of pairs on a logarithmic scale.</p>"
        )
    return text


def _unread(everyone: Sequence[Printed]) -> str:
    """What could not be compared, a line for each submission."""
    lines = [
        f"<tr><td>{person(printed.work)}</td><td>{'<br>'.join(map(escape, printed.work.remarks))}</td></tr>"
        for printed in everyone
        if printed.work.remarks
    ]
    return "<h2>What could not be compared</h2>" + rows(["submission", "what, and why"], lines) if lines else ""
