"""A student's blocks laid into the instructor's fully_connected_networks.py; laying the result in changes nothing.

A block is what stands between the marker lines `# BLOCK name: ...` and `# END OF BLOCK name`. A function whose markers
are not there, as in files of past terms, is taken whole by its name, and what it needs of the file with it.
"""

from ..stubs import strip_module
from .blocks import Block as Block
from .blocks import blocks as blocks
from .decoding import decoded as decoded
from .laying import Laying


def lay_module(instructor: str, data: bytes | None, name: str) -> tuple[str, list[str]]:
    """The instructor's module without solutions, holding the student's blocks, and remarks.

    data: the submitted .py as it came, None when there was none. name: for the remarks.
    """
    base = strip_module(instructor)
    if data is None:
        return base, [f"{name} is missing: its blocks count as unanswered; ask for the file and collect it again"]
    text, remarks = decoded(data)
    laid, more = Laying(base, text).lay()
    return laid, [f"{name}: {remark}" for remark in remarks + more]
