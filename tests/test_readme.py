"""README.md and requirements.txt of the hand-out: what a student is told first, from the course's own settings."""

import json
import re
import shutil

import pytest
from packaging.specifiers import SpecifierSet

from autograder import assignment
from autograder.course import FILE
from autograder.release.grader import grader, packages_of
from autograder.release.readme import persian, readme


@pytest.fixture(scope="module")
def halves(root):
    """The English and the Persian half."""
    english, persian_half = readme(root).split('<div dir="rtl">\n\n# ')
    return english, persian_half


@pytest.fixture()
def course(root, tmp_path):
    """A course folder whose template and rules can be changed."""
    shutil.copytree(root / "source", tmp_path / "source", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / FILE, tmp_path)
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_both_languages_name_files_points_deadline_late_days_and_places(root, halves):
    for half, digits in zip(halves, (str, persian), strict=True):
        for name in assignment.NOTEBOOKS:
            checks = assignment.checks(assignment.read(assignment.source_folder(root) / f"{name}.ipynb"))
            points = digits(round(sum(check.points for check in checks)))
            (row,) = (line for line in half.splitlines() if line.startswith("|") and f"`{name}.ipynb`" in line)
            assert f"| {points} |" in row
        for part in ("python -m libs.check", "HW2-Name-StudentNumber.zip", "GitHub", "Colab", assignment.MODULE):
            assert part in half
        for number in (5, 10, 20, 500, 2023, 1402):
            assert re.search(rf"\b{digits(number)}\b", half)
    assert "Due Monday 13 November 2023 (22 Aban 1402), 23:59, Tehran time" in halves[0]
    assert "دوشنبه ۲۲ آبان ۱۴۰۲ (۲۰۲۳/۱۱/۱۳)، ساعت ۲۳:۵۹ به وقت تهران" in halves[1]


def test_it_is_one_page_and_nothing_of_the_template_is_left(root, halves):
    assert len(readme(root).splitlines()) < 110
    assert not re.search(r"\{\{|\{%|\}\}", readme(root))


def test_persian_stands_between_empty_lines_so_that_its_markdown_is_read(root, halves):
    assert halves[1].startswith("تمرین") and halves[1].endswith("\n\n</div>\n")
    assert re.search(r'```\n<div dir="rtl">\n\n.*\n\n</div>\n```', halves[0])  # as students are shown it


def test_a_course_without_github_does_not_ask_for_it(course):
    edit(course / FILE, "github = true", "github = false")
    assert "GitHub" not in readme(course)


def test_a_word_of_the_template_that_nothing_fills_is_named(course):
    edit(course / "source/hw2/README.md", "{{ due_en }}", "{{ due_date }}")
    with pytest.raises(ValueError, match=r"README\.md: 'due_date' is undefined; mend the template"):
        readme(course)


def test_the_versions_that_code_is_graded_with_are_within_those_that_students_install(root):
    text = (root / "source/hw2/requirements.txt").read_text(encoding="utf-8")
    ranges = dict(re.findall(r"^([\w-]+)(\S+)$", text, re.MULTILINE))
    graded = packages_of(root / "source/hw2")
    assert ranges.keys() == graded.keys() and {"torch", "torchvision", "jupyterlab", "nbclient"} <= ranges.keys()
    for name, version in graded.items():
        assert version in SpecifierSet(ranges[name]), f"{name} {version}"


def test_readme_requirements_and_set_up_check_name_the_same_pythons(root, halves):
    from libs.ready import FIRST, LAST

    first, last = (f"{major}.{minor}" for major, minor in (FIRST, LAST))
    assert f"Python {first} to {last}" in halves[0] and persian(f"{first} تا {last}") in halves[1]
    assert f"Python {first} to {last}" in (root / "source/hw2/requirements.txt").read_text(encoding="utf-8")


def test_what_the_grader_has_is_told_by_the_names_that_code_imports(root):
    told = grader()
    assert {"numpy", "torch", "PIL", "matplotlib", "sympy"} <= set(told["imports"])
    assert not {"pandas", "sklearn", "tensorflow"} & set(told["imports"])
    assert re.fullmatch(r"3\.\d+", told["python"])


def test_the_release_holds_what_its_source_makes(root):
    release = root / "release" / "hw2"
    assert (release / "README.md").read_text(encoding="utf-8") == readme(root)
    told = json.loads((release / "libs" / "grader.json").read_text(encoding="utf-8"))
    assert told == {**grader(), "packages": packages_of(release), "zip_name": "HW2-Name-StudentNumber"}
