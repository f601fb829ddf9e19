"""Random state: set before each cell and each call, so that the same submission draws the same numbers every time."""

import random

import numpy as np
import torch


def set_random_state(number: int) -> None:
    """Seed python, numpy and torch. Only torch's CPU generator: torch.manual_seed costs a stack trace a call."""
    random.seed(number)
    np.random.seed(number % 2**32)
    torch.default_generator.manual_seed(number)
