"""Written answers: their pages drawn and looked at in the sandbox, and shown to the marker beside each part."""

from pathlib import Path

FORMGRADER = Path(__file__).resolve().parent / "formgrader"  # templates that stand before formgrader's own
