"""What a test cell says below itself in your notebook: what has passed, what it is worth, and what to mend first."""

import re
import sys
from typing import Any

from .budget import under_autograding

_TEST = re.compile(r"\A(?P<line># (?P<sentence>.+?) \((?P<worth>[\d.]+ points?)\))\n(?:# Hint: (?P<hint>.+))?")

_failing: dict[str, str] = {}  # first line -> sentence of tests that have failed and not passed since, in that order


def announce() -> None:
    """From here on each test cell of this notebook says what it came to; nothing in the grader or outside IPython."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython and not under_autograding() else None
    if shell is None:
        return
    # when this file was read again, its hook of before is still there
    for hook in list(shell.events.callbacks.get("post_run_cell", [])):
        if (getattr(hook, "__module__", ""), getattr(hook, "__name__", "")) == (__name__, "say"):
            shell.events.unregister("post_run_cell", hook)
    shell.events.register("post_run_cell", say)


def say(result: Any) -> None:
    """IPython's post_run_cell: one line for a test that passed, what to do for one that did not, else nothing."""
    test = _TEST.match(str(getattr(result.info, "raw_cell", "")))
    error = result.error_before_exec or result.error_in_exec
    if test is None or isinstance(error, KeyboardInterrupt):
        return
    if error is None:
        _failing.pop(test["line"], None)
        print(f"Passed ({test['worth']}): {test['sentence']} The grader asks with other numbers, too.")
    else:
        _failing.setdefault(test["line"], test["sentence"])
        print("\n".join(_not_passed(test, error)))


def _not_passed(test: "re.Match[str]", error: BaseException) -> list[str]:
    """What a test is worth, its hint where a check of ours speaks without one, and which one to mend first."""
    lines = [f"Not passed yet ({test['worth']}): {test['sentence']}"]
    if test["hint"] and type(error).__name__ == "CheckFailed" and test["hint"] not in str(error):
        lines.append(f"Hint: {test['hint']}")
    line, sentence = next(iter(_failing.items()))
    if line != test["line"]:
        lines.append(f'Mend the first one first: "{sentence}" does not pass either, and this one may be built on it.')
    return lines
