"""What the check says of the files as they lie there, without running a notebook."""

import copy
import json
import re
import shutil
import sys

import pytest
from libs.check.by_hand import say_by_hand
from libs.check.newer import line_of_newer
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from PIL import Image
from small_homework import MODULE, OTHER, PRACTICAL, STUB, Homework

from autograder import assignment
from autograder.answers.module import lay_module
from autograder.answers.notebook import lay_notebook
from sample_class import written

FILE = f"{OTHER}.ipynb: "
ONE, TWO = "def one():\n    return 1", "def two():\n    return 2"


@pytest.fixture()
def homework(root, tmp_path):
    """The solved one, where a student works."""
    return Homework(tmp_path, root).solve()


def place(homework, id):
    return homework.cells[OTHER].index(homework.cell(OTHER, id))


def split(homework):
    """As JupyterLab splits a cell: both pieces keep nbgrader's data."""
    cell = homework.cell(OTHER, "one")
    second = copy.deepcopy(cell)
    cell.source, second.source, second["id"] = "def one():", "    return 1", "abc"
    homework.cells[OTHER].insert(place(homework, "one") + 1, second)


def lose_ids(homework):
    """As an editor that knows nothing of nbgrader saves them."""
    for number, cell in enumerate(homework.cells[OTHER]):
        cell.metadata.pop("nbgrader", None)
        cell["id"] = f"new-{number}"


def insert(cell):
    return lambda homework: homework.cells[OTHER].insert(3, cell)


def remove(id):
    return lambda homework: homework.cells[OTHER].remove(homework.cell(OTHER, id))


def move(homework):
    cells = homework.cells[OTHER]
    cells.append(cells.pop(place(homework, "two_value")))


SLIPS = {
    "a cell is split": (split, 'a cell was split or copied, so that it is there more than once: "def one():".'),
    "a cell is added": (insert(new_code_cell("import math")), '1 cell was added: "import math".'),
    "a text is added": (insert(new_markdown_cell("my notes")), '1 cell was added: "my notes".'),
    "a test is removed": (remove("one_value"), '1 given cell was removed: "one is one.".'),
    "an answer is removed": (remove("two"), '1 answer cell cannot be found, which counts as unwritten: "def two():".'),
    "a test is changed": (
        lambda work: work.cell(OTHER, "one_value").update(source="pass"),
        '1 given cell was changed: "one is one.".',
    ),
    "a cell is moved": (move, "cells stand in another order than in the hand-out"),
    "ids are lost": (lose_ids, "7 cells lost nbgrader's data; they are recognised all the same, which costs nothing."),
    "a stub is left": (
        lambda work: work.cell(OTHER, "one").update(source=f"def one():\n    # YOUR CODE HERE\n    {STUB}"),
        "still to be written: 1 answer in code (one).",
    ),
    "a stub is left below code": (
        lambda work: work.cell(OTHER, "one").update(source=f"def one():\n    return 1\n    {STUB}"),
        "the line `raise NotImplementedError(...)` is still in one: delete it where your code stands.",
    ),
    "an answer is emptied": (
        lambda work: work.cell(OTHER, "why_answer").update(source=" \n"),
        'still to be written: 1 answer in words, 5 points ("Why? Say why.").',
    ),
    "a picture is linked": (
        lambda work: work.cell(OTHER, "why_answer").update(source="![plot](plot.png)"),
        "an answer shows plot.png from your disk, which a marker does not see: paste the picture itself.",
    ),
    "a picture is pasted as GIF": (
        lambda work: work.cell(OTHER, "why_answer").update(
            source="![plot](attachment:p.gif)", attachments={"p.gif": {"image/gif": "R0lG"}}
        ),
        "1 pasted picture will not be shown (p.gif)",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_notebook_is_named(homework, slip):
    edit, sentence = SLIPS[slip]
    edit(homework)
    assert FILE + sentence in homework.said()


MODULE_SLIPS = {
    "an end marker is lost": (
        ("    # END OF BLOCK double\n", ""),
        "has lost marker lines of block double: put the line `# END OF BLOCK double` back",
    ),
    "a helper stands outside": (
        ("def double(x):", "def helper(x):\n    return x\n\n\ndef double(x):"),
        "2 lines were changed outside the blocks (first: line 4, `def helper(x):`)",
    ),
    "a block is emptied": (("    out = 2 * x\n", "    # later\n"), "1 block still to be written: double."),
    "a stub is left": (("    out = 2 * x\n", f"    {STUB}\n"), "1 block still to be written: double."),
    "a stub is left below code": (
        ("    out = 2 * x\n", f"    out = 2 * x\n    {STUB}\n"),
        "the line `raise NotImplementedError(...)` is still in block double: delete it.",
    ),
    "a typing error": (("    out = 2 * x\n", "    out = 2 * x)\n"), "does not compile: line 6, in block double,"),
    "autograd is used": (
        ("    out = 2 * x\n", "    x.sum().backward()\n    out = 2 * x.grad\n"),
        "block double uses autograd's .backward()",
    ),
}


REMARKS = {  # what the grader remarks on, and how it is said before
    "times: joined in their order": "was split or copied",
    "cells were added": "added: ",
    "was removed: put back": "removed: ",
    "is not there: it counts as unanswered": "cannot be found, which counts as unwritten",
    "given cells were changed": "changed: ",
    "have lost nbgrader's data": "lost nbgrader's data",
    "has lost its id and was recognised": "lost nbgrader's data",
    "has lost its marker lines": "has lost marker lines",
    "lines outside the blocks were changed": "changed outside the blocks|has lost marker lines",
    "does not compile": "does not compile",
    "needs helper from outside the blocks: taken along": "move what you need into the blocks",
    "has no block markers": "has none of the hand-out's BLOCK lines",
    "they count as unanswered": "not there, which counts as unwritten",
    "is missing: its": "is not in this folder",
    "is not a notebook that can be read": "is not a notebook that can be read",
    "it is empty": "still to be written",
}


def assert_said(remarks, said):
    """Each remark of the grader has its counterpart."""
    for remark in remarks:
        words = [ours for theirs, ours in REMARKS.items() if theirs in remark]
        assert words, f"a remark without a counterpart: {remark}"
        assert any(re.search(word, said) for word in words), f"not said before: {remark}"


@pytest.mark.parametrize("slip", SLIPS)
def test_what_the_grader_remarks_on_in_a_notebook_is_said_before(homework, slip):
    given = new_notebook(cells=copy.deepcopy(Homework(homework.folder / "fresh", homework.root).cells[OTHER]))
    SLIPS[slip][0](homework)
    said = homework.said()
    assert_said(lay_notebook(given, (homework.folder / f"{OTHER}.ipynb").read_bytes(), FILE)[1], said)


@pytest.mark.parametrize("slip", MODULE_SLIPS)
def test_what_the_grader_remarks_on_in_the_module_is_said_before(homework, slip):
    homework.module = homework.module.replace(*MODULE_SLIPS[slip][0])
    assert_said(lay_module(MODULE, homework.module.encode(), "m.py")[1], homework.said())


def test_an_empty_cell_at_the_end_is_nothing_to_speak_of(homework):
    homework.cells[OTHER].append(new_code_cell(""))
    assert homework.said().endswith("Nothing is at fault.")


@pytest.mark.parametrize("slip", MODULE_SLIPS)
def test_a_slip_in_the_module_is_named(homework, slip):
    change, sentence = MODULE_SLIPS[slip]
    homework.module = homework.module.replace(*change)
    assert f"fully_connected_networks.py: {sentence}" in homework.said()


def test_a_file_without_markers_is_taken_by_its_functions(homework):
    homework.module = "def double(x):\n    return 2 * x\n"
    said = homework.said()
    assert "has none of the hand-out's BLOCK lines: its functions are taken by their names" in said
    assert "triple not there, which counts as unwritten" in said


@pytest.mark.parametrize(
    ("line", "tool"),
    [
        ("import torch.autograd", "torch.autograd"),
        ("from torch import optim", "torch.optim"),
        ("g = torch.autograd.grad(y, x)", "torch.autograd"),
        ("y.backward(dout)", "autograd's .backward()"),
        ("g = compute_numeric_gradient(f, x)", "compute_numeric_gradient"),
        ("dx = Linear.backward(dout, cache)", ""),
        ("dx = layer.backward(dout, cache)", ""),
        ("y = torch.nn.functional.one_hot(y)", ""),
    ],
)
def test_tools_that_make_gradients_are_told_from_backward_passes_of_ones_own(line, tool):
    said = say_by_hand("m.py", f"class Linear:\n    pass\n\n\n# BLOCK f: here\n{line}\n# END OF BLOCK f\n", {"f": 3})
    assert [each.points for each in said] == [3] * bool(tool)
    assert all(f"block f uses {tool}," in each.text for each in said)


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
    assert "page 1: a.PNG, pages 2-3: b.pdf and page 4: c.jfif." in homework.said()  # the sheet is no page


def test_the_question_sheet_is_no_answer_under_any_name(homework, root):
    path = homework.folder / "libs" / "given.json"
    given = json.loads(path.read_text(encoding="utf-8"))
    from autograder.release.given import write_given

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
    homework.cell(OTHER, "one").source = f"import pandas as pd\nimport math, torch\nfrom libs import drawn\n{ONE}"
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
    from autograder.release.given import write_given

    noted = write_given_in(root, tmp_path, write_given)
    source = assignment.source_folder(root)
    assert "SOLUTION" not in noted and "HIDDEN" not in noted and "MARK SCHEME" not in noted
    for name in assignment.NOTEBOOKS:
        released = assignment.read(root / "release" / "hw2" / f"{name}.ipynb")
        stubs = [entry["stub"] for entry in json.loads(noted)["notebooks"][name] if "stub" in entry]
        assert stubs == [cell.source for cell in released.cells if assignment.is_answer(cell)]
    assert (source / "libs" / "given.json").exists() is False
