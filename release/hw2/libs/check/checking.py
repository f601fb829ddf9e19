"""The check as a whole: looks at the files, runs the notebooks, reports."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from .by_hand import say_by_hand
from .cells import Matched, compare, match
from .files import say_files
from .given import Given, load
from .identity import say_identity
from .judge import Judge, Judged
from .module import read_module, repaired, say_file, say_module, unwritten_blocks
from .packages import say_packages
from .pages import Pages, look_at_pages, sent_pages
from .pictures import say_pictures
from .progress import Progress
from .report import outcome, saved, standing_of, write_report, written_of
from .results import say_results
from .said import LOST, Said
from .saved import read_cells
from .sizes import say_bare, say_size
from .together import run_notebooks
from .unwritten import say_unwritten


@dataclass(frozen=True)
class Checked:
    """The outcome of a check."""

    said: list[Said]

    @property
    def is_good(self) -> bool:
        """True when nothing is to be mended."""
        return not any(each.is_fault for each in self.said)

    @property
    def outcome(self) -> str:
        """It in one sentence."""
        return outcome(self.said)


def check(folder: Path, run: bool = True, packed_for: tuple[str, str] | None = None) -> Checked:
    """Look at everything in the folder and print the report; without `run` no notebook is run.

    packed_for: name and number of who packs it.
    """
    try:
        given = load(folder)
    except ValueError as error:
        return Checked([Said(LOST, f"{error}.")])
    return _Check(folder, given, packed_for).report(run)


class _Check:
    """One look at a folder."""

    def __init__(self, folder: Path, given: Given, packed_for: tuple[str, str] | None) -> None:
        self._folder, self._given, self._packed_for = folder, given, packed_for
        self._module = given.module["name"]
        self._text = read_module(folder / self._module)
        self._unwritten = unwritten_blocks(given.module, self._text)
        self._unreadable: list[Said] = []
        self._notebooks = self._read()

    def _read(self) -> dict[str, Matched]:
        """Those notebooks that can be read."""
        found = {}
        for name, entries in self._given.notebooks.items():
            path = self._folder / f"{name}.ipynb"
            cells = read_cells(path) if path.is_file() else None
            if cells is not None:
                found[name] = match(path.name, entries, cells)
            elif path.is_file():
                text = f"{path.name} is not a notebook that can be read: all of it counts as unwritten. Is it damaged?"
                self._unreadable.append(Said(LOST, text))
        return found

    def report(self, run: bool) -> Checked:
        """Everything that is to be said, printed in its order."""
        ran = self._run() if run else {}
        written = [matched for name, matched in self._notebooks.items() if name not in self._given.practicals]
        pages = look_at_pages(self._folder, self._given, written[0] if written else None)
        said = [*self._look(), *pages.said, *(each for judged in ran.values() for each in judged[1])]
        write_report(said, self._standing(ran, pages), lambda line: print(line, flush=True))
        return Checked(said)

    def _look(self) -> list[Said]:
        """What is seen without running anything."""
        notebooks, points = list(self._notebooks.values()), self._points_of_blocks()
        said = [*self._unreadable, *say_files(self._folder, self._given, sent_pages(self._folder, self._given))]
        said += say_identity(notebooks, self._packed_for) + say_file(self._folder / self._module)
        said += say_module(self._given.module, self._text, points) + say_by_hand(self._module, self._text, points)
        for name, matched in self._notebooks.items():
            is_practical = name in self._given.practicals
            said += compare(matched) + say_pictures(matched) + say_size(self._folder, matched)
            said += say_unwritten(matched) if is_practical else []  # of the written answers the pages tell
        said += say_bare([self._notebooks[name] for name in self._given.practicals if name in self._notebooks])
        return said + say_packages(self._folder, notebooks, (self._module, self._text))

    def _points_of_blocks(self) -> dict[str, float]:
        points: dict[str, float] = {}
        for entry in self._given.notebooks.get(self._given.module_notebook, []):
            if entry.block:
                points[entry.block] = points.get(entry.block, 0) + entry.points
        return points

    def _run(self) -> dict[str, tuple[Judged, list[Said]]]:
        """Name -> what the notebook's run means, and what is to be said of it."""
        practicals = [self._notebooks[name] for name in self._given.practicals if name in self._notebooks]
        totals = {matched.file: sum(cell.type == "code" for cell, _ in matched.laid) for matched in practicals}
        found = {}
        with tempfile.TemporaryDirectory(prefix="hw2-check-") as first:
            mended = repaired(self._text)  # one block that does not compile hides nothing of the others
            if mended:
                Path(first, self._module).write_text(mended, encoding="utf-8")
            runs = run_notebooks(self._folder, practicals, Progress(totals), first if mended else "")
        for file, ran in runs.items():
            matched = next(each for each in practicals if each.file == file)
            if isinstance(ran, str):
                found[file] = Judged(), [Said(LOST, f"{file} was not run: {ran}.")]
                continue
            judged = self._judge_of(matched).judge(ran)
            found[file] = judged, say_results(matched, judged)
        return found

    def _judge_of(self, matched: Matched) -> Judge:
        has_module = matched.file == f"{self._given.module_notebook}.ipynb"
        unwritten = self._unwritten if has_module else []
        return Judge(matched, (self._module, self._text or ""), self._given.module["functions"], unwritten)

    def _standing(self, ran: dict[str, tuple[Judged, list[Said]]], pages: Pages) -> list[str]:
        """A line for each notebook, and one for the written pages."""
        lines = []
        for name, matched in self._notebooks.items():
            has_run = matched.file in ran and ran[matched.file][0].checks
            what = standing_of(matched, ran[matched.file][0]) if has_run else "not run"
            what = what if name in self._given.practicals else written_of(matched)
            lines.append(f"{saved(self._folder / matched.file, matched)}: {what}")
        return [*lines, f"written pages, {pages.summary}"] if pages.summary else lines
