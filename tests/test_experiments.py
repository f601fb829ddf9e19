"""Experiments with the students' own classes: each runs, changes what it says it changes, and never raises."""

import copy
import functools
import io
from contextlib import redirect_stderr

import matplotlib.pyplot as plt
import pytest
import torch
from libs.experiments import parts as experiment_parts
from libs.experiments import run_experiment, supervised, unsupervised
from libs.experiments.parts import TINY, Trial
from libs.mnist import mnist_tensors
from libs.progress import tqdm

from autograder import assignment
from autograder.examiner.given import parse
from autograder.stubs import strip_cell

SUPERVISED, UNSUPERVISED = assignment.PRACTICALS[1:]
NEEDED = ("setup", "imports")  # given cells that answers need
DIGITS = functools.cache(mnist_tensors)
CHOICES = [(SUPERVISED, name) for name in supervised.CHOICES] + [(UNSUPERVISED, name) for name in unsupervised.CHOICES]


@functools.cache
def _cells(root, name):
    return assignment.read(assignment.source_folder(root) / f"{name}.ipynb").cells


@pytest.fixture()
def notebook(root):
    """Makes the names of a solved notebook: those of its answers and of what these need."""

    def names(name: str) -> dict:
        found = {"__name__": "kernel"}
        for cell in _cells(root, name):
            id = assignment.grade_id(cell)
            if cell.cell_type == "code" and (
                id in NEEDED or (assignment.is_answer(cell) and id != assignment.IDENTITY)
            ):
                exec(compile(parse(cell.source), f"<{id}>", "exec"), found)
        return found

    return names


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    """The small budget, digits that are read once, and a list of the figures' numbers of axes."""
    figures = []
    monkeypatch.setenv("HW2_BUDGET", "small")
    monkeypatch.setattr(experiment_parts, "mnist_tensors", DIGITS)
    monkeypatch.setattr(plt, "show", lambda: figures.append(len(plt.gcf().axes)) or plt.close("all"))
    return figures


def _trial(names: dict, net_class: str = "FFNet") -> Trial:
    return Trial(names, net_class, 2, 0, TINY, experiment_parts.digits_for(TINY))


@pytest.mark.parametrize(("name", "choice"), CHOICES)
def test_every_experiment_of_the_list_prints_a_line_for_each_kind_of_net_and_draws_it(
    notebook, tiny, capsys, name, choice
):
    names = notebook(name)
    before = dict(names)
    run_experiment(choice, names)
    said = capsys.readouterr().out
    kind = supervised if name == SUPERVISED else unsupervised
    table = said.split("\n\n")[1].splitlines()
    assert [line.split("  ")[0] for line in table[1:]] == [arm.name for arm in kind.CHOICES[choice].arms], said
    assert len(tiny) == 1 and names == before


@pytest.mark.parametrize("name", [SUPERVISED, UNSUPERVISED])
def test_the_text_lists_exactly_the_choices_there_are_and_the_scheme_has_a_model_answer_for_each(root, name):
    cells = {assignment.grade_id(cell): cell.source for cell in _cells(root, name)}
    kind = supervised if name == SUPERVISED else unsupervised
    listed = [
        line.split("`")[1].strip('"') for line in cells["experiment_text"].splitlines() if line.startswith('| `"')
    ]
    task = f"experiment_{name.removeprefix('forward_forward_')}"
    answered = [line.split("*")[1] for line in cells[task].splitlines() if line.startswith("- *")]
    assert sorted(listed) == sorted(kind.CHOICES) == sorted(answered)
    chosen = eval(cells["experiment_choice"].split("CHOICE = ")[2].splitlines()[0])
    assert chosen in kind.CHOICES and cells[f"{task}_answer"].startswith(f"**Choice**: {chosen}.")


def test_stale_negatives_are_those_of_the_first_epoch_and_fresh_ones_are_not(notebook):
    for change, same in ((supervised.stale, True), (lambda trial: None, False)):
        names, seen = notebook(SUPERVISED), []
        trial = _trial(names)
        change(trial)
        inner = names["wrong_labels"]
        names["wrong_labels"] = lambda y, *rest, inner=inner, seen=seen: seen.append(inner(y, *rest)) or seen[-1]
        trial.epochs = 2
        trial.learn()
        first, second = torch.stack(seen).chunk(2)
        assert torch.equal(first, second) is same


def test_one_negative_label_in_ten_is_true(notebook):
    names = notebook(SUPERVISED)
    supervised.one_in_ten_true(_trial(names))
    y = torch.arange(10).repeat(1000)
    assert 0.08 < (names["wrong_labels"](y) == y).double().mean() < 0.12


def test_without_normalization_the_second_layer_reads_the_length_and_the_first_does_not(notebook):
    trial = _trial(notebook(SUPERVISED))
    first, second = trial.net.layers
    arm = supervised.CHOICES["no normalization"].arms[1]
    arm.change(trial)
    for layer, reads in ((first, False), (second, True)):
        x = torch.rand(5, layer.linear.in_features) + 0.1
        assert torch.allclose(layer.forward(x), layer.forward(3 * x), atol=1e-4) is not reads
    x = torch.rand(5, 16)
    assert torch.allclose(second.forward(x), torch.relu(second.linear(x)))


def test_the_answers_of_one_layer_are_those_of_its_goodness_alone(notebook):
    names = notebook(SUPERVISED)
    trial = _trial(names)
    sums = []
    for label in range(10):
        h = names["embed_label"](trial.x, torch.full((len(trial.x),), label))
        for layer in trial.net.layers:
            h = layer(h)
        sums.append(names["goodness"](h))
    assert torch.equal(supervised.answers(trial, 2, 2), torch.stack(sums, 1).argmax(1))
    assert torch.equal(supervised.answers(trial, 1, 2), trial.net.predict(trial.x))


def test_hard_negatives_are_the_nets_own_wrong_answers_where_it_has_any(notebook):
    trial = _trial(notebook(SUPERVISED))
    x, y = trial.batches[0]
    answer = trial.net.predict(x)
    wrong = []
    trial.net.layers[0].train_batch = lambda pos, neg: wrong.append(neg[:, :10].argmax(1)) or (pos, neg, 0.0)
    trial.net.layers = trial.net.layers[:1]
    answer = trial.net.predict(x)
    supervised.hard(trial)
    trial.net.train_batch(x, y)
    missed = answer != y
    assert missed.any() and torch.equal(wrong[0][missed], answer[missed]) and not (wrong[0] == y).any()


def test_one_mask_is_the_same_for_all_and_a_partner_may_be_the_image_itself(notebook):
    names = notebook(UNSUPERVISED)
    trial = _trial(names, "UnsupervisedFFNet")
    unsupervised.one_mask(trial)
    masks = torch.cat([names["make_mask"]((4, 28, 28)) for _ in range(2)])
    assert (masks == masks[0]).all() and 0 < masks[0].mean() < 1
    unsupervised.partner_itself(1).change(trial)
    assert torch.equal(names["make_negatives"](trial.x), trial.x)


@pytest.mark.parametrize("choice", ["", "no such thing", 3, None, ["stale negatives"]])
def test_a_choice_that_is_none_is_answered_with_the_list(notebook, capsys, choice):
    run_experiment(choice, {})
    said = capsys.readouterr().out
    assert said.startswith("Choose an experiment first") and "'stale negatives'" in said


def test_a_class_that_is_missing_or_unwritten_or_wrong_is_told_in_a_line(root, notebook, capsys):
    run_experiment("threshold", {})
    for id in ("ff_net", "ff_layer"):
        names = notebook(SUPERVISED)
        cell = next(cell for cell in _cells(root, SUPERVISED) if assignment.grade_id(cell) == id)
        exec(strip_cell(copy.deepcopy(cell)).source, names)
        run_experiment("stale negatives", names)
    run_experiment("hard negatives", names | {"FFNet": lambda dims, lr: 1 / 0})
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "An experiment needs your FFNet, which is not there yet."
    assert [line.split(", with ")[1].split(":")[0] for line in said[1:]] == ["NotImplementedError"] * 2 + [
        "ZeroDivisionError"
    ]


def test_a_change_that_does_not_reach_the_training_is_told_and_the_notebook_gets_its_functions_back(notebook, capsys):
    names = notebook(SUPERVISED)
    embed = names["embed_label"]

    class OwnLabels(names["FFNet"]):
        def train_batch(self, x, y):
            other = (y + 1) % 10
            return [layer.train_batch(embed(x, y), embed(x, other))[2] for layer in self.layers[:1]]

    own, kept = names | {"FFNet": OwnLabels}, names["wrong_labels"]
    run_experiment("stale negatives", own)
    assert "your training does not call wrong_labels" in capsys.readouterr().out and own["wrong_labels"] is kept


def test_the_grader_runs_no_experiment(notebook, tiny, capsys, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    run_experiment("stale negatives", {"FFNet": lambda *words: pytest.fail("it was run")})
    assert capsys.readouterr().out == "Experiments are run in your notebook only.\n" and not tiny


def test_progress_bars_are_silent_where_errors_are_caught():
    with redirect_stderr(io.StringIO()) as caught:
        assert list(tqdm(range(3))) == [0, 1, 2]
    assert caught.getvalue() == ""
