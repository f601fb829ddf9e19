"""The student's .py held against the hand-out's: what does not compile, is unwritten, is lost, or stands outside."""

import ast
import hashlib
import textwrap
from pathlib import Path
from typing import Any

from .blocks import block_at, blocks, body, lines_of
from .said import LOST, NOTE, OUTSIDE, UNWRITTEN, Said, counted, several, were
from .unwritten import is_unwritten, stub_line

LARGEST = 2 * 2**20


def read_module(path: Path) -> str | None:
    """The file's text; None when there is none."""
    if not path.is_file():
        return None
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def unwritten_blocks(given: dict[str, Any], text: str | None) -> list[str]:
    """The blocks that hold their stub or nothing."""
    bodies = {} if text is None else _bodies(given, text)
    return [name for name, stub in given["blocks"].items() if name in bodies and is_unwritten(stub, bodies[name])]


def say_module(given: dict[str, Any], text: str | None, points: dict[str, float]) -> list[Said]:
    """A sentence for each kind of thing. points: of the tests about each block."""
    file = given["name"]
    if text is None:
        return []  # that it is missing is said with the other files
    if not blocks(text):
        return _without_markers(file, given, text)
    bodies = _bodies(given, text)
    return [
        Said(rank, f"{file}: {said}", sum(points.get(name, 0) for name in names))
        for rank, said, names in (
            *_faults(text, bodies),
            *_lost(given, text, bodies),
            *_unwritten(given, bodies),
            *_left_over(given, bodies),
            *_twice(given, text),
            *_outside(given, text),
        )
    ]


Line = tuple[int, str, list[str]]  # rank, what is said, the blocks that it is about


def _bodies(given: dict[str, Any], text: str) -> dict[str, str]:
    """Block -> what stands in it; of copies the last one that was written in counts."""
    found: dict[str, str] = {}
    for block in blocks(text):
        if block.closed and block.name in given["blocks"]:
            written = body(text, block)
            if block.name not in found or not is_unwritten(given["blocks"][block.name], written):
                found[block.name] = written
    return found


def _faults(text: str, bodies: dict[str, str]) -> list[Line]:
    """What does not compile: the file, at the first place, and the blocks by themselves."""
    faults = {name: fault for name, written in bodies.items() if (fault := _fault(written))}
    whole = _syntax_error(text)
    said: list[Line] = []
    if whole:
        where = f"line {whole.lineno}" if whole.lineno else "a line"
        name = block_at(text, whole.lineno or 0)
        inside = f", in block {name}," if name else ""
        what = f"does not compile: {where}{inside} {whole.msg}. Nothing of its notebook can run before this is mended"
        said.append((LOST, f"{what}; where you are graded, what needs that block cannot pass.", [name]))
        faults.pop(name, None)
    if faults:
        names = several([f"{name} ({fault})" for name, fault in faults.items()], 5)
        said.append((LOST, f"cannot be compiled in block {names}: the checks that need it cannot pass.", list(faults)))
    return said


def repaired(text: str | None) -> str:
    """A file that does not compile, as the grader makes it run: without the faulty blocks, each line in its place.

    Empty for a file that needs no repair, and for one that this does not repair.
    """
    if text is None or not _syntax_error(text):
        return ""
    lines = lines_of(text)
    for block in blocks(text):
        fault = _fault(body(text, block)) if block.closed else ""
        if fault:
            marker = lines[block.first - 1]
            indent = marker[: len(marker) - len(marker.lstrip())]
            stop = f"{indent}raise SyntaxError({f'block {block.name}: {fault}'!r})"
            lines[block.first : block.last] = [stop, *[""] * (block.last - block.first - 1)]
    mended = "\n".join(lines)
    return "" if _syntax_error(mended) else mended


def _syntax_error(text: str) -> SyntaxError | None:
    try:
        ast.parse(text)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(str(error))
    return None


def _fault(written: str) -> str:
    """What keeps a block from compiling by itself; empty when nothing does, and for a block without code."""
    if not any(line.strip() and not line.strip().startswith("#") for line in written.splitlines()):
        return ""
    error = _syntax_error("def block():\n" + textwrap.indent(written, "    "))
    return f"{error.msg}, line {(error.lineno or 2) - 1} of the block" if error else ""


def _lost(given: dict[str, Any], text: str, bodies: dict[str, str]) -> list[Line]:
    lost = [name for name in given["blocks"] if name not in bodies]
    if not lost:
        return []
    opened = {block.name for block in blocks(text) if not block.closed}
    ends = [f"# END OF BLOCK {name}" for name in lost if name in opened]
    how = f"put the line `{ends[0]}` back" if ends else "put its two marker lines back, as the hand-out has them"
    return [(LOST, f"has lost marker lines of block {several(lost, 5)}: {how}, or it may count as unwritten.", lost)]


def _unwritten(given: dict[str, Any], bodies: dict[str, str]) -> list[Line]:
    names = [name for name, stub in given["blocks"].items() if name in bodies and is_unwritten(stub, bodies[name])]
    text = f"{counted(len(names), 'block')} still to be written: {several(names, 5)}."
    return [(UNWRITTEN, text, names)] if names else []


def _left_over(given: dict[str, Any], bodies: dict[str, str]) -> list[Line]:
    stubs = given["blocks"]
    names = [n for n, text in bodies.items() if stub_line(stubs[n]) in text and not is_unwritten(stubs[n], text)]
    text = f"the line `raise NotImplementedError(...)` is still in block {several(names, 5)}: delete it."
    return [(UNWRITTEN, text, [])] if names else []


def _twice(given: dict[str, Any], text: str) -> list[Line]:
    names = [block.name for block in blocks(text)]
    twice = [name for name in given["blocks"] if names.count(name) > 1]
    return [(OUTSIDE, f"has block {several(twice)} twice: the last one written in counts.", [])] if twice else []


def _outside(given: dict[str, Any], text: str) -> list[Line]:
    """Lines outside the blocks that are not the hand-out's, and those of the hand-out that are gone."""
    lines, known = lines_of(text), set(given["outside"])
    inside = {number for block in blocks(text) for number in range(block.first, block.last)}
    theirs = {n: _digest(line) for n, line in enumerate(lines, 1) if n - 1 not in inside and line.strip()}
    changed = [number for number, digest in theirs.items() if digest not in known]
    gone = len(known - set(theirs.values())) if all(block.closed for block in blocks(text)) else 0
    if not changed and not gone:
        return []
    first = f" (first: line {changed[0]}, `{lines[changed[0] - 1].strip()[:60]}`)" if changed else ""
    what = were(len(changed) or gone, "line", f"{'changed' if changed else 'removed'} outside the blocks{first}")
    move = ", so move what you need into the blocks" if changed else ""
    return [(OUTSIDE, f"{what}. The grader puts the hand-out's lines back{move}.", [])]


def _digest(line: str) -> str:
    return hashlib.sha256(line.rstrip().encode("utf-8", "replace")).hexdigest()[:12]


def _without_markers(file: str, given: dict[str, Any], text: str) -> list[Said]:
    error = _syntax_error(text)
    if error:
        what = f"has none of the hand-out's BLOCK lines and does not compile (line {error.lineno}: {error.msg})"
        return [Said(LOST, f"{file}: {what}: all of it counts as unwritten.")]
    there = _functions(text)
    missing = [name for name in given["functions"] if name not in there]
    text = "has none of the hand-out's BLOCK lines: its functions are taken by their names"
    said = [Said(OUTSIDE, f"{file}: {text}. Better write your code into a fresh copy of the hand-out's file.")]
    more = f"{several(missing, 5)} not there, which counts as unwritten."
    return said + ([Said(LOST, f"{file}: {more}")] if missing else [])


def _functions(text: str) -> set[str]:
    found = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{method.name}" for method in node.body if isinstance(method, ast.FunctionDef)}
    return found


def say_file(path: Path) -> list[Said]:
    """What is to be said of the file as it lies there: its size and its encoding."""
    if not path.is_file():
        return []
    said = []
    if path.stat().st_size > LARGEST:
        said.append(Said(LOST, f"{path.name}: larger than 2 MB, which is not read: take data and outputs out of it."))
    try:
        path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        said.append(Said(NOTE, f"{path.name}: not saved as UTF-8, so letters beyond English may be read wrongly."))
    return said
