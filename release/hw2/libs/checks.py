"""The checks behind the test cells: what you returned, held against what was expected, in one sentence each.

A check climbs a ladder and speaks of the first rung that fails only: defined, type, shape, dtype, finite, value.
"""

import copy
import hashlib
import os
from collections.abc import Callable, Sequence
from typing import Any

import torch

from .budget import under_autograding
from .passing import announce

announce()


class CheckFailed(AssertionError):
    """What was called, what came back, what was expected and why; shown without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"This check did not pass.\n\n{self}"]


def fail(call: str, got: str, expected: str, because: str, hint: str = "") -> None:
    """Raise CheckFailed with the message in its fixed order."""
    message = f"Called {call}. It returned {got}. Expected {expected}, because {because}."
    raise CheckFailed(message + (f"\nHint: {hint}" if hint else ""))


def require(ok: Any, *, call: str, got: str, expected: str, because: str, hint: str = "") -> None:
    """Pass when `ok` is the bool True (or a true one-element tensor), fail with the sentence otherwise."""
    if isinstance(ok, torch.Tensor):
        ok = ok.numel() == 1 and bool(ok)
    if ok is not True:
        fail(call, got, expected, because, hint)


def expect(
    got: Any,
    want: torch.Tensor | float,
    *,
    call: str,
    because: str,
    name: str = "a result",
    hint: str = "",
    tolerance: float = 1e-4,
    also: Sequence[torch.Tensor | float] = (),
) -> None:
    """Check that `got` equals `want`: a floating point tensor of the same shape, finite, and close to it.

    Close means that no element is further off than tolerance * max(|want|). Where `want` is a number or has no
    dimensions, a python number or a tensor with one element will do. Values in `also` are right too.
    """
    rungs = [_rung(got, torch.as_tensor(w, dtype=torch.float64).detach(), tolerance) for w in (want, *also)]
    if None not in rungs and rungs[0] is not None:
        it_returned, expected = rungs[0]
        fail(call, f"{name} {it_returned}", expected, because, hint)


def _rung(got: Any, want: torch.Tensor, tolerance: float) -> tuple[str, str] | None:
    """The first rung of the ladder that fails, as (what came back, what was expected); None when all hold."""
    if want.dim() == 0 and type(got) in (int, float):
        got = torch.tensor(float(got), dtype=torch.float64)
    if got is None:
        return "that is None", "a tensor"
    if not isinstance(got, torch.Tensor):
        return f"of type {type(got).__name__}", "a torch.Tensor"
    if want.dim() == 0 and got.numel() == 1:
        got = got.reshape(())  # one element is a number, whatever its shape
    if got.shape != want.shape:
        return f"of shape {tuple(got.shape)}", f"shape {tuple(want.shape)}"
    if not got.dtype.is_floating_point:
        return f"of dtype {got.dtype}", "a floating point dtype"
    value = got.detach().to("cpu", torch.float64)
    if not bool(torch.isfinite(value).all()):
        return "with entries that are nan or infinite", "finite numbers"
    return _value_rung(value, want, tolerance)


def _value_rung(value: torch.Tensor, want: torch.Tensor, tolerance: float) -> tuple[str, str] | None:
    """The last rung. It says how many entries are off and by how much, never what they should be."""
    if value.numel() == 0:
        return None
    scale, off = want.abs().max().item(), (value - want).abs()
    wrong = ~(off <= tolerance * max(scale, 1e-12))  # nan counts as wrong
    if not bool(wrong.any()):
        return None
    far, allowed = off.max().item(), f"{_two_digits(100 * tolerance)} %" if scale else "0"
    if want.dim() == 0:
        return f"that is off by {_in_words(far, scale, 'the right size')}", f"an error of at most {allowed}"
    entries = f"with {int(wrong.sum())} of {wrong.numel()} entries off"
    return f"{entries}, by up to {_in_words(far, scale, 'the largest')}", f"errors of at most {allowed}"


def _in_words(far: float, scale: float, of_what: str) -> str:
    """An error beside the size of what is right, as in "13 % of the largest"; by itself where that is 0."""
    if not scale:
        return _two_digits(far)
    share = far / scale
    if share < 2:
        return f"{_two_digits(100 * share)} % of {of_what}"
    return f"{_two_digits(share)} times {of_what}" if share < 1e3 else f"more than 1,000 times {of_what}"


def _two_digits(number: float) -> str:
    """A number with two digits that count, such as 0.013, 150 and 1e-05."""
    return f"{float(f'{number:.2g}'):g}"


def in_your_notebook() -> bool:
    """True where you run a test; False where the grader does, who asks for the same in a part that you do not see.

    What stands below `if in_your_notebook():` shows you a mistake, and takes no part in the marks.
    """
    return not under_autograding()


def observed(function: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, tuple[Any, ...]]:
    """Call the function on copies of `args`; return its result and those copies as they are afterwards."""
    copies = copy.deepcopy(args)
    return function(*copies, **kwargs), copies


class Draw:
    """Random inputs of one test: the same for the same seed and test, different for every test."""

    def __init__(self, test: str):
        secret = os.environ.get("HW2_SEED", "0")
        digest = hashlib.sha256(f"{secret}/{test}".encode()).digest()
        self.generator = torch.Generator().manual_seed(int.from_bytes(digest[:8], "big") % 2**63)

    def __call__(self, *shape: int, scale: float = 1.0, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Normal numbers of the given shape, times scale."""
        return (torch.randn(*shape, generator=self.generator, dtype=torch.float64) * scale).to(dtype)

    def uniform(self, *shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Uniform numbers in [0, 1) of the given shape."""
        return torch.rand(*shape, generator=self.generator, dtype=torch.float64).to(dtype)

    def integers(self, high: int, *shape: int) -> torch.Tensor:
        """Integers in [0, high) of the given shape, int64."""
        return torch.randint(high, shape, generator=self.generator)


def drawn(test: str) -> Draw:
    """The random inputs of the test of this name."""
    return Draw(test)
