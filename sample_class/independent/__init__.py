"""Solutions written independently of each other, each in a style of its own: the blocks of the .py and the code cells.

A file holds one solution as text: `## name` begins a block or a cell, `GIST` are sentences for its explanations.
"""

import importlib
import re
from dataclasses import dataclass

from autograder import assignment

from ..edits import Edit, whole_block, whole_cell

NAMES = (
    "terse",
    "stepwise",
    "course",
    "einsum",
    "helpers",
    "library",
    "formulas",
    "in_place",
    "careful",
    "plain",
    "ordinary",
)
_NETWORKS, _SUPERVISED, _UNSUPERVISED = assignment.PRACTICALS
PLACES = {
    "best_network_settings": (_NETWORKS,),
    **dict.fromkeys(("mnist_loaders", "goodness", "ff_loss", "ff_layer"), (_SUPERVISED, _UNSUPERVISED)),
    **dict.fromkeys(("embed_label", "wrong_labels", "ff_net"), (_SUPERVISED,)),
    **dict.fromkeys(("make_mask", "make_hybrid", "make_negatives", "unsupervised_ff_net"), (_UNSUPERVISED,)),
    **dict.fromkeys(("linear_classifier", "train_classifier"), (_UNSUPERVISED,)),
}


@dataclass(frozen=True)
class Solution:
    """The text of every block and code cell by name."""

    name: str
    blocks: dict[str, str]
    cells: dict[str, str]

    def edits(self) -> tuple[Edit, ...]:
        """What makes a submission of it."""
        module = [whole_block(name, text) for name, text in self.blocks.items()]
        cells = [whole_cell(place, name, text) for name, text in self.cells.items() for place in PLACES[name]]
        return (*module, *cells)


def solution(name: str) -> Solution:
    """One of NAMES."""
    module = importlib.import_module(f"{__name__}.{name}")
    return Solution(name, _parts(module.BLOCKS), _parts(module.CELLS))


def _parts(text: str) -> dict[str, str]:
    pieces = re.split(r"^## (\w+)\n", text, flags=re.MULTILINE)
    return {name: body.strip("\n") for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}
