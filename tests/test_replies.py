"""What comes over the channel is what was asked for, or the end of that session; no more reaches a test's world."""

import socket
import threading
from collections import OrderedDict

import numpy as np
import pytest
import torch

from autograder.examiner import examiner as examining
from autograder.examiner.bounds import bounded_memory
from autograder.examiner.channel import Channel, Gone, StudentError
from autograder.examiner.examiner import Examiner
from autograder.examiner.proxies import Proxy
from autograder.inside import frames, plain
from autograder.result import COULD_NOT_RUN, FAILED
from sample_class.hostile_agent.machine import Talk, run
from sample_class.hostile_agent.tampering import Agent

ASKED = {
    "get": lambda channel: channel.get(["f"]),
    "trace": lambda channel: channel.trace(),
    "random": lambda channel: channel.seed_cell(1),
    "end": lambda channel: channel.end(),
    "assign": lambda channel: channel.assign("f", 1, "n", 2),
    "attribute": lambda channel: channel.attribute("f", 1, "n"),
    "call": lambda channel: channel.call("f", 1, (), {}),
    "observed call": lambda channel: channel.call("f", 1, (3,), {}, observe=True),
}
GOOD = {"id": None, "ok": None, "cpu": 0.0, "offences": []}


def answered(reply, buffers=(), op="call"):
    """What asking comes to when this is the reply; `id` is filled in."""
    ours, theirs = socket.socketpair()

    def answer():
        request, _ = frames.receive(theirs)
        frames.send(theirs, {**reply, "id": request["id"]} if "id" in reply else reply, list(buffers))

    threading.Thread(target=answer, daemon=True).start()
    return ASKED[op](Channel(ours, lambda: "", {}))


def value(node, *buffers, op="call"):
    return answered({**GOOD, "ok": node}, buffers, op)


@pytest.mark.parametrize("op", ["random", "end", "trace"])
@pytest.mark.parametrize("reply", [{"ok": 5}, {"error": ["ValueError", "no"]}, {"ok": ["list", [1]]}])
def test_an_error_or_a_number_where_there_can_be_none_is_the_end_of_the_session(op, reply):
    with pytest.raises(Gone):
        answered({"id": None, "cpu": 0.0, "offences": [], **reply}, op=op)


@pytest.mark.parametrize("op", ["get", "call", "attribute", "assign"])
def test_an_error_of_the_students_code_is_an_error_where_their_code_runs(op):
    with pytest.raises(StudentError, match=r"^a\\x1b\]52;c;x\\x07b\\u202ec$"):
        answered({"id": None, "cpu": 0.0, "offences": [], "error": ["E", "a\x1b]52;c;x\x07b\u202ec"]}, op=op)


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "", "\x9b31m"])
def test_an_error_may_have_any_name(name):
    with pytest.raises(StudentError):
        answered({"id": None, "cpu": 0.0, "offences": [], "error": [name, ""]})


@pytest.mark.parametrize("extra", ["require", "expect", "__builtins__", "g", ""])
def test_a_reply_holds_no_name_that_was_not_asked_for(extra):
    with pytest.raises(Gone, match="names that nobody asked for"):
        value(["dict", [["f", 1], [extra, 2]]], op="get")
    assert value(["dict", [["f", 1]]], op="get") == {"f": 1}
    assert value(["dict", []], op="get") == {}


@pytest.mark.parametrize(
    "change",
    [
        {"cpu": -1.0}, {"cpu": float("nan")}, {"cpu": float("inf")}, {"cpu": 1}, {"cpu": None}, {"more": 1},
        {"id": 3}, {"error": None}, {"offences": None}, {"offences": [["autograd", []]] * 101}, {"offences": ["ab"]},
        {"offences": [["autograd", [["f", "\x1b"]]]]}, {"offences": [["autograd", [["f", "g"]] * 13]]},
        {"offences": [["x" * 301, []]]}, {"ok": {}}, {"ok": 2**63}, {"ok": "x" * 100_001},
    ],
)  # fmt: skip
def test_each_part_of_a_reply_is_bounded(change):
    answered(GOOD)
    with pytest.raises(Gone):
        answered({**GOOD, **change} if "id" not in change else {name: GOOD[name] for name in ("ok", "cpu", "offences")})


EIGHT = b"\1" * 8


@pytest.mark.parametrize(
    "node, buffers",
    [
        (["tensor", "float32", [2**28], [0], False, 0], [EIGHT]),
        (["tensor", "float32", [2], [1], False, 0], [EIGHT]),
        (["tensor", "float32", [2], None, 1, 0], [EIGHT]),
        (["tensor", "float32", [3], None, False, 0], [EIGHT]),
        (["tensor", "float32", [0, 2**40], None, False, 0], [b""]),
        (["tensor", "float32", [0, 2**30, 2**34], None, False, 0], [b""]),
        (["tensor", "float32", [1] * 17, None, False, 0], [b"\1" * 4]),
        (["tensor", "float32", [True, 2], None, False, 0], [EIGHT]),
        (["list", [["tensor", "float32", [2], None, False, 0]] * 2], [EIGHT]),
        (["list", [["bytes", 1], ["bytes", 0]]], [EIGHT, EIGHT]),
        (["bytes", -1], [EIGHT]),
        (["bytes", 0], [b"x" * 100_001]),
        (None, [EIGHT]),
        (["array", "d", [1], True], [EIGHT, EIGHT]),
        (["dict", [[["tuple", [1, 2]], 1]]], []),
        (["dict", [["a", 1], ["a", 2]]], []),
        (["dict", [[n * (2**61 - 1), 0] for n in range(4)] + [[2**63, 0]]], []),
        (["dict", [[n, 0] for n in range(60_000)]], []),
        (["list", [["list", [0] * 40_000]] * 4], []),
        (["list", [["handle", n + 1, "A", ""] for n in range(10_001)]], []),
        (["handle", 0, "A", ""], []), (["handle", 2**40, "A", ""], []), (["handle", True, "A", ""], []),
        (["handle", 1, "A" * 301, ""], []), (["handle", 1, "A", None], []), (["handle", 1, "A"], []),
        (["device", "cuda:99999"], []), (["eval", "1"], []), ([["list"], []], []), ([], []), ({}, []),
    ],
)  # fmt: skip
def test_a_value_that_no_honest_agent_sends_is_the_end_of_the_session(node, buffers):
    with pytest.raises(Gone):
        value(node, *buffers)


def test_truth_is_true_or_false_whatever_bytes_came():
    tensor = value(["tensor", "bool", [3], None, False, 0], b"\0\2\xff")
    assert tensor.view(torch.uint8).tolist() == [0, 1, 1]
    array = value(["array", "?", [3], 0], b"\0\2\xff")
    assert array.view(np.uint8).tolist() == [0, 1, 1]


def test_a_call_that_is_observed_brings_as_many_arguments_as_it_was_given():
    assert value(["tuple", [1, ["tuple", [3]]]], op="observed call") == (1, (3,))
    for node in (1, ["tuple", [1, ["tuple", []]]], ["tuple", [1, ["list", [3]]]], ["tuple", [1, 2, 3]]):
        with pytest.raises(Gone):
            value(node, op="observed call")


def test_names_of_types_and_objects_are_printable():
    proxy = value(["dict", [["f", ["handle", 1, "A\x1b[2J", "g\u202e"]]]], op="get")["f"]
    assert type(proxy).__name__.isprintable()
    assert proxy.__name__ == r"g\u202e"


def crossed(sent):
    """What the examiner reads of what the honest agent encodes."""
    buffers = []
    node = plain.encode(sent, buffers, lambda kept: ["handle", 1, type(kept).__name__[:100], ""])
    return value(node, *buffers)


@pytest.mark.parametrize(
    "sent",
    [
        2**63, -(2**63), "x" * 100_001, b"x" * 100_001, {(1, 2): 3}, {2**63: 1}, dict.fromkeys(range(1001)), 1j,
        torch.empty(0, 2**30), torch.ones([1] * 17), torch.Size([1] * 17), np.ones(2, dtype=">f8"), object(),
        np.uint64(2**63),
    ],
    ids=lambda sent: type(sent).__name__,
)  # fmt: skip
def test_what_is_too_large_or_of_another_kind_stays_behind_as_an_object(sent):
    assert isinstance(crossed(sent), Proxy)


@pytest.mark.parametrize(
    "sent",
    [
        {"t": 1, 2: 3, 0.5: 4, None: 5}, OrderedDict(a=1), [float("nan")] and [1.5] * 50_000, np.empty((0, 3)),
        torch.empty(0, 784), list(range(100_000)), "x" * 100_000, {n: n for n in range(1000)}, [[[]] * 1000] * 100,
        -(2**63) + 1, np.float64(0.5), torch.device("meta"),
    ],
    ids=lambda sent: type(sent).__name__,
)  # fmt: skip
def test_what_honest_code_returns_crosses_as_it_is(sent):
    got = crossed(sent)
    assert str(got) == str(dict(sent) if isinstance(sent, OrderedDict) else sent)


def test_more_than_may_come_at_once_is_the_students_error_not_the_end():
    with pytest.raises(plain.NotPlain, match="more than 131,072 values"):
        plain.encode([0] * 200_000, [], lambda kept: None)
    with pytest.raises(plain.NotPlain, match="more than 10,000 objects"):
        plain.encode([object() for _ in range(10_001)], [], lambda kept: None)


def test_the_calls_of_one_test_cell_bring_no_more_than_a_bound(monkeypatch):
    monkeypatch.setattr("autograder.examiner.channel.MOST_BYTES", 1000)
    with pytest.raises(Gone, match="GiB of numbers in one test"):
        value(["bytes", 0], b"x" * 1001)
    assert value(["bytes", 0], b"x" * 1000) == b"x" * 1000


@pytest.mark.parametrize(
    "source, state",
    [
        ("bytearray(2**40)", COULD_NOT_RUN),
        ("import torch\ntorch.empty(2**38)", COULD_NOT_RUN),
        ("import torch\nblocks = [torch.ones(2**24) for _ in range(100)]", COULD_NOT_RUN),
        ("raise RuntimeError('a thing')", FAILED),
    ],
)
def test_a_test_cell_that_runs_out_of_memory_could_not_run(monkeypatch, source, state):
    monkeypatch.setattr(examining, "bounded_memory", lambda: bounded_memory(2**30))
    ours, theirs = socket.socketpair()
    Agent(theirs).start()
    channel = Channel(ours, lambda: "", {})
    assert Examiner(lambda number: None, lambda reason: False).examine(source, "cell", lambda: channel, 0)[0] == state


def test_a_hostile_agent_gets_nothing_by_any_of_a_few_hundred_answers():
    Agent.replies, Talk.slowest = 0, 0.0
    run(sessions=12, fixed=True)
    assert Agent.replies > 300
    assert Talk.slowest < 10
