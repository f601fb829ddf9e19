"""docs/blind.md: what each run of a blind round came to, the bad outcomes first."""

import re

from ..course import ROOT
from .trial import Outcome

PAGE = ROOT / "docs" / "blind.md"
_HEAD = """# Blind rounds

Shapes of uploads that were written from [collecting](collecting.md) alone, with the right outcome beside each, before
anything of them was run: [sample_class/blind](../sample_class/blind/README.md). Each is laid into an empty course,
collected, compared, and collected again. A *hard* miss is in what was submitted, who waits or what has a fate; a
*soft* one in what is said. *open*: the documentation left the outcome open, and the expectation is one of several.
Made by `python -m sample_class.blind --round 1 --record first` (or `second`); no later run changes what one gave."""


def line(outcome: Outcome) -> str:
    """One shape in one line."""
    said = [f"HARD {miss}" for miss in outcome.hard] + [f"soft {miss}" for miss in outcome.soft]
    said += [f"judged {miss}" for miss in outcome.judged]
    return f"{outcome.name:40} {'open ' if outcome.open else '     '}{'; '.join(said) or 'as expected'}"


def summary(outcomes: list[Outcome]) -> str:
    """How many came to what."""
    hard = [outcome for outcome in outcomes if outcome.hard]
    soft = [outcome for outcome in outcomes if outcome.soft and not outcome.hard]
    judged = [outcome for outcome in outcomes if outcome.judged and not (outcome.hard or outcome.soft)]
    rest = len(outcomes) - len(hard) - len(soft) - len(judged)
    parts = [f"{len(found)} with {kind} misses{_open(found)}" for kind, found in (("hard", hard), ("only soft", soft))]
    parts += [f"{len(judged)} where the expectation is wrong"] if judged else []
    return f"{len(outcomes)} shapes: {', '.join(parts)}, {rest} as expected."


def _open(outcomes: list[Outcome]) -> str:
    left = sum(outcome.open for outcome in outcomes)
    return f" ({left} of them open)" if left else ""


def record(number: int, run: str, outcomes: list[Outcome]) -> None:
    """Keep a run's outcomes below its heading; the other runs stay as they are."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    runs = dict(re.findall(r"^## (Round \d, the \w+ run)\n\n(.*?)\s*(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    runs[f"Round {number}, the {run} run"] = _table(outcomes)
    parts = [f"## {name}\n\n{runs[name]}" for name in sorted(runs)]  # by round; first before second
    PAGE.write_text("\n\n".join([_HEAD, *parts]) + "\n", encoding="utf-8")


def _table(outcomes: list[Outcome]) -> str:
    bad = sorted((o for o in outcomes if o.hard or o.soft), key=lambda o: (not o.hard, o.open))
    rows = [f"| `{o.name}` | {'open' if o.open else ''} | {_cell(o.hard)} | {_cell(o.soft)} |" for o in bad]
    wrong = [f"- `{o.name}`: {'; '.join(o.judged)}: {o.reason}." for o in outcomes if o.judged]
    good = ", ".join(o.name + (" (open)" if o.open else "") for o in outcomes if not (o.hard or o.soft or o.judged))
    table = ["| shape | | hard | soft |", "|---|---|---|---|", *rows] if rows else []
    wrong = ["Where the expectation is wrong, or leaves it open:", "", *wrong, ""] if wrong else []
    return "\n".join([summary(outcomes), "", *table, *([""] if table else []), *wrong, f"As expected: {good}."])


def _cell(said: list[str]) -> str:
    return "<br>".join(re.sub(r"([|<>])", r"\\\1", one)[:300] for one in said)
