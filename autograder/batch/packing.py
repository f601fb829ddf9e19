"""Packs the course for graders: the assignment's own files, and of the gradebook only what is no student's."""

from pathlib import Path

from nbgrader.api import Base, Gradebook
from sqlalchemy import create_engine, select

from .. import assignment
from ..course import FILE, course_file
from ..examiner.execute import RunNotebook
from ..gradebook import CONFIG, course_config
from ..sandbox.own_folder import OwnFolder
from ..secret import FILE as SECRET
from .bundle import Course, Files, Submission, below, digest_of, read_files

EMPTY = "gradebook.db"  # the name of the packed gradebook
_DIGITS = "data/mnist"
# in the order of what refers to what; nbgrader's other tables hold students and their marks
_TABLES = ["course", "assignment", "notebook", "base_cell", "source_cell"]
_TABLES += ["grade_cells", "solution_cells", "task_cells"]


def pack_course(root: Path, gradebook: Gradebook) -> Course:
    """The course without anything of a student's."""
    files: Files = {
        CONFIG: (root / CONFIG).read_bytes(),
        FILE: course_file(root).read_bytes(),
        EMPTY: _without_students(gradebook),
        SECRET: RunNotebook(config=course_config(root)).drawn_from().encode(),
    }
    for folder in (f"source/{assignment.NAME}", _DIGITS):
        files |= below(folder, read_files(root / folder))
    return Course(digest_of(files), files)


def pack_submission(root: Path, student: str) -> Submission:
    """What lies in submitted/<student>/hw2."""
    return Submission(student, read_files(root / "submitted" / student / assignment.NAME))


def _without_students(gradebook: Gradebook) -> bytes:
    """A SQLite gradebook with the class's assignment, whatever database the class's own is in."""
    with OwnFolder() as folder:
        path = folder / EMPTY
        engine = create_engine(f"sqlite:///{path}")
        Base.metadata.create_all(engine)
        with engine.begin() as copy:
            for name in _TABLES:
                table = Base.metadata.tables[name]
                rows = gradebook.db.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
                if rows:
                    copy.execute(table.insert(), [dict(row) for row in rows])
        engine.dispose()
        return path.read_bytes()
