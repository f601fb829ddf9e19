"""nbgrader's zip_collect, doing what the homework asks: an extractor and a collector plugin."""

import sys
from pathlib import Path
from typing import Any

from nbgrader.plugins.zipcollect import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Unicode

from .collecting import DECISIONS, Course, collect

__all__ = ["DECISIONS", "HomeworkCollector", "HomeworkExtractor"]


class HomeworkExtractor(ExtractorPlugin):
    """Reads each upload, decides whose it is, and puts complete submissions into submitted/ by renaming them.

    Uploads stay where they are. What was decided about each is kept in decisions.json above the archive folder.
    """

    github = Unicode("https://github.com/", help="Where the repositories are that uploads link to.").tag(config=True)

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Called by zip_collect with downloaded/hw2/archive and downloaded/hw2/extracted, which stays empty."""
        root = Path(self.parent.coursedir.root)
        try:
            decisions = collect(Course(root, Path(archive_path), self.github, self.log))
        except ValueError as error:
            self.log.error("%s; nothing was changed", error)
            sys.exit(1)
        for decision in decisions:
            if decision["problem"]:
                self.log.error("%s %s", decision["file"], decision["problem"] + _perhaps(decision["guesses"]))
            for note in decision.get("notes", []):
                self.log.warning("%s", note)
        taken = len({decision["student"] for decision in decisions if decision.get("gives")})
        self.log.info("%d submissions are in place; nothing is left to copy, as nbgrader is about to say", taken)


def _perhaps(guesses: list[dict[str, Any]]) -> str:
    """The best guesses, for the line on the terminal."""
    shown = [f"{guess['number']} {guess['name']} ({guess['why']})" for guess in guesses[:2]]
    return f"; perhaps {' or '.join(shown)}" if shown else ""


class HomeworkCollector(FileNameCollectorPlugin):
    """Has nothing to do: HomeworkExtractor puts submissions into submitted/ whole, as copying file by file cannot."""

    def collect(self, filename: str) -> dict[str, str] | None:
        """No file is copied."""
        return None
