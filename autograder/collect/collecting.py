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
from .assigned import Line, assign, read_assigned
from .candidates import Candidate, candidates_of, entries_of
from .decide import Decision, decide
from .handout import recipe
from .kept import keep_all, sha256_of
from .ledger import LEDGER, add_to_ledger, read_ledger
from .links import Link
from .names import read_roster
from .processes import Died, Processes
from .publish import SENDER, is_ours, part_of, place_of, publish, sender_in, tidy, withdraw
from .reading import Reading, read_one
from .recognise import PRACTICAL_FILES
from .repositories import Kept, repository
from .state import STATE, State, key_of, read_state, write_state
from .submission import Job, Outcome, write_submission
from .times import read_listing, read_times

DECISIONS = "decisions.json"
KEPT, REPOSITORIES, LOCK = "kept", "repositories", ".collecting.lock"
_CLONES = 8


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
    """What a person wrote down: roster, times, listing, assigned.csv."""

    roster: dict[str, str]
    times: dict[str, datetime]
    listing: dict[str, tuple[datetime, int]]
    assigned: list[Line]


def collect(course: Course) -> list[dict[str, Any]]:
    """Bring every upload in archive/ into submitted/; return what is written to decisions.json.

    Raises ValueError that names a table's line, before anything is changed.
    """
    with _alone(course), Processes() as processes:
        tables, made_by = _tables(course), recipe(course.release)
        state = read_state(course.downloaded / STATE, made_by)
        uploads, assigned, notes = _uploads(course, tables)
        readings = _read(course, uploads, state, processes)
        decisions = decide(readings, assigned, tables.roster)
        tidy(course.submitted)
        _submit(course, decisions, state, processes)
        notes += _take_back(course, decisions)
        entries = [decision.entry() for decision in decisions] + ([_noted(notes)] if notes else [])
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
    return Tables(roster, times, listing, read_assigned(course.downloaded / "assigned.csv", roster))


def _uploads(course: Course, tables: Tables) -> tuple[list[Candidate], dict[Candidate, str], list[str]]:
    """Keep what is in archive/, note it in the ledger; return all uploads, those given by hand, and notes."""
    seen, notes = keep_all(course.archive, course.downloaded / KEPT)
    ledger = course.downloaded / LEDGER
    uploads, more = candidates_of(seen, read_ledger(ledger), tables.times, tables.listing)
    assigned, lines = assign(tables.assigned, uploads)
    add_to_ledger(ledger, entries_of(uploads, datetime.now(UTC)))
    return uploads, assigned, notes + more + lines


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


def _submit(course: Course, decisions: list[Decision], state: State, processes: Processes) -> None:
    """Write and publish the submission of every upload that counts, unless it stands there already."""
    counting = [decision for decision in decisions if decision.counts]
    jobs = _jobs(course, counting)
    state.submissions = {n: s for n, s in state.submissions.items() if n in {job.sender.number for job in jobs}}
    with ThreadPoolExecutor(_CLONES) as threads:
        stands = list(threads.map(lambda job: _stands(course, job, state), jobs))
    new = [job for job, there in zip(jobs, stands, strict=True) if not there]
    outcomes = iter(processes.run(write_submission, new))
    for decision, job, there in zip(counting, jobs, stands, strict=True):
        outcome = there or next(outcomes)
        if isinstance(outcome, Died):
            decision.problem = f"could not be made a submission ({outcome}); look at it by hand"
            continue
        decision.remarks, decision.found = outcome.remarks, outcome.found
        if not there:
            decision.problem = publish(course.submitted, job.sender.number)
            if not decision.problem:
                state.note(job, sha256_of(place_of(course.submitted, job.sender.number) / SENDER), outcome)


def _jobs(course: Course, counting: list[Decision]) -> list[Job]:
    """What has to be written, with the repositories that the uploads need, several fetched at once."""
    with ThreadPoolExecutor(_CLONES) as threads:
        fetched = list(threads.map(lambda decision: _repositories(course, decision), counting))
    jobs = []
    for decision, repositories in zip(counting, fetched, strict=True):
        assert decision.sender is not None
        upload, student = decision.upload, decision.sender.number
        kept, part = course.downloaded / KEPT / upload.sha256, part_of(course.submitted, student)
        remarks = tuple(decision.remarks + ([] if repositories else _not_needed(decision)))
        where = (kept, course.release, part, repositories, remarks)
        jobs.append(Job(decision.sender, upload.sha256, upload.file, upload.time, *where))
    return jobs


def _repositories(course: Course, decision: Decision) -> tuple[Kept, ...]:
    """The repositories an upload names, when a practical file is missing from it."""
    if all(name in decision.found for name in PRACTICAL_FILES):
        return ()
    folder, upload = course.downloaded / REPOSITORIES, decision.upload
    links = [Link(*link) for link in decision.reading.links]
    return tuple(repository(folder, upload.sha256, link, upload.time, course.github) for link in links)


def _not_needed(decision: Decision) -> list[str]:
    urls = [Link(*link).url for link in decision.reading.links]
    return [f"{', '.join(urls)}: not looked at, for every practical file is in the upload"] if urls else []


def _stands(course: Course, job: Job, state: State) -> Outcome | None:
    """The outcome of a submission that is in its place, whole and made of the same."""
    known, place = state.submissions.get(job.sender.number), place_of(course.submitted, job.sender.number)
    if not known or known["key"] != state.made_of(job) or sha256_of(place / SENDER) != known["sender"]:
        return None
    return Outcome(known["remarks"], known["found"]) if is_ours(place) else None


def _take_back(course: Course, decisions: list[Decision]) -> list[str]:
    """Withdraw submissions whose upload counts no longer; leave alone, with a note, what no upload is known for."""
    known, notes = {decision.upload.sha256 for decision in decisions}, []
    theirs = {(decision.sender.number, decision.upload.sha256) for decision in decisions if decision.sender}
    counting = {decision.sender.number for decision in decisions if decision.sender and decision.counts}
    waiting = {decision.sender.number for decision in decisions if decision.sender and decision.problem}
    for place in sorted(course.submitted.glob(f"*/{assignment.NAME}")):
        student, upload = place.parent.name, sender_in(place).get("upload")
        if student in counting or (student, upload) in theirs:
            continue
        if upload in known and is_ours(place):
            course.log.warning("submitted/%s is withdrawn: its upload counts for another student or no more", student)
            withdraw(course.submitted, student)
        elif student not in waiting:
            notes.append(f"submitted/{student}/{assignment.NAME} was not made from a known upload: it stays as it is")
    return notes


def _noted(notes: list[str]) -> dict[str, Any]:
    """Notes on the tables and folders, in the form of a decision that needs nothing."""
    return {"file": "", "student": None, "problem": "", "remarks": [], "superseded": None, "notes": notes}
