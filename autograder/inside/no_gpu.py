"""A GPU that is asked for: whatever would be made there, or moved there, is made and stays on the CPU."""

import functools
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import torch
from torch.utils import _device as torch_devices


class _OnCPU(str):
    """What get_device() answers: it serves as a device, and compares as the number -1 that it is for the CPU."""

    def __new__(cls) -> "_OnCPU":
        return super().__new__(cls, "cpu")

    def __int__(self) -> int:
        return -1

    __index__ = __int__

    def __eq__(self, other: object) -> bool:
        return other == -1 if isinstance(other, int) else str(self) == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> bool:
        return bool(other > -1)

    def __le__(self, other: Any) -> bool:
        return bool(other >= -1)

    def __gt__(self, other: Any) -> bool:
        return bool(other < -1)

    def __ge__(self, other: Any) -> bool:
        return bool(other <= -1)

    __hash__ = str.__hash__


def stay_on_cpu() -> None:
    """`.cuda()`, `.to("cuda")`, `device="cuda"` wherever torch takes a device, and their like do as on the CPU."""
    for owner in (torch.Tensor, torch.nn.Module):
        owner.cuda = lambda self, *args, **options: self  # type: ignore[method-assign]
        owner.to = _moving(owner.to)  # type: ignore[method-assign]
    torch.Tensor.pin_memory = lambda self, *args: self  # type: ignore[method-assign]
    torch.Tensor.get_device = lambda self: _OnCPU()  # type: ignore[method-assign, assignment, return-value]
    torch.Tensor.type = _moving(torch.Tensor.type)  # type: ignore[method-assign]
    torch.load = _moving(torch.load)
    for owner, name, make in _factories():
        setattr(owner, name, _making(make))
    of_context: Any = torch_devices.DeviceContext  # of set_default_device, and of `with torch.device`
    of_context.__init__ = _moving(of_context.__init__)
    _no_cuda_module()


def _factories() -> list[tuple[Any, str, Callable[..., Any]]]:
    """Every function that makes a tensor on a device, by torch's own list, and those that make one like another."""
    known = torch_devices._device_constructors() | {torch.normal}
    found = [(owner, name, getattr(owner, name)) for owner in (torch, torch.fft) for name in dir(owner)]
    of_torch = [each for each in found if callable(each[2]) and (each[1].endswith("_like") or each[2] in known)]
    of_tensor = [(torch.Tensor, n, getattr(torch.Tensor, n)) for n in dir(torch.Tensor) if n.startswith("new_")]
    return [*of_torch, *of_tensor]


def _making(make: Callable[..., Any]) -> Callable[..., Any]:
    """A function that takes `device`, if at all, by its name."""

    @functools.wraps(make)
    def made_here(*args: Any, **options: Any) -> Any:
        if "device" in options:
            options["device"] = _here(options["device"])
        options.pop("pin_memory", None)
        return make(*args, **options)

    del made_here.__wrapped__  # inspect would look for the source of torch's own
    _known_to_script(make, made_here)
    return made_here


def _moving(move: Any) -> Any:
    """A function or method any argument of which can be a device."""

    @functools.wraps(move)
    def moved_here(*args: Any, **options: Any) -> Any:
        options = {
            name: _here(value) if name in ("device", "map_location") else value for name, value in options.items()
        }
        return move(*args[:1], *map(_here, args[1:]), **options)

    del moved_here.__wrapped__
    _known_to_script(move, moved_here)
    return moved_here


def _known_to_script(ours: Any, wrapper: Any) -> None:
    """Parts of torch itself are compiled on first use; they find their builtins by what stands in torch's name."""
    table = torch.jit._builtins._get_builtin_table()  # type: ignore[no-untyped-call]
    if id(ours) in table:
        table[id(wrapper)] = table[id(ours)]


def _here(value: Any) -> Any:
    """The CPU for a GPU, named in any way; the very value otherwise."""
    if isinstance(value, str) and value.startswith("torch.cuda."):
        return value.replace("torch.cuda.", "torch.")
    is_gpu = isinstance(value, str | torch.device) and str(value).startswith("cuda")
    return "cpu" if is_gpu or type(value) is int else value


def _no_cuda_module() -> None:
    """torch.cuda's old tensor types and what is called between other things."""
    for name in dir(torch):
        if name.endswith("Tensor") and hasattr(torch.cuda, name):
            setattr(torch.cuda, name, getattr(torch, name))
    for name in ("synchronize", "set_device"):
        setattr(torch.cuda, name, lambda *args, **options: None)
    torch.cuda.current_device = lambda: _OnCPU()  # type: ignore[assignment, return-value]
    torch.cuda.get_device_name = lambda *args: "cpu"
    with suppress(TypeError):  # where torch lets nobody take over from it
        torch.Generator = _generator_here(torch.Generator)  # type: ignore[misc]


def _generator_here(base: Any) -> Any:
    class OfAny(type(base)):  # type: ignore[misc]
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, base)

    class Generator(base, metaclass=OfAny):
        """torch's, on the CPU."""

        def __new__(cls, device: Any = "cpu") -> Any:
            return super().__new__(cls, device=_here(device))

    return Generator
