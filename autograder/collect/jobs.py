"""What has to be written for each student: the files picked from the uploads, and the repositories that are needed."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .candidates import Candidate
from .decision import Submission
from .fates import Fate
from .files import UNKNOWN, File
from .job import Job, Named, Pick, Source
from .links import Link
from .publish import part_of
from .ranked import ranked
from .recognise import FILES
from .repositories import repository

_CLONES = 8


def jobs_of(
    made: list[Submission], kept: Path, repositories: Path, github: str, release: Path, submitted: Path
) -> list[Job]:
    """A job for each submission; several repositories are fetched at once."""
    with ThreadPoolExecutor(_CLONES) as threads:
        fetched = list(threads.map(lambda one: _repositories(one, repositories, github), made))
    return [_job(one, named, kept, release, submitted) for one, named in zip(made, fetched, strict=True)]


def _repositories(submission: Submission, folder: Path, github: str) -> tuple[Named, ...]:
    """The repositories that its uploads name, when a practical file is missing; one named twice by its last upload."""
    last = {link.url: (upload, link) for upload, link in reversed(submission.bundle.links)}
    return tuple(
        Named(repository(folder, upload.sha256, link, upload.time, github), upload.time)
        for upload, link in last.values()
    )


def _job(submission: Submission, repositories: tuple[Named, ...], kept: Path, release: Path, submitted: Path) -> Job:
    made, uploads = submission.bundle, [part.upload for part in submission.parts]
    picks = [_pick(file, choice.counts.upload, choice.counts.file) for file, choice in made.chosen.items()]
    pages = [_pick("", page.upload, page.file) for page in made.pages]
    sources = {upload.sha256: Source(upload.sha256, upload.file, kept / upload.sha256) for upload in uploads}
    return Job(
        sender=submission.sender,
        sources=tuple(sources.values()),
        picks=tuple(picks),
        pages=tuple(pages),
        time=made.since or max(upload.time for upload in uploads),
        release=release,
        part=part_of(submitted, submission.sender.number),
        repositories=repositories,
        remarks=tuple(_remarks(submission)),
        fates=tuple(_told(submission)),
        unknown=tuple(_unknown(submission)),
    )


def _pick(wanted: str, upload: Candidate, file: File) -> Pick:
    return Pick(wanted, upload.sha256, file.path, file.digest, file.as_is)


def _remarks(submission: Submission) -> Iterable[str]:
    """What is said of its uploads, but of no version of a file that does not count, and of the whole."""
    said = list(submission.remarks)
    for part in submission.parts:
        counts = {file for file, choice in submission.bundle.chosen.items() if choice.counts.upload == part.upload}
        other = tuple(file for file in FILES if file not in counts)
        said += [remark for remark in part.remarks if not remark.startswith(other)]
        if not submission.bundle.links and part.reading.links:
            urls = ", ".join(Link(*link).url for link in part.reading.links)
            said.append(f"{urls}: not looked at, for every practical file is in the upload")
    return ranked(said)


def _told(submission: Submission) -> Iterable[Fate]:
    """What became of all files of the student's uploads, in the order of time."""
    return [fate for decision in submission.others for fate in decision.fates]


def _unknown(submission: Submission) -> Iterable[str]:
    """Notebooks and modules in its uploads that nobody could recognise."""
    files = [file for part in submission.others for file in part.reading.files]
    return dict.fromkeys(file.path for file in files if file.why == UNKNOWN)
