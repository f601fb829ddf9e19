"""A course folder for tests of what becomes of uploads: put them, write times and lines, collect, look."""

import json
import logging

from autograder.collect.collecting import Course, collect
from sample_class.course import ROOT, make_course
from sample_class.uploads.kit import Kit
from sample_class.uploads.upload import ALL

KIT = Kit(ROOT)
SARA, ALI, OMID = ("403100001", "Sara Ahmadi"), ("403100002", "Ali Rezaei"), ("403100003", "Omid Hosseini")
PDF = b"%PDF-1.7\n" + bytes(64)
NOON = "2023-11-12T12:00:00+03:30"


class Place:
    """A course with a roster, uploads, their times and lines of assigned.csv."""

    def __init__(self, folder, *students):
        self.root = make_course(folder / "course", [])
        self.uploads = self.root / "downloaded" / "hw2"
        self.times = {}
        lines = [",".join(student) for student in students or (SARA, ALI, OMID)]
        (self.root / "roster.csv").write_text("\n".join(["number,name", *lines]) + "\n", encoding="utf-8")

    def put(self, file, data, time=NOON):
        """Put an upload into archive/; a dictionary of files is packed."""
        path = self.uploads / "archive" / file
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(KIT.zip(data) if isinstance(data, dict) else data)
        self.times[file] = time

    def assign(self, *lines):
        (self.uploads / "assigned.csv").write_text("\n".join(["file,number,use", *lines]) + "\n", encoding="utf-8")

    def collect(self):
        """The decisions by file, of versions of one name the last."""
        rows = [f'"{file}",{time}' for file, time in self.times.items()]
        (self.uploads / "times.csv").write_text("\n".join(["file,time", *rows]) + "\n", encoding="utf-8")
        course = Course(self.root, self.uploads / "archive", "http://127.0.0.1:9/", logging.getLogger("test"))
        return {entry["file"]: entry for entry in reversed(collect(course))}

    def submitted(self, student=SARA):
        return self.root / "submitted" / student[0] / "hw2"

    def begun(self, student=SARA, by=None):
        """The files of the homework in which the student's answer stands."""
        words = f"begun by {by or student[0]}"
        return {name for name in ALL if words in (self.submitted(student) / name).read_text(encoding="utf-8")}

    def pages(self, student=SARA):
        """The names of the pages in their order."""
        path = self.submitted(student) / "attachments" / "names.json"
        return list(json.loads(path.read_text(encoding="utf-8")).values()) if path.exists() else []

    def time(self, student=SARA):
        return (self.submitted(student) / "timestamp.txt").read_text()
