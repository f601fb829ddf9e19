"""A run of hours over right answers goes on where it was stopped, and forgets what has changed."""

import pytest

from sample_class.answer import Answer
from sample_class.edits import in_block
from sample_class.seeds.answers import answers
from sample_class.seeds.outcome import COLUMNS, Outcome, outcome_of
from sample_class.seeds.plain import LIBS, is_drawing, plain_notebook
from sample_class.seeds.record import Record, digest_of


@pytest.fixture
def answer() -> Answer:
    return next(answer for answer in answers() if answer.name == "linear layer by tensordot and einsum")


@pytest.fixture
def record(tmp_path) -> Record:
    return Record(tmp_path / "seeds.csv", COLUMNS)


def test_what_was_found_is_there_when_the_record_is_read_again(tmp_path, record, answer):
    outcome = Outcome(answer.name, answer.notebook, seeds=200)
    outcome.add("linear_forward_value", "float64", "")
    outcome.add("linear_forward_value", "float32", 'an error,\nwith a quote"')
    record.keep({**outcome.row(), "digest": "digest"})
    found = outcome_of(Record(tmp_path / "seeds.csv", COLUMNS).of("digest", 200))
    assert found == outcome and found.failed == {("linear_forward_value", "float32"): 1}


def test_fewer_seeds_than_asked_for_do_not_count(record, answer):
    record.keep({**Outcome(answer.name, answer.notebook, seeds=3).row(), "digest": "digest"})
    assert record.of("digest", 3) and record.of("digest", 200) is None


def test_an_answer_that_has_changed_is_another_one_and_takes_the_place_of_the_old(record, answer):
    more = in_block("sgd_momentum", "next_w = ", "next_w = 1.0 * ")
    changed = Answer(answer.name, answer.notebook, (*answer.edits, more))
    old, new = (digest_of(each, is_drawing, [LIBS / "checks.py"]) for each in (answer, changed))
    assert new != old == digest_of(answer, is_drawing, [LIBS / "checks.py"])
    for each, digest in ((answer, old), (changed, new)):
        record.keep({**Outcome(each.name, each.notebook, seeds=200).row(), "digest": digest})
    assert record.of(new, 200) and record.of(old, 200) is None


def test_each_seed_draws_other_inputs_and_the_right_answer_passes_with_them(answer):
    with plain_notebook(answer) as notebook:
        runs = [notebook.run(notebook.drawing()[0], seed) for seed in ("1", "2", "1")]
    assert [said for said, _ in runs] == ["", "", ""]
    seeds = [names["draw"].generator.initial_seed() for _, names in runs]
    assert seeds[0] == seeds[2] != seeds[1]
