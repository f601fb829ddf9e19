"""How a stand-in asks the examiner, during a call only: plain data go out, plain data come back, gradients too."""

import os
import socket
import threading
from collections.abc import Sequence
from typing import Any, NoReturn

import torch

from . import frames, plain


class OutOfTime(BaseException):
    """The call has used up its computing time."""


class Asker:
    """Asks over the agent's socket, in the middle of a request, which is answered afterwards."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._home = os.getpid(), threading.get_ident()
        self.request = ""  # that is being answered; empty between requests
        self.names: set[str] = set()  # that answer in this attempt
        self.count = 0  # of what was asked in it
        self._talking = self._late = False

    def __call__(self, name: str, value: Any) -> Any:
        """The examiner's answer; raises RuntimeError where it has none."""
        here = (os.getpid(), threading.get_ident()) == self._home
        if not here or not self.request or self._talking or name not in self.names:
            raise RuntimeError(f"our {name} answers in one attempt at a test only, and in its thread")
        buffers: list[frames.Buffer] = []
        node = plain.encode(value, buffers, _stays)
        header, arrived = self._talk({"id": self.request, "ask": name, "value": node}, buffers)
        if self._late:
            raise OutOfTime
        if "error" in header:
            raise RuntimeError(f"our {name} could not answer: {header['error']}")
        return plain.decode(header["ok"], arrived, _stays)

    def _talk(self, header: dict[str, Any], buffers: list[frames.Buffer]) -> tuple[dict[str, Any], list[Any]]:
        self._talking = True
        try:
            self.count += 1
            frames.send(self._sock, header, buffers)
            return frames.receive(self._sock)
        except frames.BadFrame:  # too large, and nothing was sent
            self.count -= 1
            raise
        except BaseException:  # whatever broke in: there is no telling what would come next
            self._sock.shutdown(socket.SHUT_RDWR)
            raise
        finally:
            self._talking = False

    def out_of_time(self) -> None:
        """End the call, or, where something is under way to the examiner, as soon as that has come back."""
        self._late = self._talking
        if not self._talking:
            raise OutOfTime

    def begin(self, request: str) -> None:
        """A request begins, empty: is over."""
        self.request, self._late = request, False


def asked(
    ask: Asker, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], on: Any = None, more: Sequence[Any] = ()
) -> Any:
    """What ours returns for these arguments. Where one needs a gradient, its derivative is asked for on the way back.

    more: parameters of the object that it is called on, which may need gradients too.
    """
    needing = [value for value in (*args, *kwargs.values(), *more) if _needs_gradient(value)]
    if needing and torch.is_grad_enabled():
        return _Asked.apply(ask, name, (_kept(args), _kept(kwargs), on), *needing)  # type: ignore[no-untyped-call]
    answer = ask(name, (args, kwargs, on, None))
    return answer if on is None else answer[0]


class _Asked(torch.autograd.Function):
    """A call of ours as one node of the graph."""

    @staticmethod
    def forward(ctx: Any, ask: Asker, name: str, called: tuple[Any, ...], *needing: torch.Tensor) -> Any:
        answer = ask(name, (*called, None))
        ctx.ask, ctx.name, ctx.called, ctx.number = ask, name, called, ask.count
        return answer if called[2] is None else answer[0]

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, *grads: Any) -> Any:
        return None, None, None, *ctx.ask(ctx.name, (*ctx.called, (ctx.number, list(grads))))


def _needs_gradient(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and value.requires_grad


def _kept(values: Any) -> Any:
    """Arguments as they are now, whatever becomes of the tensors until the way back."""
    if isinstance(values, dict):
        return {key: _copied(value) for key, value in values.items()}
    return tuple(map(_copied, values))


def _copied(value: Any) -> Any:
    if not isinstance(value, torch.Tensor):
        return value
    return value.detach().clone().requires_grad_(value.requires_grad)


def _stays(value: Any) -> NoReturn:
    raise plain.NotPlain(f"a {type(value).__name__} cannot be handed to a part that is ours")
