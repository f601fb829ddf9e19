"""What a student learns before uploading: `python -m libs.check`, with real kernels on a homework of small cells."""

import subprocess
import sys

import pytest
from libs.check import running
from libs.check.checking import check
from mini import findings_of
from nbformat.v4 import new_code_cell, new_output
from small_homework import OTHER, PRACTICAL, STUB, Homework

from autograder import assignment


@pytest.fixture()
def homework(root, tmp_path):
    """The solved one, where a student works."""
    return Homework(tmp_path, root).solve()


def test_a_solved_homework_is_at_fault_in_nothing_and_stays_as_it_was_saved(homework):
    before = {path.name: path.read_bytes() for path in homework.folder.glob("*.ipynb")}
    command = [sys.executable, "-m", "libs.check"]
    done = subprocess.run(command, cwd=homework.folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("Nothing is at fault.\n")
    for name in (PRACTICAL, OTHER):
        size = "0.0 MB (outputs 0.0)"
        assert f"{name}.ipynb, saved just now, {size}: 2 of 2 visible checks pass (7 of 7 points)" in done.stdout
    assert "1 of 1 answers are written in its cells" in done.stdout
    assert {path.name: path.read_bytes() for path in homework.folder.glob("*.ipynb")} == before


def test_an_untouched_hand_out_is_said_in_a_few_lines(root, tmp_path):
    folder = Homework(tmp_path, root).folder
    done = subprocess.run([sys.executable, "-m", "libs.check"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 1
    assert "STUDENT_NUMBER and NAME are empty, or no text in quotes, in all notebooks" in done.stdout
    assert "fully_connected_networks.py: 2 blocks still to be written: double and triple." in done.stdout
    assert (
        'still to be written: 2 answers in code (one and two) and 1 answer in words, 5 points ("Why? Say' in done.stdout
    )
    assert "no PDF or picture in this folder, and 1 answer in theory.ipynb is empty (5 points)" in done.stdout
    assert "0 of 2 visible checks pass (0 of 7 points), waiting for your code 2 (7 points)" in done.stdout
    assert "5 things to mend" not in done.stdout and "4 things to mend" in done.stdout
    assert "raise" not in done.stdout  # a stub that stops is no section that raises


def test_a_check_that_fails_is_quoted_with_its_points(homework):
    homework.block("double", "out = 3 * x - 1")
    said = homework.said(PRACTICAL)
    assert '1 check fails (3 points): "double doubles" (3 points). The first says: It returned no 4.' in said
    assert "1 of 2 visible checks pass (4 of 7 points), failing 1 (3 points)" in said


def test_a_section_whose_own_code_raises_earns_nothing_and_the_others_go_on(homework):
    homework.cell(OTHER, "one").source += "\n\nprint(no_such_name)"
    said = homework.said(OTHER)
    where = 'forward_forward_supervised.ipynb, section "(a) One": the cell "def one():" stops with NameError'
    assert where in said and "A section whose code raises earns nothing (2 points)." in said
    assert "1 of 2 visible checks pass (5 of 7 points), in a section that raises 1 (2 points)" in said


def test_a_given_cell_is_charged_to_the_section_whose_code_it_stopped_in(homework):
    homework.block("double", "out = 2 * x\nif x == 1:\n    raise ValueError('one')")
    said = homework.said(PRACTICAL)
    assert 'section "1. Double": the cell "seen = double(1)" stops with ValueError: one.' in said
    assert 'section "2. Triple"' not in said  # triple(double(1)) fails there, for no fault of triple


def test_a_loop_that_does_not_end_is_said_and_the_rest_is_run(homework, monkeypatch):
    monkeypatch.setattr(running, "LIMITS", (1.0, 1.0))
    homework.cell(OTHER, "one").source = "while True:\n    pass"
    said = homework.said(OTHER)
    assert 'section "(a) One": the cell "while True:" did not end within 1 s.' in said
    assert "second" not in said and "5 points" not in said.partition("Where you stand")[0]


@pytest.mark.parametrize(
    ("end", "how"), [("exit()", "exit() was called"), ("import os\nos._exit(3)", "its process ended")]
)
def test_a_kernel_that_is_ended_starts_again_with_what_went_well(homework, end, how):
    homework.cell(OTHER, "two").source += f"\n\n{end}"
    said = homework.said(OTHER)
    assert f'section "(b) Two": the cell "def two():" ended the kernel ({how}' in said
    assert "1 of 2 visible checks pass (2 of 7 points), in a section that raises 1 (5 points)" in said


SITUATIONS = {
    "an answer raises": lambda work: work.cell(OTHER, "one").update(source="def one():\n    return 1\n\n1 / 0"),
    "a given cell raises in its section's code": lambda work: work.cell(OTHER, "two").update(
        source="def two():\n    raise ValueError('mine')"
    ),
    "a given cell raises in another section's code": lambda work: (
        work.cell(OTHER, "one").update(source="def one():\n    raise ValueError('mine')"),
        work.cell(OTHER, "two").update(source="def two():\n    return 1 + one()"),
    ),
    "a stub stops": lambda work: work.cell(OTHER, "two").update(source=f"def two():\n    {STUB}"),
    "an answer is no Python": lambda work: work.cell(OTHER, "two").update(source="def two(:\n    return 2"),
    "an answer needs an unwritten one": lambda work: (
        work.cell(OTHER, "one").update(source=STUB),
        work.cell(OTHER, "two").update(source="def two():\n    return 1 + one()"),
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_sections_that_raise_are_those_that_the_grader_finds(homework, root, tmp_path, situation):
    SITUATIONS[situation](homework)
    said = homework.said(OTHER)
    raised = findings_of(root, tmp_path / "scratch", homework.cells[OTHER], name=OTHER).raised
    assert {section for section in ("(a) One", "(b) Two") if f'section "{section}": ' in said} == set(raised)


def test_a_block_that_does_not_compile_is_said_first_and_hides_nothing_of_the_others(homework):
    homework.block("triple", "out = (3 * x")
    homework.block("double", "out = 3 * x - 1")
    said = homework.said(PRACTICAL)
    what = "fully_connected_networks.py: does not compile: line 13, in block triple, '(' was never closed."
    assert f" 1. {what}" in said and said.endswith(what)
    assert 'section "2. Triple": the cell "triple(1)" stops with SyntaxError: block triple: ' in said
    assert '1 check fails (3 points): "double doubles" (3 points). The first says: It returned no 4.' in said


@pytest.mark.parametrize("fault", ["out = (3 * x", "    out = 3 * x", "out = 3 * x\n  more = 1"])
def test_a_file_that_python_cannot_read_is_said_once(homework, fault):
    homework.module = homework.module.replace("    # END OF BLOCK triple\n", "")
    homework.module = homework.module.replace("    out = 3 * x\n", "".join(f"    {e}\n" for e in fault.split("\n")))
    said = homework.said(PRACTICAL)
    assert "does not compile: line" in said and "stops with" not in said


def test_packing_in_a_notebook_that_is_checked_does_not_check_again(homework):
    homework.cells[OTHER].append(new_code_cell("from libs.packing import pack\npack('Sara', '402100101')"))
    said = homework.said(OTHER)
    assert "1 cell was added" in said and not list(homework.folder.glob("*.zip"))


def test_outputs_are_looked_for_and_large_ones_named(homework):
    assert "networks.ipynb and forward_forward_supervised.ipynb: saved without outputs" in homework.said()
    homework.cell(OTHER, "one_value").outputs = [new_output("stream", text="0.123456789\n" * 2**20)]
    said = homework.said()
    assert "forward_forward_supervised.ipynb: 23 MB, 23 of them outputs: the large ones are left out of the zip" in said
    assert "fully_connected_networks.ipynb: saved without outputs" in said


def test_without_given_json_it_is_said_what_to_do(homework, capsys):
    (homework.folder / "libs" / "given.json").unlink()
    if (assignment.source_folder(homework.root) / "libs" / "given.json").exists():
        pytest.skip("source/ holds one of its own")
    assert "unpack the hand-out again" in check(homework.folder).outcome


def test_what_was_not_run_for_want_of_time_is_said(homework, monkeypatch):
    monkeypatch.setattr(running, "MOST_SECONDS", 0.0)
    said = homework.said(OTHER)
    assert 'forward_forward_supervised.ipynb: 2 checks not reached: the first, "one is one", was not run' in said
