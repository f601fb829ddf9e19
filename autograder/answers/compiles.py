"""Whether a text is Python that can be imported, and what keeps it from that."""

import warnings

from .newer_python import with_python

NOT_CODE = (SyntaxError, ValueError, RecursionError, MemoryError)
_ROOM = 150  # calls: where the code is imported, Python may be deeper in calls than here


def fault(text: str) -> tuple[str, int]:
    """What keeps a text from being compiled, and the line; ("", 0) when nothing does.

    Compiled, not only parsed: a `break` outside of a loop is found late, and stops the whole file.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _compile(text, _ROOM)
    except SyntaxError as error:
        return with_python(error.msg, text), error.lineno or 0
    except ValueError as error:
        return str(error), 0
    except (RecursionError, MemoryError):
        return "an expression is too long or too deeply nested for Python", 0
    return "", 0


def _compile(text: str, calls: int) -> None:
    if calls:
        _compile(text, calls - 1)
    else:
        compile(text, "block", "exec", dont_inherit=True)
