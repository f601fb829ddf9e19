"""Imports torchvision, also where its compiled part does not go with the torch beside it.

A CUDA build of torchvision beside a CPU build of torch stops as it is imported: `operator torchvision::nms does not
exist`. This homework needs none of its operators, so there, and only there, their names are declared and the import is
tried again. Where torchvision loads by itself nothing may be declared: a second declaration of a name ends the process.
"""

import importlib
import sys
from types import ModuleType

import torch

_SIGNATURE = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_MISSING = "operator torchvision::nms does not exist"


def ensure_torchvision() -> ModuleType:
    """Import torchvision and return it. Raises what the import raises where declaring operators is no help."""
    try:
        return importlib.import_module("torchvision")
    except RuntimeError as error:
        if _MISSING not in str(error):
            raise
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]  # what the failed import left behind
    for name in ("nms", "qnms"):
        torch.library.define(f"torchvision::{name}", _SIGNATURE)
    return importlib.import_module("torchvision")
