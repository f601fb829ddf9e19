"""A module's text without the functions that do not compile, so that each of them costs only itself."""

import re
from dataclasses import dataclass

from ..source_lines import lines_inside_strings, moved, source_lines
from .compiles import fault

_HEAD = re.compile(r"(?P<indent>[ \t]*)(?:@|(?P<kind>(?:async\s+)?def|class)\b\s*(?P<name>\w*))")
_TOP = re.compile(r"(?:@|(?:(?:async\s+)?def|class)\b)")
_GOES_ON = re.compile(r"(?:else|elif|except|finally)\b|[\])}#]")  # no statement begins so


@dataclass
class _Part:
    """What begins at a line: a function, a class up to its first method, or another statement, which has no name."""

    first: int
    name: str = ""
    indent: str = ""
    is_class: bool = False
    is_decorator: bool = False


def mended(text: str) -> tuple[str, dict[str, str]]:
    """The text without what does not compile, and qualified name -> what is wrong with it; a statement has no name.

    Lines keep their numbers. Where the rest still does not compile, nothing is left.
    """
    if not fault(text)[0]:
        return text, {}
    lines, faults = source_lines(text), dict[str, str]()
    parts = _parts(lines)
    for part, last in zip(parts, [*(part.first for part in parts[1:]), len(lines)], strict=True):
        what, line = _fault_of(lines[part.first : last], part)
        owner = part.name.partition(".")[0]
        if what or (owner and owner in faults):  # a method of a class that is none goes with it
            if not part.name and faults.get(""):  # each statement is said
                faults[""] += f", line {part.first + line}"
            faults.setdefault(part.name, f"{what}, line {part.first + line}" if line else what)
            instead = [f"{part.indent}pass"] if part.indent else [""]
            lines[part.first : last] = instead + [""] * (last - part.first - 1)
    what, line = fault("\n".join(lines))
    return ("", {"": f"{what}, line {line}" if line else what}) if what else ("\n".join(lines) + "\n", faults)


def _fault_of(lines: list[str], part: _Part) -> tuple[str, int]:
    body = moved(lines, "")
    found = fault("\n".join(body))
    if found[0] and part.is_class:  # its methods are parts of their own
        return ("", 0) if not fault("\n".join([*body, "    pass"]))[0] else found
    return found


def _parts(lines: list[str]) -> list[_Part]:
    """The parts in their order, from the first line that is not empty."""
    inside, parts, owner, methods = _inside_strings(lines), list[_Part](), "", ""
    for number, line in enumerate(lines):
        head = _HEAD.match(line)
        if number in inside or not line.strip() or _GOES_ON.match(line):
            continue
        if head and owner and head["indent"] and not methods:
            methods = head["indent"]
        if line[0].isspace() and not (head and owner and head["indent"] == methods):
            continue
        kind, name = (head["kind"] or "", head["name"] or "") if head else ("", "")
        if not line[0].isspace():
            owner, methods = (name if kind == "class" else ""), ""
        name = f"{owner}.{name}" if owner and kind != "class" and name else name
        if parts and parts[-1].is_decorator:
            part = parts[-1]
        else:
            parts.append(part := _Part(number, indent=head["indent"] if head else ""))
        part.name, part.is_class, part.is_decorator = name, kind == "class", bool(head) and not kind
    return parts


def _inside_strings(lines: list[str]) -> set[int]:
    """The lines in strings; one that is never closed ends where, if it ended there, all others would be closed."""
    inside = set(lines_inside_strings(lines))
    if not _is_open(lines):
        return inside
    for number in sorted(inside):
        if _TOP.match(lines[number]) and not _is_open(lines[number:]):
            rest = lines_inside_strings(lines[number:])
            return {line for line in inside if line < number} | {number + line for line in rest}
    return inside


def _is_open(lines: list[str]) -> bool:
    return "unterminated triple-quoted" in fault("\n".join(lines))[0]
