"""The blind rounds of uploads: a fixed sample comes to what was expected; `make corpus` runs all shapes."""

import pytest

from sample_class.blind.__main__ import outcomes_of
from sample_class.blind.judged import JUDGED

FIRST = (  # what the first runs came to is in docs/blind.md
    *("listing_instead_of_times", "too_many_files", "renamed_to_other_student", "folder_changed_by_hand"),  # judged
    *("too_late_second", "assigned_unknown_use"),
)
SECOND = (
    *("docx_called_zip", "virtual_environment_of_another_name", "two_times_for_one_upload"),  # judged
    *("alone_twice_for_one_student", "answer_cell_deleted_and_block_back_to_the_stub"),
)
SAMPLE = [*((1, name) for name in FIRST), *((2, name) for name in SECOND)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("blind")
    return {
        (number, outcome.name): outcome
        for number in (1, 2)
        for outcome in outcomes_of([name for n, name in SAMPLE if n == number], folder, number)
    }


@pytest.mark.parametrize(("number", "name"), SAMPLE)
def test_a_shape_comes_to_what_was_expected_before_it_was_run(outcomes, number, name):
    assert not outcomes[number, name].hard and not outcomes[number, name].soft


@pytest.mark.parametrize(("number", "name"), [shape for shape in SAMPLE if shape[1] in JUDGED])
def test_an_expectation_that_was_judged_wrong_is_still_missed(outcomes, number, name):
    assert outcomes[number, name].judged and outcomes[number, name].reason


def test_every_judged_shape_is_in_the_sample():
    assert JUDGED.keys() <= {name for _, name in SAMPLE}
