"""A student's answer cells laid into the instructor's notebook; nothing else of the student's notebook is kept."""

import copy
import functools

from nbformat import NotebookNode

from .. import assignment
from ..stubs import is_stub, strip_cell
from .beside import answers_beside
from .blank import says_more
from .carried import names_made, names_needed, needed, pieces
from .cell_code import below_magic, joined
from .places import Gap, Ours, gaps, in_our_order, say_the_same, text_in
from .private import shown
from .written import Written, read_cells


def lay_notebook(instructor: NotebookNode, data: bytes | None, name: str) -> tuple[NotebookNode, list[str]]:
    """The instructor's notebook holding the student's answers, and remarks; answers that are missing stay stubs.

    data: the submitted file as it came, None when there was none. name: for the remarks.
    """
    result = copy.copy(instructor)  # given cells are the instructor's own, only what changes is copied
    result.metadata = copy.deepcopy(instructor.metadata)
    result.cells = [copy.deepcopy(cell) if assignment.is_answer(cell) else cell for cell in instructor.cells]
    for cell in result.cells:
        if assignment.is_answer(cell) and not is_stub(cell):
            strip_cell(cell)
    cells = None if data is None else read_cells(data)
    if cells is None:
        what = "is missing" if data is None else "is not a notebook that can be read"
        return result, [f"{name} {what}: its cells count as unanswered; ask for the file and collect it again"]
    remarks = [f"{name}: {remark}" for remark in _fill(result, cells)]
    return result, remarks


def answered(instructor: NotebookNode, data: bytes) -> list[str]:
    """The answer cells that a submitted notebook fills, wherever in it their answers stand."""
    laid, _ = lay_notebook(instructor, data, "")
    pairs = zip(instructor.cells, laid.cells, strict=True)
    filled = [new for old, new in pairs if assignment.is_answer(old) and says_more(new.source, old.source)]
    return [str(assignment.grade_id(cell)) for cell in filled if assignment.grade_id(cell) != assignment.IDENTITY]


def _fill(result: NotebookNode, cells: list[Written]) -> list[str]:
    """Put the student's answers into the result's answer cells, in place; return remarks."""
    remarks, ours = [], [_ours(cell) for cell in result.cells]
    cells, known = in_our_order(ours, cells)
    found = _found(result, ours, cells, known)
    for index, places in found.items():
        cell, wanted = result.cells[index], assignment.grade_id(result.cells[index])
        has_id = any(cells[i].id == wanted for i in places)
        if not has_id:
            remarks.append(_without_id(wanted, bool(places)))
        changed = [cells[i].source for i in places if cells[i].source.strip() not in ("", cell.source.strip())]
        if len(places) > 1 and (has_id or cell.cell_type == "code"):
            remarks.append(f"cell {wanted} is there {len(places)} times: joined in their order")
        if changed:
            cell.source = joined(changed) if cell.cell_type == "code" else "\n\n".join(changed)
            pictures = {name: picture for i in places for name, picture in cells[i].attachments.items()}
            if pictures:
                cell["attachments"] = pictures
    remarks += answers_beside(result, ours, cells, known, found)
    used = {i for places in found.values() for i in places}
    return remarks + _carry(result, cells, found) + _outside(result, ours, cells, known, used)


def _found(result: NotebookNode, ours: list[Ours], cells: list[Written], known: dict[int, int]) -> dict[int, list[int]]:
    """For each answer cell the student's cells that are it, by ids, else by what they define or where they stand."""
    answers = {i: assignment.grade_id(cell) for i, cell in enumerate(result.cells) if assignment.is_answer(cell)}
    found = {place: [i for i, cell in enumerate(cells) if cell.id == id] for place, id in answers.items()}
    ids = set[str]().union(*(cell.ids for cell in ours))
    strays = [i for i, cell in enumerate(cells) if cell.id not in ids]
    for place, id in answers.items():
        found[place] = found[place] or [i for i in strays if cells[i].cell_id == id]
    missing = {place for place, places in found.items() if not places}
    open_places = gaps(ours, cells, known) if missing else []
    for place in sorted(missing):
        gap = next((gap for gap in open_places if place in gap.ours), Gap([], range(0)))
        if ours[place].cell_type == "code":
            found[place] = _by_names(result.cells[place], cells, strays, gap)
        else:
            found[place] = text_in(gap, place, ours, cells, missing)
    return found


def _ours(cell: NotebookNode) -> Ours:
    return _seen(assignment.grade_id(cell), cell.get("id"), cell.cell_type, cell.source, assignment.is_answer(cell))


@functools.lru_cache(4096)
def _seen(name: str | None, id: str | None, cell_type: str, source: str, is_answer: bool) -> Ours:
    return Ours(frozenset(str(known) for known in (name, id) if known), cell_type, shown(source), is_answer)


def _by_names(answer: NotebookNode, cells: list[Written], strays: list[int], gap: Gap) -> list[int]:
    """Cells that define what the answer must define; where it should stand, those that define a part of it, too."""
    wanted = names_made(answer.source)
    whole = [i for i in strays if cells[i].cell_type == "code" and wanted and wanted <= names_made(cells[i].source)]
    return whole or [i for i in gap.theirs if cells[i].cell_type == "code" and wanted & names_made(cells[i].source)]


def _carry(result: NotebookNode, cells: list[Written], found: dict[int, list[int]]) -> list[str]:
    """Put what stands in other cells of the student's above the first answer that needs it; return remarks.

    Where a cell above the answer makes a name, those below it are not asked.
    """
    used = {i for places in found.values() for i in places}
    own = [(i, piece) for i, cell in enumerate(cells) if i not in used and cell.cell_type == "code"
           for piece in pieces(cell.source)]  # fmt: skip
    if not own:
        return []
    code = {place: cell for place, cell in enumerate(result.cells) if cell.cell_type == "code"}
    known = set[str]().union(*(names_made(cell.source) for cell in code.values() if not assignment.is_test(cell)))
    remarks = []
    for place in [place for place in found if place in code]:
        wanted, last = names_needed(code[place].source), max(found[place], default=len(cells))
        taken = needed([piece for i, piece in own if i < last], wanted, known)
        made = set[str]().union(*(piece.makes for piece in taken))
        taken += needed([piece for i, piece in own if i > last], wanted - made, known | made)
        if taken:
            made, read = (set[str]().union(*(getattr(piece, kind) for piece in taken)) for kind in ("makes", "needs"))
            known |= made
            code[place].source = below_magic("\n\n".join(piece.text for piece in taken), code[place].source)
            names = ", ".join(sorted(made & (wanted | read))) or "what an import with * brings"
            remarks.append(
                f"cell {assignment.grade_id(code[place])} needs {names} from outside the answer cells: taken along"
            )
    return remarks


def _without_id(wanted: str | None, recognised: bool) -> str:
    if recognised:
        return f"cell {wanted} has lost its id and was recognised by its content"
    return f"cell {wanted} is not there: it counts as unanswered"


def _outside(
    result: NotebookNode, ours: list[Ours], cells: list[Written], known: dict[int, int], used: set[int]
) -> list[str]:
    """Remarks on what the student changed, added or removed outside the answer cells."""
    given = {
        i: str(id) for i, cell in enumerate(result.cells) if not ours[i].is_answer and (id := assignment.grade_id(cell))
    }
    there = set(known.values())
    remarks = _removed([name for place, name in given.items() if place not in there])
    changed = [
        name for place, name in given.items() if place in there and _is_changed(place, result, ours, cells, known)
    ]
    unmarked = sum(not cell.is_marked for cell in cells if cell.id in given.values())
    if unmarked:
        remarks.append(f"{unmarked} cells have lost nbgrader's data and were recognised by their ids")
    if changed:
        remarks.append(f"given cells were changed, and are not run as changed: {', '.join(changed)}")
    every = {_words(cell.source) for cell in result.cells}
    strays = [w for i, w in enumerate(cells) if i not in used and i not in known and w.source.strip()]
    added = [w for w in strays if _words(w.source) not in every]
    if added:
        remarks.append(f"{len(added)} cells were added: they are not run and not marked")
    return remarks


def _is_changed(
    place: int, result: NotebookNode, ours: list[Ours], cells: list[Written], known: dict[int, int]
) -> bool:
    """Whether a given cell says something else; one that has lost its id may have been written anew by an editor."""
    theirs = [cells[i] for i, there in known.items() if there == place]
    same = [not _differs(result.cells[place], cell) for cell in theirs]
    if theirs[-1].id in ours[place].ids:
        return not same[-1]
    return len(theirs) == 1 and not same[0] and not say_the_same(ours[place], theirs[0])


def _differs(given: NotebookNode, theirs: Written) -> bool:
    """Whether a given cell's text was changed; hidden tests and marking schemes are not in the student's."""
    return _words(given.source) != _words(theirs.source)


@functools.lru_cache(2048)  # most cells are the hand-out's, student after student
def _words(source: str) -> tuple[str, ...]:
    """What a cell's text says, without hidden tests, marking schemes and white space."""
    return tuple(shown(source).split())


def _removed(names: list[str]) -> list[str]:
    """One remark for all cells that were put back, naming the first few."""
    if len(names) <= 1:
        return [f"cell {name} was removed: put back" for name in names]
    more = ", ..." if len(names) > 3 else ""
    return [f"{len(names)} cells were removed: put back ({', '.join(names[:3])}{more})"]
