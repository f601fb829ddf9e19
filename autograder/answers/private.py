"""What of the instructor's cells the hand-out does not hold."""

import functools
import re

_PRIVATE = re.compile(
    r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$|^=== BEGIN MARK SCHEME ===$.*?^=== END MARK SCHEME ===$",
    re.MULTILINE | re.DOTALL,
)


@functools.lru_cache(4096)  # most cells are the hand-out's, student after student
def shown(source: str) -> str:
    """A given cell's text as the hand-out has it, without hidden tests and marking schemes."""
    return _PRIVATE.sub("", source)
