"""A block whose marker lines were lost: its function's lines less those that the hand-out gives."""

from itertools import takewhile

from .module_names import Definition, definitions


def body_without_markers(base: str, student: str, first: int, last: int) -> list[str] | None:
    """The student's lines for the block at lines first..last of base; None when they cannot be told apart.

    student: the file's text, with line numbers as they are. A function with several blocks is left alone.
    """
    try:
        ours = next(d for d in definitions(base).values() if d.has_block and d.first < first and last <= d.last)
        theirs = definitions(student)[ours.name]
    except (StopIteration, KeyError, SyntaxError, ValueError, RecursionError):
        return None
    lines = base.splitlines()
    if sum("# BLOCK " in line for line in lines[ours.first : ours.last]) != 1:
        return None
    before, after = _said(lines[ours.first : first - 1]), _said(lines[last + 1 : ours.last])
    body = [line for line in _function(student, theirs) if "# BLOCK " not in line and "# END OF BLOCK " not in line]
    start = _shared(before, body)
    end = len(body) - _shared(after[::-1], body[start:][::-1])
    return body[start:end] if start and start < end else None


def _said(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def _function(text: str, definition: Definition) -> list[str]:
    return [line for line in text.splitlines()[definition.first : definition.last] if line.strip()]


def _shared(given: list[str], lines: list[str]) -> int:
    """How many lines at the start are the given ones."""
    pairs = zip(given, lines, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1].strip(), pairs))
