"""What the run of a notebook means: sections that raise, and what became of each visible check."""

import ast
import re
from dataclasses import dataclass, field

from .blocks import block_at
from .cells import Matched
from .kernel import Ended, Step
from .running import Ran
from .said import one_line

PASSED, FAILED, UNWRITTEN, UNREACHED = "passed", "failed", "unwritten", "unreached"
_STUB = "NotImplementedError"
_NOT_PYTHON = ("SyntaxError", "IndentationError", "TabError")


@dataclass(frozen=True)
class Check:
    """One visible check. message: how it ended when it did not pass; by_check: in its own words."""

    sentence: str
    section: str
    points: float
    state: str
    message: str = ""
    by_check: bool = False


@dataclass(frozen=True)
class Judged:
    """raised: section -> how which of its cells ended; stopped, endless: given cells that raise for another reason, or
    had to be stopped, each as a clause; elsewhere: cells that stop for what the files themselves tell."""

    checks: list[Check] = field(default_factory=list)
    raised: dict[str, str] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    endless: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


class Judge:
    """One notebook. module: name and text of the .py that belongs to it, its functions' blocks, those unwritten."""

    def __init__(
        self, matched: Matched, module: tuple[str, str], functions: dict[str, str], unwritten_blocks: list[str]
    ) -> None:
        self._matched, self._module, self._functions = matched, module, functions
        self._unwritten = set(unwritten_blocks)
        self._sections = self._owners()

    def judge(self, ran: list[Ran]) -> Judged:
        """What each cell's end means for its section and its check."""
        found = Judged()
        for each in ran:
            if each.entry and each.entry.role == "test":
                found.checks.append(self._check(each))
            elif each.entry and each.ended:
                self._cell(each, each.ended, found)
        return found

    def _owners(self) -> dict[str, str]:
        """Definition or block -> the section that it belongs to."""
        owners: dict[str, str] = {}
        for cell, entry in self._matched.laid:
            if entry and entry.is_answer and cell.type == "code":
                owners.update(dict.fromkeys(_defined(cell.source), entry.section))
        for entry in self._matched.entries:
            if entry.block:
                owners.setdefault(f"block {entry.block}", entry.section)
        return owners

    def _cell(self, each: Ran, ended: Ended, found: Judged) -> None:
        """An answer that stops is its section's fault; of given cells only what its own section's code brings about."""
        if ended.went_well:
            return
        if ended.name == _STUB or (ended.name in _NOT_PYTHON and self._module[0] in ended.text):
            found.elsewhere.append(each.cell.label)
            return
        what = f"the cell {each.cell.label} {said(ended)}"
        where = f'{each.cell.label} of section "{each.entry.section}"' if each.entry.section else each.cell.label
        if each.entry.is_answer:
            found.raised.setdefault(each.entry.section, what)
        elif ended.slow or ended.died:
            found.endless.append(f"the given cell {where} {said(ended)}")
        elif each.entry.section and self._blame(ended.frames) == each.entry.section:
            found.raised.setdefault(each.entry.section, what)
        elif ended.name != "NameError":  # whose cause is a cell above
            found.stopped.append(f"the given cell {where} {said(ended)}")

    def _blame(self, frames: list[Step]) -> str:
        """The section of the innermost of the student's own functions; empty when there is none."""
        for kind, definition, line in reversed(frames):
            if kind == self._module[0]:
                block = block_at(self._module[1], line) or self._functions.get(definition, "")
                if block:
                    return self._sections.get(f"block {block}", "")
            if kind == "cell" and definition.split(".")[0] in self._sections:
                return self._sections[definition.split(".")[0]]
        return ""

    def _check(self, each: Ran) -> Check:
        ended, by_check = each.ended, bool(each.ended and each.ended.name == "CheckFailed")
        message = ended.text if ended and by_check else said(ended)
        return Check(each.entry.sentence, each.entry.section, each.entry.points, self._state(each), message, by_check)

    def _state(self, each: Ran) -> str:
        ended = each.ended
        if ended is None:
            return UNREACHED
        if ended.went_well:
            return PASSED
        if ended.name == _STUB or each.entry.block in self._unwritten:
            return UNWRITTEN
        if ended.name == "NameError" and not self._blame(ended.frames):
            return UNREACHED
        return FAILED


def said(ended: Ended | None) -> str:
    """How a cell ended, as the end of a sentence about it."""
    if ended is None:
        return "was not run, because the time of the check was used up"
    if ended.slow:
        return f"did not end within {ended.slow:g} s"
    if ended.died:
        return f"ended the kernel ({ended.died})"
    text = one_line(re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", ended.text))
    return f"stops with {ended.name}{': ' * bool(text)}{text}"


def _defined(source: str) -> set[str]:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
