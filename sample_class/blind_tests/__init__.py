"""Rounds of answers that were written from the hand-out alone, and what the hidden tests say of each."""
