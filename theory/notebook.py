"""Writes the questions, points and marking schemes of source/hw2/theory.ipynb from the questions' folders."""

import sys

import nbformat
from nbformat import NotebookNode

from .markdown import lines, markdown
from .pieces import solution, statement
from .rubric import HERE, QUESTIONS, Part, Rubric, rubric

NOTEBOOK = HERE.parent / "source" / "hw2" / "theory.ipynb"
_LANGUAGE = "en"


def main() -> int:
    """Write the notebook if it is not in step."""
    text = written()
    if NOTEBOOK.read_text(encoding="utf-8") == text:
        print(f"{NOTEBOOK.name} is in step with its source")
    else:
        NOTEBOOK.write_text(text, encoding="utf-8")
        print(f"{NOTEBOOK.name} was written anew: make release brings it into release/ and gradebook.db")
    return 0


def written() -> str:
    """The notebook as it must be."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    fill_in(notebook)
    return str(nbformat.writes(notebook)) + "\n"


def fill_in(notebook: NotebookNode) -> None:
    """Write the text and points of each question and task cell, in place; cells keep their ids."""
    rubrics = [rubric(question) for question in QUESTIONS]
    tasks = {f"theory_{part.id}": part for marks in rubrics for part in marks.parts}
    heads = {f"## Question {marks.question} ": marks for marks in rubrics}
    for cell in notebook.cells:
        task = tasks.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        head = next((marks for start, marks in heads.items() if cell.source.startswith(start)), None)
        if task:
            cell.source, cell.metadata.nbgrader["points"] = _task(task), task.points
        elif head:
            cell.source = _head(head)


def _head(marks: Rubric) -> str:
    intro = markdown(statement(marks.question, _LANGUAGE).intro, marks.question)
    return f"## Question {marks.question} ({marks.points} points)\n\n{intro}".strip()


def _task(part: Part) -> str:
    asked = markdown(statement(part.question, _LANGUAGE).parts[part.letter], part.question)
    return "\n\n".join(
        [
            f"**{part.question} ({part.letter})** ({part.points} points)",
            asked,
            f"=== BEGIN MARK SCHEME ===\n\n{_scheme(part)}\n\n=== END MARK SCHEME ===",
        ]
    )


def _scheme(part: Part) -> str:
    """What the marker sees: the answer in short, what gives points, what common answers are worth, the whole answer."""
    rows = (*part.criteria, *part.mistakes)
    answer, *said = lines([part.answer[_LANGUAGE], *(row.text[_LANGUAGE] for row in rows)], part.question)
    items = [f"- **{row.points}** {text}" for row, text in zip(rows, said, strict=True)]
    criteria, mistakes = items[: len(part.criteria)], items[len(part.criteria) :]
    whole = markdown(solution(part.question, _LANGUAGE).parts[part.letter], part.question)
    return "\n\n".join(
        [
            f"**In short.** {answer}",
            "**Points for**\n\n" + "\n".join(criteria),
            "**What the part is worth with a common wrong answer**\n\n" + "\n".join(mistakes),
            f"<details><summary><b>Model answer</b></summary>\n\n{whole}\n\n</details>",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
