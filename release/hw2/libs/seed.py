"""One call that makes a run repeatable."""

import random

import numpy as np
import torch


def reset_seed(number: int) -> None:
    """Set the random state of python, numpy and torch to `number`."""
    random.seed(number)
    np.random.seed(number % 2**32)
    torch.manual_seed(number)
