"""A notebook is laid into the hand-out when it is collected and into the source when it is graded: once is enough."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from sampling import sample

from autograder import assignment
from autograder.answers.notebook import lay_notebook
from sample_class.course import ROOT
from sample_class.hostile.whole_class import CLASS
from sample_class.independent import NAMES, solution
from sample_class.mistakes.catalogue import MISTAKES
from sample_class.pack import files_of
from sample_class.right.catalogue import RIGHT
from sample_class.solved import Work
from sample_class.students import STUDENTS

GIVEN = {name: assignment.read(ROOT / "release" / "hw2" / f"{name}.ipynb") for name in assignment.NOTEBOOKS}
SOURCE = {name: assignment.read(assignment.source_folder(ROOT) / f"{name}.ipynb") for name in assignment.NOTEBOOKS}
HELPERS = "%matplotlib inline\nif True:\n    torch_scale, other = 1, 2\nnn.extra = 1\nfrom math import *"


def as_it_is(raw):
    return raw


def without_metadata(raw):
    for cell in raw["cells"]:
        cell["metadata"] = {}
    return raw


def without_ids(raw):
    raw["nbformat_minor"] = 4
    for cell in raw["cells"]:
        cell.pop("id", None)
    return raw


def as_deepnote_writes(raw):
    """No ids, no metadata of ours, a cell for each paragraph of a text."""
    cells = []
    for cell in without_ids(without_metadata(raw))["cells"]:
        parts = cell["source"].split("\n\n") if cell["cell_type"] == "markdown" else [cell["source"]]
        cells += [{**cell, "source": part, "metadata": {"cell_id": f"{len(cells)}"}} for part in parts]
    return {**raw, "cells": cells}


def as_colab_writes(raw):
    for cell in raw["cells"]:
        cell["metadata"] = {"id": cell.pop("id")}
    return {**raw, "nbformat_minor": 0}


def with_helpers(raw):
    raw["cells"].insert(4, new_code_cell(HELPERS))
    for cell in raw["cells"]:
        if cell["cell_type"] == "code" and "def " in cell["source"]:
            cell["source"] = "%%time\n" + cell["source"].replace("return ", "return torch_scale * ")
    return raw


WAYS = (as_it_is, without_metadata, without_ids, as_deepnote_writes, as_colab_writes, with_helpers)
MOST_TELLING = (as_deepnote_writes, with_helpers)


def files(work):
    """The work's notebooks as bytes, by their names; those that could not be read stay what they are."""
    made = {name: nbformat.writes(notebook).encode() for name, notebook in work.notebooks.items()}
    return made | {name.removesuffix(".ipynb"): data for name, data in work.raw.items() if name.endswith(".ipynb")}


def written(name, way, data):
    """The file as another program writes it."""
    try:
        raw = json.loads(data)
        for cell in raw["cells"]:
            cell["source"] = "".join(cell["source"])
        return json.dumps(way(raw)).encode()
    except (ValueError, KeyError, TypeError):
        return data


def laid_again(name, data):
    """The cells after collecting and after grading, both with their remarks."""
    once = lay_notebook(GIVEN[name], data, name)
    twice = lay_notebook(GIVEN[name], nbformat.writes(once[0]).encode(), name)
    graded = lay_notebook(SOURCE[name], nbformat.writes(once[0]).encode(), name)
    return once, twice, graded


def answers(notebook):
    return {assignment.grade_id(cell): cell.source for cell in notebook.cells if assignment.is_answer(cell)}


def sample_class():
    for student in sample(STUDENTS, 4):
        found = files_of(ROOT, student)
        yield {name.removesuffix(".ipynb"): data for name, data in found.items() if name.endswith(".ipynb")}


def independent():
    for name in sample(NAMES, 3):
        work = Work(ROOT)
        for edit in solution(name).edits():
            edit(work)
        yield files(work)


def edited():
    for answer in sample((*MISTAKES, *RIGHT), 12):
        if answer.notebook != assignment.MODULE_NOTEBOOK:
            yield {answer.notebook: nbformat.writes(answer.work().notebooks[answer.notebook]).encode()}


def hostile():
    for one in sample(CLASS, 6):
        work = Work(ROOT)
        for edit in one.as_student().edits:
            edit(work)
        yield {one.alone: work.raw.get(f"{one.alone}.ipynb") or nbformat.writes(work.notebooks[one.alone]).encode()}


@pytest.mark.parametrize("corpus", [sample_class, independent, edited, hostile])
def test_laying_again_changes_no_answer_and_says_nothing_new(corpus):
    seen, ways = set(), WAYS if corpus in (sample_class, independent) else MOST_TELLING
    for notebooks in corpus():
        for name, data in notebooks.items():
            for way in ways:
                file = written(name, way, data)
                if name not in GIVEN or (name, file) in seen:
                    continue
                seen.add((name, file))
                (once, _), (twice, new), (graded, more) = laid_again(name, file)
                assert answers(twice) == answers(graded) == answers(once), (name, way)
                assert new == more == [], (name, way)
    assert len(seen) > 30


@pytest.mark.parametrize("way", WAYS[1:5])
@pytest.mark.parametrize("corpus", [sample_class, independent])
def test_answers_are_found_whatever_an_editor_made_of_the_metadata(corpus, way):
    for notebooks in corpus():
        for name, data in notebooks.items():
            if name in GIVEN:
                right = answers(lay_notebook(GIVEN[name], data, name)[0])
                assert answers(lay_notebook(GIVEN[name], written(name, way, data), name)[0]) == right, name
