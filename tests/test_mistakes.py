"""The catalogues of wrong and right answers: they fit the reference, and a few of them go through the grader."""

import ast
import textwrap

import pytest

from autograder import assignment
from autograder.inside.blocks import blocks_by_line
from sample_class.mistakes import messages
from sample_class.mistakes.catalogue import MISTAKES
from sample_class.mistakes.outcome import outcome_of
from sample_class.mistakes.table import judged, points_of
from sample_class.mutants.outcome import mutants, outcome_named
from sample_class.reach import reached
from sample_class.right.catalogue import RIGHT
from sample_class.solved import Work

FEW = (
    "bias gradient not summed over the batch",
    "wrong labels drawn from all labels",
    "mask blurred along rows only",
)


def changed(root, edits):
    work = Work(root)
    for edit in edits:
        edit(work)
    return work


@pytest.mark.parametrize("answer", [*MISTAKES, *RIGHT], ids=lambda answer: answer.name)
def test_the_edits_of_an_answer_fit_the_reference_and_leave_python(root, answer):
    before, after = Work(root), changed(root, answer.edits)
    cells = [cell for cell in after.notebooks[answer.notebook].cells if cell.cell_type == "code"]
    olds = [cell for cell in before.notebooks[answer.notebook].cells if cell.cell_type == "code"]
    assert after.module != before.module or [c.source for c in cells] != [c.source for c in olds]
    ast.parse(after.module)
    for cell in cells:
        if assignment.is_answer(cell):
            ast.parse(cell.source)


def test_names_are_used_once():
    for answers in (MISTAKES, RIGHT):
        names = [answer.name for answer in answers]
        assert len(names) == len(set(names))
    assert len(MISTAKES) >= 150 and len(RIGHT) >= 40


def test_every_test_is_the_one_that_some_mistake_breaks():
    for notebook in assignment.PRACTICALS:
        broken = {test for mistake in MISTAKES if mistake.notebook == notebook for test in mistake.loses}
        assert set(points_of(notebook)) == broken, notebook


def test_every_mistake_has_its_message_with_a_hint_or_the_students_line_and_no_trace_of_ours():
    kept = messages.expected()
    assert set(kept) == {mistake.name for mistake in MISTAKES}
    for name, texts in kept.items():
        assert texts, name
        for text in texts.values():
            line = "your code stopped with" in text and ", at `" in text
            assert ("\nHint: " in text) != line and "Traceback" not in text and "autograder" not in text, (name, text)


def test_a_mistake_reaches_every_test_that_it_must_lose():
    for mistake in MISTAKES[::7]:
        missing = set(mistake.loses) - reached(mistake.work(), mistake.notebook)
        assert not missing, (mistake.name, missing)


def test_a_change_reaches_what_reads_it_and_nothing_else(root):
    work = Work(root)
    work.set_block("rmsprop", work.block("rmsprop") + "\n    pass")
    assert all(test.startswith("rmsprop_") for test in reached(work, assignment.MODULE_NOTEBOOK))
    work = Work(root)
    work.set_block("softmax_loss", work.block("softmax_loss") + "\n    pass")
    found = reached(work, assignment.MODULE_NOTEBOOK)
    assert {
        "softmax_loss_dx",
        "two_layer_loss",
        "create_solver_instance_accuracy",
        "fully_connected_dropout_grads",
    } <= found
    assert not any(test.startswith(("adam_", "relu_")) for test in found)
    assert not reached(Work(root), assignment.MODULE_NOTEBOOK)


def test_a_module_that_is_built_otherwise_reaches_all_tests(root):
    work = Work(root)
    work.module = f"{work.module}\n\ndef more():\n    pass\n"
    assert reached(work, assignment.MODULE_NOTEBOOK) == set(points_of(assignment.MODULE_NOTEBOOK))


@pytest.mark.parametrize("name", FEW)
def test_a_mistake_costs_what_it_should_and_its_message_is_the_expected_one(name):
    mistake = next(mistake for mistake in MISTAKES if mistake.name == name)
    assert judged(mistake, outcome_of(mistake)) == ""


def test_a_right_answer_in_another_style_loses_nothing():
    for notebook in assignment.PRACTICALS:
        right = next(right for right in RIGHT if right.notebook == notebook)
        found = outcome_of(right)
        assert (found.lost, found.trouble) == ({}, "")


def test_mutants_differ_from_the_reference_and_from_each_other_and_one_is_caught(root):
    reference = Work(root)
    texts = [(mutant.notebook, mutant.place, mutant.text) for mutant in mutants().values()]
    assert len(texts) == len(set(texts)) > 500
    for mutant in mutants().values():
        ast.parse(textwrap.dedent(mutant.text))
    assert outcome_named(next(iter(mutants()))).caught
    assert set(blocks_by_line(str(reference.module))) > {""}
