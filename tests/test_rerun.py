"""The homework's rule that code must run again."""

from autograder.policy.rerun import zero_sections_that_raise
from autograder.result import FAILED, PASSED, Result


def two_sections():
    return [Result("a", "one", PASSED, 2), Result("b", "one", FAILED, 2, "wrong"), Result("c", "two", PASSED, 2)]


def test_a_section_that_raises_gets_zero_and_the_others_keep_theirs():
    results = two_sections()
    remarks = zero_sections_that_raise(results, {"one": "ZeroDivisionError"}, only_remark=False)
    assert [result.points for result in results] == [0, 0, 2]
    assert remarks == ["section 'one' raises when it is run again: ZeroDivisionError"]
    assert "restart the kernel" in results[0].message and results[1].message == "wrong"


def test_the_switch_makes_it_a_remark():
    results = two_sections()
    remarks = zero_sections_that_raise(results, {"one": "ZeroDivisionError"}, only_remark=True)
    assert [result.points for result in results] == [2, 0, 2] and len(remarks) == 1
