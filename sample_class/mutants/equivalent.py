"""Mutants that no test can or should catch, and why: the same results, or another legitimate choice."""

from .mutant import Mutant

_SAME: dict[tuple[str, str, str], str] = {}  # (place, old, new) -> why


def why_equivalent(mutant: Mutant) -> str:
    """Why nobody should catch it; empty when somebody should."""
    return _SAME.get((mutant.place, mutant.old, mutant.new), "")
