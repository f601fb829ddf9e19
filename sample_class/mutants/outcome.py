"""Runs one mutant through the grader's own examiner and sandbox until a test fails."""

import functools
from collections.abc import Container
from dataclasses import dataclass

from autograder import assignment
from autograder.result import COULD_NOT_RUN, PASSED

from ..course import ROOT
from ..places import tests_about
from ..reach import reached
from ..seeds.margins import MARGINS
from ..solved import Work
from ..tried import try_work
from .mutant import Mutant, mutants_of


@dataclass(frozen=True)
class Outcome:
    """What a mutant came to. caught: the first test that fails; empty when it passes all. trouble: of ours."""

    name: str
    caught: str = ""
    trouble: str = ""


@functools.cache
def mutants() -> dict[str, Mutant]:
    """All mutants by name."""
    return {mutant.name: mutant for mutant in mutants_of(Work(ROOT))}


def outcome_named(name: str) -> Outcome:
    """First the tests about the mutant's own place, quick ones before those that train; then all that it can reach."""
    mutant, work = mutants()[name], Work(ROOT)
    source = assignment.read(assignment.source_folder(ROOT) / f"{mutant.notebook}.ipynb")
    try:
        mutant.edit(work)
        own = tests_about(source, {mutant.place})
        for tests in (own - MARGINS.keys(), own & MARGINS.keys(), reached(work, mutant.notebook) - own):
            if tests and (caught := _tried(mutant, work, tests)):
                return caught
        return Outcome(name)
    except Exception as error:
        return Outcome(name, trouble=f"{type(error).__name__}: {error}")


def _tried(mutant: Mutant, work: Work, tests: Container[str]) -> Outcome | None:
    """The outcome when one of these tests fails; None when all pass."""
    for result in try_work(work, mutant.notebook, mutant.name, tests):
        if result.state == COULD_NOT_RUN:
            return Outcome(mutant.name, trouble=f"{result.id} could not run: {result.message}")
        if result.state != PASSED:
            return Outcome(mutant.name, result.id)
    return None
