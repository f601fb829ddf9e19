"""A saved notebook held against the hand-out: which cell is which, and what was changed outside the answers."""

import ast
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from .given import Entry, digest_of_words
from .names import names_made, names_read
from .said import LOST, NOTE, OUTSIDE, Said, counted, several, were
from .saved import Cell


@dataclass(frozen=True)
class Matched:
    """A notebook's cells with the hand-out's cells that they are: None for one of the student's own."""

    file: str
    entries: list[Entry]
    cells: list[Cell]
    entry_of: list[Entry | None] = field(default_factory=list)

    def cells_of(self, entry: Entry) -> list[Cell]:
        """The cells that are this one: several where it was split or copied."""
        return [cell for cell, found in zip(self.cells, self.entry_of, strict=True) if found is entry]

    def text_of(self, entry: Entry) -> str:
        """What the grader runs or shows: an answer's pieces joined; of a given cell the hand-out's own where it is."""
        texts = [cell.source for cell in self.cells_of(entry)]
        if entry.is_answer:
            kept = [text for text in texts if text.strip() not in ("", entry.stub.strip())] or texts[:1]
        else:
            kept = [text for text in texts if digest_of_words(text) == entry.digest][:1] or texts
        return "\n\n".join(kept)

    @cached_property
    def laid(self) -> list[tuple[Cell, Entry | None]]:
        """The cells as the grader has them, one for each of the hand-out's, in its order; added ones below theirs."""
        places = {entry.id: place for place, entry in enumerate(self.entries)}
        found, place, done = list[tuple[int, Cell, Entry | None]](), -1, set[str]()
        for cell, entry in zip(self.cells, self.entry_of, strict=True):
            if entry is None:
                found.append((place, cell, None))
            elif entry.id not in done:
                done.add(entry.id)
                place = places[entry.id]
                found.append((place, replace(cell, type=entry.type, source=self.text_of(entry)), entry))
        return [(cell, entry) for _, cell, entry in sorted(found, key=lambda each: each[0])]

    def above(self, entry: Entry) -> Entry | None:
        """The hand-out's cell above this one."""
        index = self.entries.index(entry)
        return self.entries[index - 1] if index else None


def match(file: str, entries: list[Entry], cells: list[Cell]) -> Matched:
    """Recognise each cell by its id; one that has lost it by its text, or an answer by what it defines."""
    by_id = {entry.id: entry for entry in entries}
    found = [by_id.get(cell.id) or by_id.get(cell.own_id) for cell in cells]
    by_digest = {(entry.type, entry.digest): entry for entry in entries if entry.digest}
    there = {entry.id for entry in found if entry}
    for index, cell in enumerate(cells):
        entry = by_digest.get((cell.type, digest_of_words(cell.source)))
        if found[index] is None and entry and entry.id not in there:
            found[index] = entry
    matched = Matched(file, entries, cells, found)
    for entry in entries:
        if entry.is_answer and entry.id not in there:
            _find_answer(matched, entry)
    return matched


def _find_answer(matched: Matched, entry: Entry) -> None:
    """An answer whose cell has lost its id: code by the names that it defines, text by the cell above it."""
    wanted, above = _defines(entry.stub), matched.above(entry)
    for index, cell in enumerate(matched.cells):
        if matched.entry_of[index] is not None or cell.type != entry.type:
            continue
        is_it = (
            wanted and wanted <= _defines(cell.source)
            if entry.type == "code"
            else index and above is not None and matched.entry_of[index - 1] is above
        )
        if is_it:
            matched.entry_of[index] = entry
            if entry.type != "code":
                return


def _defines(source: str) -> set[str]:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names = {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    return names | {target.id for target in targets if isinstance(target, ast.Name)}


def compare(matched: Matched) -> list[Said]:
    """What was done to the notebook outside its answers, a sentence for each kind of thing."""
    return [
        *_lost_answers(matched),
        *_removed(matched),
        *_twice(matched),
        *_changed(matched),
        *_added(matched),
        *_moved(matched),
        *_without_data(matched),
    ]


def _label(matched: Matched, entry: Entry) -> str:
    """How a student finds the cell: by how it begins, an answer in words by the cell above it."""
    above = matched.above(entry)
    is_in_words = entry.type == "markdown" and entry.is_answer and above
    return f'"{above.short}" (the answer below it)' if is_in_words else f'"{entry.short}"'


def _lost_answers(matched: Matched) -> list[Said]:
    lost = [entry for entry in matched.entries if entry.is_answer and not matched.cells_of(entry)]
    if not lost:
        return []
    names = several([_label(matched, entry) for entry in lost])
    what = f"{counted(len(lost), 'answer cell')} cannot be found, which counts as unwritten: {names}"
    return [Said(LOST, f"{matched.file}: {what}. Copy the cell from a fresh hand-out, and your answer into it.")]


def _removed(matched: Matched) -> list[Said]:
    gone = [entry for entry in matched.entries if not entry.is_answer and not matched.cells_of(entry)]
    if not gone:
        return []
    names = several([_label(matched, entry) for entry in gone])
    text = f"{were(len(gone), 'given cell', 'removed')}: {names}. The grader puts them back, tests included."
    return [Said(OUTSIDE, f"{matched.file}: {text}")]


def _twice(matched: Matched) -> list[Said]:
    many = Counter(entry.id for entry in matched.entry_of if entry)
    twice = [entry for entry in matched.entries if many[entry.id] > 1]
    if not twice:
        return []
    names = several([_label(matched, entry) for entry in twice])
    text = f"a cell was split or copied, so that it is there more than once: {names}"
    return [Said(OUTSIDE, f"{matched.file}: {text}. Pieces are joined in their order: merge them, or delete the copy.")]


def _changed(matched: Matched) -> list[Said]:
    changed = [
        entry
        for entry in matched.entries
        if not entry.is_answer
        and (found := matched.cells_of(entry))
        and entry.digest not in [digest_of_words(cell.source) for cell in found]
    ]
    if not changed:
        return []
    names = several([_label(matched, entry) for entry in changed])
    text = f"{were(len(changed), 'given cell', 'changed')}: {names}. The grader runs the hand-out's own, so undo this."
    return [Said(OUTSIDE, f"{matched.file}: {text}")]


def _added(matched: Matched) -> list[Said]:
    pairs = zip(matched.cells, matched.entry_of, strict=True)
    added = [cell for cell, entry in pairs if entry is None and cell.source.strip()]
    if not added:
        return []
    names, taken = several([cell.label for cell in added]), _taken_along(matched, added)
    text = f"{were(len(added), 'cell', 'added')}: {names}. The grader neither runs nor marks what stands there"
    text += f", and takes along only what your answers use of it ({several(taken)})" if taken else ""
    how = "move it into an answer cell if your answers need it, then delete the cell"
    return [Said(OUTSIDE, f"{matched.file}: {text}: {how}.")]


def _taken_along(matched: Matched, added: list[Cell]) -> list[str]:
    """The names that added cells make and answers read, as far as no cell of the hand-out makes them."""
    pairs = [(cell, entry) for cell, entry in matched.laid if cell.type == "code"]
    known = set[str]().union(*(names_made(cell.source) for cell, entry in pairs if entry))
    read = set[str]().union(*(names_read(cell.source) for cell, entry in pairs if entry and entry.is_answer))
    made = set[str]().union(*(names_made(cell.source) for cell in added if cell.type == "code"))
    return sorted((made & read) - known)


def _moved(matched: Matched) -> list[Said]:
    places = {entry.id: place for place, entry in enumerate(matched.entries)}
    order = [places[entry.id] for entry in matched.entry_of if entry]
    if order == sorted(order):
        return []
    text = "cells stand in another order than in the hand-out; the grader runs them in the hand-out's order."
    return [Said(OUTSIDE, f"{matched.file}: {text}")]


def _without_data(matched: Matched) -> list[Said]:
    pairs = zip(matched.cells, matched.entry_of, strict=True)
    marked = [cell for cell, entry in pairs if entry and entry.role != "given" and not cell.is_marked]
    if not marked:
        return []
    text = (
        f"{counted(len(marked), 'cell')} lost nbgrader's data; they are recognised all the same, which costs nothing."
    )
    return [Said(NOTE, f"{matched.file}: {text}")]
