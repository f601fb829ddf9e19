"""The pages of similar submissions, of a class with planted copies, past terms and hostile members."""

import json
import shutil
import time
from pathlib import Path

import pytest

from autograder import assignment
from autograder.similarity.plan import Plan, read_plan
from autograder.similarity.stage import compare
from sample_class.bench_similarity_class import lay_out, make_class
from sample_class.course import make_course
from sample_class.edits import whole_block, whole_cell
from sample_class.independent import NAMES, solution
from sample_class.made_up_class import Styles
from sample_class.students import Student

SUPERVISED = "forward_forward_supervised"


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    return read_plan(root)


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


@pytest.fixture(scope="module")
def small_class(tmp_path_factory, plan) -> Path:
    """A made-up class of 16, two of them copies, and the page of a past term's copy."""
    course = tmp_path_factory.mktemp("similar") / "course"
    make_class(course, Styles(), plan, 16, 2)
    one = sorted((course / "submitted").iterdir())[5]
    for name, target in (("1401", "400100001/any/deep"), ("1400 fall", "399")):
        folder = course / "past" / name / target
        folder.mkdir(parents=True)
        if name == "1401":
            text = (one / "hw2" / assignment.MODULE).read_text(encoding="utf-8")
            lines = [
                line for line in text.splitlines() if "BLOCK" not in line
            ]  # hand-outs of past terms had no markers
            (folder / "my_networks.py").write_text("\n".join(lines), encoding="utf-8")
            shutil.copy(one / "hw2" / f"{SUPERVISED}.ipynb", folder / "ff.ipynb")
        else:
            (folder / "broken.ipynb").write_bytes(b'{"cells": [')
            (folder / "bad.py").write_bytes(b"\xff\xfe def (")
    compare(course, silent=True)
    return course


def test_the_planted_copies_lead_the_list(small_class):
    found = json.loads((small_class / "report" / "similarity" / "pairs.json").read_text(encoding="utf-8"))
    firsts = [set(pair["students"]) for pair in found["pairs"] if pair["above"]]
    planted = [{"402100003", "402900000"}, {"402100010", "402900001"}]
    assert all(pair in firsts for pair in planted)
    assert {"402100005", "1401/400100001"} in firsts
    assert len(firsts) == 3


def test_the_pages_are_escaped_and_without_script(small_class):
    pages = sorted((small_class / "report" / "similarity").glob("*.html"))
    assert len(pages) > 3
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"" in text
        assert "<script" not in text and " onerror" not in text.replace("&lt;img src=x onerror", "")
    index = (small_class / "report" / "similarity" / "index.html").read_text(encoding="utf-8")
    assert "<svg" in index and "cut" in index and "broken.ipynb" in index
    pair = (small_class / "report" / "similarity" / "pair-1.html").read_text(encoding="utf-8")
    assert pair.count("<sup>1</sup>") == 2


def test_hostile_submissions_stop_nobody(tmp_path):
    deep = "out = " + "(" * 150 + "x" + ")" * 150 + "\n" + "out = " + "-" * 3000 + "1"
    chain = "out = " + "+".join(["x"] * 20_000)
    nest = "\n".join("    " * n + f"for a{n} in x:" for n in range(90)) + "\n" + "    " * 90 + "pass"
    helpers = (
        "\n".join(f"def f{n}(q): return " + "+".join([f"f{n - 1}(q)"] * 9) for n in range(1, 40)) + "\nout = f39(x)"
    )
    wide = "\n".join(f"def g{n}(q): return " + "+".join([f"g{n - 1}(q)"] * 300) for n in range(1, 9)) + "\nout = g8(x)"
    big = "out = x * 3.25 + w\n" * 300_000
    ifs = "\n".join(f"if x[{n}]:\n    v{n} = x" for n in range(2000))
    texts = [
        deep,
        chain,
        nest,
        helpers,
        wide,
        big,
        ifs,
        "out = 1\0\0 + 2\x0b",
        "'" * 99_999,
        "a = [" * 900,
        "out = '\ud83d'",
    ]
    evil = "<img src=x onerror=alert(1)></pre><script>alert(2)</script>"
    students = [submission(f"7{n:02d}", whole_block("relu_forward", "pass")) for n in range(len(texts))]
    honest = [
        submission(
            f"8{n}",
            *solution(NAMES[0]).edits(),
            whole_cell(SUPERVISED, "why_this_loss_answer", evil * 9 + "." * 150_000),
        )
        for n in range(2)
    ]
    course = class_of(tmp_path / "c", *students, *honest)
    for student, text in zip(students, texts, strict=True):
        path = course / "submitted" / student.number / "hw2" / assignment.MODULE
        module = path.read_text(encoding="utf-8").replace("        pass\n", text.replace("\n", "\n        ") + "\n")
        path.write_bytes(module.encode("utf-8", "surrogatepass"))
    (course / "submitted" / "700" / "hw2" / f"{SUPERVISED}.ipynb").write_bytes(b"\x00\xff")
    (course / "submitted" / "701" / "hw2" / f"{SUPERVISED}.ipynb").unlink()
    (course / "submitted" / "702" / "hw2" / "theory.ipynb").unlink()
    (course / "submitted" / "702" / "hw2" / "theory.ipynb").symlink_to("/etc/passwd")
    start = time.monotonic()
    found = pairs_of(course)
    assert time.monotonic() - start < 60
    honest_pair = next(pair for pair in found["pairs"] if set(pair["students"]) == {"80", "81"})
    assert honest_pair["above"] and honest_pair["code"] > 0.95
    assert "not a notebook that can be read" in " ".join(found["submissions"]["700"])
    assert "missing" in " ".join(found["submissions"]["701"])
    assert "a link" in " ".join(found["submissions"]["702"])
    page = (course / "report" / "similarity" / f"pair-{honest_pair['rank']}.html").read_text(encoding="utf-8")
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page


def test_comparing_again_replaces_the_pages_as_a_whole_and_alike(tmp_path):
    edits = solution(NAMES[3]).edits()
    course = class_of(tmp_path / "c", submission("1", *edits), submission("2", *edits))
    folder = compare(course, silent=True).parent
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "pair-99.html").write_text("from an earlier run")
    compare(course, silent=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert [path.name for path in (course / "report").iterdir()] == ["similarity"]
