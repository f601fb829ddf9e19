"""What a student's process may try with stand-ins: it gets no answer that counts, and costs no more than its test."""

import pytest
from layers_in_cells import found, part, states

AGENT = "import gc\nagent = next(o for o in gc.get_objects() if type(o).__name__ == 'Agent')\n"
ASK = "frames = __import__('sys').modules['inside.frames']\n" + AGENT
WRONG = "def goodness(h):\n    {}\n    return None\n"
ELSEWHERE = """
import os
import threading

def in_thread(f):
    kept = []
    thread = threading.Thread(target=lambda: kept.append(f()))
    thread.start()
    thread.join()
    return kept[0]

def interrupt():
    import signal
    signal.setitimer(signal.ITIMER_PROF, 0.001)

def in_child(f):
    if os.fork() == 0:
        try:
            f()
        finally:
            os._exit(0)
    os.wait()
    raise ValueError("that was all")

"""


def layer(code):
    """A layer that does something with stand-ins before it learns."""
    line = "        h_pos, h_neg = self("
    return ELSEWHERE + part("ff_layer").replace(line, f"        {code}\n{line}")


def raw(**header):
    """Code that sends a frame of its own in the middle of a call."""
    fields = ", ".join(f"{name!r}: {value}" for name, value in header.items())
    return f"{ASK.replace(chr(10), '; ')}frames.send(agent._sock, {{{fields}}}, [])"


def called(args="[]", named="[]", back="None"):
    return f"['tuple', [['tuple', {args}], ['dict', {named}], None, {back}]]"


NOTHING = called()
ID = "agent._ask.request"


def test_an_ask_outside_of_an_attempt_ends_the_session_and_costs_its_test(tmp_path):
    code = raw(id=ID, ask="'goodness'", value=NOTHING)
    found_states = states(found(tmp_path, goodness=WRONG.format(code)))
    assert found_states["goodness_value"] == "failed"
    assert found_states["ff_layer_moves"] == found_states["ff_net_moves"] == "passed with our `goodness`"


@pytest.mark.parametrize(
    "header",
    [
        {"id": ID, "ask": "'ff_loss'", "value": NOTHING},
        {"id": ID, "ask": "'FFLayer.train_batch'", "value": NOTHING},
        {"id": ID, "ask": "'__builtins__'", "value": NOTHING},
        {"id": ID, "ask": "['goodness']", "value": NOTHING},
        {"id": "'x'", "ask": "'goodness'", "value": NOTHING},
        {"id": ID, "ask": "'goodness'", "value": "['tensor', 'float32', [2**28], [0], False, 0]"},
        {"id": ID, "ask": "'goodness'", "value": called("[['handle', 1, 'A', '']]")},
        {"id": ID, "ask": "'goodness'", "value": called(named="[[1, 2]]")},
        {"id": ID, "ask": "'goodness'", "value": called(back="['tuple', [-1, ['list', []]]]")},
        {"id": ID, "ask": "'goodness'", "value": NOTHING, "more": "1"},
    ],
    ids=["not installed", "above", "builtins", "no name", "id", "layout", "handle", "names", "way back", "more"],
)  # fmt: skip
def test_an_ask_that_no_honest_agent_sends_costs_the_test_only(tmp_path, header):
    findings = found(tmp_path, goodness=WRONG.format("pass"), ff_layer=layer(raw(**header)))
    after = states(findings)
    assert after["ff_layer_moves"] == "failed" and after["ff_net_moves"] == "passed with our `goodness` and `FFLayer`"


@pytest.mark.parametrize(
    "code",
    [
        "[goodness(h) for h in (x_pos,) for _ in range(10**5)]",
        "goodness(x_pos, 1, 2)",
        "goodness(object())",
        "goodness([[[[1]]]])",
        "goodness({1: 2**70})",
        "goodness(torch.ones(2**27))",
        "in_thread(lambda: goodness(x_pos))",
        "in_child(lambda: goodness(x_pos))",
        "interrupt(); [goodness(x_pos) for _ in range(3000)]",
    ],
    ids=["endless", "arguments", "object", "list", "integer", "large", "thread", "fork", "interrupted"],
)  # fmt: skip
def test_a_stand_in_that_is_misused_costs_the_test_that_does_so(tmp_path, code, monkeypatch):
    monkeypatch.setattr("autograder.examiner.asks.MOST_ASKS", 3000)
    findings = found(tmp_path, goodness=WRONG.format("pass"), ff_layer=layer(code))
    after = states(findings)
    assert after["ff_layer_moves"] == "failed" and after["ff_net_moves"] == "passed with our `goodness` and `FFLayer`"
    assert all(result.points is not None for result in findings.results)


def test_a_stand_in_that_was_kept_answers_no_more(tmp_path):
    kept = "kept = []\n\n" + layer("kept.append(goodness)").replace("goodness(h_", "kept[0](h_")
    net = part("ff_net").replace(
        "history = []", "history = []\n        kept[0](torch.ones(2, 2)); kept[-1](torch.ones(2, 2))"
    )
    findings = found(tmp_path, goodness=WRONG.format("pass"), ff_layer=kept, ff_net=net)
    assert states(findings)["goodness_value"] == "failed"
    assert all(result.points is not None for result in findings.results)


def test_what_a_student_puts_in_the_place_of_a_stand_in_is_the_students(tmp_path):
    code = "global goodness; goodness = lambda h: 1 / 0"
    findings = found(tmp_path, goodness=WRONG.format("pass"), ff_layer=layer(code))
    assert states(findings)["ff_layer_moves"] == "failed"
    assert states(findings)["ff_net_moves"] == "passed with our `goodness` and `FFLayer`"
