"""What crosses between the student's process and the examiner: exactly plain data, whatever the other side sends."""

import json
import socket
import struct
import threading
import time
from collections import OrderedDict

import numpy as np
import pytest
import torch

from autograder.inside import frames, plain


def no_handles(value):
    raise plain.NotPlain(type(value).__name__)


def crossed(value, strides=False):
    """The value after it went through a real socket."""
    left, right = socket.socketpair()
    buffers = []
    node = plain.encode(value, buffers, no_handles, strides)
    thread = threading.Thread(target=frames.send, args=(left, {"ok": node}, buffers))
    thread.start()
    header, arrived = frames.receive(right)
    thread.join()
    return plain.decode(header["ok"], arrived, no_handles)


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -(2**62), 0.1, float("inf"), "متن", b"\0\xff", [1, [2.5, None]], (1, (2, "x")), {"t": 3, 4: [5]},
        torch.Size([2, 3]), torch.float16, torch.device("cpu"),
    ],
)  # fmt: skip
def test_plain_values_come_out_equal_and_of_the_same_type(value):
    got = crossed(value)
    assert got == value and type(got) is type(value)


@pytest.mark.parametrize("dtype", plain.DTYPES.values(), ids=str)
@pytest.mark.parametrize("shape", [(), (3,), (2, 0, 4), (2, 3, 4)])
def test_tensors_keep_shape_dtype_and_every_bit(dtype, shape):
    tensor = (torch.rand(shape) * 100).to(dtype)
    got = crossed(tensor)
    assert type(got) is torch.Tensor and got.dtype == dtype and got.shape == tensor.shape and torch.equal(got, tensor)


@pytest.mark.parametrize(
    "view",
    [
        torch.arange(24.0).reshape(4, 3, 2).transpose(0, 2),
        torch.arange(192.0).reshape(6, 8, 4)[:, ::2, 1:],
        torch.arange(3.0).expand(4, 3),
        torch.arange(5.0)[2:],
    ],
)
def test_a_view_arrives_as_a_view_of_the_same_layout(view):
    got = crossed(view, strides=True)
    assert torch.equal(got, view) and got.stride() == view.stride() and got.is_contiguous() == view.is_contiguous()


def test_what_comes_from_the_student_is_fresh_contiguous_and_of_the_exact_class():
    class Equal(torch.Tensor):
        def __eq__(self, other):
            return True

    got = crossed([torch.ones(2, 2).as_subclass(Equal), torch.nn.Parameter(torch.ones(3)), torch.ones(4, 3).T])
    assert [type(tensor) for tensor in got] == [torch.Tensor] * 3 and got[2].is_contiguous()
    assert [tensor.requires_grad for tensor in got] == [False, True, False]


def test_numpy_numbers_become_numbers_arrays_stay_arrays_and_ordered_dicts_become_dicts():
    got = crossed([np.float32(0.5), np.int64(7), np.bool_(True), np.arange(6).reshape(2, 3)[:, ::2], OrderedDict(a=1)])
    assert [type(value) for value in got] == [float, int, bool, np.ndarray, dict]
    assert got[3].tolist() == [[0, 2], [3, 5]]


@pytest.mark.parametrize("value", [object(), {1, 2}, lambda: 1, range(3), 2**70, 1j, np.array(["a"], dtype=object)])
def test_everything_else_stays_where_it_is(value):
    with pytest.raises(plain.NotPlain):
        plain.encode(value, [], no_handles)


def test_a_list_that_holds_itself_is_refused():
    loop = []
    loop.append(loop)
    with pytest.raises(plain.NotPlain):
        plain.encode(loop, [], no_handles)


@pytest.mark.parametrize(
    "node, buffers",
    [
        ({"a": 1}, []),
        ([], []),
        (["eval", "1"], []),
        (["tensor", "float32", [2**39, 2**39], None, False, 0], [bytearray(4)]),
        (["tensor", "float32", [-1], None, False, 0], [bytearray(4)]),
        (["tensor", "float32", [2], [10**9], False, 0], [bytearray(8)]),
        (["tensor", "object", [1], None, False, 0], [bytearray(8)]),
        (["tensor", "float32", [1], None, False, 5], [bytearray(4)]),
        (["array", "O", [1], 0], [bytearray(8)]),
        (["array", "d", [3], 0], [bytearray(8)]),
        (["dict", [[["list", []], 1]]], []),
        (["device", "\0"], []),
        (["list", 5], []),
    ],
)
def test_a_node_that_is_not_in_the_form_agreed_upon_is_refused(node, buffers):
    with pytest.raises(frames.BadFrame):
        plain.decode(node, buffers, no_handles)


def deep(levels):
    node = 1
    for _ in range(levels):
        node = ["list", [node]]
    return node


def test_nesting_is_bounded():
    with pytest.raises(frames.BadFrame):
        plain.decode(deep(100), [], no_handles)


@pytest.mark.parametrize(
    "raw",
    [
        struct.pack(">II", 2**31, 0),
        struct.pack(">II", 2, 2**31),
        struct.pack(">IIQ", 2, 1, 2**50),
        struct.pack(">II", 3, 0) + b"{]!",
        struct.pack(">II", 4, 0) + b"[{}]",
        struct.pack(">II", 200_000, 0) + b"[" * 200_000,
    ],
)
def test_a_frame_over_a_limit_or_without_json_is_refused_before_it_costs_memory(raw):
    left, right = socket.socketpair()
    threading.Thread(target=left.sendall, args=(raw,), daemon=True).start()
    with pytest.raises(frames.BadFrame):
        frames.receive(right)


def test_a_frame_that_breaks_off_is_the_end():
    left, right = socket.socketpair()
    left.sendall(struct.pack(">II", 100, 0) + json.dumps({"ok": 1}).encode())
    left.close()
    with pytest.raises(frames.Closed):
        frames.receive(right)


def test_a_frame_with_another_one_behind_it_is_refused():
    left, right = socket.socketpair()
    for _ in range(2):
        frames.send(left, {"ok": 1}, [])
    with pytest.raises(frames.BadFrame, match="more after the end"):
        frames.receive(right)


def test_a_large_frame_reaches_a_reader_who_is_slower_than_the_time_out():
    left, right = socket.socketpair()
    left.settimeout(0.05)
    body, waited = bytes(range(256)) * 2**15, []

    def send():
        frames.send(left, {"ok": 1}, [body], lambda: waited.append(time.monotonic()))

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    while len(waited) < 3:
        time.sleep(0.01)
    header, arrived = frames.receive(right)
    thread.join()
    assert header == {"ok": 1}
    assert bytes(arrived[0]) == body


@pytest.mark.parametrize("size", [0, 1, 2**16 - 1, 2**16, 2**16 + 1, 2**20])
def test_buffers_of_any_size_arrive_whole_one_after_another(size):
    left, right = socket.socketpair()
    sent = [bytes([number]) * (size + number) for number in range(3)]
    thread = threading.Thread(target=frames.send, args=(left, {"ok": 1}, sent), daemon=True)
    thread.start()
    _, arrived = frames.receive(right)
    thread.join()
    assert [bytes(buffer) for buffer in arrived] == sent
