"""One answer of a blind round: the blocks that it changes in solved work, what it should lose, and what it loses."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from autograder.result import COULD_NOT_RUN, FAILED, Result

from ..course import ROOT
from ..solved import Work
from ..tried import try_work

ROUNDS = Path(__file__).parent


@dataclass(frozen=True)
class BlindAnswer:
    """An answer as it was written down. loses: the tests that it must fail, none where it is right."""

    name: str
    title: str
    notebook: str
    changes: tuple[tuple[str, str], ...]
    loses: frozenset[str]
    points: float

    def work(self) -> Work:
        """Solved work with these changes: blocks of the module by their names, else answer cells by their grade ids."""
        work = Work(ROOT)
        for where, code in self.changes:
            if any(where == block for block in work.block_names()):
                work.set_block(where, code.strip("\n"))
            else:
                work.cell(self.notebook, where).source = code.strip("\n")
        return work


@dataclass
class Outcome:
    """What came of an answer: the tests that failed, with points and messages; those that could not run."""

    answer: BlindAnswer
    lost: dict[str, float] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    could_not: list[str] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """Points that were lost."""
        return sum(self.lost.values())

    @property
    def is_caught(self) -> bool:
        """Whether a test of its own property failed."""
        return bool(self.answer.loses & set(self.lost))

    @property
    def is_exact(self) -> bool:
        """Whether it costs what was written down, to the point."""
        return self.cost == self.answer.points and not self.could_not and (self.is_caught or not self.answer.loses)


def read_round(number: int) -> list[BlindAnswer]:
    """The answers of a round in the order of their file names; mistakes first."""
    return [_read(path) for path in sorted((ROUNDS / f"round_{number}").glob("*/*.toml"))]


def outcome_of(name: str) -> Outcome:
    """Grade the answer of this name, as in `round_1/mistakes/01-linear-without-bias`."""
    answer = _read(ROUNDS / f"{name}.toml")
    outcome = Outcome(answer)
    for result in try_work(answer.work(), answer.notebook, "blind"):
        _note(outcome, result)
    return outcome


def _note(outcome: Outcome, result: Result) -> None:
    if result.state == FAILED:
        outcome.lost[result.id], outcome.said[result.id] = result.max_points, result.message
    elif result.state == COULD_NOT_RUN:
        outcome.could_not.append(result.id)


def _read(path: Path) -> BlindAnswer:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    changes = tuple((change["where"], change["code"]) for change in told["change"])
    name = path.relative_to(ROUNDS).with_suffix("").as_posix()
    return BlindAnswer(name, told["title"], told["notebook"], changes, frozenset(told["loses"]), float(told["points"]))
