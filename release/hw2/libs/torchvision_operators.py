"""Makes `import torchvision` work beside a CPU build of torch.

The torchvision wheel on PyPI is built for CUDA. Beside a CPU torch its compiled operators do not load, and the
import stops at `operator torchvision::nms does not exist`. This homework needs none of them, so it is enough to
declare their names first. Everything here that imports torchvision imports this module before it.
"""

from contextlib import suppress

import torch

_SIGNATURE = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"


def declare_missing_operators() -> None:
    """Declare torchvision::nms and torchvision::qnms unless torch knows them already."""
    for name in ("nms", "qnms"):
        with suppress(RuntimeError):  # declared before: by a matching torchvision, or by an earlier call
            torch.library.define(f"torchvision::{name}", _SIGNATURE)


declare_missing_operators()
