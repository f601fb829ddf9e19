"""A run of hours over right answers goes on where it was stopped, and forgets what has changed."""

import argparse

import pytest

from sample_class.answer import Answer
from sample_class.edits import in_block
from sample_class.seeds.answers import answers
from sample_class.seeds.going_on import go_on, known
from sample_class.seeds.margins import ends
from sample_class.seeds.outcome import COLUMNS, Outcome, outcome_of
from sample_class.seeds.plain import Parts, parts_of, plain_notebook
from sample_class.seeds.record import Record, digests_of

TEST = "linear_forward_value"


@pytest.fixture
def answer() -> Answer:
    return next(answer for answer in answers() if answer.name == "linear layer by tensordot and einsum")


@pytest.fixture
def record(tmp_path) -> Record:
    return Record(tmp_path / "seeds.csv", COLUMNS)


def found(answer: Answer, seeds: int, digest: str, test: str = TEST) -> dict[str, str]:
    return {**Outcome(answer.notebook, answer.name, test, seeds).row(), "digest": digest}


def test_what_was_found_is_there_when_the_record_is_read_again(tmp_path, record, answer):
    outcome = Outcome(answer.notebook, answer.name, TEST, seeds=200)
    outcome.add("float64", "")
    outcome.add("float32", 'an error,\nwith a quote"')
    record.keep([{**outcome.row(), "digest": "digest"}])
    again = outcome_of(Record(tmp_path / "seeds.csv", COLUMNS).of("digest", 200))
    assert again == outcome and again.failed == {"float32": 1}


def test_fewer_seeds_than_asked_for_do_not_count(record, answer):
    record.keep([found(answer, 3, "digest")])
    assert record.of("digest", 3) and record.of("digest", 200) is None


def test_an_answer_that_has_changed_is_another_one_and_takes_the_place_of_the_old(record, answer):
    more = in_block("sgd_momentum", "next_w = ", "next_w = 1.0 * ")
    changed = Answer(answer.name, answer.notebook, (*answer.edits, more))
    old, new = (digests_of(each, Parts.drawing)[TEST] for each in (answer, changed))
    assert new != old == digests_of(answer, Parts.drawing)[TEST]
    for each, digest in ((answer, old), (changed, new)):
        record.keep([found(each, 200, digest)])
    assert record.of(new, 200) and record.of(old, 200) is None


def test_only_the_tests_that_a_record_does_not_know_are_run(record, answer):
    digests = digests_of(answer, Parts.drawing)
    first, *others = digests
    record.keep([found(answer, 1, digests[first], first)])
    assert known(record, [digests], 1) == []
    (rows,) = go_on(record, [answer], [digests], rows_of, argparse.Namespace(only="*", seeds=1, workers=1))
    assert {row["test"]: row["runs"] for row in rows} == {first: "0", **dict.fromkeys(others, "1")}
    assert known(record, [digests], 1) == [rows]


def rows_of(job: tuple[int, int, list[str]]) -> list[dict[str, str]]:
    answer = next(answer for answer in answers() if answer.name == "linear layer by tensordot and einsum")
    with plain_notebook(answer) as notebook:
        outcomes = [Outcome(answer.notebook, answer.name, test, job[1]) for test in job[2]]
        for outcome in outcomes:
            outcome.add("float32", notebook.run(outcome.test, "seed 0")[0])
    return [outcome.row() for outcome in outcomes]


def test_each_seed_draws_other_inputs_and_the_right_answer_passes_with_them(answer):
    with plain_notebook(answer) as notebook:
        runs = [notebook.run(TEST, seed) for seed in ("1", "2", "1")]
    assert [said for said, _ in runs] == ["", "", ""]
    seeds = [names["draw"].generator.initial_seed() for _, names in runs]
    assert seeds[0] == seeds[2] != seeds[1]


def test_a_test_that_trains_is_run_beyond_its_early_end():
    supervised = next(each for each in answers() if each.notebook == "forward_forward_supervised")
    source = parts_of(supervised).tests["ff_net_learns"]
    short, whole = ends("ff_net_learns", source)
    early = "return accuracy"
    assert (early in source, early in short, early in whole) == (True, False, False)
    assert "((4,),):" in short and "((4, 8),):" in whole
    with pytest.raises(ValueError, match=r"change sample_class/seeds/margins\.py"):
        list(ends("ff_net_learns", short))
