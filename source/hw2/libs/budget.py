"""How long a training cell may train: in full for you, a smaller stated budget when it is autograded."""

import os


def under_autograding() -> bool:
    """True when the notebook is run by the grader."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def epochs(full: int, graded: int) -> int:
    """The number of epochs to train for: `full` in your notebook, `graded` under autograding."""
    return graded if under_autograding() else full
