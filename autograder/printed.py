"""Printed text as the output of a cell."""

from nbformat import NotebookNode


def printed(text: str, name: str = "stdout") -> NotebookNode:
    """What nbformat's new_output makes, which takes a millisecond to validate each; notebooks are validated whole."""
    return NotebookNode(output_type="stream", name=name, text=text)
