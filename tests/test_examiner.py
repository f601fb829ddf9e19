"""What a test cell comes to, with real students' processes in the sandbox: only the examiner's own record counts."""

import pytest
from mini import answer, findings_of, given, graded, heading, results_of

from autograder.result import FAILED, PASSED

CELLS = [
    heading("Ordinary"),
    given("imports", "import torch"),
    answer(
        "work",
        """
        import warnings, sys

        def f(x):
            warnings.warn("slow")
            print("x", file=sys.stderr)
            return x

        def h():
            raise NotImplementedError("here")

        class Counter:
            n = 0

            def up(self):
                self.n += 1
                if self.n == 3:
                    self.up = lambda: "changed"
                return self.n
        """,
    ),
    given("helper", "def twice(x):\n    return f(f(x))\n\nlimit = 3\nfive = f(5)\nprint('shown')"),
    graded("right", "# f returns x.\nassert f(1) == 1"),
    graded("chatter", "# f may talk.\nf(1)"),
    graded("wrong", "# f doubles.\nassert f(1) == 2"),
    graded("zero_shown", "# A number shown is not a mark.\nassert f(1) == 1\n0.0"),
    graded("number_shown", "# A number shown is not a mark.\nf(1) + 41\nassert f(1) == 3\n50"),
    graded(
        "sentence",
        """
        # The message is the check's own.
        from libs import expect
        expect(torch.zeros(2), torch.zeros(3), call="f(x)", because="it has three rows", hint="count them")
        """,
    ),
    graded("hinted", "# f doubles.\n# Hint: call it twice.\nassert f(1) == 2, 'a thing'"),
    graded("not_defined", "# g exists.\ng(1)"),
    graded("unwritten", "# h is written.\nh()"),
    graded("given_function", "# Given functions call the student's.\nassert twice(4) == 4 and limit + five == 8"),
    graded(
        "methods",
        """
        # Methods of one object and of another are kept apart, and what is set anew is seen.
        one, two = Counter(), Counter()
        assert [one.up(), one.up(), two.up(), one.n, two.n] == [1, 2, 1, 2, 1]
        two.up = 5
        assert two.up == 5 and one.up() == 3
        """,
    ),
    graded("methods_again", "# Each test has its own objects.\none = Counter()\nassert [one.up(), one.n] == [1, 1]"),
    graded("seed", "# Inputs are seeded.\nimport os\nassert len(os.environ['HW2_SEED']) == 64"),
    graded("random", "# Random numbers repeat.\nassert False, torch.rand(1).item()"),
    graded("budget", "# The small budget is in force.\nfrom libs import epochs\nassert epochs(10, graded=1) == 1"),
    heading("Raises"),
    answer("raises", "1 / 0"),
    graded("after_raise", "# The section goes on.\nassert f(1) == 1"),
    heading("Ends"),
    answer("ends", "import os\nos._exit(0)"),
    graded("after_exit", "# The process is started again.\nassert f(1) == 1"),
]


@pytest.fixture(scope="module")
def runs(root, tmp_path_factory):
    """What two runs of one notebook found."""
    return [results_of(root, tmp_path_factory.mktemp("run"), CELLS) for _ in range(2)]


@pytest.fixture(scope="module")
def results(runs):
    return runs[0]


def test_the_same_submission_gives_the_same_record_every_time(runs):
    assert runs[0] == runs[1]
    assert runs[0]["random"].message.startswith("The test could not use what your code returned: AssertionError: 0.")


PASSES = ["right", "chatter", "zero_shown", "methods", "methods_again", "seed", "budget", "given_function"]
PASSES += ["after_raise", "after_exit"]


@pytest.mark.parametrize("id", PASSES)
def test_a_cell_that_runs_to_its_end_passes_whatever_is_printed_warned_of_or_shown(results, id):
    assert (results[id].state, results[id].points, results[id].message) == (PASSED, 2, "")


@pytest.mark.parametrize("id", ["wrong", "number_shown", "sentence", "not_defined", "unwritten"])
def test_a_cell_that_raises_gets_nothing_whatever_it_shows(results, id):
    assert (results[id].state, results[id].points) == (FAILED, 0)


def test_the_message_says_what_was_called_what_came_and_what_was_expected(results):
    assert results["sentence"].message == (
        "Called f(x). It returned a result of shape (2,). Expected shape (3,), because it has three rows.\n"
        "Hint: count them"
    )


def test_the_hint_in_a_tests_second_line_ends_its_message_unless_the_check_gives_one(results):
    assert results["hinted"].message.endswith("\nHint: call it twice.")
    assert results["sentence"].message.count("Hint") == 1


def test_an_error_of_the_students_is_named_in_a_sentence(results):
    assert results["not_defined"].message == (
        "The test could not finish, because of NameError: name 'g' is not defined"
        "\nHint: a cell above, which should have made it, did not run to its end."
    )
    assert results["unwritten"].message.startswith("This part is still to be written")


def test_a_section_whose_cell_raises_or_ends_the_process_is_noted_for_the_rerun_rule(root, tmp_path):
    raised = findings_of(root, tmp_path, CELLS).raised
    assert raised == {"Raises": "ZeroDivisionError: division by zero", "Ends": "it ended its own process"}


@pytest.mark.parametrize("end", ["exit()", "quit()", "get_ipython().ask_exit()", "def stop():\n    exit()\n\n\nstop()"])
def test_a_cell_that_exits_is_charged_to_its_own_section_and_to_no_other(root, tmp_path, end):
    cells = [
        heading("Before"),
        answer("before", "def f(x):\n    return x"),
        heading("Exits"),
        answer("exits", f"def g(x):\n    return x\n\n\n{end}"),
        given("look", "import time\ntime.sleep(0.3)\nseen = f(1)"),
        heading("After"),
        answer("after", "import time\ntime.sleep(0.3)\n\n\ndef h(x):\n    return f(x)"),
        graded("goes_on", "# What stands below can be graded.\nassert f(1) == 1 and h(seen) == 1"),
    ]
    found = findings_of(root, tmp_path, cells)
    assert found.raised == {"Exits": "it ended its own process"} and found.remarks == []
    assert [result.state for result in found.results] == [PASSED]
