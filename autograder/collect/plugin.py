"""nbgrader's zip_collect, doing what the homework asks: an extractor and a collector plugin."""

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.plugins.zipcollect import ExtractorPlugin, FileNameCollectorPlugin

from .. import assignment
from ..answers.preprocessor import TIMESTAMP
from .archive import BadArchive, Member, read_archive
from .names import Sender, UnknownSender, read_roster, sender_of
from .submission import write_submission
from .times import read_times, time_of

DECISIONS = "decisions.json"


class HomeworkExtractor(ExtractorPlugin):
    """Reads each upload, decides whose it is, and writes <extracted>/<student number>/ with complete submissions.

    Uploads stay where they are. What was decided about each is kept in decisions.json above the archive folder.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Called by zip_collect with downloaded/hw2/archive and downloaded/hw2/extracted."""
        archive, extracted = Path(archive_path), Path(extracted_path)
        root = Path(self.parent.coursedir.root)
        roster, times = read_roster(root / "roster.csv"), read_times(archive.parent / "times.csv")
        decisions: list[dict[str, Any]] = []
        for upload in sorted(path for path in archive.iterdir() if path.is_file()):
            decision = self._one(upload, extracted, root / "release" / assignment.NAME, roster, times)
            decisions.append(decision)
            if decision["problem"]:
                self.log.error("%s %s", upload.name, decision["problem"])
        text = json.dumps(decisions, indent=1, ensure_ascii=False)
        (archive.parent / DECISIONS).write_text(text, encoding="utf-8")

    def _one(
        self, upload: Path, extracted: Path, release: Path, roster: dict[str, str], times: dict[str, datetime]
    ) -> dict[str, Any]:
        """Decide one upload; whatever is wrong with it is said in `problem` and the next one follows."""
        decision: dict[str, Any] = {"file": upload.name, "student": None, "problem": "", "remarks": []}
        try:
            sender = sender_of(upload.name, roster)
            decision["student"], decision["name"] = sender.number, sender.name
            members = read_archive(upload)
        except (UnknownSender, BadArchive) as error:
            return {**decision, "problem": str(error)}
        time, remarks = time_of(upload, times)
        decision["time"] = time.isoformat()
        target = extracted / sender.number
        if target.exists() and not _newer(time, target):
            return {**decision, "problem": "an upload of the same student with a later time counts; this one is kept"}
        decision["remarks"] = remarks + _replace(target, release, sender, time, members)
        return decision


def _newer(time: datetime, target: Path) -> bool:
    return time >= datetime.fromisoformat((target / TIMESTAMP).read_text(encoding="utf-8"))


def _replace(target: Path, release: Path, sender: Sender, time: datetime, members: list[Member]) -> list[str]:
    """Write the submission beside its place and put it there whole."""
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    remarks = write_submission(part, release, sender, time, members)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)
    return remarks


class HomeworkCollector(FileNameCollectorPlugin):
    """Tells zip_collect which student a file that HomeworkExtractor wrote belongs to."""

    def collect(self, filename: str) -> dict[str, str] | None:
        """filename: <extracted>/<student number>/<path in the submission>."""
        parts = Path(filename).parts
        if "extracted" not in parts:
            return None
        below = parts[len(parts) - 1 - parts[::-1].index("extracted") :][1:]
        if len(below) < 2 or below[0].startswith("."):
            return None
        return {"student_id": below[0], "file_id": "/".join(below[1:])}
