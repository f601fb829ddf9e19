"""Threat A, over the channel: an agent that was changed from within, and answers what nobody asked for."""

from .edits import attack, into_function, wrong_answers
from .submission import EMBED_LABEL, FF_LOSS, GOODNESS, SUPERVISED, WRONG_LABELS, Hostile

REPLIES = "A replies"
_FOUR = tuple(f"{SUPERVISED}/{id}" for id in ("embed_label", "wrong_labels", "goodness", "ff_loss"))
_ABOVE = (EMBED_LABEL, WRONG_LABELS)  # sections whose cells have all run before the agent was changed
_RAISES = "section '(c) Building the network' raises"
_ALL_FOUR = (EMBED_LABEL, WRONG_LABELS, GOODNESS, FF_LOSS)
_BUT_GOODNESS = (EMBED_LABEL, WRONG_LABELS, FF_LOSS)
ACTS = r'"\x1b]52;c;aGk=\x07 \x1b[2J \x9b31m \u202etxet"'
MORE_NAMES = """
import sys
yes = lambda *args, **options: None
sys.modules["inside.agent"].Agent._get = lambda self, request, buffers: {
    **{name: self._names[name] for name in request["names"] if name in self._names}, "require": yes, "expect": yes
}
"""
ANSWERS = """
import sys
frames = sys.modules["inside.frames"]
send = frames.send

def answer(sock, header, buffers, *rest):
    {how}

frames.send = answer
"""
ALWAYS_NAMED = (
    "node = header.get('ok')\n"
    "    if node and node[0] == 'dict':\n"
    "        node[1] += [[name, ['handle', 1, 'function', name]] for name in ('require', 'expect', '__builtins__')]\n"
    "    send(sock, header, buffers, *rest)"
)
ONCE = "frames.send = send\n    send(sock, {{**header, {change}}}, [{buffers}])"
TO_REQUEST = """
import sys
Agent = sys.modules["inside.agent"].Agent

def answer(self, request, buffers):
    {how}

Agent._{op} = answer
"""


def answers(change: str, buffers: str = "") -> str:
    """Code that has the next answer changed."""
    return ANSWERS.format(how=ONCE.format(change=change, buffers=buffers))


def _wrong(number: int, situation: str, code: str) -> Hostile:
    """Four wrong answers, and an agent that says otherwise."""
    return Hostile(f"4029105{number:02d}", situation, REPLIES, (wrong_answers(), attack(code)))


def _in_goodness(number: int, situation: str, change: str, buffers: str = "") -> Hostile:
    """Four right answers; what the agent answers to a call of one of them is in no form agreed upon."""
    edits = (into_function("goodness", answers(change, buffers)),)
    return Hostile(f"4029105{number:02d}", situation, REPLIES, edits, _FOUR, _BUT_GOODNESS)


def _to_request(number: int, op: str, how: str, earns: tuple[str, ...], remark: str = "") -> Hostile:
    """Four right answers, below which an agent answers one kind of request with something else."""
    code, what = TO_REQUEST.format(op=op, how=how), "an error" if how.startswith("raise") else "a number"
    edits = (attack(code, id="ff_loss"),)
    return Hostile(f"4029105{number:02d}", f"{op!r} is answered with {what}", REPLIES, edits, _FOUR, earns, remark)


REPLIED = (
    _wrong(1, "a reply holds require and expect, too", MORE_NAMES),
    _wrong(2, "every dict of a reply holds names of the test's own", ANSWERS.format(how=ALWAYS_NAMED)),
    _in_goodness(
        3, "a tensor of 2**28 numbers in 8 bytes", "'ok': ['tensor', 'float32', [2**28], [0], False, 0]", "bytes(8)"
    ),
    _in_goodness(
        4, "60,000 keys of one hash", "'ok': ['dict', [[['tuple', [n * (2**61 - 1)]], 0] for n in range(60_000)]]"
    ),
    _in_goodness(5, "offences without an end", "'offences': [['autograd', [['f', 'ff_loss']]]] * 60_000"),
    _in_goodness(
        6, "an empty tensor of 2**40 columns", "'ok': ['tensor', 'float32', [0, 2**40], None, False, 0]", "b''"
    ),
    _in_goodness(7, "512 MiB that belong to nothing", "'ok': None", "bytes(2**29)"),
    _in_goodness(8, "an error whose name is no name", "'ok': 1, 'error': ['\\\\0', '']"),
    Hostile(
        "402910509", "an error that acts on a terminal and turns a line", REPLIES,
        (into_function("goodness", f"raise ValueError({ACTS})"), attack("print(" + ACTS + ")")), _FOUR, _BUT_GOODNESS,
    ),
    # the agent is spoilt by the cell of ff_loss, so the process is at its end with it: section (c) is lost, 8 of the 21
    _to_request(10, "end", "return 5", _ABOVE, _RAISES),
    _to_request(11, "end", "raise ValueError('no')", _ABOVE, _RAISES),
    _to_request(12, "random", "return 5", _ABOVE, _RAISES),
    # nothing of the student's raises, so a trace is never needed: four right answers, 21
    _to_request(13, "trace", "return 5", _ALL_FOUR),
    _to_request(14, "trace", "raise ValueError('no')", _ALL_FOUR),
)  # fmt: skip
