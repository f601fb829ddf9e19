"""Folders for a while: gone when they are closed, and when their owner is killed, at the next look of anybody of ours.

Each is locked by its owner. The kernel takes the lock back when the owner ends, however it does, so that no number of
a process, which another one may have by then, in another container even, decides what is removed.
"""

import fcntl
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from .removal import remove

_HELD, _MADE = "hw2-run-", "hw2-new-"
_mine: set["OwnFolder"] = set()


class OwnFolder:
    """A new folder below the system's for temporary files, whose paths are short enough for sockets."""

    def __init__(self) -> None:
        sweep()
        made = Path(tempfile.mkdtemp(prefix=_MADE))  # nobody looks at it before it is locked
        self._lock = os.open(made, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        with suppress(OSError):  # where folders cannot be locked they are nobody's to sweep
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.path = made.rename(made.with_name(_HELD + made.name.removeprefix(_MADE)))
        _mine.add(self)

    def close(self) -> None:
        """Remove it with all that is in it; never raises."""
        if self in _mine:
            _mine.discard(self)
            remove(self.path)
            os.close(self._lock)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.close()


def close_all() -> None:
    """Remove all folders of this process, which is about to end."""
    for folder in list(_mine):
        folder.close()


def sweep() -> None:
    """Remove the folders whose owners are gone; never raises."""
    folder = tempfile.gettempdir()
    for name in os.listdir(folder):
        if name.startswith(_HELD):
            with suppress(OSError):
                _remove_if_nobodys(Path(folder, name))


def _remove_if_nobodys(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.geteuid() in (0, os.fstat(handle).st_uid):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove(place)
    finally:
        os.close(handle)
