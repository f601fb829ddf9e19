"""What a student reads when a test did not pass."""

import re
from typing import Any

LONGEST = 700
UNWRITTEN = "NotImplementedError"
NO_TIME = "CellTimeoutError"

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def message_of(reply: dict[str, Any]) -> str:
    """The message behind the reply of status `error` that a kernel gave to a test."""
    name = reply.get("ename")
    if name == "CheckFailed":
        return _capped(_plain(reply.get("evalue")))
    if name == UNWRITTEN:
        return "This part is still to be written: the code that this test calls holds the line of the hand-out."
    message = f"The test could not finish, because your code stopped with {error_of(reply)}"
    if name == "NameError":
        message += "\nHint: a cell above, which should have made it, did not run to its end."
    return message


def error_of(reply: dict[str, Any]) -> str:
    """The error in a reply of status `error`, such as `ValueError: too many values`."""
    name, value = _plain(reply.get("ename")) or "an error", _plain(reply.get("evalue"))
    return _capped(f"{name}: {value}" if value else name)


def _plain(text: Any) -> str:
    """Text without the colours of a terminal."""
    return _ANSI.sub("", str(text or ""))


def _capped(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + " ..."
