"""What students write into the identity cell is read as it was meant, or remarked on; it never costs a mark."""

import json
import subprocess
import sys

import nbformat
import pytest

from autograder import assignment
from autograder.answers.identity import literals, read_identity
from autograder.report.declared import declared
from autograder.result import RECORDS, Record, read_record, write_record
from sample_class.course import make_course

STUDENT = "402100101"
READ = {
    'COLLABORATORS = {"B", "A"}': ("A", "B"),
    "COLLABORATORS = frozenset": (),
    'COLLABORATORS = b"Neda"': ("Neda",),
    'COLLABORATORS = ["Neda", b"\\xd8\\xb9\\xd9\\x84\\xdb\\x8c"]': ("Neda", "علی"),
    'COLLABORATORS = "Neda \\ud83d"': ("Neda ?",),
    'COLLABORATORS = {("A", "B"): 1, "C": None}': ("A", "B", "1", "C"),
    'COLLABORATORS = [["A", ("B",)], None, 402100102, True]': ("A", "B", "402100102"),
    "COLLABORATORS = 402100102": ("402100102",),
    f"COLLABORATORS = {'[' * 90}'A'{']' * 90}": ("A",),
    "COLLABORATORS = None": (),
    'COLLABORATORS: list = ["A"]': ("A",),
    'COLLABORATORS = SOURCES = ("A",)': ("A",),
    "COLLABORATORS = [1j, 1e400]": ("1j", "inf"),
}
REMARKED = {
    f"COLLABORATORS = {'[' * 1000}{']' * 1000}": "is no Python that can be read",
    f"COLLABORATORS = ({'-' * 20000}1)": "nested too deeply",
    f"NAME = '{'x' * 10**7}'": "has 10,000,009 characters and was not read",
    f"STUDENT_NUMBER = {'9' * 5000}": "is no Python that can be read",
    f"STUDENT_NUMBER = 0x{'f' * 5000}": "STUDENT_NUMBER in the identity cell is neither",
    "COLLABORATORS = [friend, other]": "COLLABORATORS in the identity cell is neither a text nor a list of texts",
    "COLLABORATORS = {[]: 1}": "COLLABORATORS in the identity cell is neither",
    "COLLABORATORS = set(['A'])": "COLLABORATORS in the identity cell is neither",
    "COLLABORATORS = [علی]": "COLLABORATORS in the identity cell is neither",
    "COLLABORATORS = [Sara Ahmadi]": "is no Python that can be read",
}


def notebook(source):
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["nbgrader"] = {"grade_id": assignment.IDENTITY}
    return nbformat.v4.new_notebook(cells=[cell])


@pytest.mark.parametrize("source", READ)
def test_names_are_read_however_they_are_put_together(source, tmp_path):
    identity, remarks = read_identity(notebook(source))
    record = Record(STUDENT, "n", "", identity=identity)
    write_record(record, tmp_path)
    assert read_record(tmp_path / "n.json") == record
    assert declared([record]).collaborators == READ[source]
    assert bool(remarks) == ("frozenset" in source)


@pytest.mark.parametrize("source", REMARKED, ids=range(len(REMARKED)))
def test_what_cannot_be_read_is_a_remark(source):
    identity, (remark,) = read_identity(notebook(source))
    assert REMARKED[source] in remark and remark.endswith("look at it yourself") and len(remark) < 250
    assert not identity and literals(source) == {}


def test_a_number_and_a_name_are_read_out_of_collections_too():
    assert literals('STUDENT_NUMBER = {"402100101"}\nNAME = ["Sara", "Ahmadi"]') == {
        "STUDENT_NUMBER": "402100101",
        "NAME": "Sara Ahmadi",
    }
    assert literals("STUDENT_NUMBER = 402100101") == {"STUDENT_NUMBER": 402100101}


def test_a_record_holds_half_a_character_wherever_it_stands(tmp_path):
    write_record(Record(STUDENT, "n", "", remarks=["half \ud83d"]), tmp_path)
    assert json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))["remarks"] == [r"half \ud83d"]


def test_a_submission_whose_identity_is_odd_in_every_way_is_graded(tmp_path):
    course = make_course(tmp_path / "course", [])
    folder = course / "submitted" / STUDENT / assignment.NAME
    folder.mkdir(parents=True)
    nb = assignment.read(course / "release" / assignment.NAME / f"{assignment.WRITTEN}.ipynb")
    (cell,) = [cell for cell in nb.cells if assignment.grade_id(cell) == assignment.IDENTITY]
    cell.source = 'STUDENT_NUMBER = b"402100101"\nNAME = "Sara \\ud83d"\nCOLLABORATORS = {("A", "B"): {"C"}}'
    cell.source += "\nSOURCES = [some, site]"
    nbformat.write(nb, folder / f"{assignment.WRITTEN}.ipynb")
    command = [sys.executable, "-m", "nbgrader", "autograde", "hw2", "--notebook", assignment.WRITTEN]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    record = read_record(course / "autograded" / STUDENT / "hw2" / RECORDS / f"{assignment.WRITTEN}.json")
    assert record.identity == {"STUDENT_NUMBER": STUDENT, "NAME": "Sara ?", "COLLABORATORS": ["A", "B", "C"]}
    assert "SOURCES in the identity cell is neither a text nor a list of texts: look at it yourself" in record.remarks
