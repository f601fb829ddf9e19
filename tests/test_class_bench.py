"""The bench of a class: what is measured part by part stands together only where it may be compared."""

import copy
import json

import pytest

from sample_class.class_bench import page
from sample_class.class_bench import plot as drawing


@pytest.fixture
def recorded(monkeypatch, tmp_path):
    """The recorded figures; what is written goes to a folder of its own."""
    found = json.loads(page.RECORD.read_text(encoding="utf-8"))
    monkeypatch.setattr(page, "RECORD", tmp_path / "record.json")
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(drawing, "PLOT", tmp_path / "plot.svg")
    return found


def _row(kind):
    return next(line for line in page.PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {kind}"))


def test_what_another_machine_took_is_no_measure_here(recorded):
    page.write(recorded)
    assert page.read(recorded["machine"]) == recorded
    assert page.read("another machine") == {"machine": "another machine"}


def test_systems_are_compared_by_the_submission_however_many_each_was_measured_on(recorded):
    page.write(recorded)
    before = _row(page.PLAIN).split("|")
    twice = copy.deepcopy(recorded)
    cost = twice["costs"][page.PLAIN]
    cost.update({what: 2 * cost[what] for what in ("wall", "cpu", "students")})
    page.write(twice)
    after = _row(page.PLAIN).split("|")
    assert before[4:] == after[4:]
    assert int(after[2]) == 2 * int(before[2])


def test_no_page_is_drawn_before_all_that_it_compares_is_there(recorded):
    del recorded["costs"][page.FLOOR]
    page.write(recorded)
    assert not page.PAGE.exists()
    assert page.read(recorded["machine"]) == recorded
