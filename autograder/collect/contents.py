"""What was read of an upload or a repository: the files that can be of use, and what is to be said about the others."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .bare import kind_of_page
from .kinds import ending, is_page
from .outputs import HEAVY, without_outputs

MOST_BYTES = 200 * 2**20  # of all files as they are held, notebooks without their outputs where these are large
MOST_UNPACKED = 3 * MOST_BYTES  # with those outputs
LARGEST_FILE = 50 * 2**20
LARGEST_NOTEBOOK = 150 * 2**20  # with its outputs; without them it may be as large as any file
LARGEST_CODE = 2 * 2**20
SOURCE = "is taken for the source of the page of the same name beside it"
NOT_READ = "not read: "  # so begins a remark that the student's feedback repeats


@dataclass(frozen=True)
class Member:
    """One file of an upload: its path inside the archive, for recognition only, and its bytes.

    is_bare: it is the upload, not in an archive.
    """

    path: PurePosixPath
    data: bytes
    is_bare: bool = False

    @property
    def is_page(self) -> bool:
        """True for a page of written answers: by its name or bytes, but without an ending only as an upload."""
        return is_page(self.path) or (bool(self.kind) and (self.is_bare or ending(self.path) != ""))

    @property
    def kind(self) -> str:
        """The ending of the kind of page that its bytes are; empty for none."""
        return kind_of_page(self.data[:32])


@dataclass
class Contents:
    """Files within the limits, in the order in which they were read. left_out, noted: paths by what is said of them.

    sources: paths of documents that a page of the same name lies beside.

    outside: path and reason of each file that is not among the members, no reason for what cannot be of use.
    litter: how many files nobody put there.
    """

    members: list[Member] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    noted: dict[str, list[str]] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    outside: list[tuple[str, str]] = field(default_factory=list)
    litter: int = 0
    held: int = 0

    def reason(self, path: PurePosixPath) -> str:
        """Why a file was left out; empty for all others."""
        return next((why for why, paths in self.left_out.items() if str(path) in paths), "")

    def leave_out(self, why: str, path: PurePosixPath) -> None:
        """Note a file that is not read, below its reason."""
        self.left_out.setdefault(why, []).append(str(path))

    def skip(self, why: str, path: PurePosixPath) -> None:
        """The same of a file that is not among the members."""
        self.leave_out(why, path)
        self.outside.append((str(path), why))

    def note(self, what: str, path: PurePosixPath) -> None:
        """Note something about a file that is read all the same."""
        self.noted.setdefault(what, []).append(str(path))

    def keep(self, path: PurePosixPath, data: bytes, is_bare: bool = False) -> None:
        """Take a file, a large notebook without its outputs; or note why not."""
        light = without_outputs(data) if is_notebook(path) and len(data) > HEAVY else None
        if light is not None and len(data) - len(light) > 2**20:
            saved = f"{(len(data) - len(light)) >> 20} MiB"
            self.note(f"has {saved} of outputs, which grading does not need: kept without them", path)
            data = light
        limit = min(LARGEST_FILE, largest(path))
        if len(data) > limit:
            self.skip(f"is larger than {limit >> 20} MiB{_all_the_same(path, light)}: left out", path)
        elif len(data) > MOST_BYTES - self.held:
            self.skip(_too_much(), path)
        else:
            self.held += len(data)
            self.members.append(Member(path, data, is_bare))

    def no_room(self, path: PurePosixPath, size: int, unpacked: int) -> str:
        """Why a file is not even unpacked after so many bytes of others; empty when it is."""
        room = MOST_UNPACKED - unpacked if is_notebook(path) else MOST_BYTES - self.held
        return _too_much() if size > room else ""

    def remarks(self) -> list[str]:
        """A line for each reason, naming the first few files."""
        lines = [f"{NOT_READ}{_several(names)} {why}" for why, names in self.left_out.items()]
        return lines + [f"{_several(names)} {what}" for what, names in self.noted.items()]


def is_notebook(path: PurePosixPath) -> bool:
    """True for a file that is named as a notebook."""
    return ending(path) == ".ipynb"


def largest(path: PurePosixPath) -> int:
    """How large a file of this name may be as it came."""
    return {".py": LARGEST_CODE, ".ipynb": LARGEST_NOTEBOOK}.get(ending(path), LARGEST_FILE)


def too_large(path: PurePosixPath) -> str:
    """What is said of a file that is larger than that."""
    rest = ", outputs included: left out; clear its outputs" if is_notebook(path) else ": left out"
    return f"is larger than {largest(path) >> 20} MiB{rest}"


def _all_the_same(path: PurePosixPath, light: bytes | None) -> str:
    """Why leaving out outputs did not help."""
    return (" even without its outputs" if light else ", and no notebook that can be read") if is_notebook(path) else ""


def _too_much() -> str:
    return f"does not fit, for all of it unpacks to more than {MOST_BYTES >> 20} MiB"


def _several(names: list[str]) -> str:
    """The first few, so that a verb goes on."""
    shown = ", ".join(repr(name) for name in names[:3])
    return f"{shown}{f' and {len(names) - 3} more' if len(names) > 3 else ''}: each" if len(names) > 1 else shown
