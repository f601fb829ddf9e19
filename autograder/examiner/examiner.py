"""Runs test cells: in the grading process, which holds no code of the student's."""

import functools
from collections.abc import Callable
from contextlib import suppress
from types import CodeType

from ..inside.plain import NotPlain
from ..result import COULD_NOT_RUN, FAILED, PASSED
from . import messages
from .asks import Asks
from .bounds import bounded_memory
from .channel import NAMES, Channel, Gone, StudentError
from .given import Given

OURS = (MemoryError, OSError, ImportError, SystemError, SyntaxError)  # a test cell does not decide on these
_NO_MEMORY = "DefaultCPUAllocator"  # in the text of the RuntimeError that torch raises for want of memory
MUCH = 64 * 2**20  # bytes from the student's code, over which a test's want of memory is theirs
MOST_ATTEMPTS = 4  # of one test cell, when calls in it do not come back
MOST_LOSSES = 2  # of one function; after that it is not called any more

Verdict = tuple[str, str]  # state and message


class Examiner:
    """Knows the given cells' names, and what of the student's did not come back."""

    def __init__(self, reset_seed: Callable[[int], None], innocent: Callable[[str], bool]) -> None:
        """reset_seed: sets the random state of the examiner and of its calls.

        innocent(reason): whether a call did not come back because of what an earlier cell had left behind.
        """
        self._innocent = innocent
        self.given = Given()
        self._reset_seed = reset_seed
        self._losses: dict[str, list[str]] = {}
        self._losses_with_ours: dict[str, list[str]] = {}
        self.unmade: dict[str, str] = {}  # names -> what the cell stopped with that should have made them

    def examine(
        self,
        source: str,
        name: str,
        prepare: Callable[[], Channel],
        random_state: int,
        asks: Callable[[], Asks] | None = None,
    ) -> Verdict:
        """The verdict on one test cell.

        prepare() gives the channel to a living process with fresh time. When a call does not come back, the cell is run
        again without that call, so that it costs only what needs it. asks() gives the parts of ours that stand in for
        the student's; calls among these did not come back for reasons of their own.
        """
        losses = self._losses_with_ours if asks else self._losses
        refused = {path: reasons[-1] for path, reasons in losses.items() if len(reasons) >= MOST_LOSSES}
        for _ in range(MOST_ATTEMPTS):
            channel = prepare()
            channel.refused = refused
            self._reset_seed(random_state)
            try:
                return self._attempt(source, name, channel, asks)
            except Gone as gone:
                last = gone
                if not gone.malformed and self._innocent(gone.reason):
                    continue
                if gone.malformed or gone.path != NAMES:  # a process that ends between calls is asked once more
                    losses.setdefault(gone.path, []).append(gone.reason)
                    refused = {**refused, gone.path: gone.reason}
                _give_up(channel)
        return FAILED, messages.did_not_come_back(last.path, last.reason)

    def _attempt(self, source: str, name: str, channel: Channel, asks: Callable[[], Asks] | None) -> Verdict:
        if asks:
            channel.stand_in(asks())
        verdict = self._run(source, name, channel)
        _give_up(channel)
        return verdict

    def _run(self, source: str, name: str, channel: Channel) -> Verdict:
        try:
            with bounded_memory():
                self._execute(source, name, channel)
        except Exception as error:
            if _for_want_of_memory(error) and channel.brought >= MUCH:
                return FAILED, messages.too_large(channel.brought)
            if _is_ours(error):
                return COULD_NOT_RUN, messages.capped(f"the grader stopped with {type(error).__name__}: {error}")
            return FAILED, self._message(error, source)
        return PASSED, ""

    def _execute(self, source: str, name: str, channel: Channel) -> None:
        """Run the cell; of the student's it finds the names that it asked for, and they are gone afterwards."""
        found = channel.get(self.given.wanted(source))
        self.given.namespace.update(found)  # for the given functions, which look them up when they are called
        try:
            exec(_code(source, name), dict(self.given.namespace))
        finally:
            for mine in found:
                self.given.namespace.pop(mine, None)

    def _message(self, error: Exception, source: str) -> str:
        if isinstance(error, StudentError):  # what a test asks for is no hint for an error of another kind
            said = messages.stopped(type(error).__name__, str(error))
            return messages.with_hint(said, source) if type(error).__name__ == messages.UNWRITTEN else said
        return messages.with_hint(self._of_test(error), source)

    def _of_test(self, error: Exception) -> str:
        if type(error).__name__ == "CheckFailed":
            return messages.capped(str(error))
        if isinstance(error, NotPlain):
            return f"The test could not use what your code returned: {error}."
        why = self.unmade.get(str(getattr(error, "name", "")), "")
        return messages.unusable(type(error).__name__, str(error), why)


@functools.cache  # a test cell is the same for the whole class
def _code(source: str, name: str) -> CodeType:
    return compile(source, f"<{name}>", "exec")


def _is_ours(error: Exception) -> bool:
    if isinstance(error, StudentError):
        return False
    return isinstance(error, OURS) or _for_want_of_memory(error)


def _for_want_of_memory(error: Exception) -> bool:
    if isinstance(error, StudentError):
        return False
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and _NO_MEMORY in str(error))


def _give_up(channel: Channel) -> None:
    """Forget the handles of a test cell, where there is still somebody to do so."""
    with suppress(Gone):
        channel.end()
