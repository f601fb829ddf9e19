"""Runs test cells and turns each into passed, failed or could-not-run."""
