"""Notices when code takes its gradients from autograd or numeric differences, or its step from torch.optim.

What counts is what runs, not how it is spelled: the interpreter reports every function that is entered during a call,
and torch reports every tensor that a backward pass takes out of its graph.
"""

import inspect
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import torch

from .blocks import blocks_by_line

AUTOGRAD, OPTIM, NUMERIC = "autograd", "torch.optim", "numeric gradients"
_TORCH = str(Path(torch.__file__).parent) + "/"
_PLACES = {  # files below torch/, and the functions in them that count; None stands for all
    "autograd/__init__.py": {"backward", "grad"},
    "autograd/graph.py": {"_engine_run_backward"},
    "autograd/functional.py": None,
    "autograd/forward_ad.py": {"make_dual", "enter_dual_level"},
    "autograd/gradcheck.py": None,
    "_tensor.py": {"backward"},
}
_C_FUNCTIONS = {"run_backward": AUTOGRAD, "_make_dual": AUTOGRAD, "setprofile": "sys.setprofile"}
MOST_FRAMES = 12
MOST_OFFENCES = 100  # that are told at once
_LONGEST_NAME = 200

_WATCHED = FunctionType((lambda: None).__code__.replace(co_filename=_TORCH + "autograd/functional.py"), {})
_CALLER = (lambda call: call()).__code__

Frames = tuple[tuple[str, str], ...]  # (qualified name, block) of the module's frames, the innermost first


class Guard:
    """Collects (what was used, frames of the student's module that led there) over all watched calls.

    No frames: the code that was called stands in another file, or says so.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._found: dict[tuple[str, Frames], None] = {}
        self._known: dict[CodeType, str] = {}
        self._blocks: list[str] | None = None
        self._thread = 0
        self._hooks: torch.autograd.graph.saved_tensors_hooks | None = None

    def taken(self) -> list[tuple[str, Frames]]:
        """What has been found since the last time, or the beginning of it."""
        found, self._found = list(self._found), {}
        return found[:MOST_OFFENCES]

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch what the current thread, and those that it starts, run."""
        self._hooks = torch.autograd.graph.saved_tensors_hooks(lambda tensor: tensor, self._unpacked)
        self._hooks.__enter__()
        self._thread = threading.get_ident()
        threading.setprofile(self._profile)
        sys.setprofile(self._profile)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
            self._unhook()

    def answer(self, name: str) -> None:
        """Run what must be noted, below a function of this name in the student's module; nothing comes of it else."""
        code = _CALLER.replace(co_name=name, co_qualname=name, co_filename=self._module, co_firstlineno=1)
        FunctionType(code, {})(_WATCHED)

    def _unhook(self) -> None:
        if self._hooks is not None:
            hooks, self._hooks = self._hooks, None
            hooks.__exit__()

    def _profile(self, frame: FrameType, event: str, arg: Any) -> None:
        if event == "call":
            code = frame.f_code
            what = self._known.get(code)
            if what is None:
                what = self._known[code] = _what(code)
        elif event == "c_call" and frame.f_code is not _OWN:
            what = _C_FUNCTIONS.get(getattr(arg, "__name__", ""), "")
        else:
            return
        if what:
            self._note(what, frame)
            if threading.get_ident() == self._thread:  # the hooks are a thread's own
                self._unhook()  # torch.func refuses to work beside them, and what they would tell is known now

    def _unpacked(self, tensor: torch.Tensor) -> torch.Tensor:
        self._note(AUTOGRAD, sys._getframe(1))
        return tensor

    def _note(self, what: str, frame: FrameType | None) -> None:
        frames: list[tuple[str, str]] = []
        while frame is not None and len(frames) < MOST_FRAMES:
            if frame.f_code.co_filename == self._module:
                frames.append((frame.f_code.co_qualname[:_LONGEST_NAME], self._block_at(frame.f_lineno)))
            frame = frame.f_back
        self._found[what, tuple(frames)] = None

    def _block_at(self, line: int) -> str:
        """The block that a line of the module lies in; empty outside of all."""
        if self._blocks is None:
            self._blocks = blocks_by_line(Path(self._module).read_text(encoding="utf-8"))
        return self._blocks[line - 1] if 0 < line <= len(self._blocks) else ""


_OWN = inspect.unwrap(Guard.watching).__code__  # ends the watch itself


def _what(code: CodeType) -> str:
    """What it means that this code runs; empty for nothing."""
    file, name = code.co_filename, code.co_name
    if file.startswith(_TORCH):
        place = file.removeprefix(_TORCH)
        if place.startswith("optim/"):
            return OPTIM
        if place.startswith("_functorch/"):
            return AUTOGRAD if name in ("grad", "vjp", "jvp", "grad_and_value", "jacrev", "jacfwd", "wrapper") else ""
        functions = _PLACES.get(place, set())
        return AUTOGRAD if functions is None or name in functions else ""
    return NUMERIC if file.endswith("/libs/grad.py") and name == "compute_numeric_gradient" else ""
