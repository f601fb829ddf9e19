"""Files that are not what their names or first bytes say are read as what they are, with a remark."""

import json
from pathlib import PurePosixPath

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import assignment
from autograder.answers.module import lay_module
from autograder.collect.contents import Member
from autograder.collect.handout import hand_out
from autograder.collect.recognise import copies, remarks_on
from sample_class.past_terms import as_in_past_terms
from sample_class.solved import Work

NOTEBOOK = f"{assignment.MODULE_NOTEBOOK}.ipynb"


@pytest.fixture(scope="module")
def given(root):
    return hand_out(root / "release" / assignment.NAME)


@pytest.fixture(scope="module")
def work(root):
    return Work(root)


def found(given, **files):
    """What counts for each file of the homework, and what is remarked on."""
    members = [Member(PurePosixPath(path), data) for path, data in files.items()]
    chosen = copies(members, given)
    return {wanted: first for wanted, (first, *_) in chosen.items()}, remarks_on(chosen)


def notebook_of(*sources):
    return nbformat.writes(new_notebook(cells=[new_code_cell(source) for source in sources])).encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_notebook_and_a_module_in_another_encoding_are_read(given, work, encoding):
    notebook = nbformat.writes(work.notebooks[assignment.MODULE_NOTEBOOK]).encode().decode()
    files = {NOTEBOOK: notebook.encode(encoding), assignment.MODULE: work.module.encode(encoding)}
    chosen, remarks = found(given, **files)
    assert json.loads(chosen[NOTEBOOK].member.data.decode("utf-8-sig")) == json.loads(notebook)
    text = lay_module(given.module, chosen[assignment.MODULE].member.data, "m.py")[0]
    assert text == lay_module(given.module, work.module.encode(), "m.py")[0]
    assert len(remarks) == (0 if encoding == "utf-8-sig" else 2) and all(copy.readable for copy in chosen.values())


def test_a_py_that_holds_the_practicals_notebook_is_that_notebook(given, work):
    data = nbformat.writes(work.notebooks[assignment.MODULE_NOTEBOOK]).encode()
    chosen, remarks = found(given, **{assignment.MODULE: data})
    assert list(chosen) == [NOTEBOOK] and chosen[NOTEBOOK].written
    assert any("holds a notebook, not Python" in remark for remark in remarks)


@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize("name", [assignment.MODULE, "Untitled1.ipynb", "my work.json"])
def test_a_notebook_whose_cells_are_the_module_is_the_module(given, work, name, past):
    text = as_in_past_terms(work.module) if past else work.module
    first, second = text.split("\n\nclass ReLU")
    chosen, remarks = found(given, **{name: notebook_of(first, f"class ReLU{second}")})
    assert list(chosen) == [assignment.MODULE] and any("read from its code cells" in remark for remark in remarks)
    laid = lay_module(given.module, chosen[assignment.MODULE].member.data, "m.py")[0]
    assert laid == lay_module(given.module, text.encode(), "m.py")[0]


@pytest.mark.parametrize(
    "magic", ["%%writefile fully_connected_networks.py", '%%file "/content/drive/HW 2/fully_connected_networks.py"']
)
def test_the_module_as_a_cell_that_writes_it_is_found_in_the_practicals_own_notebook_too(given, work, magic):
    notebook = nbformat.from_dict(work.notebooks[assignment.MODULE_NOTEBOOK])
    notebook = nbformat.reads(nbformat.writes(notebook), 4)
    notebook.cells.insert(1, new_code_cell(f"{magic}\n{work.module}"))
    chosen, remarks = found(given, **{NOTEBOOK: nbformat.writes(notebook).encode()})
    assert chosen[assignment.MODULE].member.data.decode().split() == work.module.split()
    assert chosen[NOTEBOOK].by_content and any("a cell that writes" in remark for remark in remarks)


def test_a_module_that_was_written_in_pieces_is_joined(given, work):
    first, second = work.module.split("\n\nclass ReLU")
    cells = f"%%writefile m.py\n{first}\n", f"%%writefile -a m.py\nclass ReLU{second}"
    chosen, _ = found(given, **{"a.ipynb": notebook_of(*cells)})
    assert chosen[assignment.MODULE].member.data.decode().split() == work.module.split()


def test_a_module_beside_a_notebook_counts_before_one_within_it(given, work):
    inside = notebook_of(f"%%writefile fully_connected_networks.py\n{work.module.replace('clamp', 'clip')}")
    chosen, _ = found(given, **{"a.ipynb": inside, assignment.MODULE: work.module.encode()})
    assert chosen[assignment.MODULE].member.data == work.module.encode()


def test_a_notebook_that_lost_its_ending_to_python_text_is_the_module(given, work):
    chosen, _ = found(given, **{"fully_connected_networks (1).ipynb": work.module.encode()})
    assert chosen[assignment.MODULE].by_content
