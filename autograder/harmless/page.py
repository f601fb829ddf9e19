"""The feedback page: what nbgrader's template makes of a graded notebook, with tests by name and without any script."""

from typing import Any

from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from .. import assignment

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


class FeedbackPage(HTMLExporter):
    """A page that needs nothing from elsewhere; formulas stand in it as their source."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render, name the tests, take the scripts of the template out, and forbid all others."""
        html, resources = super().from_notebook_node(nb, resources, **kw)
        page = BeautifulSoup(html, "html.parser")
        _name_checks(page, nb)
        for script in page.find_all("script"):
            script.decompose()
        policy = page.new_tag("meta", attrs={"http-equiv": "Content-Security-Policy", "content": POLICY})
        if page.head is None:
            raise ValueError("the feedback template has no <head> to hold the page's policy")
        page.head.insert(0, policy)
        return str(page), resources or {}


def _name_checks(page: BeautifulSoup, nb: NotebookNode) -> None:
    """In the list at the top each test and question stands by its sentence."""
    sentences = {
        f"#{check.id}": check.sentence.replace("**", "") if check.by_hand else check.sentence
        for check in assignment.checks(nb)
    }
    for link in page.select("#toc a[href]"):
        sentence = sentences.get(str(link["href"]))
        if sentence:
            link.string = sentence
