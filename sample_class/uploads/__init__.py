"""Uploads of all kinds, good, odd and hostile, each with the decision that collecting must come to."""
