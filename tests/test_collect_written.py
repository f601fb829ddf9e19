"""A submission's notebook is, byte for byte, what nbformat would write."""

import io

import nbformat
import pytest

from autograder import assignment
from autograder.answers.notebook import lay_notebook
from autograder.collect.written import notebook_text
from sample_class.course import ROOT
from sample_class.uploads.kit import Kit

RELEASE = ROOT / "release" / assignment.NAME


@pytest.mark.parametrize("name", assignment.NOTEBOOKS)
@pytest.mark.parametrize("answer", ["", 'x = "cells"\n ],\n "cells": [\n"cells": []', "علی \u2028 \\ud800", "\n\n"])
def test_it_is_what_nbformat_writes(name, answer):
    given = assignment.read(RELEASE / f"{name}.ipynb")
    laid, _ = lay_notebook(given, Kit(ROOT).notebook(name, "1", "Sara"), name)
    for cell in laid.cells[::7]:
        cell.source += answer
    laid.metadata["note"] = answer
    for _ in "12":  # the second time from what is remembered
        file = io.StringIO()
        nbformat.write(laid, file)
        assert notebook_text(laid, given) == file.getvalue()


def test_a_notebook_with_other_cells_is_written_as_it_is():
    given = assignment.read(RELEASE / "theory.ipynb")
    laid = nbformat.v4.new_notebook(cells=[nbformat.v4.new_raw_cell('"cells": []')] * 60, metadata={"cells": []})
    assert notebook_text(laid, given) == nbformat.v4.writes(laid) + "\n"
