"""Right answers in other styles, each one named variant of the reference: what no hidden test may take a point from."""
