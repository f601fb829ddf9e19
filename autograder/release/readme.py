"""The hand-out's README.md: source/'s template filled in with the course's rules and the assignment's points."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jdatetime
from jinja2 import Environment, StrictUndefined, TemplateError
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from .. import assignment
from ..course import read_course
from ..moment import place
from .grader import grader, packages_of

README = "README.md"
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_TOWNS = {"Tehran": "تهران"}
_BESIDES = ("jupyterlab", "ipykernel", "nbclient", "nbformat")  # run notebooks, and are nothing to import in them


def readme(root: Path) -> str:
    """README.md of the hand-out. Raises ValueError that names the template and what it lacks."""
    folder, course = assignment.source_folder(root), read_course(root)
    points = {name: _points(folder / f"{name}.ipynb") for name in assignment.NOTEBOOKS}
    packages = [f"{name} {version}" for name, version in packages_of(folder).items() if name not in _BESIDES]
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    environment.filters["persian"] = persian
    try:
        return environment.from_string((folder / README).read_text(encoding="utf-8")).render(
            course=course,
            points=points,
            total=sum(points.values()),
            due_en=in_english(course.deadline, course.zone),
            due_fa=in_persian(course.deadline, course.zone),
            grader=grader(),
            packages=", ".join(packages),
        )
    except TemplateError as error:
        raise ValueError(f"{folder / README}: {error}; mend the template") from error


def in_english(time: datetime, zone: ZoneInfo) -> str:
    """Such as 'Monday 13 November 2023 (22 Aban 1402), 23:59, Tehran time'."""
    solar = jdatetime.date.fromgregorian(date=time.date())
    month = solar.j_months_en[solar.month - 1]
    return f"{time:%A} {time.day} {time:%B %Y} ({solar.day} {month} {solar.year}), {time:%H:%M}, {place(zone)} time"


def in_persian(time: datetime, zone: ZoneInfo) -> str:
    """Such as 'دوشنبه ۲۲ آبان ۱۴۰۲ (۲۰۲۳/۱۱/۱۳)، ساعت ۲۳:۵۹ به وقت تهران'."""
    solar = jdatetime.date.fromgregorian(date=time.date())
    weekday, month = solar.j_weekdays_fa[solar.weekday()], solar.j_months_fa[solar.month - 1]
    town = _TOWNS.get(place(zone), place(zone))
    return persian(f"{weekday} {solar.day} {month} {solar.year} ({time:%Y/%m/%d})، ساعت {time:%H:%M} به وقت {town}")


def persian(value: object) -> str:
    """The value with Persian digits."""
    return str(value).translate(_PERSIAN)


def _points(path: Path) -> int:
    return round(sum(check.points for check in assignment.checks(assignment.read(path))))


class WriteReadme(NbGraderPreprocessor):
    """Puts README.md in the place of the template that nbgrader has copied from source/ to release/."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Write it with the first notebook; the notebook passes unchanged."""
        names, coursedir = resources["nbgrader"], self.parent.parent.coursedir
        if names["notebook"] == assignment.NOTEBOOKS[0]:
            folder = Path(coursedir.format_path("release", names["student"], names["assignment"]))
            (folder / README).write_text(readme(Path(coursedir.root)), encoding="utf-8")
        return nb, resources
