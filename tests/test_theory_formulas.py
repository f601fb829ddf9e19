"""Every formula and number of the written solutions is derived another way; a wrong sign in one is noticed."""

import importlib

import pytest
from formulas.reading import flips

from theory.pieces import formulas
from theory.rubric import LANGUAGES, QUESTIONS, folder

FORMULAS = [(question, name) for question in QUESTIONS for name in formulas(question)]


def check_of(question, name):
    return getattr(importlib.import_module(f"formulas.question{question}"), name, None)


@pytest.mark.parametrize(("question", "name"), FORMULAS)
def test_a_formula_agrees_with_another_derivation(question, name):
    check = check_of(question, name)
    assert check, f"tests/formulas/question{question}.py has no check named {name}"
    check(formulas(question)[name])


@pytest.mark.parametrize(("question", "name"), FORMULAS)
def test_a_formula_with_one_sign_changed_does_not(question, name):
    for wrong in flips(formulas(question)[name]):
        with pytest.raises(AssertionError):
            check_of(question, name)(wrong)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_checked_formula_is_printed_in_both_languages(question):
    for language in LANGUAGES:
        files = [folder(question) / f"solution.{language}.tex", folder(question) / "rubric.toml"]
        printed = "".join(path.read_text(encoding="utf-8") for path in files).replace(r"\\use", r"\use")
        assert [name for name in formulas(question) if rf"\use{{{name}}}" not in printed] == []
