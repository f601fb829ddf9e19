"""Files, identity, pages and packages as they lie there: what the check says of them without running a notebook."""

import json
import re
import shutil
import sys
from pathlib import PurePosixPath

import pytest
from libs.check.newer import line_of_newer
from PIL import Image
from small_homework import OTHER, PRACTICAL, Homework

from autograder import assignment
from autograder.collect.contents import Member
from autograder.collect.own import pages_of
from autograder.release.given import write_given
from sample_class import written


@pytest.fixture()
def homework(root, tmp_path):
    """The solved one, where a student works."""
    return Homework(tmp_path, root).solve()


def test_whose_work_it_is_must_be_the_same_in_all_notebooks(homework):
    homework.cell(OTHER, "identity").source = 'STUDENT_NUMBER = 402100102\nNAME = "سارا احمدي"'
    said = homework.said()
    assert f"STUDENT_NUMBER is not the same in all notebooks: 402100101 in {PRACTICAL}.ipynb and theory.ipynb" in said
    assert f"402100102 in {OTHER}.ipynb" in said and "NAME" not in said  # an Arabic letter is no other name
    homework.cell(OTHER, "identity").source = 'STUDENT_NUMBER = "۴۰۲۱۰۰۱۰۱"\nNAME = Sara\nSOURCES = my_list'
    said = homework.said()
    assert "STUDENT_NUMBER" not in said and f"NAME is empty, or no text in quotes, in {OTHER}.ipynb" in said
    assert f"SOURCES is no list of texts in {OTHER}.ipynb" in said


def test_files_that_will_not_be_sent_are_named_with_the_reason(homework):
    page = written._pages()[1].convert("L")
    for name in ("a.tif", "b.gif", "c.bmp", "scans/d.png"):
        (homework.folder / name).parent.mkdir(exist_ok=True)
        page.save(homework.folder / name)
    for name in ("answers.docx", "more.zip", "fully_connected_networks (1).ipynb", "net.pth", ".hidden", "HW2-S-1.zip"):
        (homework.folder / name).write_bytes(b"PK")
    said = homework.said()
    assert "answers.docx will not be sent: only PDF and pictures are pages" in said
    assert "a.tif, b.gif and c.bmp will not be sent: this kind of picture is not shown to a marker" in said
    assert "more.zip will not be sent: an archive is not opened" in said and "HW2-S-1" not in said
    assert "fully_connected_networks (1).ipynb will not be sent: only the files of the homework are" in said
    assert "the files in the folder scans (1 that could be pages) will not be sent" in said
    assert "net.pth" in said.partition("To know")[2] and ".hidden" not in said


def test_pages_are_numbered_as_the_grader_numbers_them_and_drawn_on_one_sheet(homework):
    pages = written._pages()
    (homework.folder / "b.pdf").write_bytes(written._pdf(pages[:2]))
    pages[2].save(homework.folder / "c.jfif", "JPEG")
    pages[3].resize((400, 566)).save(homework.folder / "a.PNG")
    said = homework.said()
    assert "page 1: a.PNG, pages 2-3: b.pdf and page 4: c.jfif." in said
    assert "page 1 (a.PNG) has only 400 x 566 pixels" in said
    with Image.open(homework.folder / "written-pages.png") as sheet:
        assert sheet.width > 800
    members = [Member(PurePosixPath("HW2", path.name), path.read_bytes()) for path in homework.folder.glob("*.*")]
    assert [member.path.name for member in pages_of(members, frozenset())] == ["a.PNG", "b.pdf", "c.jfif"]
    assert "page 1: a.PNG, pages 2-3: b.pdf and page 4: c.jfif." in homework.said()  # the sheet is no page


def test_the_question_sheet_is_no_answer_under_any_name(homework, root):
    path = homework.folder / "libs" / "given.json"
    given = json.loads(path.read_text(encoding="utf-8"))
    real = json.loads(write_given_in(root, homework.folder.parent, write_given))
    path.write_text(json.dumps({**given, "files": real["files"]}), encoding="utf-8")
    for name in ("questions-en.pdf", "mine.pdf"):
        shutil.copy(root / "theory" / "questions-en.pdf", homework.folder / name)
    (homework.folder / "questions-fa.pdf").write_bytes(written._pdf(written._pages()[:1]))
    said = homework.said()
    assert "written pages, page 1: questions-fa.pdf." in said
    assert "questions-fa.pdf is not the sheet that was handed out, so it is sent as your answers" in said
    assert "mine.pdf will not be sent: its bytes are those of the question sheet" in said


def write_given_in(root, scratch, write):
    course = scratch / "course"
    shutil.copytree(root / "release", course / "release", ignore=shutil.ignore_patterns("__pycache__"))
    (course / "theory").symlink_to(root / "theory")
    return write(course).read_text(encoding="utf-8")


def test_a_missing_file_is_named_with_the_one_that_may_be_it(homework):
    homework.save()
    (homework.folder / f"{OTHER}.ipynb").rename(homework.folder / f"{OTHER}-Copy1.ipynb")
    homework.cells.pop(OTHER)
    said = homework.said()
    assert f"{OTHER}.ipynb is not in this folder: what is in it cannot be graded. Is it {OTHER}-Copy1.ipynb?" in said


def test_a_notebook_that_cannot_be_read_is_named(homework):
    homework.save()
    homework.cells.pop(OTHER)
    (homework.folder / f"{OTHER}.ipynb").write_text("<<<<<<< HEAD")
    assert f"{OTHER}.ipynb is not a notebook that can be read" in homework.said()


def test_packages_that_the_grader_lacks_are_named(homework):
    told = {"python": "3.11", "imports": ["torch"]}
    (homework.folder / "libs" / "grader.json").write_text(json.dumps(told), encoding="utf-8")
    imports = "import pandas as pd\nimport math, torch\nfrom libs import drawn"
    homework.cell(OTHER, "one").source = f"{imports}\n\n\ndef one():\n    return 1"
    said = homework.said()
    assert f"pandas is imported in {OTHER}.ipynb and is not there when you are graded" in said
    assert "math is" not in said and "torch is" not in said and "libs is" not in said


def test_code_of_newer_pythons_is_found_by_line():
    assert line_of_newer("x = 1\nmatch x:\n    case 1:\n        pass", (3, 9)) > 1
    assert line_of_newer("x = f'{1}'", (3, 9)) == 0 and line_of_newer("x = (", (3, 9)) == 0


@pytest.mark.skipif(sys.version_info < (3, 12), reason="this Python has no free f-strings either")
def test_quotes_within_the_braces_of_an_f_string_are_found():
    assert line_of_newer('info = {}\nx = f"{info["mean"]:.3f}"', (3, 11)) == 2


def test_what_the_release_notes_tells_no_solution_and_no_hidden_test(root, tmp_path):
    noted = write_given_in(root, tmp_path, write_given)
    assert "SOLUTION" not in noted and "HIDDEN" not in noted and "MARK SCHEME" not in noted
    for name in assignment.NOTEBOOKS:
        released = assignment.read(root / "release" / "hw2" / f"{name}.ipynb")
        stubs = [entry["stub"] for entry in json.loads(noted)["notebooks"][name] if "stub" in entry]
        assert stubs == [cell.source for cell in released.cells if assignment.is_answer(cell)]
    source = assignment.source_folder(root)
    sources = [cell.source for path in source.glob("*.ipynb") for cell in assignment.read(path).cells]
    module = (source / assignment.MODULE).read_text(encoding="utf-8")
    private = "\n".join(re.findall(r"### BEGIN \w+.*?### END", "\n".join([*sources, module]), re.DOTALL)).splitlines()
    lines = {line.strip() for line in private if len(line) > 30 and not {'"', "\\"} & set(line)}
    assert len(lines) > 300 and not [line for line in lines if line in noted]
