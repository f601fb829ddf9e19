"""What a student reads when a test did not pass."""

import re
from typing import Any

LONGEST = 700
UNWRITTEN = "NotImplementedError"
NO_TIME = "CellTimeoutError"

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def message_of(reply: dict[str, Any]) -> str:
    """The message behind a kernel's reply of status `error`."""
    name, value = str(reply.get("ename", "an error")), _ANSI.sub("", str(reply.get("evalue", "")))
    if name == "CheckFailed":
        return _capped(value)
    if name == UNWRITTEN:
        return "This part is still to be written: the code that this test calls holds the line of the hand-out."
    detail = f"{name}: {value}" if value else name
    return _capped(f"The test could not finish, because your code stopped with {detail}")


def _capped(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + " ..."
