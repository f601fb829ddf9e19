"""The hostile agent as a state machine: whatever it answers, a request and a test cell end as they may.

A request ends with a value of the shape that it asked for, with StudentError where the student's code can raise, or
with Gone; a test cell ends passed, failed or could-not-run, and passes only if it passes on the very values that came.
"""

import socket
import time
from collections.abc import Callable
from typing import Any, ClassVar

import torch
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from autograder.examiner.channel import Channel, Gone, StudentError
from autograder.examiner.examiner import Examiner
from autograder.examiner.proxies import Proxy
from autograder.examiner.replies import MAY_RAISE
from autograder.result import COULD_NOT_RUN, FAILED, PASSED

from . import asking
from .honest import HONEST
from .replay import GIVEN, Log
from .tampering import ASK_WAYS, WAYS, Agent

STEPS = 25  # of one session
ASK = st.tuples(st.sampled_from(ASK_WAYS), st.integers(0, 999), st.integers(0, 999))
PLAN = st.tuples(st.sampled_from(WAYS), st.integers(0, 999), st.integers(0, 999))  # way, place, what
TESTS = {
    "compares": "require(f(1) == 2)",
    "reads": "require(number == 5)",
    "arithmetic": "out = f(torch.ones(2))\nrequire(out.shape == (2,) and bool((out * 2 == 2).all()))",
    "methods": "thing.n = 3\nthing.up()\nrequire(thing.n == 2)",
    "contains": "out = f(1)\nrequire(sum(out.get('w')) == 6)",
    "loops": "require(sum(f(i) for i in range(3)) == 6)",
}


class Talk(RuleBasedStateMachine):
    """Requests and test cells, against an agent that tampers with some of its replies."""

    slowest: ClassVar[float] = 0.0  # seconds that the examiner computed for one request or test cell
    ends: ClassVar[dict[str, int]] = {}  # how requests and test cells ended

    def __init__(self) -> None:
        super().__init__()
        self.examiner = Examiner(lambda number: self.channel.set_random_state(number), lambda reason: False)
        self.examiner.given.take(GIVEN, "given")
        self.channel = self._open()

    def _open(self) -> Channel:
        ours, theirs = socket.socketpair()
        self.agent = Agent(theirs)
        self.agent.start()
        agent = self.agent
        return Channel(ours, lambda: "it ended its own process" if agent.gone else "", {})

    def teardown(self) -> None:
        """Hang up."""
        self.channel.close()

    def _prepare(self) -> Channel:
        if self.agent.gone or self.channel.fileno() < 0:
            self.channel.close()
            self.channel = self._open()
        self.channel.seconds = 60.0
        return self.channel

    @rule(op=st.sampled_from(sorted(HONEST)), plan=st.lists(PLAN, min_size=1, max_size=1))
    def ask(self, op: str, plan: list[tuple[str, int, int]]) -> None:
        """One request, whose reply is tampered with."""
        channel, start = self._prepare(), time.thread_time()
        self.agent.plan = plan
        try:
            value = _ask(channel, op)
        except StudentError:
            assert op in MAY_RAISE
            self._ended("StudentError", start)
        except Gone:
            self._ended("Gone", start)
        else:
            assert _has_shape(op, value), (op, value)
            self._ended("a value", start)

    @rule(name=st.sampled_from(sorted(TESTS)), plan=st.lists(PLAN, max_size=6), number=st.integers(0, 9))
    def examine(self, name: str, plan: list[tuple[str, int, int]], number: int) -> None:
        """One test cell, of whose replies the first few are tampered with."""
        before, start, log = dict(self.examiner.given.namespace), time.thread_time(), Log()
        self.agent.plan = plan

        def prepare() -> Channel:
            left = self.agent.plan
            channel = self._prepare()
            self.agent.plan = left
            return log.of(channel)

        state, _ = self.examiner.examine(TESTS[name], name, prepare, number)
        assert state in (PASSED, FAILED, COULD_NOT_RUN)
        assert self.examiner.given.namespace == before
        if state == PASSED:
            log.replay(TESTS[name])
        self.examiner._losses.clear()  # each cell is a submission of its own
        self._ended(state, start)

    @rule(asks=st.lists(ASK, min_size=1, max_size=6), plan=st.lists(PLAN, max_size=1))
    def ask_ours(self, asks: list[tuple[str, int, int]], plan: list[tuple[str, int, int]]) -> None:
        """One call in which stand-ins are asked, some in no honest form: nothing is drawn, ours stay as they are."""
        channel = self._prepare()
        self.agent.plan, self.agent.asks = [], []
        channel.stand_in(asking.asks())
        self.agent.plan, self.agent.asks = plan, asks
        state, start = torch.get_rng_state(), time.thread_time()
        try:
            assert _has_shape("call", channel.call("f", 1, (torch.ones(2), 3), {}, observe=True))
            self._ended("a value", start)
        except StudentError:
            self._ended("StudentError", start)
        except Gone:
            self._ended("Gone", start)
        assert bool((torch.get_rng_state() == state).all()) and asking.answers_as_ever()

    def _ended(self, how: str, start: float) -> None:
        Talk.slowest = max(Talk.slowest, time.thread_time() - start)
        Talk.ends[how] = Talk.ends.get(how, 0) + 1


def _ask(channel: Channel, op: str) -> Any:
    calls: dict[str, Callable[[], Any]] = {
        "get": lambda: channel.get(["f", "number", "thing"]),
        "trace": channel.trace,
        "random": lambda: channel.seed_cell(1),
        "end": channel.end,
        "stand_in": lambda: channel.stand_in(asking.asks()),
        "assign": lambda: channel.assign("thing", 2, "n", torch.ones(2)),
        "attribute": lambda: channel.attribute("thing", 2, "many"),
        "call": lambda: channel.call("f", 1, (torch.ones(2), 3), {}, observe=True),
    }
    return calls[op]()


def _has_shape(op: str, value: Any) -> bool:
    """Whether a value is of the shape that the request asked for, written down a second time."""
    if op == "get":
        return (
            isinstance(value, dict) and set(value) <= {"f", "number", "thing"} and all(map(_is_plain, value.values()))
        )
    if op == "trace":
        return isinstance(value, list) and all(list(map(type, step)) == [str, str, int] for step in value)
    if op == "call":
        return isinstance(value, tuple) and len(value) == 2 and len(value[1]) == 2 and _is_plain(value)
    return _is_plain(value) if op == "attribute" else value is None


def _is_plain(value: Any) -> bool:
    if isinstance(value, torch.Tensor):
        honest_bool = value.dtype != torch.bool or bool((value.view(torch.uint8) <= 1).all())
        return type(value) is torch.Tensor and value.is_contiguous() and value.device.type == "cpu" and honest_bool
    if type(value) in (list, tuple):
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(type(key) in (str, int, float, bool, type(None)) and _is_plain(item) for key, item in value.items())
    kinds = ("NoneType", "bool", "int", "float", "str", "bytes", "ndarray", "Size", "dtype", "device")
    return isinstance(value, Proxy) or type(value).__name__ in kinds


def run(sessions: int, fixed: bool = False) -> None:
    """Let it talk; raises where something is not as promised. fixed: the same way each time."""
    quiet = list(HealthCheck)
    run_state_machine_as_test(
        Talk,
        settings=settings(
            max_examples=sessions,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=fixed,
            suppress_health_check=quiet,
        ),
    )
