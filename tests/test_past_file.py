"""A file of a past term, without our markers, is collected and graded as it is."""

import pytest

from sample_class.past import grade, laid_twice
from sample_class.past_terms import as_in_past_terms
from sample_class.solved import Work

OLD_HABITS = {  # what past hand-outs offered, and what a desktop with a GPU teaches
    "x.reshape(x.shape[0], -1) @ w + b": "x.reshape(x.shape[0], int(np.prod(x.shape[1:]))) @ w + b",
    "db = dout.sum(dim=0)": "db = added_up(dout)",
    "update_rule=sgd,": "update_rule=Solver.sgd, checkpoint_name=None, print_acc_every=1, verbose=False,",
    "torch.zeros(hidden_dim, **options)": 'torch.zeros(hidden_dim, dtype=dtype, device="cuda")',
    "torch.arange(len(y), device=x.device)": "torch.arange(len(y), device=x.get_device())",
    "torch.rand_like(x) < keep": 'torch.rand(x.shape, device=torch.device("cuda:0")) < keep',
    "loss = -log_p[rows, y].mean()": "loss = -log_p[rows, y].mean().cuda().to(x.get_device())",
    "\n\nclass Linear:": "\n\ndef added_up(dout):\n    return functools.reduce(operator.add, dout)\n\n\nclass Linear:",
    "import torch\n": "import operator\ntry:\n    import functools\nexcept ImportError:\n    pass\nimport torch\n",
}


@pytest.fixture(scope="module")
def past_file(root):
    text = as_in_past_terms(Work(root).module)
    for old, new in OLD_HABITS.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def graded(text, folder):
    path = folder / "past.py"
    path.write_text(text, encoding="utf-8")
    return grade(str(path))


def test_a_file_without_our_markers_gets_every_point(past_file, tmp_path):
    found = graded(past_file, tmp_path)
    assert found.trouble == "" and [(r.id, r.message) for r in found.results if r.points != r.max_points] == []
    assert sum(result.max_points for result in found.results) == 125
    assert found.remarks == [
        "fully_connected_networks.py: has no block markers: its functions were taken by their names"
    ]


def test_a_function_that_is_missing_costs_what_calls_it_and_nothing_else(past_file, tmp_path):
    at = past_file.index("    @staticmethod\n    def backward(dout, cache):", past_file.index("class Dropout"))
    found = graded(past_file[:at], tmp_path)
    lost = {result.id for result in found.results if result.points != result.max_points}
    assert found.trouble == "" and lost and all("dropout" in test for test in lost), lost
    assert sum(result.points for result in found.results) >= 113
    assert "without Dropout.backward" in found.remarks[-1]


def test_what_was_written_stays_where_another_function_is_missing_or_does_not_compile(past_file):
    at = past_file.index("    @staticmethod\n    def backward(dout, cache):", past_file.index("class Dropout"))
    broken = past_file[:at].replace("dx = dout * (x > 0)", "dx = dout * (x > 0")
    laid, _ = laid_twice(broken.encode())
    assert laid.count("still to be written") == 1 and laid.count("raise SyntaxError") == 1
    assert "dscores, scores_cache" in laid and "functools.reduce" in laid and "int(np.prod" in laid


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "empty.py").write_bytes(b"")
    assert grade(str(tmp_path / "empty.py")).page("empty.py").startswith("empty.py: is empty")
    assert grade(str(tmp_path / "none.py")).page("none.py").startswith("none.py: cannot be read (No such file")
