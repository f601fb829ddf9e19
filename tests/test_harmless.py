"""What a student wrote or put out is kept as text and pictures, and honest answers stay as they are."""

import base64
import html
import io
import re
from pathlib import Path

import nbformat
import pytest
from markup import ACT, HOSTILE, LEADS, RUNS, UNTOUCHED, graded, picture
from nbformat.v4 import new_output
from PIL import Image

from autograder import assignment
from autograder.harmless.answer import harmless_answer, is_harmless_answer
from autograder.harmless.html import is_harmless
from autograder.harmless.outputs import Shown
from autograder.harmless.preprocessor import MakeHarmless
from autograder.harmless.tex import moves_nothing
from autograder.harmless.text import LONGEST


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_an_answer_that_does_no_harm_stays_as_it_was_written(text):
    assert harmless_answer(text, None) == (text, {})


@pytest.mark.parametrize("text", [*RUNS.values(), *LEADS.values()], ids=[*RUNS, *LEADS])
def test_an_answer_that_does_harm_is_shown_without_it(text):
    assert not is_harmless_answer(text, {}) or "\ud83d" in text
    shown, attachments = harmless_answer(text, None)
    assert is_harmless_answer(shown, attachments)
    assert shown.encode("utf-8") and shown != text


def test_what_was_taken_out_of_an_answer_can_still_be_read():
    shown, _ = harmless_answer(f"before **b** $x<y$\n\n{RUNS['script']}\n\n[x](javascript:go) after", None)
    assert html.escape(RUNS["script"], quote=False) in shown and "shown as text" in shown
    assert "<strong>b</strong> $x&lt;y$" in shown and "x [javascript:go] after" in shown


def test_of_a_formula_that_is_not_set_all_can_be_read_and_the_others_are_set():
    shown, _ = harmless_answer("before $x<y$ and $\\smash{\\raise9em{a<b}}$ after", None)
    assert "<code>$\\smash{\\raise9em{a&lt;b}}$</code> after" in shown and "before $x&lt;y$" in shown
    assert "is shown as it was typed" in shown


@pytest.mark.parametrize("name", [*assignment.NOTEBOOKS])
def test_the_formulas_of_questions_answers_and_rubrics_are_all_set(root, name):
    cells = assignment.read(assignment.source_folder(root) / f"{name}.ipynb").cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert texts and [text for text in texts if not moves_nothing(text)] == []


def test_the_formulas_of_the_written_solutions_are_all_set(root):
    files = [*(root / "theory").glob("question*/solution*.tex")]
    formula = re.compile(r"\\begin\{align\*\}.*?\\end\{align\*\}|(?<!\\)\$[^$]+\$", re.DOTALL)
    values = re.findall(r"newcommand\{?\\(\w+)", "\n".join(map(Path.read_text, (root / "theory").rglob("*.tex"))))
    measured = re.compile(r"\\use\{\w+\}|\\(?:" + "|".join(values) + ")(?![A-Za-z])")  # numbers, from programs
    found = {text for file in files for text in formula.findall(file.read_text(encoding="utf-8"))}
    refused = [text for text in found if not moves_nothing(measured.sub("0", text))]
    assert len(found) > 100 and not refused


def test_attached_pictures_are_shown_and_other_attachments_are_not():
    attached = {
        "my figure.png": {"image/png": picture()},
        "evil.svg": {"image/svg+xml": "<svg/>"},
        "liar.png": {"image/png": base64.b64encode(f"<script>{ACT}</script>".encode()).decode()},
    }
    text = "![a](attachment:my%20figure.png) ![b](attachment:evil.svg) ![c](attachment:liar.png)"
    shown, _ = harmless_answer(text, attached)
    assert shown.count("<img") == 1 and 'src="data:image/png;base64,' in shown and "[picture: c]" in shown
    assert harmless_answer("![a](attachment:a.png)", {"a.png": {"image/png": picture()}})[0] == "![a](attachment:a.png)"


def test_a_picture_written_into_the_text_as_colab_does_is_kept():
    shown, _ = harmless_answer(f"![image.png](data:image/png;base64,{picture()})", None)
    assert shown.startswith("![image.png](data:image/png;base64,iVBOR")


HEIC = base64.b64encode(b"\0\0\0\x18ftypheic" + bytes(64)).decode()


@pytest.mark.parametrize(
    "text",
    [
        '<img src="attachment:my figure.png" width="400">',
        "دو <b>شکل</b>:\n\n<div dir='rtl'><img width=400 SRC='attachment:my%20figure.png'/></div>",
        "<IMG alt=x src='attachment:my figure.png' onerror='alert(1)'>",
    ],
)
def test_an_attached_picture_that_stands_in_html_is_shown(text):
    shown, attachments = harmless_answer(text, {"my figure.png": {"image/png": picture()}})
    assert shown.count('src="data:image/png;base64,iVBOR') == 1 and "attachment:" not in shown
    assert is_harmless_answer(shown, attachments) and "did not come" not in shown


@pytest.mark.parametrize("form", ["GIF", "WEBP", "BMP", "PNG", "JPEG"])
def test_a_picture_of_any_usual_kind_is_shown_whatever_it_is_called(form):
    for mime in (f"image/{form.lower()}", "image/png"):
        shown, attachments = harmless_answer("![a](attachment:a.x)", {"a.x": {mime: picture(form)}})
        ((kept, data),) = attachments["a.x"].items()
        assert shown == "![a](attachment:a.x)" and kept == ("image/jpeg" if form == "JPEG" else "image/png")
        assert base64.b64decode(data).startswith(b"\xff\xd8" if form == "JPEG" else b"\x89PNG")
    assert "data:image/png;base64,iVBOR" in harmless_answer(f"![a](data:image/gif;base64,{picture('GIF')})", None)[0]


@pytest.mark.parametrize(("form", "size"), [("JPEG", (4000, 3000)), ("PNG", (1700, 1300))])
def test_a_photograph_of_many_megabytes_is_shown_smaller(form, size):
    noise = Image.effect_noise((size[0] // 2, size[1] // 2), 90).resize(size)
    data = io.BytesIO()
    Image.merge("RGB", [noise, noise.rotate(180), noise.rotate(90).resize(size)]).save(data, form, quality=95)
    assert len(data.getvalue()) > 4_500_000
    attached = {"p": {f"image/{form.lower()}": base64.b64encode(data.getvalue()).decode()}}
    ((_, kept),) = harmless_answer("![a](attachment:p)", attached)[1]["p"].items()
    again = Image.open(io.BytesIO(base64.b64decode(kept)))
    assert max(again.size) == 1600 and len(kept) < 5_400_000


@pytest.mark.parametrize(
    ("text", "attached", "said"),
    [
        ("![a](attachment:p.heic)", {"p.heic": {"image/heic": HEIC}}, "p.heic&#x27; is a HEIC or AVIF photograph"),
        ('<img src="attachment:p.heic">', {"p.heic": {"image/heic": HEIC}}, "p.heic&#x27; is a HEIC or AVIF"),
        ("![a](attachment:p.svg)", {"p.svg": {"image/svg+xml": "<svg/>"}}, "p.svg&#x27; is no picture that can be"),
        ("![a](attachment:p)", {"p": {"image/png": None}}, "p&#x27; is no picture"),
        ('<img src="attachment:gone.png">', {}, "gone.png&#x27; did not come with the notebook"),
        ('<img src="figures/a.png">', None, "figures/a.png&#x27; did not come with the notebook"),
        (f"![a](data:image/heic;base64,{HEIC})", None, "a picture in its text is a HEIC"),
        ("see", {str(n): {"image/png": picture()} for n in range(22)}, "21&#x27; is one of more than 20 pictures"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_named(text, attached, said):
    shown, attachments = harmless_answer(text, attached)
    assert said in shown and "Not shown of this answer" in shown and is_harmless_answer(shown, attachments)


def test_a_very_long_answer_keeps_its_beginning_and_its_end():
    shown, _ = harmless_answer("first " + "x" * 500_000 + " last", None)
    assert shown.startswith("first") and shown.endswith("last") and len(shown) < LONGEST + 100


def test_outputs_keep_their_text_and_pictures_only():
    shown = Shown().outputs(HOSTILE)
    assert {output.output_type for output in shown} == {"stream", "display_data"}
    assert [(list(o.data), o.metadata) for o in shown if o.output_type == "display_data"] == [(["image/png"], {})]
    text = "".join(output.text for output in shown if output.output_type == "stream")
    assert "a table\n" in text and "[application/javascript: not shown]" in text and "\x1b" not in text


def test_a_progress_bar_is_shown_in_its_last_state_and_a_flood_with_its_beginning_and_end():
    bar = [new_output("stream", name="stderr", text=f"\r{i:3d}%|#####") for i in range(101)]
    assert [o.text for o in Shown().outputs(bar)] == ["100%|#####"]
    flood = Shown().outputs([new_output("stream", name="stdout", text="first " + "y" * 5_000_000 + " last")])
    assert sum(len(o.text) for o in flood) < LONGEST + 200
    assert flood[0].text.startswith("first") and "last" in flood[0].text and "characters are not shown" in flood[0].text
    many = Shown().outputs([new_output("display_data", data={"text/plain": "z" * 999})] * 5000)
    assert sum(len(o.text) for o in many) < LONGEST + 200 and "more than is shown" in many[-1].text


def test_pictures_are_written_anew_and_those_too_large_or_too_many_are_left_out():
    trailing = base64.b64encode(base64.b64decode(picture()) + b"<script>").decode()
    image = Shown().outputs([new_output("display_data", data={"image/png": trailing})])[0]
    assert b"<script>" not in base64.b64decode(image.data["image/png"])
    bomb = new_output("display_data", data={"image/png": picture(size=(9000, 9000)), "text/plain": "<Figure>"})
    assert Shown().outputs([bomb])[0].text == "<Figure>\n"
    assert Shown().outputs([new_output("display_data", data={"image/jpeg": picture("JPEG")})])[0].data["image/jpeg"]
    few = Shown(pictures=3).outputs([new_output("display_data", data={"image/png": picture()})] * 9)
    assert sum(output.output_type == "display_data" for output in few) == 3


def test_nothing_that_the_kernel_said_of_itself_is_kept():
    notebook = graded([], metadata={"title": "<b>", "widgets": {"application/vnd.jupyter.widget-state+json": {}}})
    notebook.metadata["language_info"] = {"name": "<script>", "pygments_lexer": []}
    notebook.cells[0]["execution_count"] = f"<script>{ACT}</script>"
    notebook.cells[0].metadata["execution"] = {"iopub.status.busy": "<b>"}
    cleaned = MakeHarmless().preprocess(notebook, {})[0]
    assert set(cleaned.metadata) == {"language_info"} and cleaned.metadata.language_info.name == "python"
    assert set(cleaned.cells[0].metadata) == {"nbgrader"} and cleaned.cells[0].execution_count is None
    nbformat.validate(cleaned)


def test_a_long_message_of_a_test_is_broken_into_lines():
    said = "failed: " + "Called f(x). It returned what was not expected. " * 9
    notebook = graded([], [new_output("stream", name="stdout", text=said)])
    notebook.cells[0].metadata.nbgrader.update(grade=True, locked=True, points=1)
    text = MakeHarmless().preprocess(notebook, {})[0].cells[0].outputs[0].text
    assert max(map(len, text.splitlines())) <= 110 and text.split() == said.split()


def test_html_that_is_not_closed_in_order_counts_as_harmful():
    assert is_harmless("<p>a &lt; b</p>") and not is_harmless("<p>a") and not is_harmless("</p>")
