"""An experiment of your choice with your own Forward-Forward classes: small nets, with a change and without it."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from ..budget import under_autograding
from ..progress import tqdm
from . import supervised, unsupervised
from .parts import Choice, Notebook, OutOfReach, Trial, digits_for, size_of
from .plot import plot_experiment
from .table import Results, table_of


def run_experiment(choice: str, notebook: Notebook) -> None:
    """Print and draw what comes of the experiment of this name; notebook: its globals(), with your classes.

    It never raises: what cannot be run is said in a line.
    """
    net_class = "UnsupervisedFFNet" if "UnsupervisedFFNet" in notebook else "FFNet"
    choices = (supervised if net_class == "FFNet" else unsupervised).CHOICES
    if under_autograding():
        print("Experiments are run in your notebook only.")
    elif choice not in list(choices):  # whatever it is
        print(f"Choose an experiment first: set CHOICE to one of {', '.join(map(repr, choices))}.")
    elif net_class not in notebook:
        print(f"An experiment needs your {net_class}, which is not there yet.")
    else:
        try:
            with _one_thread():
                results = _results(choices[choice], notebook, net_class)
            _show(choice, choices[choice], results)
        except OutOfReach as reason:
            print(f"The experiment {choice!r} cannot be run with your classes: {reason}. Choose another one.")
        except Exception as error:
            print(f"The experiment {choice!r} stopped in your code, with {type(error).__name__}: {error or 'no words'}")


def _results(choice: Choice, notebook: Notebook, net_class: str) -> Results:
    size = size_of(choice)
    digits = digits_for(size)
    results: Results = {arm.name: [] for arm in choice.arms}
    with tqdm(total=size.seeds * len(choice.arms), desc="nets", leave=False) as bar:
        for seed in range(size.seeds):
            for arm in choice.arms:
                trial = Trial(notebook, net_class, choice.layers, seed, size, digits)
                if arm.trains:
                    arm.change(trial)
                    trial.learn()
                results[arm.name].append(_measured(choice, trial))
                bar.update()
    return results


def _measured(choice: Choice, trial: Trial) -> dict[str, float]:
    losses = {f"loss {number}": loss for number, loss in enumerate(trial.losses, 1)}
    return {**choice.measure(trial), **losses, "seconds": trial.seconds}


def _show(name: str, choice: Choice, results: Results) -> None:
    size = size_of(choice)
    widths, epochs = "-".join(map(str, size.widths[: choice.layers + 1])), f"{size.epochs} epochs"
    title = f"{name}: nets {widths}, {size.digits:,} digits, {epochs}, {size.seeds} seeds"
    print(f"{title}\nMean ± standard deviation over the seeds; shares in percent, of test digits.\n")
    print(table_of(results))
    plot_experiment(title, results)


@contextmanager
def _one_thread() -> Iterator[None]:
    """For nets as small as these, threads that wait for one another cost more than they bring."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
