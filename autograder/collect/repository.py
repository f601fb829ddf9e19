"""The homework's files in a student's repository, as the last commit before the submission has them."""

import subprocess
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from .archive import MOST_FILES
from .contents import MOST_BYTES, Contents, Member, largest, too_large
from .entries import is_litter
from .git import NotFetched, clone, end, start
from .kinds import PRACTICAL
from .links import Link

_LONGEST_LIST = 4 * 2**20
_POINTER = b"version https://git-lfs"
_LINK, _FILES = "120000", ("100644", "100755", "100664")


@dataclass
class Fetched:
    """Files of a commit, its hash and the time that it carries."""

    commit: str
    time: datetime
    contents: Contents = field(default_factory=Contents)


def fetch(link: Link, before: datetime, github: str) -> Fetched:
    """Clone the repository behind a link and read the notebooks and modules of its last commit; raises NotFetched.

    github: where repositories are. before: commits with a later time (the committer's) are not looked at.
    """
    with tempfile.TemporaryDirectory(prefix="hw2-repository-") as scratch:
        bare = Path(scratch) / "bare"
        clone(f"{github.rstrip('/')}/{link.owner}/{link.repo}", bare)
        return _read(bare, _commit(bare, link.rest, before))


def _commit(bare: Path, rest: str, before: datetime) -> tuple[str, datetime]:
    """The last commit before a time, on the branch that the link names, else on the one the repository shows."""
    start_at = _branch(bare, rest) or "HEAD"
    if not _said(bare, "rev-parse", "--verify", "--quiet", f"{start_at}^{{commit}}"):
        raise NotFetched("holds no commit")
    moment = before.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
    found = _said(bare, "log", "-1", "--format=%H %cI", f"--before={moment}", start_at, "--").split()
    if len(found) != 2:
        raise NotFetched("holds no commit before the time of submission")
    return found[0], datetime.fromisoformat(found[1]).astimezone(UTC)


def _branch(bare: Path, rest: str) -> str:
    """Of branch/with/strokes/and/a/path the part that is a branch or a commit; empty for none."""
    parts = rest.split("/") if rest else []
    for length in range(len(parts), 0, -1):
        name = "/".join(parts[:length])
        for full in (f"refs/heads/{name}", name if length == 1 and _is_hash(name) else ""):
            if full and _said(bare, "rev-parse", "--verify", "--quiet", f"{full}^{{commit}}"):
                return full
    return ""


def _is_hash(text: str) -> bool:
    return 7 <= len(text) <= 40 and all(char in "0123456789abcdef" for char in text.lower())


def _read(bare: Path, commit: tuple[str, datetime]) -> Fetched:
    found = Fetched(*commit)
    listed = _said(bare, "ls-tree", "-r", "-z", "--long", "--full-tree", commit[0])
    if len(listed) > _LONGEST_LIST:
        raise NotFetched(f"holds far more than {MOST_FILES} files")
    wanted: list[tuple[PurePosixPath, str]] = []
    left = MOST_BYTES
    for line in filter(None, listed.split("\0")):
        about, _, name = line.partition("\t")
        mode, _, blob, size = about.split()
        path = PurePosixPath(name.encode("utf-8", "replace").decode())
        if path.suffix.lower() not in PRACTICAL or is_litter(path):
            continue
        if mode not in _FILES:
            found.contents.skip(f"is a {'link' if mode == _LINK else 'submodule'}, not a file: left out", path)
        elif int(size) > largest(path):
            found.contents.skip(too_large(path), path)
        elif int(size) > left or len(wanted) >= MOST_FILES:
            found.contents.skip("does not fit beside the others: left out", path)
        else:
            left -= int(size)
            wanted.append((path, blob))
    _add(found.contents, _blobs(bare, wanted))
    return found


def _add(contents: Contents, files: list[tuple[PurePosixPath, bytes]]) -> None:
    for path, data in files:
        if data.startswith(_POINTER):
            contents.skip("is kept with git-lfs, only a pointer is in the repository: left out", path)
        else:
            contents.members.append(Member(path, data))


def _blobs(bare: Path, wanted: list[tuple[PurePosixPath, str]]) -> list[tuple[PurePosixPath, bytes]]:
    """Read files as git keeps them; filters, checkouts and links play no part in it."""
    if not wanted:
        return []
    process = start(["--git-dir", str(bare), "cat-file", "--batch"], bare.parent, stdin=True)
    assert process.stdin is not None and process.stdout is not None
    found = []
    try:
        for path, blob in wanted:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            head = process.stdout.readline().split()
            if len(head) != 3 or head[1] != b"blob" or int(head[2]) > largest(path):
                raise NotFetched("is damaged")
            found.append((path, process.stdout.read(int(head[2]) + 1)[:-1]))
    except OSError as error:
        raise NotFetched("is damaged") from error
    finally:
        end(process)
        process.communicate()
    return found


def _said(bare: Path, *words: str) -> str:
    """What a git command wrote, a little more than the longest list at most; empty when it failed."""
    process = start(["--git-dir", str(bare), *words], bare.parent)
    assert process.stdout is not None
    said = process.stdout.read(_LONGEST_LIST + 2)
    if len(said) > _LONGEST_LIST:
        end(process)
        process.communicate()
        return said.decode("utf-8", "replace")
    try:
        process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        end(process)
    return said.decode("utf-8", "replace").strip("\n") if process.wait() == 0 else ""
