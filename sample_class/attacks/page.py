"""The outcomes of a round as a table, bad ones first, and in docs/attacks.md below a heading of their own."""

import re
from collections.abc import Sequence

from ..course import ROOT
from .trial import Outcome

PAGE = ROOT / "docs" / "attacks.md"


def table(outcomes: Sequence[Outcome]) -> str:
    """A line for each attack."""
    lines = ["| attack | deserved | got | wait | seconds | what is not as it should be |", "|---|---|---|---|---|---|"]
    for one in sorted(outcomes, key=lambda outcome: not outcome.faults):
        attack = one.attack
        deserved = f"{attack.least:g}" if attack.least == attack.most else f"{attack.least:g} to {attack.most:g}"
        faults = (
            "; ".join(one.faults + ([f"judged: {attack.judged}"] if attack.judged else []))
            .replace("|", "\\|")
            .replace("\n", " ")[:300]
        )
        cells = [f"{attack.name}: {attack.title}", deserved, f"{one.got:g}", str(one.held or ""), f"{one.seconds:.0f}"]
        lines.append(f"| {' | '.join([*cells, faults])} |")
    return "\n".join(lines)


def record(heading: str, outcomes: Sequence[Outcome], faults: Sequence[str]) -> None:
    """Put a run's outcomes below a heading; what stands below others is not touched."""
    bad = sum(bool(outcome.faults) for outcome in outcomes)
    said = f"{len(outcomes)} attacks, {bad} not as they should be. " + (
        "; ".join(faults) or "The honest have their marks."
    )
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Blind rounds of attacks\n"
    text = re.sub(rf"\n## {re.escape(heading)}\n.*?(?=\n## |\Z)", "", text, flags=re.DOTALL).rstrip("\n")
    PAGE.write_text(f"{text}\n\n## {heading}\n\n{said}\n\n{table(outcomes)}\n", encoding="utf-8")
