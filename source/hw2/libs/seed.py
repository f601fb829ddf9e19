"""One call that makes a run repeatable."""

import random

import numpy as np
import torch


def reset_seed(number: int) -> None:
    """Set the random state of python, numpy and torch to `number`."""
    random.seed(number)
    np.random.seed(number % 2**32)
    if torch.cuda.is_available():
        torch.manual_seed(number)
    else:  # the same on a CPU, where torch.manual_seed keeps a stack trace of each call, which takes far longer
        torch.default_generator.manual_seed(number)
