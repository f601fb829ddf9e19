"""Turns what was picked from a student's uploads into a complete submission in names of our choosing."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from .. import assignment
from ..answers.changes import CHANGES, module_changes, notebook_changes
from ..answers.module import lay_module
from ..answers.notebook import lay_notebook
from ..answers.preprocessor import TIMESTAMP
from ..theory.called import write_called
from .archive import read_upload
from .contents import NOT_READ, Contents, Member
from .fates import FATES, UNREAD, USED, Fate, as_json, replaced
from .files import digest_of
from .handout import HandOut, hand_out
from .job import Job, Outcome, Pick
from .kinds import JPEG, ending
from .modern import modern
from .publish import REMARKS as REMARKS
from .publish import SENDER as SENDER
from .publish import digests
from .ranked import ranked
from .recognise import FILES, PRACTICAL_FILES, Copy, copies
from .repositories import contents_of
from .times import stamp
from .written import notebook_text

G = TypeVar("G")
Data = dict[str, bytes | None]
AND_ASK = "; ask for the file and collect it again"


def write_submission(job: Job) -> Outcome:
    """Write notebooks, module, attachments, timestamp.txt and what is said of them into the job's part folder."""
    job.part.mkdir(parents=True)
    given, members = hand_out(job.release), _members(job)
    chosen = {pick.wanted: _as(pick, members[pick.upload, pick.path, pick.digest], given) for pick in job.picks}
    outcome = Outcome(list(job.remarks), {pick.wanted: _place(job, pick) for pick in job.picks})
    time = _from_repositories(job, chosen, outcome)
    data: Data = {wanted: modern(chosen[wanted].data) if wanted in chosen else None for wanted in FILES}
    for name in assignment.NOTEBOOKS:
        laid = _laid(lay_notebook, given.notebooks[name], data, f"{name}.ipynb", outcome)
        (job.part / f"{name}.ipynb").write_text(notebook_text(laid, given.notebooks[name]), encoding="utf-8")
    text = _laid(lay_module, given.module, data, assignment.MODULE, outcome)
    (job.part / assignment.MODULE).write_text(text, encoding="utf-8")
    outcome.remarks = ranked(_naming(remark, job.unknown) for remark in outcome.remarks)
    _show_changes(job.part, given, data)
    _attach(job.part, [members[page.upload, page.path, page.digest] for page in job.pages])
    (job.part / TIMESTAMP).write_text(stamp(time), encoding="utf-8")
    _write_json(job.part / REMARKS, outcome.remarks)
    _write_json(job.part / FATES, as_json([*replaced(job.fates, outcome.replaced), *outcome.fates]))
    uploads = [source.sha256 for source in job.sources]
    sender = {"number": job.sender.number, "name": job.sender.name, "uploads": uploads, "files": digests(job.part)}
    (job.part / SENDER).write_text(json.dumps(sender, indent=1), encoding="utf-8")
    return outcome


def _laid(
    lay: Callable[[G, bytes | None, str], tuple[G, list[str]]], given: G, data: Data, file: str, outcome: Outcome
) -> G:
    """A file laid into ours; one that brings an exception about costs its own answers, not the submission."""
    try:
        laid, remarks = lay(given, data[file], file)
    except Exception as error:  # a fault of ours, so a person is asked
        data[file], (laid, _) = None, lay(given, None, file)
        remarks = [f"{file} could not be read ({type(error).__name__}: {error}): its answers count as unanswered"]
        outcome.problem = "; ".join(filter(None, [outcome.problem, f"{remarks[0]}; look at it by hand"]))
    outcome.remarks += remarks
    return laid


def _write_json(path: Path, value: list[Any]) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8", errors="replace")


def _members(job: Job) -> dict[tuple[str, str, str], Member]:
    """The files of its uploads by upload, path and digest."""
    needed = {(pick.path, pick.upload) for pick in (*job.picks, *job.pages)}
    return {
        (source.sha256, str(member.path), digest_of(member)): member
        for source in job.sources
        if any(upload == source.sha256 for _, upload in needed)
        for member in read_upload(source.kept, source.file).members
        if (str(member.path), source.sha256) in needed
    }


def _as(pick: Pick, member: Member, given: HandOut) -> Member:
    """A file as it is read, which may be what stands inside it."""
    return member if pick.as_is else copies([member], given)[pick.wanted][0].member


def _place(job: Job, pick: Pick) -> str:
    """Where a file was found; with its upload where there are several."""
    file = next(source.file for source in job.sources if source.sha256 == pick.upload)
    return pick.path if len(job.sources) == 1 else f"{pick.path} of {file}"


def _naming(remark: str, unknown: tuple[str, ...]) -> str:
    """A remark on a missing file names the notebooks and modules that may be it and were not recognised."""
    file = next((file for file in FILES if remark.startswith(f"{file} is missing")), None)
    names = [repr(path) for path in unknown if file and PurePosixPath(path).suffix == PurePosixPath(file).suffix]
    if not names or AND_ASK not in remark:
        return remark
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    shown = f"{', '.join(names[:5])}{more}"
    what = "it was not recognised" if len(names) == 1 else "they were not recognised"
    why = f"{what}, for no cell of the hand-out is in {'it' if len(names) == 1 else 'them'}"
    return remark.replace(AND_ASK, f"; there is {shown}: {why}{AND_ASK}")


def _from_repositories(job: Job, chosen: dict[str, Member], outcome: Outcome) -> datetime:
    """Fill in the practical files that the uploads lack from repositories that they name; return the time of all."""
    given, time = hand_out(job.release), job.time
    if not job.repositories:
        return time
    bare = {file for file, several in copies(list(chosen.values()), given).items() if not several[0].written}
    for named in job.repositories:
        kept = named.kept
        lacking = [wanted for wanted in PRACTICAL_FILES if wanted not in chosen or wanted in bare]
        if kept.zip is None:
            outcome.remarks.append(f"{kept.link} {kept.problem}; collect again to try once more")
            continue
        contents = contents_of(kept.zip) if lacking else Contents()
        found: dict[str, list[Copy]] = copies(contents.members, given)
        commit = f"commit {kept.commit[:12]} of {kept.time}"
        taken = [w for w in lacking if w in found and (w not in chosen or found[w][0].written)]
        for wanted in taken:
            if wanted in chosen:
                outcome.replaced[wanted] = f"{str(found[wanted][0].member.path)!r} of {kept.link}"
            chosen[wanted] = found[wanted][0].member
            bare.discard(wanted)
            outcome.found[wanted] = f"{kept.link}, {commit}: {chosen[wanted].path}"
        if taken:
            time = max(time, named.time)
            said = "the time of a commit is what its author's machine said"
            outcome.remarks.append(f"{', '.join(taken)}: taken from {kept.link}, {commit}; {said}")
        else:
            outcome.remarks.append(f"{kept.link}, {commit}, holds nothing that the upload lacks")
        outcome.fates += _fates(kept.link, contents, {id(found[w][0].came): w for w in taken})
        outcome.remarks += [_of(kept.link, remark) for remark in (*kept.remarks, *contents.remarks())]
    return time


def _fates(link: str, contents: Contents, taken: dict[int, str]) -> list[Fate]:
    """What became of the notebooks and modules of a repository."""
    rest = f"of the repository is needed only {', '.join(taken.values()) or 'what the uploads lack'}"
    found = [
        Fate(link, str(m.path), *((USED, taken[id(m)]) if id(m) in taken else (UNREAD, rest))) for m in contents.members
    ]
    return found + [Fate(link, path, UNREAD, f"it {why}") for path, why in contents.outside]


def _of(link: str, remark: str) -> str:
    """A remark on a file of a repository; what the student is told stays to be known by its first words."""
    rest = remark.removeprefix(NOT_READ)
    return f"{link}: {remark}" if rest == remark else f"{NOT_READ}{link}: {rest}"


def _show_changes(folder: Path, given: HandOut, data: Data) -> None:
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
        kind = member.kind or ending(member.path)
        name = f"{number:0{digits}d}{'.jpg' if kind in JPEG else kind}"
        target.mkdir(exist_ok=True)
        (target / name).write_bytes(member.data)
        called[name] = str(member.path)
    if called:
        write_called(target, called)
