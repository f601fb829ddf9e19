"""What grading said, held against what the look before packing said: nothing of the first may be missing there."""

import re

from .catalogue import Slip
from .trial import Tried

COUNTERPARTS = {  # what the grader remarks on: how it is said before
    "times: joined in their order": "was split or copied",
    "cells were added": "added: ",
    "removed: put back": "removed: ",
    "is not there: it counts as unanswered": "cannot be found, which counts as unwritten",
    "given cells were changed": "changed: ",
    "have lost nbgrader's data": "lost nbgrader's data",
    "has lost its id and was recognised": "lost nbgrader's data",
    "has lost its marker lines": "has lost marker lines",
    "lines outside the blocks were changed": "changed outside the blocks|has lost marker lines",
    "does not compile": "does not compile|cannot be compiled",
    "from outside the answer cells: taken along": "takes along only what",
    "from outside the blocks: taken along": "move what you need into the blocks",
    "has no block markers": "has none of the hand-out's BLOCK lines",
    "they count as unanswered": "not there, which counts as unwritten",
    "is missing: its": "is not in this folder",
    "is not a notebook that can be read": "is not a notebook that can be read",
    "it is empty": "still to be written",
    "raises when it is run again": "A section whose code raises earns nothing",
    "disagree": "is not the same in all notebooks",
    "the upload's name says": "is not the same in all notebooks|in the notebooks as they were saved",
    "does not run through": "the given cell|A section whose code raises",
    "autograd": "earns nothing: write the formula yourself",
}
_PAGE = re.compile(r"written answers: page \d+ \('.*?'\) (.+)")
_HIDDEN = "Called "  # how a check's own message begins


def missing(tried: Tried, slips: tuple[Slip, ...]) -> list[str]:
    """What was not said before packing: slips, remarks, sections that raise, points lost."""
    return [
        *(f"slip: {slip.name}" for slip in slips if not re.search(slip.said, tried.said)),
        *(f"remark: {remark}" for remark in tried.remarks if not is_said(remark, tried.said)),
        *(f"lost: {test}: {lost[2]}" for test, lost in tried.lost.items() if not _is_lost_before(tried, test)),
    ]


def is_said(remark: str, said: str) -> bool:
    """Whether a remark of the grader's has its counterpart in the report; of a page both say the same words."""
    if page := _PAGE.fullmatch(remark):
        return page[1] in said
    words = [ours for theirs, ours in COUNTERPARTS.items() if theirs in remark]
    return any(re.search(word, said) for word in words)


def hidden(tried: Tried) -> list[str]:
    """The tests that pass before and whose hidden part does not."""
    return [test for test in tried.lost if tried.before.get(test) == "passed" and not _is_raised(tried, test)]


def _is_lost_before(tried: Tried, test: str) -> bool:
    """Whether a test that lost its points did not pass before, was in a section that raises, or fails in secret."""
    state, message = tried.before.get(test, "missing"), tried.lost[test][2]
    return state in ("failed", "unwritten", "unreached") or _is_raised(tried, test) or message.startswith(_HIDDEN)


def _is_raised(tried: Tried, test: str) -> bool:
    return tried.lost[test][1] in tried.raised.get(test.partition("/")[0], [])
