"""Similar submissions: what counts as evidence, what never counts, and where the cut lies."""

import json
from pathlib import Path

import numpy as np
import pytest

from autograder.similarity.cut import ALARMS, cut_of
from autograder.similarity.dataflow import DataflowEngine
from autograder.similarity.declared import BOTH, NOBODY, ONE, SELF, declared
from autograder.similarity.engine import Piece, Surroundings
from autograder.similarity.passages import shared_passages
from autograder.similarity.plan import CODE, PROSE, Plan, Text, read_plan
from autograder.similarity.prose import ProseEngine
from autograder.similarity.stage import compare
from autograder.similarity.work import Work
from sample_class.bench_similarity import measure, summary
from sample_class.bench_similarity_class import lay_out
from sample_class.course import make_course
from sample_class.disguise import DISGUISES
from sample_class.edits import untouched, whole_cell
from sample_class.independent import NAMES, solution
from sample_class.students import Student

SUPERVISED = "forward_forward_supervised"


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    return read_plan(root)


def prints(plan: Plan, code: str) -> set[int]:
    return {made for piece in DataflowEngine(plan.vocabulary).pieces(code, Surroundings()) for made in piece.prints}


def words(text: str) -> set[int]:
    return {made for piece in ProseEngine().pieces(text, Surroundings()) for made in piece.prints}


@pytest.mark.parametrize(
    "one, other",
    [
        ("out = x @ w + b", "out = torch.matmul(x, w).add(b)"),
        ("out = b + x.mm(w)", "z = torch.mm(x, w)\nz += b\nout = z"),
        ("dx = dout * (x > 0)", "mask = 0 < x\ndx = mask * dout"),
        ("out = x ** 2 / 3", "t = torch.square(x)\nout = (1 / 3) * t"),
        (
            "for i in range(3):\n    grads[f'W{i}'] = x * i",
            "i = 0\nwhile i < 3:\n    grads['W' + str(i)] = i * x\n    i += 1",
        ),
        ("out = [h.exp() for h in x]", "out = []\nfor k in range(len(x)):\n    h = x[k]\n    out.append(torch.exp(h))"),
        ("out = x if y is None else w", "if y is not None:\n    out = w\nelse:\n    out = x"),
        ("grads = {'W1': x, 'b1': w}", "grads = dict()\ngrads['b1'] = w\ngrads['W1'] = x"),
        ("out = (x - w).exp()", "def helper(p, q):\n    return torch.exp(p - q)\nout = helper(x, w)"),
        ("out = x.sum(dim=0) * 2", "# remark\nunused = x * 7\nif False:\n    out = 3\nout = 2 * torch.sum(x, 0)"),
    ],
)
def test_two_spellings_of_one_computation_are_one(plan, one, other):
    assert prints(plan, one) == prints(plan, other) != set()


def test_two_computations_are_not_one(plan):
    ways = [
        "out = x.clamp(min=0) * w",
        "out = x.tanh() + w",
        "out = (x + x.abs()) / w",
        "out = x.max(dim=1).values @ w",
    ]
    found = [prints(plan, way) for way in ways]
    assert all(not one & other for n, one in enumerate(found) for other in found[:n])


def test_code_that_does_not_compile_is_compared_all_the_same(plan):
    code = "rows = x.reshape(len(x), -1)\nscale = rows.norm(dim=1) * 3\nout = rows / (scale + 7)\n"
    with_slip = code + "out = out +* 2\n"
    assert len(prints(plan, code) & prints(plan, with_slip)) > 0.6 * len(prints(plan, code))
    hopeless = "if x:\n" + "out = ((x\n" * 40
    assert prints(plan, hopeless) & prints(plan, hopeless.replace("out", "found", 1))


def test_persian_words_are_one_however_they_are_typed():
    clean = "وقتی نرخ یادگیری زیاد می‌شود، شبکه‌های عمیق ۱۲ بار نوسان می‌کنند"
    other = "وقتي نرخ يادگيري زياد میشود شبكه های عميق 12 بار نوسان می کنند"
    assert words(clean) == words(other) != set()
    assert not words(clean) & words("در این بخش دقت اعتبارسنجی بررسی شد")


def test_every_disguised_copy_is_above_every_independent_pair(plan):
    found = summary(measure([solution(name) for name in NAMES[::3]], plan, 1))
    assert min(found[how] for how in DISGUISES) > found["independent"] + 0.2


def submission(number: str, *edits, name: str = "") -> Student:
    return Student(number, name or f"S {number}", "", f"{number}.zip", edits)


def class_of(folder: Path, *students: Student) -> Path:
    make_course(folder, [])
    for student in students:
        lay_out(folder, student)
    return folder


def pairs_of(course: Path) -> dict[str, object]:
    page = compare(course, silent=True)
    return json.loads((page.parent / "pairs.json").read_text(encoding="utf-8"))


def test_what_the_hand_out_or_the_reference_holds_never_counts(tmp_path):
    found = pairs_of(
        class_of(
            tmp_path / "c", submission("1"), submission("2"), submission("3", untouched), submission("4", untouched)
        )
    )
    assert all(code == 0 and prose == 0 for _, _, code, prose in found["scores"])


def test_a_class_of_one_is_nothing_to_compare(tmp_path):
    course = class_of(tmp_path / "c")
    with pytest.raises(ValueError, match=r"no submission lies in .*hw2 collect"):
        compare(course, silent=True)
    lay_out(course, submission("5"))
    with pytest.raises(ValueError, match="the only submission"):
        compare(course, silent=True)


def test_two_identical_submissions_of_a_small_class_stand_out_and_the_page_warns(tmp_path):
    edits = solution(NAMES[1]).edits()
    identity = whole_cell("theory", "identity", 'NAME = "A B"\nCOLLABORATORS = ["2"]')
    course = class_of(
        tmp_path / "c",
        submission("1", *edits, identity),
        submission("2", *edits),
        submission("3", *solution(NAMES[2]).edits()),
    )
    found = pairs_of(course)
    assert found["pairs"][0]["students"] == ["1", "2"] and found["pairs"][0]["code"] > 0.95
    page = (course / "report" / "similarity" / "index.html").read_text(encoding="utf-8")
    assert "the cut is not reliable" in page and "declared by one" in page


def test_the_cut_brings_as_many_false_alarms_as_it_says():
    rng = np.random.default_rng(2)
    alarms = [(scores > cut_of(scores).at).sum() for scores in rng.exponential(0.03, (200, 4950)).clip(max=1)]
    assert np.mean(alarms) < 4 * ALARMS


def test_a_few_copies_move_the_cut_little():
    rng = np.random.default_rng(3)
    scores = rng.exponential(0.03, 4950)
    scores[:45] = 0.95  # a ring of ten
    assert cut_of(scores).at < 0.6


def test_declared_collaborators_are_found_in_any_spelling():
    sara = Work("402100101", names=["سارا احمدی"], collaborators=["402100102"])
    ali = Work("402100102", names=["Ali Rezaei", "علی رضایی"], collaborators=["سارا احمدي (هم‌گروه)", "۴۰۲۱۰۰۱۰۳"])
    omid = Work("402100103", names=["Omid"], collaborators=["ali  REZAEI"])
    neda = Work("402100104", names=["Neda"])
    assert declared(sara, ali) == BOTH and declared(ali, omid) == BOTH
    assert declared(omid, neda) == NOBODY == declared(sara, omid)
    assert declared(Work("1", names=["A B"]), Work("2", collaborators=["b a"])) == ONE
    assert declared(Work("1"), Work("1", term="1401")) == SELF


def test_neighbours_make_one_passage_with_one_number_on_both_sides():
    text = Text("s", "block", CODE, "a\nb\nc\nd")
    left = [Piece(2 * n, 2 * n + 1, (n,)) for n in range(4)]
    right = [Piece(0, 1, (3,)), Piece(2, 3, (0,)), Piece(4, 5, (1,))]
    ours, theirs, number = shared_passages([(text, left)], [(text, right)], dict.fromkeys(range(4), 5.0))
    assert [(mark.start, mark.number) for mark in ours] == [(0, 1), (2, 1), (6, 2)]
    assert sorted((mark.start, mark.number) for mark in theirs) == [(0, 2), (2, 1), (4, 1)]
    assert number == 3


def test_explanations_are_compared_apart_from_code(tmp_path):
    text = (
        "With a small scale the loss stayed near two for nine epochs and I then chose momentum of one half instead. "
        * 2
    )
    other = (
        "Our batch of seven kept the accuracy flat so the dropout share was lowered until validation improved again."
    )
    cell = lambda words: whole_cell(SUPERVISED, "why_this_loss_answer", words)  # noqa: E731
    course = class_of(
        tmp_path / "c", submission("1", cell(text)), submission("2", cell(text)), submission("3", cell(other))
    )
    pair = pairs_of(course)["pairs"][0]
    assert pair["students"] == ["1", "2"] and pair[PROSE] > 0.5 and pair[CODE] == 0
    assert any("Building the network" in section for section in pair["sections"][PROSE])
