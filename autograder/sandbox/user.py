"""The user that a sandbox is outside, when root grades: one that owns nothing else on this machine."""

import os
import random
import socket
from pathlib import Path

_FIRST, _COUNT = 2_000_000, 1_000_000  # far from the users that a system hands out
_ATTEMPTS = 1000


class HostUser:
    """A number that no other sandbox has while this is open; None when we are not root and stay who we are."""

    def __init__(self) -> None:
        self.number: int | None = None
        self._held: socket.socket | None = None
        if needs_host_user():
            self._reserve()

    def take_over(self, folder: Path) -> None:
        """Give this user a folder with all that is in it; links are not followed."""
        if self.number is None:
            return
        os.chown(folder, self.number, self.number, follow_symlinks=False)
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(os.path.join(place, name), self.number, self.number, follow_symlinks=False)

    def close(self) -> None:
        """Let others have the number."""
        if self._held is not None:
            self._held.close()

    def __enter__(self) -> "HostUser":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reserve(self) -> None:
        """Hold a name that the kernel gives to one process at a time and takes back when that process ends."""
        numbers = _numbers()
        for _ in range(_ATTEMPTS):
            number = random.SystemRandom().choice(numbers)
            held = socket.socket(socket.AF_UNIX)
            try:
                held.bind(f"\0hw2-sandbox-user-{number}")
            except OSError:
                held.close()
                continue
            self.number, self._held = number, held
            return
        raise RuntimeError("No user is free for another sandbox on this machine.")


def needs_host_user() -> bool:
    """Whether we are root, and other users exist for us to be."""
    return os.geteuid() == 0 and len(_numbers()) > 0


def _numbers() -> range:
    """The users to choose from; in a container with few of them, the upper half of these."""
    mapped = [tuple(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    known = next((count for first, _, count in mapped if first == 0), 1)
    return range(_FIRST, _FIRST + _COUNT) if known >= _FIRST + _COUNT else range((known + 1) // 2, known)
