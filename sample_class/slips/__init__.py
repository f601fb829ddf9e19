"""Slips in a solved hand-out: what the look before packing says of each, and what grading says after."""
