"""A student's text on its way into the stripped module: block by block, or function by function."""

from dataclasses import dataclass, field

from ..source_lines import moved, source_lines
from .blocks import Block, blocks
from .compiles import fault
from .edit import Edit, edited
from .mended import mended
from .module_names import Definition, bound, definitions
from .outside import outside
from .own import own_needed
from .whole import whole


@dataclass
class Laying:
    """One student's text on its way into the stripped module."""

    base: str
    student: str
    remarks: list[str] = field(default_factory=list)
    is_checked: bool = False  # each answer is compiled by itself

    def __post_init__(self) -> None:
        self.ours, self.lines = source_lines(self.base), source_lines(self.student)
        self.text, self.faults = mended(self.student)
        self.theirs = bound(self.text)
        self.marked = blocks(self.student)
        self.bodies, self.copied = self._bodies()

    def lay(self) -> tuple[str, list[str]]:
        """The module with all that could be taken, and remarks."""
        laid = self._laid()
        if laid != self.text and fault(laid)[0]:  # then it is looked at answer by answer
            self.is_checked, self.remarks = True, []
            laid = self._laid()
        return laid, self._about_the_file() + self.remarks

    def _laid(self) -> str:
        edits, functions = list[Edit](), dict[str, str]()
        for function in (d for d in definitions(self.base).values() if d.has_block):
            own = [block for block in blocks(self.base) if function.first <= block.first < function.last]
            made = self._function(function, own)
            edits += made
            functions["block " + " and ".join(block.name for block in own)] = self._text(function, made)
        taken, remarks = own_needed(self.base, self.text, functions)
        laid = edited(self.ours, [*edits, *(own.edit(self.base) for own in taken)])
        if self.marked:
            self.remarks += [*remarks, *self.copied, *outside(self.base, laid, self.lines)]
        return "\n".join(laid) + "\n"

    def _text(self, function: Definition, made: list[Edit]) -> str:
        """A function of ours as it will be, for the names that it reads."""
        grown = sum(len(edit.lines) - (edit.last - edit.first) for edit in made)
        return "\n".join(moved(edited(self.ours, made)[function.first : function.last + grown], ""))

    def _bodies(self) -> tuple[dict[str, list[str]], list[str]]:
        """Block -> the student's lines between its markers; of copies the last one that was written in counts."""
        stubs = {b.name: [line.strip() for line in self.ours[b.first : b.last]] for b in blocks(self.base)}
        bodies, copied = dict[str, list[str]](), list[str]()
        for block in self.marked:
            body = self.lines[block.first : block.last]
            if not block.closed or block.name not in stubs:
                continue
            if block.name in bodies:
                copied.append(f"block {block.name} is there more than once: the last one that was written in counts")
                if [line.strip() for line in body] == stubs[block.name]:
                    continue
            bodies[block.name] = body
        return bodies, copied

    def _function(self, ours: Definition, own: list[Block]) -> list[Edit]:
        """The edits that bring one function's answers into ours."""
        theirs = self.theirs.get(ours.name)
        if theirs and self._is_whole(ours, theirs, own):
            return self._whole(ours, theirs, own)
        return [edit for block in own for edit in self._block(ours, block)]

    def _is_whole(self, ours: Definition, theirs: Definition, own: list[Block]) -> bool:
        """Whether markers stand around a function, or are not there although something is written in it."""
        if any(block.closed and block.first <= theirs.first < block.last for block in self.marked):
            return True
        if all(block.name in self.bodies for block in own):
            return False
        given = {line.strip() for line in self.ours[ours.first : ours.last]}
        for block in self.marked:
            if block.closed and block.name in self.bodies:
                given |= {line.strip() for line in self.lines[block.first : block.last]}
        rest = (line.strip() for line in self.lines[theirs.first : theirs.last])
        return any(line and line not in given and not line.startswith("#") for line in rest)

    def _whole(self, ours: Definition, theirs: Definition, own: list[Block]) -> list[Edit]:
        lines, names = self.lines[theirs.first : theirs.last], [block.name for block in own]
        body = whole(names, self.ours[ours.first : ours.last], lines, " " * ours.column)
        what = self._fault(ours.first, ours.last, body)
        if what:
            return [self._cannot(block, what) for block in own]
        if self.marked and not any(block.first <= theirs.first < block.last for block in self.marked):
            lost = ", ".join(name for name in names if name not in self.bodies)
            self.remarks.append(f"block {lost} has lost its marker lines and was taken from its function")
        return [Edit(ours.first, ours.last, body)]

    def _block(self, ours: Definition, block: Block) -> list[Edit]:
        if block.name in self.bodies:
            body = moved(self.bodies[block.name], block.indent)
            what = self._fault(block.first, block.last, body) or ("" if _is_written(body) else "it is empty")
            return [self._cannot(block, what) if what else Edit(block.first, block.last, body)]
        if ours.name in self.faults:
            return [self._cannot(block, self.faults[ours.name])]
        if self.marked:
            self.remarks.append(f"block {block.name} is not there: it counts as unanswered")
        return []

    def _cannot(self, block: Block, what: str) -> Edit:
        self.remarks.append(f"block {block.name} does not compile ({what}): the tests that need it cannot pass")
        line = f"{block.indent}raise SyntaxError({f'block {block.name}: {what}'!r})"
        return Edit(block.first, block.last, [line])

    def _fault(self, first: int, last: int, body: list[str]) -> str:
        """What keeps the instructor's module with this answer from compiling; empty when nothing does."""
        if not self.is_checked:
            return ""
        top, end = _around(self.ours, first, last)
        what, line = fault("\n".join([*self.ours[top:first], *body, *self.ours[last:end]]))
        place = line - (first - top)
        return f"{what}, line {place} of the block" if what and 0 < place <= len(body) else what

    def _about_the_file(self) -> list[str]:
        """Remarks on a file without markers, and on what does not compile outside of our functions."""
        ours, said = definitions(self.base), list[str]()
        strange = {name: what for name, what in self.faults.items() if not (name in ours and ours[name].has_block)}
        missing = [d.name for d in ours.values() if d.has_block and d.name not in {*self.theirs, *self.faults}]
        if not self.marked and not self.text.strip():
            what = next(iter(self.faults.values()), "it is empty")
            return [f"has no block markers and does not compile ({what}): its blocks count as unanswered"]
        if not self.marked:
            said.append("has no block markers: its functions were taken by their names")
        said += [f"{name or 'a statement'} does not compile ({what}): left out" for name, what in strange.items()]
        if not self.marked and missing:
            said.append(f"without {', '.join(missing)}: they count as unanswered")
        return said


def _is_written(body: list[str]) -> bool:
    return any(line.strip() and not line.strip().startswith("#") for line in body)


def _around(lines: list[str], first: int, last: int) -> tuple[int, int]:
    """The lines of the top-level statement that some lines stand in; the rest of the module need not be compiled."""
    tops = [number for number, line in enumerate(lines) if line.startswith(("def ", "class ", "@"))]
    return max((n for n in tops if n <= first), default=0), min((n for n in tops if n >= last), default=len(lines))
