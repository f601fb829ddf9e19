"""A file of a past term, without our markers, is graded as it is."""

import re

from autograder import assignment
from autograder.answers.module import lay_module
from autograder.examiner.trial import try_notebook
from sample_class.solved import Work

BANNER = "#" * 76


def past_file(root):
    """The solved module as past hand-outs had it: banners for markers, imports and a helper of its own."""
    text = Work(root).module
    text = re.sub(r"( *)# BLOCK \w+.*", rf"\1{BANNER}\n\1# TODO: write this part\n\1{BANNER}", text)
    text = re.sub(r"( *)# END OF BLOCK \w+", rf"\1{BANNER}\n\1#                 END OF YOUR CODE\n\1{BANNER}", text)
    text = text.replace("db = dout.sum(dim=0)", "db = added_up(dout)")
    helper = "\n\ndef added_up(dout):\n    return functools.reduce(operator.add, dout)\n\n\nclass Linear:"
    text = text.replace("\n\nclass Linear:", helper, 1)
    return text.replace("import torch\n", "import functools\nimport operator\nimport torch\nimport libs\n", 1)


def test_a_file_without_our_markers_gets_every_point(root, tmp_path):
    source = assignment.source_folder(root)
    instructor = (source / assignment.MODULE).read_text(encoding="utf-8")
    text, remarks = lay_module(instructor, past_file(root).encode(), "past.py")
    assert remarks == ["past.py: has no block markers: its functions were taken by their names"]
    notebook = assignment.read(source / f"{assignment.MODULE_NOTEBOOK}.ipynb")
    results = try_notebook(notebook, assignment.MODULE_NOTEBOOK, text, root, tmp_path)
    assert [(result.id, result.message) for result in results if result.points != result.max_points] == []
    assert sum(result.max_points for result in results) == 125
