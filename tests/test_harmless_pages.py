"""Formgrader's and the feedback's pages of hostile notebooks, opened in a real browser."""

import copy
import html
import subprocess

import nbformat
import pytest
from browser import ALONE, CHROMIUM
from markup import ACT, HOSTILE, LEADS, RUNS, UNTOUCHED, graded
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader.handlers import template_path

from autograder.harmless.page import POLICY, FeedbackPage
from autograder.harmless.preprocessor import MakeHarmless

NO_PROOF = "the attack itself does not work: this test would prove nothing"


def works(runs_script, page: str) -> bool:
    """Whether the attack runs; a browser on a busy machine may end before the frame that an animation needs."""
    return any(runs_script(page) for _ in range(5))


def harmless(notebook):
    return MakeHarmless().preprocess(copy.deepcopy(notebook), {})[0]


def formgrader_page(notebook):
    """What formgrader's submission view makes of the notebook."""
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[template_path])
    names = {"assignment_id": "hw2", "notebook_id": "theory", "submission_id": "1", "base_url": "", "index": 0}
    return exporter.from_notebook_node(notebook, resources={**names, "total": 1, "notebook_path": ""})[0]


def feedback_page(notebook, exporter=FeedbackPage):
    """What generate_feedback makes of the notebook."""
    css = f"{template_path}/../static/node_modules/bootstrap/dist/css"
    page = exporter(template_name="feedback", extra_template_basedirs=[template_path], extra_template_paths=[css])
    marks = {"notebook": "theory", "score": 0, "max_score": 0, "late_penalty": 0}
    return page.from_notebook_node(notebook, resources={"nbgrader": marks})[0]


@pytest.fixture()
def runs_script(tmp_path):
    """Opens a page in Chromium and says whether one of the attacks ran."""
    if not CHROMIUM:
        pytest.skip("no Chromium here (on Debian: apt-get install chromium): the pages were not opened in a browser")

    def look(page: str) -> bool:
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        command = [
            CHROMIUM, "--headless", *ALONE, "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", "--dump-dom",
            (tmp_path / "page.html").as_uri(),
        ]  # fmt: skip
        dom = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout
        assert "</html>" in dom
        return 'ran=""' in dom.partition("<head")[0]

    return look


@pytest.mark.parametrize("name", RUNS)
def test_each_attack_in_an_answer_runs_in_plain_formgrader_and_not_in_ours(runs_script, name):
    notebook = graded([RUNS[name]])
    assert works(runs_script, formgrader_page(notebook)), NO_PROOF
    assert not runs_script(formgrader_page(harmless(notebook)))


@pytest.mark.parametrize("attack", [0, 3, 4])
def test_an_attack_in_an_output_runs_in_plain_formgrader_and_not_in_ours(runs_script, attack):
    notebook = graded([], [HOSTILE[attack]])
    assert works(runs_script, formgrader_page(notebook)), NO_PROOF
    assert not runs_script(formgrader_page(harmless(notebook)))


def test_all_attacks_together_do_nothing_in_formgrader_or_feedback(runs_script):
    notebook = graded([*RUNS.values(), *LEADS.values()][:-1], HOSTILE, {"title": "</title><script>" + ACT})
    notebook.cells[-1]["execution_count"] = f"<script>{ACT}</script>"
    cleaned = harmless(notebook)
    for page in (formgrader_page(cleaned), feedback_page(cleaned)):
        assert not runs_script(page)


def test_the_feedback_page_runs_no_script_even_in_a_notebook_that_was_not_cleaned(runs_script):
    notebook = graded(RUNS.values(), [output for output in HOSTILE if "image/png" not in output.get("data", {})])
    assert works(runs_script, feedback_page(notebook, HTMLExporter)), NO_PROOF
    page = feedback_page(notebook)
    assert "<script" not in page and html.escape(POLICY, quote=False) in page.partition("<style")[0]
    assert not runs_script(page)


def test_the_feedback_page_names_each_test_by_its_sentence():
    notebook = graded([])
    notebook.cells[0].source = "# The sum of w**2 is added.\nassert True"
    notebook.cells[0].metadata.nbgrader.update(grade=True, locked=True, points=2, score=1)
    contents = feedback_page(notebook).partition('id="toc"')[2].partition("</div>")[0]
    assert "The sum of w**2 is added.</a> (Score: 1.0 / 2.0)" in contents and "Test cell" not in contents


def test_an_answer_is_cleaned_on_its_way_through_nbgrader(tmp_path, nbgrader, runs_script):
    """A real upload: collected, graded by nbgrader, shown by formgrader's exporter and by generate_feedback."""
    from sample_class.course import make_course
    from sample_class.edits import whole_cell
    from sample_class.students import Student

    attack = f"{UNTOUCHED['Persian with formulas']}\n\n{UNTOUCHED['a table']}\n\n{RUNS['picture that fails']}"
    edits = (
        whole_cell("theory", "theory_1a_answer", attack),
        whole_cell("theory", "theory_1b_answer", "![x](attachment:no.png)"),
    )
    student = Student("402100101", "Sara Ahmadi", "scripts in its answers", "HW2-Sara Ahmadi-402100101.zip", edits)
    course = make_course(tmp_path / "course", [student])
    nbgrader(course, "zip_collect", "hw2")
    assert ACT in (course / "submitted/402100101/hw2/theory.ipynb").read_text(encoding="utf-8")
    nbgrader(course, "autograde", "hw2", "--notebook", "theory")
    nbgrader(course, "generate_feedback", "hw2", "--notebook", "theory")
    notebook = nbformat.read(course / "autograded/402100101/hw2/theory.ipynb", as_version=4)
    pages = [formgrader_page(notebook), (course / "feedback/402100101/hw2/theory.html").read_text(encoding="utf-8")]
    for page in pages:
        assert "اگر" in page and "<td>2</td>" in page and "[picture: x]" in page
        assert not runs_script(page)
    assert "<script" not in pages[1]
