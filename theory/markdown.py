"""The LaTeX of statements, solutions and rubric as Markdown, for the notebook and the marker's page; pandoc does it."""

import re
from collections.abc import Sequence

import pypandoc

from .assemble import latex as text_as_latex
from .pieces import formulas
from .rubric import folder

_MACROS = r"""
\newcommand{\en}[1]{#1}
\newcommand{\foreign}[1]{}
\newcommand{\note}[1]{ (#1)}
\newcommand{\web}[2]{\href{#1}{#2}}
\newcommand{\plot}[2]{\emph{(Figure #1 of the PDF.)} #2}
\newenvironment{aside}{\begin{quote}}{\end{quote}}
"""
_TO = "markdown-raw_html-raw_attribute-raw_tex-fenced_divs-bracketed_spans-simple_tables-smart-header_attributes"

_DISPLAY = re.compile(r"\\\[.*?\\\]|\\begin\{(align\*?)\}.*?\\end\{\1\}", re.DOTALL)


def markdown(latex: str, question: int) -> str:
    """Markdown with formulas between dollars. Raises ValueError that names a formula which is not there."""
    known = formulas(question)

    def formula(found: re.Match[str]) -> str:
        if found[1] not in known:
            raise ValueError(f"question{question}/formulas.tex has no formula {found[1]}")
        return known[found[1]]

    text = re.sub(r"\\use\{(\w+)\}", formula, latex)
    text = _DISPLAY.sub("\n\n\\g<0>\n\n", text)  # a paragraph of its own, or pandoc sets it into the sentence
    measured = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder(question).glob("*_values.tex")))
    options = ["--wrap=none", "--tab-stop=2"]
    return str(pypandoc.convert_text(_MACROS + measured + text, _TO, "latex", extra_args=options)).strip()


def lines(texts: Sequence[str], question: int) -> list[str]:
    """Texts of the rubric, each a paragraph, as Markdown; pandoc takes longer to start than to convert them all."""
    made = markdown("\n\n".join(map(text_as_latex, texts)), question).split("\n\n")
    if len(made) != len(texts):
        raise ValueError(f"question{question}/rubric.toml: a text is more than one paragraph")
    return made
