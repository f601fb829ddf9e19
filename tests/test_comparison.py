"""Forward-Forward beside backpropagation: practical 1 may be missing, unwritten or broken, the notebook goes on."""

import functools
import os
import shutil

import matplotlib.pyplot as plt
import pytest
import torch
from libs.comparison import beside, beside_backpropagation, course, followed, process
from libs.mnist import mnist_tensors
from libs.plots_forward_forward import plot_goodness, plot_history
from libs.plots_two_passes import draw_two_passes
from libs.weights import set_weights

from autograder import assignment
from autograder.stubs import strip_module

CURVE = [(1.0, 0.90), (2.0, 0.95)]  # what was seen of a Forward-Forward training


@pytest.fixture()
def figures(monkeypatch):
    """The figures that were shown, as they were."""
    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gcf()))
    yield shown
    plt.close("all")


@pytest.fixture()
def module(root, tmp_path, monkeypatch):
    """Puts a text in the place of practical 1's file, or none, beside a copy of `libs`; training there is short."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(assignment.source_folder(root) / "libs", tmp_path / "libs", ignore=ignored)
    monkeypatch.setenv("HW2_DATA", str(root / "data"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setattr(process, "FOLDER", tmp_path)
    monkeypatch.setenv("HW2_BUDGET", "small")
    monkeypatch.setattr(beside, "small_budget", lambda: False)  # here; the other process has few digits
    return lambda text: (tmp_path / assignment.MODULE).write_text(text) if text else None


@pytest.fixture()
def solved(root):
    return (assignment.source_folder(root) / assignment.MODULE).read_text(encoding="utf-8")


def test_the_students_own_practical_1_is_trained_and_drawn_beside_forward_forward(module, solved, figures, capsys):
    module(solved)
    beside_backpropagation({"course": _Seen(), "dims": [784, 30, 20]})
    said = capsys.readouterr().out
    assert "Your practical 1 is not" not in said and f"after {process.EPOCHS} epochs" in said
    by_epoch, by_second = figures[0].axes
    assert [line.get_label() for line in by_epoch.lines] == ["Forward-Forward", "backpropagation"]
    seconds, accuracy = by_second.lines[1].get_data()
    assert len(seconds) == process.EPOCHS and (torch.tensor(seconds).diff() > 0).all()
    assert accuracy[-1] > 25  # of few digits; chance is 10


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "No module named 'fully_connected_networks'."),
        (strip_module, "still to be written"),
        ("def broken(:\n", "its code stopped with SyntaxError"),
        ("raise SystemExit(3)\n", "its code stopped with SystemExit: 3"),
        ("import os\nos._exit(0)\n", "its process ended early."),
        ("while True:\n    pass\n", "it took longer than 8 s."),
    ],
    ids=["missing", "unwritten", "syntax error", "exits", "dies", "hangs"],
)
def test_whatever_practical_1_does_the_figure_shows_forward_forward(
    module, solved, figures, capsys, monkeypatch, text, words
):
    if "hang" in os.environ["PYTEST_CURRENT_TEST"]:
        monkeypatch.setattr(process, "MOST_SECONDS", 8)
    module(text(solved) if callable(text) else text)
    beside_backpropagation({"course": _Seen(), "dims": [784, 30, 20]})
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Your practical 1 is not in this figure: ") and words in said[0], said
    assert [line.get_label() for line in figures[0].axes[0].lines] == ["Forward-Forward"]


def test_without_a_training_there_is_nothing_to_compare(figures, capsys, monkeypatch):
    beside_backpropagation({})
    monkeypatch.setenv("HW2_BUDGET", "small")
    beside_backpropagation({"course": _Seen(), "dims": [784, 30, 20]})
    said = capsys.readouterr().out.splitlines()
    assert "did not run" in said[0] and "in your notebook only" in said[1] and not figures


class _Seen:
    curve = CURVE


class _Net:
    """Goes through its loader, draws random numbers as a training does, and knows nothing."""

    def fit(self, loader, epochs):
        return [[float(torch.rand(())) + len(x) for x, _ in loader] for _ in range(epochs)]

    def predict(self, x):
        torch.rand(3)
        return torch.zeros(len(x), dtype=torch.int64)


def test_a_training_is_seen_after_every_epoch_and_is_the_same_as_unseen(monkeypatch):
    monkeypatch.setattr(course, "mnist_tensors", functools.cache(mnist_tensors))
    net, loader = _Net(), [(torch.zeros(4, 784), torch.zeros(4))] * 2
    torch.manual_seed(1)
    unseen = net.fit(loader, epochs=3)
    torch.manual_seed(1)
    with followed(loader, net) as seen:
        assert net.fit(seen.loader, epochs=3) == unseen and len(seen.loader) == 2
    zeros = (mnist_tensors(train=False)[1][:: course.EVERY] == 0).double().mean().item()
    assert [accuracy for _, accuracy in seen.curve] == [zeros] * 3
    assert [seconds for seconds, _ in seen.curve] == sorted(seconds for seconds, _ in seen.curve)
    net.predict = lambda x: 1 / 0
    with followed(loader, net) as seen:
        net.fit(seen.loader, epochs=2)
    assert seen.curve == []


def test_the_grader_trains_on_the_loader_itself(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    loader = []
    with followed(loader, _Net()) as seen:
        assert seen.loader is loader
    assert seen.curve == []


def test_histograms_far_from_the_threshold_are_no_spike_and_one_epoch_is_no_dot(figures):
    g = torch.rand(1, 200) * 0.001
    plot_goodness((g, g), (g + 480, g + 520), thresholds=[500])
    before, after = figures[0].axes
    assert before.get_xlim()[1] < 0.01 and before.texts[0].get_text() == "threshold 500 →"
    assert after.get_xlim()[0] < 500 < after.get_xlim()[1] and len(after.lines) == 1
    plot_history([[0.5, 0.7]])
    plot_history([[0.5, 0.7], [0.4, 0.6]])
    assert [len(figure.axes[0].patches) for figure in figures[1:]] == [2, 0]


def test_the_picture_of_the_two_passes_has_its_words_inside(figures):
    draw_two_passes()
    figure = figures[0]
    figure.canvas.draw()
    words = [text for axis in figure.axes for text in axis.texts if text.get_text()]
    assert len(words) > 15
    boxes = [text.get_window_extent() for text in words]
    for axis in figure.axes:  # no words lie on others
        own = [box for box, text in zip(boxes, words, strict=True) if text.axes is axis]
        assert not any(a.overlaps(b) for place, a in enumerate(own) for b in own[:place])


def test_weights_are_set_whichever_way_round_a_layer_keeps_them():
    class Turned(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.w, self.b = torch.nn.Parameter(torch.ones(3, 2)), torch.nn.Parameter(torch.ones(2))

    weights, plain, turned = torch.arange(6.0).reshape(2, 3), torch.nn.Linear(3, 2), Turned()
    set_weights(plain, weights)
    set_weights(turned, weights)
    assert torch.equal(plain.weight, weights) and torch.equal(turned.w, weights.T)
    assert not plain.bias.any() and not turned.b.any()


@pytest.mark.parametrize("name", assignment.PRACTICALS[1:])
def test_a_test_cell_shows_its_points_and_long_ones_are_folded(root, name):
    for cell in assignment.read(assignment.source_folder(root) / f"{name}.ipynb").cells:
        if assignment.is_test(cell):
            points, lines = cell.metadata.nbgrader.points, cell.source.splitlines()
            assert lines[0].endswith(f" ({points:g} point{'s' if points != 1 else ''})"), lines[0]
            hidden, visible = False, 0
            for line in lines:
                hidden = hidden or line == "### BEGIN HIDDEN TESTS"
                visible += not hidden
                hidden = hidden and line != "### END HIDDEN TESTS"
            folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            assert folded == (visible > 12), f"{cell.id}: {visible} lines"
