"""The way from archive/ to submitted/: keep, read, decide, fetch, write, publish. Each step can be done again."""

import fcntl
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from logging import Logger
from pathlib import Path
from typing import Any

from .. import assignment
from ..course import read_course
from ..tables import write_whole
from .accepted import Accepted, read_accepted
from .assigned import Line, assign, read_assigned
from .candidates import Candidate, candidates_of, entries_of
from .decide import decide
from .decision import Decision, Submission
from .handout import recipe
from .job import Job, Outcome
from .jobs import jobs_of
from .kept import keep_all, sha256_of
from .ledger import LEDGER, add_to_ledger, read_ledger
from .names import read_roster
from .processes import Died, Processes
from .publish import SENDER, discard, is_ours, place_of, publish, tidy, uploads_of, withdraw
from .reading import Reading, read_one
from .state import STATE, State, key_of, read_state, write_state
from .submission import write_submission
from .times import read_listing, read_times

DECISIONS = "decisions.json"
KEPT, REPOSITORIES, LOCK = "kept", "repositories", ".collecting.lock"
_THREADS = 8


@dataclass(frozen=True)
class Course:
    """Where things are. github: where repositories are fetched from."""

    root: Path
    archive: Path
    github: str
    log: Logger

    @property
    def downloaded(self) -> Path:
        """Where everything about the uploads is kept."""
        return self.archive.parent

    @property
    def release(self) -> Path:
        """The hand-out."""
        return self.root / "release" / assignment.NAME

    @property
    def submitted(self) -> Path:
        """Where nbgrader looks for submissions."""
        return self.root / "submitted"


@dataclass(frozen=True)
class Tables:
    """What a person wrote down: roster, times, listing, assigned.csv, and until when uploads are accepted."""

    roster: dict[str, str]
    times: dict[str, datetime]
    listing: dict[str, tuple[datetime, int]]
    assigned: list[Line]
    accepted: Accepted


def collect(course: Course) -> list[dict[str, Any]]:
    """Bring every upload in archive/ into submitted/; return what is written to decisions.json.

    Raises ValueError that names a table's line, before anything is changed.
    """
    with _alone(course), Processes() as processes:
        tables, made_by = _tables(course), recipe(course.release)
        state = read_state(course.downloaded / STATE, made_by)
        uploads, assigned, unseen, notes = _uploads(course, tables)
        readings = _read(course, uploads, state, processes)
        decisions, made, lines = decide(readings, assigned, tables.roster, tables.accepted)
        notes += lines
        tidy(course.submitted)
        _submit(course, made, state, processes)
        notes += _take_back(course, decisions)
        entries = [decision.entry() for decision in decisions]
        entries += [_noted(unseen + notes, unseen)] if unseen or notes else []
        text = json.dumps(entries, indent=1, ensure_ascii=False)
        write_whole(course.downloaded / DECISIONS, text.encode("utf-8", "replace"))
        write_state(course.downloaded / STATE, state)
        return entries


@contextmanager
def _alone(course: Course) -> Iterator[None]:
    """Two runs at once wait for each other; the lock ends with its process, however that ends."""
    with (course.downloaded / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            course.log.warning("Another run collects into %s: waiting until it has ended", course.submitted)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _tables(course: Course) -> Tables:
    roster = read_roster(course.root / "roster.csv")
    clock = read_course(course.root).clock
    times = read_times(course.downloaded / "times.csv", clock)
    listing = read_listing(course.downloaded / "listing.txt", clock)
    assigned = read_assigned(course.downloaded / "assigned.csv", roster)
    return Tables(roster, times, listing, assigned, read_accepted(course.root, roster))


def _uploads(course: Course, tables: Tables) -> tuple[list[Candidate], dict[Candidate, Line], list[str], list[str]]:
    """Keep what is in archive/, note it in the ledger; return uploads, the lines on them, files not seen, and notes."""
    seen, unseen = keep_all(course.archive, course.downloaded / KEPT)
    ledger = course.downloaded / LEDGER
    uploads, more = candidates_of(seen, read_ledger(ledger), tables.times, tables.listing)
    assigned, lines = assign(tables.assigned, uploads)
    add_to_ledger(ledger, entries_of(uploads, datetime.now(UTC)))
    return uploads, assigned, unseen, more + lines


def _read(course: Course, uploads: list[Candidate], state: State, processes: Processes) -> dict[Candidate, Reading]:
    """Read the uploads that were not read before."""
    new = list({key_of(upload): upload for upload in uploads if key_of(upload) not in state.readings}.values())
    jobs = [(course.downloaded / KEPT / u.sha256, u.sha256, u.file, course.release) for u in new]
    for upload, reading in zip(new, processes.run(_reading, jobs), strict=True):
        if isinstance(reading, Died):
            reading = Reading(f"could not be read ({reading}); look at it by hand", passing=True)
        state.readings[key_of(upload)] = reading
    known = {key_of(upload): state.readings[key_of(upload)] for upload in uploads}
    state.readings = {key: reading for key, reading in known.items() if not reading.passing}
    return {upload: known[key_of(upload)] for upload in uploads}


def _reading(job: tuple[Path, str, str, Path]) -> Reading:
    return read_one(*job)


def _submit(course: Course, made: list[Submission], state: State, processes: Processes) -> None:
    """Write and publish every submission, unless it stands there already."""
    kept, repositories = course.downloaded / KEPT, course.downloaded / REPOSITORIES
    jobs = jobs_of(made, kept, repositories, course.github, course.release, course.submitted)
    state.submissions = {n: s for n, s in state.submissions.items() if n in {job.sender.number for job in jobs}}
    with ThreadPoolExecutor(_THREADS) as threads:
        stands = list(threads.map(lambda job: _stands(course, job, state), jobs))
    new = [job for job, there in zip(jobs, stands, strict=True) if not there]
    outcomes = iter(processes.run(write_submission, new))
    for submission, job, there in zip(made, jobs, stands, strict=True):
        outcome = there or next(outcomes)
        if isinstance(outcome, Died):
            discard(course.submitted, job.sender.number)
            submission.stop(f"could not be made a submission ({outcome}); look at it by hand")
            continue
        submission.tell(outcome)
        if not there:
            problem = publish(course.submitted, job.sender.number)
            if problem:
                submission.stop(problem)
            else:
                state.note(job, sha256_of(place_of(course.submitted, job.sender.number) / SENDER), outcome)


def _stands(course: Course, job: Job, state: State) -> Outcome | None:
    """The outcome of a submission that is in its place, whole and made of the same."""
    known, place = state.submissions.get(job.sender.number), place_of(course.submitted, job.sender.number)
    if not known or known["key"] != state.made_of(job) or sha256_of(place / SENDER) != known["sender"]:
        return None
    return Outcome.of(known) if is_ours(place) else None


def _take_back(course: Course, decisions: list[Decision]) -> list[str]:
    """Withdraw submissions of uploads that count no longer; leave alone, with a note, what no upload is known for."""
    known, notes = {decision.upload.sha256 for decision in decisions}, []
    counting = {
        decision.sender.number for decision in decisions if decision.sender and (decision.gives or decision.stays)
    }
    for place in sorted(course.submitted.glob(f"*/{assignment.NAME}")):
        student = place.parent.name
        if student in counting:
            continue
        if uploads_of(place) & known and is_ours(place):
            course.log.warning("submitted/%s is withdrawn: its uploads wait, or count for another or no more", student)
            withdraw(course.submitted, student)
        elif not any(d.sender and d.sender.number == student and d.problem for d in decisions):
            notes.append(f"submitted/{student}/{assignment.NAME} was not made from a known upload: it stays as it is")
    return notes


def _noted(notes: list[str], unseen: list[str]) -> dict[str, Any]:
    """Notes on the tables and folders, in the form of a decision; unseen: those on files that may be uploads."""
    return {
        "file": "",
        "student": None,
        "problem": "",
        "remarks": [],
        "superseded": None,
        "fates": [],
        "notes": notes,
        "unseen": unseen,
    }
