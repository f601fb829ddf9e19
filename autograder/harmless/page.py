"""The feedback page: what nbgrader's template makes of a graded notebook, with tests by name and without any script."""

import re
from html import escape
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from .. import assignment
from ..policy.late_feedback import LEFT, LINES

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'
MARKS = "hw2-marks"  # the page says which marks it was made of
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)  # the template's own
_LIST = re.compile(r'<div id="toc">.*?</div>', re.DOTALL)
_LINK = re.compile(r'(<a href="#(?P<id>[^"]*)">)(?P<text>.*?)(</a>)', re.DOTALL)


class FeedbackPage(HTMLExporter):
    """A page that needs nothing from elsewhere; formulas stand in it as their source."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render, name the tests, take the scripts of the template out, and forbid all others."""
        html, resources = super().from_notebook_node(nb, resources, **kw)
        head, found, rest = _SCRIPT.sub("", html).partition("<head>")
        if not found:
            raise ValueError("the feedback template has no <head> to hold the page's policy")
        notes = resources or {}
        marks = f'<meta name="{MARKS}" content="{notes.get(LEFT, 0.0):.6f}"/>'
        body = _with_lateness(_with_names(rest, nb), notes.get(LINES, []))
        return head + found + _META + marks + body, notes


def _with_lateness(html: str, lines: list[str]) -> str:
    """The late rule, worked out, above the list of tests."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    panel = f"<h4>Time of submission</h4><ul>{items}</ul>" if lines else ""
    return _LIST.sub(lambda found: panel + found[0], html, count=1)


def _with_names(html: str, nb: NotebookNode) -> str:
    """In the list at the top each test and question stands by its sentence."""
    sentences = {
        check.id: check.sentence.replace("**", "") if check.by_hand else check.sentence
        for check in assignment.checks(nb)
    }

    def named(link: re.Match[str]) -> str:
        return (
            link[1]
            + (escape(sentences[link["id"]], quote=False) if sentences.get(link["id"]) else link["text"])
            + link[4]
        )

    return _LIST.sub(lambda found: _LINK.sub(named, found[0]), html, count=1)
