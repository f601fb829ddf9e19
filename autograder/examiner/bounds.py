"""How much memory the grading process may take: what a student sends costs the test cell, not the machine."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST = 8 * 2**30  # bytes of a grading process, whatever it is at
ROOM = 4 * 2**30  # bytes beyond what the process has when the cell begins; honest work takes a hundredth of it
_PAGE = resource.getpagesize()


@contextmanager
def bounded_memory(room: int = ROOM) -> Iterator[None]:
    """Let this process allocate no more than `room` bytes more; past them there is MemoryError, and nobody is killed.

    No process may be started meanwhile: it would inherit the bound.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = _data() + room
    lowest = min(limit for limit in (most, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_DATA, (lowest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data() -> int:
    """Bytes that the process has for its data."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[5]) * _PAGE
    except OSError:  # a system without /proc has no sandbox either, and grades for a look only
        return 0
