"""An agent that was changed from within, in a real process in the sandbox: its answers cost what needs them only."""

import pytest
from mini import answer, findings_of, given, graded, heading

from autograder.result import COULD_NOT_RUN, FAILED, PASSED, Record, Result, read_record, write_record
from sample_class.hostile.replies import MORE_NAMES, TO_REQUEST, answers

HONEST = "import sys\n\ndef right(x):\n    return x\n\ndef wrong(x):\n    return x + 1\n"
TESTS = [
    given("imports", "import torch\n\ndef require(right):\n    assert right is True"),
    heading("Tests"),
    graded("right_once", "# right is right.\nrequire(right(1) == 1)"),
    graded("wrong_once", "# wrong is right.\nrequire(wrong(1) == 1)"),
    graded("attacked", "# attacked is right.\nassert attacked(1) == 1"),
    graded("right_again", "# right is right.\nrequire(right(2) == 2)"),
]


def states(root, tmp_path, source, *more):
    """The state of each test, and all that was found, with this answer cell above them."""
    cells = [TESTS[0], heading("Answers"), answer("answers", HONEST + source), *more, *TESTS[1:]]
    found = findings_of(root, tmp_path, cells)
    return {result.id: result.state for result in found.results}, found


def in_attacked(code):
    return "def attacked(x):\n    " + code.strip("\n").replace("\n", "\n    ") + "\n    return 1\n"


def test_a_reply_with_names_of_the_tests_own_earns_nothing(root, tmp_path):
    found, _ = states(root, tmp_path, MORE_NAMES)
    assert set(found.values()) == {FAILED}


@pytest.mark.parametrize(
    "change, buffers",
    [
        ("'ok': ['tensor', 'float32', [2**28], [0], False, 0]", "bytes(8)"),
        ("'ok': ['dict', [[['tuple', [n * (2**61 - 1)]], 0] for n in range(60_000)]]", ""),
        ("'offences': [['autograd', [['f', 'x']]]] * 60_000", ""),
        ("'ok': None, 'cpu': -1e9", ""),
        ("'ok': 1, 'error': ['ValueError', '']", ""),
    ],
    ids=["a layout of its own", "keys of one hash", "offences without end", "a time that is none", "value and error"],
)
def test_an_answer_in_no_form_agreed_upon_costs_the_test_that_needs_it(root, tmp_path, change, buffers):
    found, _ = states(root, tmp_path, in_attacked(answers(change, buffers)))
    assert found == {"right_once": PASSED, "wrong_once": FAILED, "attacked": FAILED, "right_again": PASSED}


@pytest.mark.parametrize("how", ["return 5", "raise ValueError('no')"])
def test_a_trace_that_is_none_blames_nobody_and_stops_nothing(root, tmp_path, how):
    source = TO_REQUEST.format(op="trace", how=how)
    found, all_found = states(root, tmp_path, source, heading("Below"), given("raises", "right(1 / 0)"))
    assert found == {"right_once": PASSED, "wrong_once": FAILED, "attacked": FAILED, "right_again": PASSED}
    assert all_found.raised == {}


@pytest.mark.parametrize("op", ["end", "random"])
@pytest.mark.parametrize("how", ["return 5", "raise ValueError('no')"])
def test_an_error_or_a_number_where_there_can_be_none_leaves_every_test_with_a_verdict(root, tmp_path, op, how):
    found, all_found = states(root, tmp_path, TO_REQUEST.format(op=op, how=how))
    assert set(found.values()) <= {PASSED, FAILED}
    assert found["wrong_once"] == FAILED
    assert all(result.points is not None for result in all_found.results)


def test_what_a_student_raises_is_printable_wherever_it_is_kept(root, tmp_path):
    text = r"\x1b]52;c;aGk=\x07 \x1b[31mred \x9b2J \u202etxet \u2028"
    source = in_attacked(f'raise type("E\\x1b[2J", (Exception,), {{}})("{text}")')
    found, all_found = states(root, tmp_path, source, heading("Below"), answer("raises", f'raise ValueError("{text}")'))
    assert found["attacked"] == FAILED
    said = [result.message for result in all_found.results] + list(all_found.raised.values())
    assert all(line.isprintable() for text in said for line in text.split("\n"))
    assert r"\x1b]52;c;aGk=\x07 red \x9b2J \u202etxet" in all_found.raised["Below"]


def test_a_record_holds_nothing_that_acts_on_a_terminal_or_a_page(tmp_path):
    bad = "a\x1b]52;c;x\x07b\x85\u202ec\u2066\r\u2029"
    write_record(Record("1", "n", "", [Result("t", bad, FAILED, 1.0, bad)], [bad], {"NAME": [bad]}), tmp_path)
    record = read_record(tmp_path / "n.json")
    for text in (record.results[0].message, record.remarks[0], record.identity["NAME"][0]):
        assert text == r"a\x1b]52;c;x\x07b\x85\u202ec\u2066\r\u2029"


PRETENDS = """
class Pretends:
    def __getattr__(self, name):
        return {"shape": (2, 3), "dtype": 7}.get(name, lambda *args: [1, 2])

def pretends():
    return Pretends()
"""


@pytest.mark.parametrize("asked", ["shape == (2, 3)", "dtype == 7", "long().tolist() == [1, 2]", "bincount().item()"])
def test_an_object_says_nothing_of_numbers_that_it_does_not_hold(root, tmp_path, asked):
    cells = [heading("All"), answer("answers", PRETENDS), graded("test", f"# It is right.\nassert pretends().{asked}")]
    assert [result.state for result in findings_of(root, tmp_path, cells).results] == [FAILED]


def test_a_test_that_what_came_has_filled_up_is_failed_and_one_without_it_could_not_run(root, tmp_path):
    large = "import torch\n\ndef large():\n    return torch.zeros(2**29 - 2**20, dtype=torch.bool)"
    ours = "# Our own.\nimport torch\nassert right(1) == 1 and torch.zeros(2**34).sum() == 0"
    cells = [
        heading("All"),
        answer("answers", HONEST + large),
        graded("theirs", "# It is.\nassert large().double().sum()"),
    ]
    results = findings_of(root, tmp_path, [*cells, graded("ours", ours)]).results
    assert [result.state for result in results] == [FAILED, COULD_NOT_RUN]
    assert results[0].message.startswith("Your code returned 511 MiB of numbers")
