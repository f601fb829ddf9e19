"""What the mutants came to, as a page: how many are caught, by which tests, and those that are not."""

from collections import Counter
from collections.abc import Sequence

from ..course import ROOT
from .equivalent import why_equivalent
from .mutant import Mutant
from .outcome import Outcome, mutants

PAGE = ROOT / "docs" / "mutants.md"


def unexplained(names: Sequence[str], found: dict[str, Outcome]) -> list[str]:
    """The mutants that pass all tests and are not known to be equivalent, and those that could not be run."""
    return [name for name in names if not found[name].caught and not why_equivalent(mutants()[name])]


def page(names: Sequence[str], found: dict[str, Outcome]) -> str:
    """The page, in Markdown."""
    lines = [
        _HEAD,
        "\n| notebook | mutants | equivalent | caught | not caught | share caught |",
        "|---|---|---|---|---|---|",
    ]
    for notebook in dict.fromkeys(mutants()[name].notebook for name in names):
        lines.append(_row(notebook, [name for name in names if mutants()[name].notebook == notebook], found))
    lines += ["\n## Caught by\n", "| test | mutants |", "|---|---|"]
    tests = Counter(found[name].caught for name in names if found[name].caught)
    lines += [f"| {test} | {count} |" for test, count in sorted(tests.items())]
    lines += ["\n## Not caught\n", *_listed(unexplained(names, found), found)]
    same = [name for name in names if not found[name].caught and why_equivalent(mutants()[name])]
    lines += ["\n## Equivalent\n", *(f"{line}: {why_equivalent(mutants()[name])}" for name, line in _lines(same))]
    return "\n".join(lines)


def write_page(names: Sequence[str], found: dict[str, Outcome]) -> None:
    """Record the run of all mutants."""
    PAGE.write_text(page(names, found) + "\n", encoding="utf-8")


def _row(notebook: str, names: list[str], found: dict[str, Outcome]) -> str:
    same = sum(not found[name].caught and bool(why_equivalent(mutants()[name])) for name in names)
    caught = sum(bool(found[name].caught) for name in names)
    real = len(names) - same
    return f"| {notebook} | {len(names)} | {same} | {caught} | {real - caught} | {caught / max(1, real):.1%} |"


def _listed(names: list[str], found: dict[str, Outcome]) -> list[str]:
    return [f"{line} {found[name].trouble}".rstrip() for name, line in _lines(names)] or ["None."]


def _lines(names: list[str]) -> list[tuple[str, str]]:
    return [(name, f"- {name}, {_described(mutants()[name])}") for name in names]


def _described(mutant: Mutant) -> str:
    old, new = (" ".join(text.split())[:90] for text in (mutant.old, mutant.new))
    return f"{mutant.what}: `{old}` → `{new}`"


_HEAD = """# Generated wrong answers against the hidden tests

The reference's answers with one operator, number, argument or statement changed (`sample_class/mutants/operators.py`),
each graded by the grader's own examiner in its sandbox until a test fails. Made by `make mutants`."""
