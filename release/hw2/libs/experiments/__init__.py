"""Small experiments with your own Forward-Forward classes: one change at a time, several seeds, one table."""

from .run import run_experiment

__all__ = ["run_experiment"]
