"""What identity cells declare, whatever students write in them."""

from autograder.report.declared import NOTHING, Declared, declared
from autograder.result import Record


def records(*identities):
    return [Record("402100101", "n", "", identity=identity) for identity in identities]


def test_names_of_all_notebooks_are_told_once_in_their_order():
    found = declared(
        records({"COLLABORATORS": ["Neda", "علی"]}, {"COLLABORATORS": "Neda", "SOURCES": ("https://a.b",)})
    )
    assert found == Declared(("Neda", "علی"), ("https://a.b",)) and found.remarks == []


def test_an_empty_declaration_is_a_remark():
    assert declared(records({"COLLABORATORS": [], "SOURCES": [""]}, {})).remarks == [NOTHING]


def test_what_is_no_text_is_left_out():
    assert declared(records({"COLLABORATORS": [None, 3, ["x"]], "SOURCES": {"a": 1}})) == Declared((), ())
