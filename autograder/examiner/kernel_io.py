"""The Jupyter side of a student's kernel: runs a cell and gathers its outputs, never more than a bound of them."""

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import zmq
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import channel_socket_types
from jupyter_client.manager import KernelManager
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

EXITS = "hw2_exits"  # what inside/manners.py tells when exit() is called
LARGEST_MESSAGE = 8 * 2**20  # bytes; libzmq drops the connection of a process that sends more
MOST_WAITING = 32  # messages
MOST_SHOWN = 2 * 2**20  # characters of a cell's outputs
_TICK = 250  # milliseconds
_MOMENT = 0.002  # seconds
_GRACE = 1.0  # seconds for outputs that come after the reply
PORTS = {f"{name}_port": number for number, name in enumerate(("shell", "iopub", "stdin", "control", "hb"), 1)}


@dataclass
class Outcome:
    """What running a cell came to. error: (name, text); ended: why the process is no more.

    exits: exit() was called; inside, manners.py keeps the process alive.
    """

    outputs: list[NotebookNode] = field(default_factory=list)
    error: tuple[str, str] | None = None
    ended: str = ""
    exits: bool = False


def bounded_context() -> zmq.Context[Any]:
    """A ZeroMQ context whose sockets hold little, whatever is sent to them."""
    context: zmq.Context[Any] = zmq.Context()
    context.setsockopt(zmq.MAXMSGSIZE, LARGEST_MESSAGE)
    context.setsockopt(zmq.RCVHWM, MOST_WAITING)
    context.setsockopt(zmq.LINGER, 0)
    context.setsockopt(zmq.SNDTIMEO, 0)  # what has nobody at the other end is tried again, not waited for
    return context


class ListeningClient(BlockingKernelClient):
    """A client that the kernel calls: its sockets are ours, made before the kernel is."""

    def _create_connected_socket(self, channel: str, identity: bytes | None = None) -> Any:
        """Called by jupyter_client for each channel as it starts."""
        socket, url = self.context.socket(channel_socket_types[channel]), self._make_url(channel)
        socket.linger = 0
        if identity:
            socket.identity = identity
        socket.bind(url)
        return socket

    def stop_listening(self) -> None:
        """Keep to the kernel that has called: nobody finds the sockets any more (to unbind them would hang up)."""
        for channel in ("shell", "iopub"):
            Path(self._make_url(channel).removeprefix("ipc://")).unlink()


def listening_client(manager: KernelManager, context: zmq.Context[Any]) -> ListeningClient:
    """The client of a kernel that is not started yet, listening."""
    manager.client_factory = ListeningClient
    client = cast(ListeningClient, manager.client(context=context))
    client.start_channels(stdin=False, hb=False, control=False)
    return client


def run_cell(client: BlockingKernelClient, source: str, wakeup: int, is_over: Any) -> Outcome:
    """Run a cell to its end. wakeup: a descriptor that becomes readable when the process is gone.

    is_over() says why it is gone, empty while it lives.
    """
    outcome, shown = Outcome(), _Shown()
    ticket, outcome.ended = _asked(lambda: client.execute(source, allow_stdin=False, stop_on_error=False), is_over)
    if outcome.ended:
        return outcome
    poller = zmq.Poller()
    for waited_for in (client.shell_channel.socket, client.iopub_channel.socket, wakeup):
        poller.register(waited_for, zmq.POLLIN)
    reply, idle, deadline = None, False, float("inf")
    while not (reply and (idle or time.monotonic() > deadline)):
        events = dict(poller.poll(_TICK))
        if wakeup in events or not events:
            outcome.ended = is_over()
            if outcome.ended:
                break
        for message in _messages(client.iopub_channel, ticket):
            idle = idle or shown.take(message)
            outcome.exits = outcome.exits or message.get("msg_type") == EXITS
        for message in _messages(client.shell_channel, ticket):
            reply, deadline = message["content"], time.monotonic() + _GRACE
    outcome.outputs = shown.outputs
    if type(reply) is dict and reply.get("status") == "error":
        outcome.error = (str(reply.get("ename"))[:100], str(reply.get("evalue"))[:2000])
    return outcome


def wait_until_ready(client: BlockingKernelClient, is_over: Any) -> str:
    """Wait until the kernel answers and its outputs arrive; why it ended, empty when it is ready."""
    patience = 0.02  # seconds; what a kernel says before its outputs are subscribed to is lost, so it is asked again
    while not (ended := is_over()):
        ticket, ended = _asked(client.kernel_info, is_over)
        patience = min(2 * patience, 0.5)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            client.iopub_channel.socket.poll(10)
            if any(message["msg_type"] == "status" for message in _messages(client.iopub_channel, ticket)):
                return ""
    return str(ended)


def _asked(ask: Callable[[], str], is_over: Any) -> tuple[str, str]:
    """The number of a request once it could be sent, or why it never will be."""
    while not (ended := str(is_over())):
        try:
            return ask(), ""
        except zmq.Again:
            time.sleep(_MOMENT)
    return "", ended


def _messages(channel: Any, ticket: str) -> list[dict[str, Any]]:
    """What has arrived on a channel in answer to a request; what cannot be read is passed over."""
    arrived = []
    for _ in range(MOST_WAITING):
        try:
            message = channel.get_msg(timeout=0)
        except queue.Empty:
            break
        except Exception:  # the kernel holds the key and may sign anything
            continue
        parent = message.get("parent_header")
        if type(parent) is dict and parent.get("msg_id") == ticket and type(message.get("content")) is dict:
            arrived.append(message)
    return arrived


class _Shown:
    """The outputs of one cell, up to a bound."""

    def __init__(self) -> None:
        self.outputs: list[NotebookNode] = []
        self._size = 0

    def take(self, message: dict[str, Any]) -> bool:
        """Add what a message shows; True when the cell is done."""
        kind, content = message.get("msg_type"), message["content"]
        if kind == "status":
            return bool(content.get("execution_state") == "idle")
        if kind == "clear_output":
            self.outputs.clear()
        elif kind in ("stream", "display_data", "execute_result", "error"):
            self._size += len(str(content))
            if self._size <= MOST_SHOWN:
                self._add(message)
        return False

    def _add(self, message: dict[str, Any]) -> None:
        try:
            output = output_from_msg(message)
        except Exception:  # not in the form of an output
            return
        last = self.outputs[-1] if self.outputs else {}
        if output.output_type == "stream" and last.get("name") == output.name and "text" in last:
            last["text"] += str(output.text)
        else:
            self.outputs.append(output)
