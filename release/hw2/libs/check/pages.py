"""The written pages as a marker will see them: their numbers, what cannot be read, and whether there are any."""

from dataclasses import dataclass
from pathlib import Path

from ..contact_sheet import draw_sheet
from ..written_pages import SHEET, look
from .cells import Matched
from .given import Given, sha256
from .said import FAILS, LOST, NOTE, Said, counted, several
from .unwritten import unwritten

_MOST = 6  # pages that are named one by one


@dataclass(frozen=True)
class Pages:
    """What was found. summary: which files give which pages."""

    said: list[Said]
    summary: str


def sent_pages(folder: Path, given: Given) -> list[Path]:
    """The files of written answers that will be sent: PDFs and pictures but the hand-out's question sheets."""
    from ..written_pages import written_files

    sheets = set(given.files.values())
    return [path for path in written_files(folder) if sha256(path.read_bytes()) not in sheets]


def look_at_pages(folder: Path, given: Given, written: Matched | None) -> Pages:
    """Look at every page and draw the contact sheet. written: the notebook of the written answers."""
    sent = sent_pages(folder, given)
    if not sent:
        return Pages(_none(written), "")
    found, faults, spans = [], list[str](), dict[str, list[int]]()
    for path, inside, page, problems in look(sent):
        if page is not None:
            found.append((path.name, page, problems))
            spans.setdefault(path.name, []).append(len(found))
        place = f", its page {inside}" if inside > 1 else ""
        name = path.name if page is None else f"page {len(found)} ({path.name}{place})"
        faults += [f"{name} {problem}" for problem in problems]
    said = [Said(FAILS, f"{fault}.") for fault in faults[:_MOST]]
    if len(faults) > _MOST:
        more = f"{len(faults) - _MOST} more things are wrong with the written pages"
        said.append(Said(FAILS, f"{more}: {SHEET} marks them."))
    return Pages(said, _summary(folder, found, spans))


def _summary(folder: Path, found: list, spans: dict[str, list[int]]) -> str:
    if not found:
        return ""
    parts = [f"{_pages(numbers)}: {name}" for name, numbers in spans.items()]
    try:
        draw_sheet(found, folder / SHEET)
    except OSError as error:
        return f"{'; '.join(parts)}. A picture of them could not be written ({error})."
    return f"{several(parts, 6)}. {SHEET} shows them small, with the numbers that you name in your answers."


def _pages(numbers: list[int]) -> str:
    return f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]}-{numbers[-1]}"


def _none(written: Matched | None) -> list[Said]:
    """There is no page: then what is empty in the notebook is not answered at all."""
    if written is None:
        return [Said(LOST, "there is no PDF or picture of written answers in this folder.")]
    empty = [above for entry in unwritten(written) if (above := written.above(entry))]
    points = sum(task.points for task in empty)
    if not empty:
        return [Said(NOTE, "there is no PDF or picture here: your written answers are those in the cells.")]
    are = "is" if len(empty) == 1 else "are"
    what = f"{counted(len(empty), 'answer')} in {written.file} {are} empty ({counted(points, 'point')})"
    how = "lay your written answers beside the notebook, or write them into the cells"
    return [Said(LOST, f"there is no PDF or picture in this folder, and {what}: {how}.", points)]
