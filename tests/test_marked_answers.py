"""A mark that a person gave counts for the answer it was given on: what changed waits again, and nothing is lost."""

import io
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from PIL import Image, ImageDraw

from autograder import assignment
from autograder.answers.rests import PAGES, answers_of
from autograder.batch.run import autograde
from autograder.stubs import TEXT_STUB
from sample_class.course import make_course

STUDENT, THEORY = "402100101", assignment.WRITTEN
FIRST, SECOND, EXPLAINED = "theory_1a", "theory_1b", assignment.PRACTICALS[1]
WORDS = "Because the gradient of the loss vanishes."


@pytest.fixture()
def course(tmp_path):
    return make_course(tmp_path / "course", [])


def submit(course, answers, pages=(), notebooks=(THEORY,)):
    """Put a submission in its place, as a student's next upload would; answers: question -> text."""
    folder = course / "submitted" / STUDENT / assignment.NAME
    (folder / assignment.WRITTEN_PAGES).mkdir(parents=True, exist_ok=True)
    (folder / "timestamp.txt").write_text("2023-11-12T20:00:00+00:00")
    for name in notebooks:
        nb = assignment.read(course / "release" / assignment.NAME / f"{name}.ipynb")
        task = None
        for cell in nb.cells:
            if assignment.is_task(cell):
                task = assignment.grade_id(cell)
            elif task in answers and cell.cell_type == "markdown" and assignment.is_answer(cell):
                cell.source = answers[task]
        nbformat.write(nb, folder / f"{name}.ipynb")
    for old in (folder / assignment.WRITTEN_PAGES).iterdir():
        old.unlink()
    for number, text in enumerate(pages, 1):
        (folder / assignment.WRITTEN_PAGES / f"{number:03d}.png").write_bytes(page(text))


def page(text):
    image = Image.new("L", (1000, 1400), 255)
    for line in range(20):
        ImageDraw.Draw(image).text((60, 60 + 60 * line), f"{text} " * 8, fill=0, font_size=30)
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def plain(course):
    """As an instructor does without our command."""
    command = [sys.executable, "-m", "nbgrader", "autograde", "hw2", "--notebook", THEORY, "--force"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def give(course, task, score, comment, notebook=THEORY):
    """As formgrader enters it."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade(task, notebook, assignment.NAME, STUDENT)
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.find_comment(task, notebook, assignment.NAME, STUDENT).manual_comment = comment
        gradebook.db.commit()


def stands(course, task, notebook=THEORY):
    """Mark, whether it waits, a person's comment, and what is shown in the empty box of the comment."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade(task, notebook, assignment.NAME, STUDENT)
        comment = gradebook.find_comment(task, notebook, assignment.NAME, STUDENT)
        return grade.manual_score, grade.needs_manual_grade, comment.manual_comment, comment.auto_comment


def test_an_answer_that_changed_waits_with_its_old_mark_shown_and_one_that_came_back_has_it_again(course):
    submit(course, {FIRST: WORDS, SECOND: "Yes."})
    plain(course)
    give(course, FIRST, 6.0, "well argued")
    give(course, SECOND, 2.0, None)
    submit(course, {FIRST: "", SECOND: " Yes. \n"})
    plain(course)
    told = stands(course, FIRST)[3]
    assert stands(course, FIRST)[:3] == (None, True, None)
    assert told.startswith("Before it changed, this answer was marked 6 of ") and told.endswith("then: well argued")
    assert stands(course, SECOND) == (2.0, False, None, None)  # white space at its ends is no change
    give(course, FIRST, 1.0, "empty now")
    submit(course, {FIRST: WORDS, SECOND: "Yes."})
    plain(course)
    assert stands(course, FIRST) == (6.0, False, "well argued", None)
    submit(course, {FIRST: TEXT_STUB, SECOND: "No."})
    plain(course)
    assert stands(course, FIRST)[:3] == (1.0, False, "empty now")  # untouched is as empty as emptied
    assert stands(course, SECOND)[:2] == (None, True)


def test_pages_that_changed_wait_where_they_answer(course):
    answers = {FIRST: "page 1", SECOND: "page 2"}
    submit(course, answers, ["one", "two"])
    plain(course)
    give(course, FIRST, 6.0, None)
    give(course, SECOND, 3.0, "short")
    submit(course, answers, ["one", "another"])
    plain(course)
    assert stands(course, FIRST) == (6.0, False, None, None)
    assert stands(course, SECOND)[:3] == (None, True, None) and "comment then: short" in stands(course, SECOND)[3]


def test_hw2_autograde_does_the_same_for_explanations_of_the_practicals(course):
    nb = assignment.read(course / "release" / assignment.NAME / f"{EXPLAINED}.ipynb")
    task, other = [assignment.grade_id(cell) for cell in nb.cells if assignment.is_task(cell)][:2]
    submit(course, {task: WORDS, other: "As before."}, notebooks=assignment.NOTEBOOKS)
    assert autograde(course, workers=1, silent=True) == {}
    give(course, task, 2.0, "good", EXPLAINED)
    give(course, other, 1.0, "so so", EXPLAINED)
    submit(course, {task: WORDS + " And more.", other: "As before."}, notebooks=assignment.NOTEBOOKS)
    assert autograde(course, workers=1, silent=True) == {}
    assert stands(course, task, EXPLAINED)[:3] == (None, True, None)
    assert "was marked 2 of" in stands(course, task, EXPLAINED)[3] and "good" in stands(course, task, EXPLAINED)[3]
    assert stands(course, other, EXPLAINED) == (1.0, False, "so so", None)


def asked(answer, **metadata):
    """A question with an answer, as it is graded."""
    task, cell = new_markdown_cell("Why?"), new_markdown_cell(answer)
    task.metadata["nbgrader"] = {"grade_id": "why", "task": True}
    cell.metadata["nbgrader"] = {"grade_id": "why_answer", "solution": True}
    return nbformat.v4.new_notebook(cells=[task, cell], metadata=metadata)


def test_an_answer_that_names_no_page_rests_on_all_of_them():
    two, changed = {PAGES: {"1": "a", "2": "b"}}, {PAGES: {"1": "a", "2": "c"}}
    assert answers_of(asked("attached", **two)) != answers_of(asked("attached", **changed))
    assert answers_of(asked("صفحه ۱", **two)) == answers_of(asked("صفحه ۱", **changed))
    assert answers_of(asked("صفحه ۲", **two)) != answers_of(asked("صفحه ۲", **changed))
    with_picture = asked("see")
    with_picture.cells[1].attachments = {"a.png": {"image/png": "AAAA"}}
    assert answers_of(with_picture) != answers_of(asked("see"))
