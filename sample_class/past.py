"""`python -m sample_class.past FOLDER`: a past term's .py files through the grader; what each lost, and why.

Each is laid in as collecting and autograding do, one after the other, and tested beside the reference's notebook.
"""

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path

from autograder import assignment
from autograder.answers.module import lay_module
from autograder.result import COULD_NOT_RUN, PASSED, Result

from .course import ROOT
from .many import graded
from .mistakes.mistake import NETWORKS
from .solved import Work
from .tried import try_work


@dataclass(frozen=True)
class Graded:
    """What one file came to. trouble: why there is no mark, else empty."""

    results: list[Result] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    trouble: str = ""

    def page(self, name: str) -> str:
        """The file's mark, what was remarked on, and each lost test with the first line of its message."""
        if self.trouble:
            return f"{name}: {self.trouble}"
        got, of = sum(r.points or 0 for r in self.results), sum(r.max_points for r in self.results)
        lost = [result for result in self.results if result.state != PASSED]
        return "\n".join([f"{name}: {got:g} of {of:g}", *(f"  {r}" for r in self.remarks), *map(_line, lost)])


def grade(path: str) -> Graded:
    """Lay one file in and test it; whatever goes wrong is told, not raised, with the file's name."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return Graded(trouble=f"cannot be read ({error.strerror}); mend the file or take it out of the folder")
    if not data.strip():
        return Graded(trouble="is empty; take it out of the folder")
    try:
        work = Work(ROOT)
        work.module, remarks = laid_twice(data)
        return Graded(try_work(work, NETWORKS, Path(path).stem), remarks)
    except Exception as error:
        return Graded(trouble=f"could not be graded ({type(error).__name__}: {error})")


def laid_twice(data: bytes) -> tuple[str, list[str]]:
    """The module as collecting and then autograding make it, and the remarks of the first."""
    given = (ROOT / "release" / assignment.NAME / assignment.MODULE).read_text(encoding="utf-8")
    instructor = (assignment.source_folder(ROOT) / assignment.MODULE).read_text(encoding="utf-8")
    collected, remarks = lay_module(given, data, assignment.MODULE)
    return lay_module(instructor, collected.encode(), assignment.MODULE)[0], remarks


def _line(result: Result) -> str:
    first = result.message.strip().partition("\n")[0]
    unsettled = "could not run: " if result.state == COULD_NOT_RUN else ""
    return f"  -{result.max_points:g} {result.id}: {_sentences().get(result.id, '')} {unsettled}{first}"


def _sentences() -> dict[str, str]:
    """Test -> the sentence that it begins with."""
    notebook = assignment.read(assignment.source_folder(ROOT) / f"{NETWORKS}.ipynb")
    tests = [cell for cell in notebook.cells if assignment.is_test(cell)]
    return {str(assignment.grade_id(cell)): cell.source.partition("\n")[0].removeprefix("# ") for cell in tests}


def main() -> int:
    """Grade the files of a folder one by one."""
    parser = argparse.ArgumentParser(prog="python -m sample_class.past", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the files may lie in folders of their own")
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args()
    paths = [str(path) for path in sorted(wanted.folder.rglob("*.py"))]
    if not paths:
        parser.error(f"{wanted.folder} holds no .py file: name the folder that the students' files lie in")
    failed = 0
    for path, found in zip(paths, graded(grade, paths, wanted.workers, "files"), strict=True):
        print(found.page(str(Path(path).relative_to(wanted.folder))), flush=True)
        failed += bool(found.trouble)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
