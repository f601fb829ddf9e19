"""Runs the answers that a record does not know yet; each is kept as soon as it has been run."""

import argparse
from collections.abc import Callable, Sequence

from ..answer import Answer
from ..many import in_plain_processes, is_meant
from .record import Record, Row


def go_on(
    record: Record,
    answers: Sequence[Answer],
    digest: Callable[[Answer], str],
    tried: Callable[[tuple[int, int]], Row],
    wanted: argparse.Namespace,
) -> list[Row]:
    """The rows of the answers that --only names. tried((place, seeds)) makes one, in a process of its own."""
    digests = {
        place: digest(each) for place, each in enumerate(answers) if is_meant(wanted.only, each.name, each.notebook)
    }
    missing = [place for place in digests if record.of(digests[place], wanted.seeds) is None]
    jobs = [(place, wanted.seeds) for place in missing]
    for place, row in zip(missing, in_plain_processes(tried, jobs, wanted.workers, "notebooks"), strict=True):
        record.keep({**row, "digest": digests[place]})
    return [row for known in digests.values() if (row := record.of(known, wanted.seeds))]


def all_known(record: Record, answers: Sequence[Answer], digest: Callable[[Answer], str], seeds: int) -> list[Row]:
    """The rows of all answers that have been run with so many seeds."""
    return [row for answer in answers if (row := record.of(digest(answer), seeds))]
