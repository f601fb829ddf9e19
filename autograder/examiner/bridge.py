"""The hand-out's package `libs` as the examiner uses it: two of its functions reach into the student's process."""

import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import torch

from .channel import Channel
from .proxies import Proxy, call_observed


@contextmanager
def libs_for(source: Path, environment: dict[str, str], channel: Callable[[], Channel]) -> Iterator[ModuleType]:
    """`libs` of the assignment in `source`, importable by test cells, with these environment variables in force.

    channel() is the one to the student's process as it is then.
    """
    before = dict(os.environ)
    os.environ.update(environment)
    torch.set_num_threads(1)  # the same numbers, and the same speed, however many cores there are
    sys.path.insert(0, str(source))
    libs = _loaded(source)
    plain = libs.reset_seed, libs.observed

    def reset_seed(number: int) -> None:
        """Set the random state of the examiner, and of the calls to come."""
        plain[0](number)
        channel().set_random_state(number)

    def observed(function: Any, *args: Any, **kwargs: Any) -> Any:
        """Call the function on copies of `args`; return its result and those copies as they are afterwards."""
        if isinstance(function, Proxy):
            return call_observed(function, args, kwargs)
        return plain[1](function, *args, **kwargs)

    libs.reset_seed, libs.observed = reset_seed, observed
    try:
        yield libs
    finally:
        libs.reset_seed, libs.observed = plain
        sys.path.remove(str(source))
        os.environ.clear()
        os.environ.update(before)


def _loaded(source: Path) -> Any:
    """`libs` from this folder and no other; its digits are read once a process, not once a notebook."""
    known = sys.modules.get("libs")
    if known is None or Path(str(known.__file__)).resolve() != (source / "libs" / "__init__.py").resolve():
        for name in [name for name in sys.modules if name == "libs" or name.startswith("libs.")]:
            del sys.modules[name]
    libs = importlib.import_module("libs")
    mnist: Any = importlib.import_module("libs.mnist")
    for name in ("mnist_tensors", "mnist_splits"):
        if not hasattr(getattr(mnist, name), "cache_clear"):
            setattr(mnist, name, functools.cache(getattr(mnist, name)))
    return libs
