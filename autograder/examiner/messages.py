"""What a student reads when a test did not pass."""

import re
from collections.abc import Sequence

from ..visible import visible

LONGEST = 700
UNWRITTEN = "NotImplementedError"

_HINT = re.compile(r"\A.*\n# Hint: (.+)")


def with_hint(message: str, test: str) -> str:
    """The message, with the hint that stands in the second line of the test's source where it brings none itself."""
    hint = _HINT.search(test)
    return message if hint is None or "\nHint: " in message else f"{message}\nHint: {hint[1]}"


def stopped(name: str, text: str) -> str:
    """The student's code raised an error in a test."""
    if name == UNWRITTEN:
        return "This part is still to be written: the code that this test calls holds the line of the hand-out."
    if name == "Stopped":
        return f"The test could not finish, because it needs a call that did not come back: {capped(text)}."
    return f"The test could not finish, because your code stopped with {error_of(name, text)}"


def unusable(name: str, text: str, why: str = "") -> str:
    """The test itself stumbled over what the student's code returned. why: a cell stopped that should have made it."""
    if name == "NameError":
        end = f"stopped with {why}" if why else "did not run to its end."
        return (
            f"The test could not finish, because of {error_of(name, text)}"
            f"\nHint: a cell above, which should have made it, {end}"
        )
    return f"The test could not use what your code returned: {error_of(name, text)}"


def did_not_come_back(path: str, reason: str) -> str:
    """A call that ended the process, or did not end."""
    return (
        f"Called {path}. It did not come back: {reason}.\nHint: run this call on its own, and look for a loop that does"
        " not end, for exit(), and for tensors that are far too large."
    )


def passed_with_ours(parts: Sequence[str]) -> str:
    """A part below is wrong, which has cost its own tests; with ours in its place this one passes."""
    *others, last = (f"`{part}`" for part in parts)
    return "passed with our " + (f"{', '.join(others)} and {last}" if others else last)


def error_of(name: str, text: str) -> str:
    """An error such as `ValueError: too many values`."""
    name = name or "an error"
    return capped(f"{name}: {text}" if text else name)


def capped(text: str) -> str:
    """A text of at most 700 characters, all of which are seen."""
    text = visible(text)
    return text if len(text) <= LONGEST else text[:LONGEST] + " ..."


def too_large(size: int) -> str:
    """The test had no memory left for what the student's code returned."""
    return (
        f"Your code returned {size / 2**20:.0f} MiB of numbers to this test, which needed more memory for them than a "
        "test may have.\nHint: print the shapes and dtypes of what you return; one of them is far too large."
    )
