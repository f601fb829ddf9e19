"""The written questions: what is made of theory/ is in step with it, and the statements are the course's."""

import ctypes
import re

import nbformat
import pypdfium2
import pypdfium2.raw
import pytest

from theory import notebook
from theory.assemble import DOCUMENTS
from theory.build import digest_in, digest_of_sources
from theory.pieces import solution, statement
from theory.rubric import HERE, LANGUAGES, QUESTIONS, Line, Part, Rubric, rubric

HOMEWORK = (HERE / "homework-fa.md").read_text(encoding="utf-8")
POINTS = {1: 40, 2: 30, 3: 30, 4: 25, 5: 50, 6: 25}
PAPER = ("http://www.iapr-tc11.org/archive/icdar2011/fileup/PDF/4520b250.pdf", "https://doi.org/10.1109/ICDAR.2011.252")
_OURS = re.compile(r"\\note\{[^{}]*\}|\\begin\{aside\}.*?\\end\{aside\}", re.DOTALL)
_NOT_WORDS = re.compile(r"\\\w+|[^\w\s]|[_۱۲]|\b(?:en|quad|text|ask|begin|end|aligned|align|array)\b")


def words(text):
    """The Persian words of a text, in order, without footnotes and asides, which are ours."""
    return re.findall(r"[\u0600-\u06ff]+", _NOT_WORDS.sub(" ", _OURS.sub("", text)))


def asked_by_the_course(question):
    """The words of a question in the homework, without its number, its points and the letters of its parts."""
    theory = HOMEWORK.partition("### سوالات نظری")[2].partition("۱. (۱۵۰ نمره)")[0].replace("Adam<sup>۲</sup>", "")
    starts = [found.start() for found in re.finditer(r"^[۱۲۳۴۵۶]\. \(\d+ نمره\)", theory, re.MULTILINE)]
    text = theory[starts[question - 1] : ([*starts, None])[question]]
    text = re.sub(r"^[۱۲۳۴۵۶]\. \(\d+ نمره\)", "", text)
    return words(re.sub(r"^(- )?\([آبجده]\)", "", text, flags=re.MULTILINE))


def links(pdf):
    """The addresses that a PDF's pages link to."""
    raw, document, found = pypdfium2.raw, pypdfium2.PdfDocument(pdf), []
    for page in document:
        place, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, ctypes.byref(place), ctypes.byref(link)):
            action, address = raw.FPDFLink_GetAction(link), ctypes.create_string_buffer(200)
            raw.FPDFAction_GetURIPath(document, action, address, len(address))
            found.append(address.value.decode())
    return found


def asked_in_the_notebook():
    """What a student reads of each question in theory.ipynb: cell id -> text without the marking scheme."""
    cells = nbformat.read(notebook.NOTEBOOK, as_version=4).cells
    asked = [cell for cell in cells if re.match(r"question_|theory_..$", cell.id)]
    return {cell.id: cell.source.partition("=== BEGIN")[0] for cell in asked}


@pytest.mark.parametrize("document", DOCUMENTS, ids="-".join)
def test_question_2_names_its_paper(document):
    pdf = HERE / f"{'-'.join(document)}.pdf"
    assert set(links(pdf)) == {*PAPER, ""}  # "" for what links to a footnote
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "U. Meier" in text and "“Better digit recognition" in text and "doi 10.1109/ICDAR.2011.252" in text


def test_question_2_names_its_paper_in_the_notebook():
    asked = asked_in_the_notebook()["question_2"]
    assert all(f"({address})" in asked for address in PAPER) and "“Better digit recognition" in asked


def test_a_displayed_formula_stands_by_itself_in_the_notebook():
    asked = asked_in_the_notebook()
    displays = [paragraph for text in asked.values() for paragraph in text.split("\n\n") if "$$" in paragraph]
    assert len(displays) == 11
    assert [paragraph for paragraph in displays if not re.fullmatch(r"\s*\$\$[^$]+\$\$\s*", paragraph)] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_notebook_asks_each_part_once(question):
    for part in rubric(question).parts:
        head, _, asked = asked_in_the_notebook()[f"theory_{part.id}"].partition("\n\n")
        assert head == f"**{part.question} ({part.letter})** ({part.points} points)" and asked.strip()


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
    assert all(part.mistakes for part in rubric(question).parts)


def test_points_that_do_not_add_up_are_refused_with_the_part_s_name():
    lines = (Line(3, {"en": "x", "fa": "x"}),)
    with pytest.raises(ValueError, match="part 9a: its criteria add up to 3, not 4"):
        Rubric(9, 4, (Part(9, "a", 4, {}, lines, ()),))
    with pytest.raises(ValueError, match="question 9: its parts add up to 3, not 5"):
        Rubric(9, 5, (Part(9, "a", 3, {}, lines, ()),))
    with pytest.raises(ValueError, match="part 9a: a mistake cannot be worth 3"):
        Rubric(9, 3, (Part(9, "a", 3, {}, lines, lines),))
