"""Checks of the Forward-Forward notebooks that only students see: right answers pass, and each slip is shown."""

import re

import pytest
import torch

from autograder import assignment
from autograder.examiner.given import parse

SUPERVISED, UNSUPERVISED = assignment.PRACTICALS[1:]
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", re.DOTALL)
GIVEN = ("setup", "imports", "figures")
MEDDLING = "self.layers[0].linear.bias.data += loss"  # of a layer above

# notebook, test that only students see a part of, answer cell, what stands there, and the slip in its place
SLIPS = [
    (SUPERVISED, "ff_loss_large", "ff_loss", "F.softplus(torch", "(lambda z: (1 + z.exp()).log())(torch"),
    (SUPERVISED, "ff_layer_linear_relu", "ff_layer", "return F.relu(self.linear(x))", "return self.linear(x)"),
    (SUPERVISED, "ff_layer_length", "ff_layer", " * x.shape[1] ** 0.5", ""),
    (SUPERVISED, "ff_net_local", "ff_net", "losses.append(loss)", f"losses.append(loss); {MEDDLING}"),
    (SUPERVISED, "ff_net_fresh", "ff_net", "wrong_labels(y, self.num_classes)", "(y + 1) % self.num_classes"),
    (SUPERVISED, "ff_net_predict", "ff_net", "total = total + goodness(h)", "total = goodness(h)"),
    (
        SUPERVISED,
        "ff_net_predict",
        "ff_net",
        "total = total + goodness(h)",
        "total = total if torch.is_tensor(total) else goodness(h)",
    ),
    (SUPERVISED, "ff_net_predict", "ff_net", "argmax(dim=1)", "argmin(dim=1)"),
    (UNSUPERVISED, "ff_loss_large", "ff_loss", "F.softplus(torch", "(lambda z: (1 + z.exp()).log())(torch"),
    (UNSUPERVISED, "ff_layer_linear_relu", "ff_layer", "return F.relu(self.linear(x))", "return self.linear(x)"),
    (UNSUPERVISED, "unsupervised_features_value", "unsupervised_ff_net", "x = layer(x)\n", "x = layer(x).square()\n"),
    (UNSUPERVISED, "unsupervised_net_learns", "unsupervised_ff_net", "make_negatives(x), []", "x, []"),
    (UNSUPERVISED, "unsupervised_net_learns", "ff_layer", "self.optimizer.step()", "pass"),
]


@pytest.fixture(autouse=True)
def one_thread():
    """Nets this small need no second thread, which waits long on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def _sees(root, name: str, test: str, answer: str = "", old: str = "", new: str = "") -> str:
    """What the visible part of a test says where `old` in an answer is exchanged; empty when it passes."""
    names: dict = {"__name__": "kernel"}
    for cell in assignment.read(assignment.source_folder(root) / f"{name}.ipynb").cells:
        id, source = assignment.grade_id(cell), cell.source
        if cell.cell_type == "code" and (id in GIVEN or (assignment.is_answer(cell) and id != assignment.IDENTITY)):
            if id == answer:
                assert old in source, f"{answer} holds no {old!r}"
                source = source.replace(old, new)
            exec(compile(parse(source), f"<{id}>", "exec"), names)
        elif id == test:
            visible = HIDDEN.sub("", source)
    try:
        exec(compile(parse(visible), f"<{test}>", "exec"), names)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.parametrize(("name", "test"), sorted({slip[:2] for slip in SLIPS}))
def test_the_solution_passes_what_students_see(root, name, test):
    assert _sees(root, name, test) == ""


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip[1]}-{slip[4].strip()[:30]}")
def test_a_slip_is_shown_to_the_student(root, slip):
    assert _sees(root, *slip).startswith("CheckFailed: Called ")


FOR_STUDENTS = {(SUPERVISED, test) for test in ("ff_layer_linear_relu", "ff_layer_length", "ff_net_predict")} | {
    (UNSUPERVISED, test) for test in ("ff_layer_linear_relu", "unsupervised_features_value")
}  # these have their visible part below `if in_your_notebook():`


@pytest.mark.parametrize(("name", "test"), sorted(FOR_STUDENTS))
def test_what_only_students_see_decides_no_marks(root, monkeypatch, name, test):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    slip = next(slip for slip in SLIPS if slip[:2] == (name, test))
    assert _sees(root, *slip) == ""
