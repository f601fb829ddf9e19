"""Rounds of inputs that were written from the documentation alone, and what became of each."""
