"""Removes what students' code has written into, however it was left: very deep, locked, with names of any kind."""

import logging
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

LEFT = "hw2-could-not-remove-"  # so begins the name of what stays; nothing of ours looks at it again
_PAUSES = (0.0, 0.1, 1.0)  # seconds before each attempt: a process that is being killed may write for a moment more
_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def remove(path: Path) -> None:
    """Remove what is there, of any kind; never raises. What cannot be removed is put aside in its place, and said."""
    problems: list[OSError] = []
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            problems = _Removal(path).problems
        except FileNotFoundError:
            return
        except OSError as error:
            problems = [error]
        if not problems:
            return
    _put_aside(path, problems[0])


def _put_aside(path: Path, error: OSError) -> None:
    aside = path.with_name(LEFT + secrets.token_hex(8))
    try:
        path.rename(aside)
    except OSError:
        aside = path
    logging.getLogger(__name__).warning("%s could not be removed (%s): remove it by hand", aside, error.strerror)


class _Removal:
    """Neither recursion nor long paths: each folder that is found is moved to the top before it is looked into."""

    def __init__(self, path: Path) -> None:
        """problems: what stood in the way; all the rest is gone."""
        self.problems: list[OSError] = []
        self._mark, self._numbers = secrets.token_hex(8), count()
        if not stat.S_ISDIR(path.lstat().st_mode):
            path.unlink()
            return
        with _opened(path) as self._top:
            waiting = self._emptied(self._top)
            while waiting:
                waiting += self._without(waiting.pop())
        if not self.problems:
            path.rmdir()

    def _without(self, name: str) -> list[str]:
        """Remove a folder that is at the top; return those that were in it."""
        found = []
        try:
            with _opened(name, self._top) as folder:
                found = self._emptied(folder)
            os.rmdir(name, dir_fd=self._top)
        except OSError as error:
            self.problems.append(error)
        return found

    def _emptied(self, folder: int) -> list[str]:
        """Remove the files of a folder and move its folders to the top; return what these are called there."""
        moved = []
        for name in os.listdir(folder):
            try:
                if stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
                    moved.append(self._moved(name, folder))
                else:
                    os.unlink(name, dir_fd=folder)
            except OSError as error:
                self.problems.append(error)
        return moved

    def _moved(self, name: str, folder: int) -> str:
        new = f"{self._mark}-{next(self._numbers)}"
        try:
            os.rename(name, new, src_dir_fd=folder, dst_dir_fd=self._top)
        except PermissionError:  # a folder that may not be written cannot be moved
            with _opened(name, folder):
                os.rename(name, new, src_dir_fd=folder, dst_dir_fd=self._top)
        return new


@contextmanager
def _opened(name: str | Path, above: int | None = None) -> Iterator[int]:
    """A folder that can be read and written from now on; a link is not followed."""
    handle = os.open(name, os.O_PATH | _FOLDER, dir_fd=above)
    try:
        os.chmod(f"/proc/self/fd/{handle}", 0o700)
        opened = os.open(".", os.O_RDONLY | _FOLDER, dir_fd=handle)
    finally:
        os.close(handle)
    try:
        yield opened
    finally:
        os.close(opened)
