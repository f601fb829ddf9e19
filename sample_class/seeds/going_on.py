"""Runs the tests of answers that a record does not know yet; an answer's are kept as soon as it has been run."""

import argparse
from collections.abc import Callable, Sequence

from ..answer import Answer
from ..many import in_plain_processes, is_meant
from .record import Record, Row

Job = tuple[int, int, list[str]]  # (place of the answer, seeds, tests)


def go_on(
    record: Record,
    answers: Sequence[Answer],
    digests: Sequence[dict[str, str]],
    tried: Callable[[Job], list[Row]],
    wanted: argparse.Namespace,
) -> list[list[Row]]:
    """The rows of the answers or tests that --only names, by answer. tried(job) makes them, in a process of its own.

    digests: of the tests of each answer.
    """
    meant = [
        {test: digest for test, digest in own.items() if is_meant(wanted.only, answer.name, answer.notebook, test)}
        for answer, own in zip(answers, digests, strict=True)
    ]
    missing = [[test for test, digest in own.items() if record.of(digest, wanted.seeds) is None] for own in meant]
    jobs = [(place, wanted.seeds, tests) for place, tests in enumerate(missing) if tests]
    for (place, _, _), rows in zip(jobs, in_plain_processes(tried, jobs, wanted.workers, "notebooks"), strict=True):
        record.keep([{**row, "digest": digests[place][row["test"]]} for row in rows])
    return known(record, [own for own in meant if own], wanted.seeds)


def known(record: Record, digests: Sequence[dict[str, str]], seeds: int) -> list[list[Row]]:
    """The rows of the answers of which all tests have been run with so many seeds, by answer."""
    rows = [[record.of(digest, seeds) for digest in own.values()] for own in digests]
    return [[row for row in own if row] for own in rows if all(own)]
