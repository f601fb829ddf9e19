"""The fingerprints of every submission, made on all cores; a process that dies costs the one submission it read."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path

from .dataflow import DataflowEngine
from .engine import Engine, Piece
from .plan import CODE, PROSE, Plan, Text
from .prose import ProseEngine
from .surroundings import surroundings_of
from .work import Work, read_past, read_submission

Engines = dict[str, Engine]
_LONGEST = 400_000  # characters of a submission, all texts together

_MOST = 20_000  # fingerprints of one section


@dataclass(frozen=True)
class Source:
    """Where a submission lies; term is empty for this class."""

    folder: Path
    term: str = ""


@dataclass
class Printed:
    """A submission's fingerprints by kind and section; its work comes along without the texts."""

    work: Work
    prints: dict[tuple[str, str], set[int]] = field(default_factory=dict)

    def of_kind(self, kind: str) -> set[int]:
        """All fingerprints of a kind, whatever their section."""
        return set().union(*(found for (its, _), found in self.prints.items() if its == kind))


def engines(plan: Plan) -> Engines:
    """The engine for each kind of text."""
    return {CODE: DataflowEngine(plan.vocabulary), PROSE: ProseEngine()}


def pieces_of(texts: Sequence[Text], use: Engines) -> list[list[Piece]]:
    """The pieces of each text, each text read in the light of the others."""
    around = surroundings_of([text.text for text in texts if text.kind == CODE])
    left, found = _LONGEST, []
    for text in texts:
        found.append(use[text.kind].pieces(text.text[:left], around))
        left = max(0, left - len(text.text))
    return found


def read_work(source: Source, plan: Plan) -> Work:
    """The submission at a source."""
    return read_past(source.folder, source.term) if source.term else read_submission(source.folder, plan)


def print_one(source: Source, plan: Plan) -> Printed:
    """The fingerprints of one submission."""
    work = read_work(source, plan)
    if sum(len(text.text) for text in work.texts) > _LONGEST:
        work.remarks.append(f"more than {_LONGEST:,} characters were written: the rest was not compared")
    printed = Printed(work)
    for text, pieces in zip(work.texts, pieces_of(work.texts, engines(plan)), strict=True):
        there = printed.prints.setdefault((text.kind, text.section), set())
        there.update(made for piece in pieces for made in piece.prints)
    for key, there in printed.prints.items():
        if len(there) > _MOST:  # the least ones: of two copies the same ones
            printed.prints[key] = set(sorted(there)[:_MOST])
    work.texts = []
    return printed


def given_prints(plan: Plan) -> dict[str, set[int]]:
    """By kind what the hand-out and the reference hold: shared with them is shared with everybody."""
    found: dict[str, set[int]] = {CODE: set(), PROSE: set()}
    use = engines(plan)
    around = surroundings_of([text.text for text in plan.given if text.kind == CODE])
    for text in plan.given:
        found[text.kind].update(made for piece in use[text.kind].pieces(text.text, around) for made in piece.prints)
    return found


def print_all(sources: Sequence[Source], plan: Plan, done: Callable[[], object]) -> list[Printed]:
    """The fingerprints of all submissions, in order; `done` is called after each."""
    found: dict[int, Printed] = {}
    waiting = list(range(len(sources)))
    for width in (len(os.sched_getaffinity(0)), 1):  # what a dead process took with it is tried again, one by one
        for at, printed in _round(waiting, sources, plan, width):
            found[at] = printed
            done()
        waiting = [at for at in waiting if at not in found]
    for at in waiting:
        work = Work(sources[at].folder.name if sources[at].term else sources[at].folder.parent.name, sources[at].term)
        work.remarks.append("its text ended the process that read it: nothing of it was compared; read it yourself")
        found[at] = Printed(work)
    return [found[at] for at in range(len(sources))]


_PLAN: list[Plan] = []  # of a worker


def _start(plan: Plan) -> None:
    """A worker is told the plan once, not with every submission."""
    _PLAN[:] = [plan]


def _print_here(source: Source) -> Printed:
    return print_one(source, _PLAN[0])


def _round(waiting: Sequence[int], sources: Sequence[Source], plan: Plan, width: int) -> Iterator[tuple[int, Printed]]:
    """One try at each of the waiting; a process that dies ends the round of its group."""
    groups = [list(waiting)] if width > 1 else [[at] for at in waiting]
    for group in groups:
        if not group:
            continue
        with ProcessPoolExecutor(width, initializer=_start, initargs=(replace(plan, given=[]),)) as pool:
            futures: list[tuple[int, Future[Printed]]] = [(at, pool.submit(_print_here, sources[at])) for at in group]
            for at, future in futures:
                try:
                    yield at, future.result()
                except BrokenProcessPool:
                    break
