"""The written questions: what is made of theory/ is in step with it, and the statements are the course's."""

import re

import pytest

from theory import notebook
from theory.assemble import DOCUMENTS
from theory.build import digest_in, digest_of_sources
from theory.pieces import solution, statement
from theory.rubric import HERE, LANGUAGES, QUESTIONS, Line, Part, Rubric, rubric

HOMEWORK = (HERE / "homework-fa.md").read_text(encoding="utf-8")
POINTS = {1: 40, 2: 30, 3: 30, 4: 25, 5: 50, 6: 25}
_NOT_WORDS = re.compile(r"\\\w+|[^\w\s]|[_۱۲]|\b(?:en|quad|text|ask|begin|end|aligned|align|array)\b")


def words(text):
    """The Persian words of a text, in order."""
    return re.findall(r"[\u0600-\u06ff]+", _NOT_WORDS.sub(" ", text))


def asked_by_the_course(question):
    """The words of a question in the homework, without its number, its points and the letters of its parts."""
    theory = HOMEWORK.partition("### سوالات نظری")[2].partition("۱. (۱۵۰ نمره)")[0].replace("Adam<sup>۲</sup>", "")
    starts = [found.start() for found in re.finditer(r"^[۱۲۳۴۵۶]\. \(\d+ نمره\)", theory, re.MULTILINE)]
    text = theory[starts[question - 1] : ([*starts, None])[question]]
    text = re.sub(r"^[۱۲۳۴۵۶]\. \(\d+ نمره\)", "", text)
    return words(re.sub(r"^(- )?\([آبجده]\)", "", text, flags=re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids="-".join)
def test_each_pdf_is_in_step_with_its_source(document):
    assert digest_in(HERE / f"{'-'.join(document)}.pdf") == digest_of_sources(), "run make theory"


def test_the_notebook_holds_the_statements_points_and_marking_schemes():
    assert notebook.NOTEBOOK.read_text(encoding="utf-8") == notebook.written(), "run make theory, then make release"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_persian_statement_is_the_course_s_word_for_word(question):
    ours = statement(question, "fa")
    assert words("\n".join([ours.intro, *ours.parts.values()])) == asked_by_the_course(question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_part_has_its_statement_solution_and_rubric_in_both_languages(question):
    letters = [part.letter for part in rubric(question).parts]
    for language in LANGUAGES:
        assert list(statement(question, language).parts) == letters
        assert list(solution(question, language).parts) == letters


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_points_are_the_homework_s(question):
    assert rubric(question).points == POINTS[question]
    assert all(part.title and part.mistakes for part in rubric(question).parts)


def test_points_that_do_not_add_up_are_refused_with_the_part_s_name():
    lines = (Line(3, {"en": "x", "fa": "x"}),)
    with pytest.raises(ValueError, match="part 9a: its criteria add up to 3, not 4"):
        Rubric(9, 4, (Part(9, "a", "x", 4, {}, lines, ()),))
    with pytest.raises(ValueError, match="question 9: its parts add up to 3, not 5"):
        Rubric(9, 5, (Part(9, "a", "x", 3, {}, lines, ()),))
    with pytest.raises(ValueError, match="part 9a: a mistake cannot be worth 3"):
        Rubric(9, 3, (Part(9, "a", "x", 3, {}, lines, lines),))
