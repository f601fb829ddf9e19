"""Turns the files of one upload into a complete submission in names of our choosing."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from .. import assignment
from ..answers.changes import CHANGES, module_changes, notebook_changes
from ..answers.module import lay_module
from ..answers.notebook import lay_notebook
from ..answers.preprocessor import TIMESTAMP
from ..theory.called import write_called
from .archive import read_upload
from .contents import NOT_READ, Contents, Member
from .handout import HandOut, hand_out
from .kinds import JPEG, ending
from .modern import modern
from .names import Sender
from .own import pages_of
from .publish import REMARKS as REMARKS
from .publish import SENDER as SENDER
from .publish import digests
from .recognise import FILES, PRACTICAL_FILES, Copy, copies
from .repositories import Kept, contents_of
from .times import stamp
from .written import notebook_text


@dataclass(frozen=True)
class Job:
    """An upload that counts, and where its submission is written. remarks: what is already to be said of it."""

    sender: Sender
    upload: str
    file: str
    time: datetime
    kept: Path
    release: Path
    part: Path
    repositories: tuple[Kept, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass
class Outcome:
    """Everything to be said of a submission, and where each file of the homework was found."""

    remarks: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)


def write_submission(job: Job) -> Outcome:
    """Write notebooks, module, attachments, timestamp.txt, remarks.json and sender.json into the job's part folder."""
    job.part.mkdir(parents=True)
    given = hand_out(job.release)
    members = read_upload(job.kept, job.file).members
    chosen = {wanted: first.member for wanted, (first, *_) in copies(members, given).items()}
    outcome = Outcome(list(job.remarks), {wanted: str(member.path) for wanted, member in chosen.items()})
    _from_repositories(job, chosen, outcome)
    data = {wanted: modern(chosen[wanted].data) if wanted in chosen else None for wanted in FILES}
    for name in assignment.NOTEBOOKS:
        laid, more = lay_notebook(given.notebooks[name], data[f"{name}.ipynb"], f"{name}.ipynb")
        (job.part / f"{name}.ipynb").write_text(notebook_text(laid, given.notebooks[name]), encoding="utf-8")
        outcome.remarks += more
    text, more = lay_module(given.module, data[assignment.MODULE], assignment.MODULE)
    (job.part / assignment.MODULE).write_text(text, encoding="utf-8")
    outcome.remarks += more
    _show_changes(job.part, given, data)
    _attach(job.part, pages_of(members, given.own))
    (job.part / TIMESTAMP).write_text(stamp(job.time), encoding="utf-8")
    (job.part / REMARKS).write_text(json.dumps(outcome.remarks, indent=1, ensure_ascii=False), encoding="utf-8")
    sender = {"number": job.sender.number, "name": job.sender.name, "upload": job.upload}
    (job.part / SENDER).write_text(json.dumps({**sender, "files": digests(job.part)}, indent=1), encoding="utf-8")
    return outcome


def _from_repositories(job: Job, chosen: dict[str, Member], outcome: Outcome) -> None:
    """Fill in the practical files that the upload lacks from the repositories that it names; remark on each."""
    for kept in job.repositories:
        lacking = [wanted for wanted in PRACTICAL_FILES if wanted not in chosen]
        if kept.zip is None:
            outcome.remarks.append(f"{kept.link} {kept.problem}; collect again to try once more")
            continue
        contents = contents_of(kept.zip) if lacking else Contents()
        found: dict[str, list[Copy]] = copies(contents.members, hand_out(job.release))
        commit = f"commit {kept.commit[:12]} of {kept.time}"
        taken = [wanted for wanted in lacking if wanted in found]
        for wanted in taken:
            chosen[wanted] = found[wanted][0].member
            outcome.found[wanted] = f"{kept.link}, {commit}: {chosen[wanted].path}"
        if taken:
            said = "the time of a commit is what its author's machine said"
            outcome.remarks.append(f"{', '.join(taken)}: taken from {kept.link}, {commit}; {said}")
        else:
            outcome.remarks.append(f"{kept.link}, {commit}, holds nothing that the upload lacks")
        outcome.remarks += [_of(kept.link, remark) for remark in (*kept.remarks, *contents.remarks())]


def _of(link: str, remark: str) -> str:
    """A remark on a file of a repository; what the student is told stays to be known by its first words."""
    rest = remark.removeprefix(NOT_READ)
    return f"{link}: {remark}" if rest == remark else f"{NOT_READ}{link}: {rest}"


def _show_changes(folder: Path, given: HandOut, data: dict[str, bytes | None]) -> None:
    """What was changed outside the blocks and answer cells, for the report; no file when nothing was."""
    diffs = [notebook_changes(given.notebooks[n], data[f"{n}.ipynb"], f"{n}.ipynb") for n in assignment.NOTEBOOKS]
    whole = "".join([*diffs, module_changes(given.module, data[assignment.MODULE], assignment.MODULE)])
    if whole:
        (folder / CHANGES).write_text(whole, encoding="utf-8")


def _attach(folder: Path, pages: list[Member]) -> None:
    """Keep PDFs and pictures of written answers, numbered in their order, and beside them what the student calls them.

    The numbers have as many digits as the last one needs, so that the files stay in this order by their names.
    """
    target, digits, called = folder / assignment.WRITTEN_PAGES, max(2, len(str(len(pages)))), {}
    for number, member in enumerate(pages, 1):
        kind = ending(member.path)
        name = f"{number:0{digits}d}{'.jpg' if kind in JPEG else kind}"
        target.mkdir(exist_ok=True)
        (target / name).write_bytes(member.data)
        called[name] = str(member.path)
    if called:
        write_called(target, called)
