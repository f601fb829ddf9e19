"""The hostile class: submissions that attack the grader, or go wrong in ways that must cost them nothing else."""
