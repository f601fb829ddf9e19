"""Answers of their own to what the tests ask, for the hidden tests only."""
