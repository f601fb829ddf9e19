"""How long a training cell may train: in full for you, a smaller stated budget when it is autograded or checked."""

import os


def under_autograding() -> bool:
    """True when the notebook is run by the grader."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def small_budget() -> bool:
    """True when the notebook is run by the grader or by `python -m libs.check`: it is enough to see that cells run."""
    return under_autograding() or os.environ.get("HW2_BUDGET") == "small"


def epochs(full: int, graded: int) -> int:
    """The number of epochs to train for: `full` in your notebook, `graded` where the small budget holds."""
    return graded if small_budget() else full
