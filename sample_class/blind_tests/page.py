"""docs/blind-tests.md: what each run of a round of answers came to, the bad outcomes first."""

import re

from ..course import ROOT
from .answer import Outcome

PAGE = ROOT / "docs" / "blind-tests.md"
_HEAD = """# Blind rounds against the hidden tests

Wrong and right answers that were written from the hand-out and the interface alone, without sight of hidden tests,
oracles or catalogues, each with the tests that it must fail, and committed before anything of them was run:
[sample_class/blind_tests](../sample_class/blind_tests). A mistake is *caught* when a test of its own property fails; it
is *at its cost* when it loses exactly the points written beside it. Made by `python -m sample_class.blind_tests
--round 1 --record first` (or `second`, after mending); no later run changes what one gave."""


def line(outcome: Outcome) -> str:
    """One answer in one line."""
    lost = ", ".join(f"{name} {points:g}" for name, points in outcome.lost.items()) or "nothing"
    verdict = "exact" if outcome.is_exact else f"{_verdict(outcome)}: {outcome.answer.points:g} expected"
    missed = ", ".join(sorted(outcome.answer.loses - set(outcome.lost)))
    unran = f"; could not run: {', '.join(outcome.could_not)}" if outcome.could_not else ""
    return f"{outcome.answer.name}: {verdict}; lost {lost}{f'; not {missed}' if missed else ''}{unran}"


def summary(outcomes: list[Outcome]) -> list[str]:
    """How many were caught, at which cost, and which right answers were paid in full."""
    wrong = [outcome for outcome in outcomes if outcome.answer.loses]
    right = [outcome for outcome in outcomes if not outcome.answer.loses]
    caught, exact = sum(o.is_caught for o in wrong), sum(o.is_exact for o in wrong)
    dear = sum(o.cost > 2 * o.answer.points for o in wrong)
    paid = sum(o.is_exact for o in right)
    return [
        f"{len(wrong)} mistakes: {caught} caught, {exact} at their cost, {dear} at more than twice their cost.",
        f"{len(right)} right answers: {paid} paid in full.",
    ]


def record(number: int, run: str, outcomes: list[Outcome]) -> None:
    """Keep a run's outcomes below its heading; the other runs stay as they are."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    runs = dict(re.findall(r"^## (Round \d+, the \w+ run)\n\n(.*?)\s*(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    runs[f"Round {number}, the {run} run"] = "\n".join(_table(outcomes))
    PAGE.write_text("\n\n".join([_HEAD, *(f"## {name}\n\n{runs[name]}" for name in sorted(runs))]) + "\n", "utf-8")


def _table(outcomes: list[Outcome]) -> list[str]:
    bad = sorted((o for o in outcomes if not o.is_exact), key=lambda o: (bool(o.is_caught), -o.cost))
    rows = [f"| {o.answer.title} | {o.answer.notebook} | {_verdict(o)} | {_tests(o)} |" for o in bad]
    head = ["| answer | notebook | | expected; lost |", "|---|---|---|---|"] if rows else []
    good = [f"- {o.answer.title} ({o.cost:g})" for o in outcomes if o.is_exact]
    return [*summary(outcomes), "", *head, *rows, "", "As written down, with the points that they cost:", "", *good]


def _verdict(outcome: Outcome) -> str:
    if not outcome.answer.loses:
        return "a right answer that is not paid in full"
    if not outcome.is_caught:
        return "not caught"
    return "costs too much" if outcome.cost > outcome.answer.points else "costs too little"


def _tests(outcome: Outcome) -> str:
    lost = ", ".join(f"{name} {points:g}" for name, points in outcome.lost.items()) or "nothing"
    unran = f"; could not run: {', '.join(outcome.could_not)}" if outcome.could_not else ""
    return f"{', '.join(sorted(outcome.answer.loses)) or 'nothing'} {outcome.answer.points:g}; {lost}{unran}"
