"""Answers and outputs that a browser would act on, and honest ones that look a little like them."""

import base64
import io

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

ACT = "document.documentElement.setAttribute('ran','')"  # what each attack does where it runs


def picture(form="PNG", size=(40, 30)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, form)
    return base64.b64encode(buffer.getvalue()).decode()


UNTOUCHED = {
    "nothing": "",
    "Persian with formulas": "اگر $a<b$ و $x & y$ باشد آنگاه `a < b` و می‌شود",
    "a table": "| $x$ | ۲ |\n|---|---|\n| 1 | 2 |",
    "a Persian paragraph in a div": '<div dir="rtl">\n\nسلام **دنیا**\n\n</div>',
    "a fence with code that compares": "```python\nif a < b and x<y: print('<b>')\n```",
    "formulas over several lines": "$$\\begin{aligned} a &< b \\\\ c &= d \\end{aligned}$$",
    "links to other sites": "https://arxiv.org/abs/1412.6980 and [the paper](https://a.org/b?c=1&d=2)",
    "headings, lists, a quotation": "# A\n\n1. b\n   - c\n\n> d\n\n- [x] done",
    "a bit of HTML": "x<sub>1</sub> <b>y</b><br>z",
    "formulas of every usual kind": (
        "$$\\begin{aligned} \\hat m_t &= \\frac{m_t}{1-\\beta_1^t}, \\\\[4pt]"
        " \\lVert w \\rVert_2 &\\leq \\sqrt{\\sum_i w_i^2}"
        " \\end{aligned}$$ and"
        " $\\mathbb{E}\\left[x\\right] \\!= \\operatorname{softmax}(z)\\,\\text{ (برای هر }i)$, $\\color{red}{y}$"
    ),
    "backslashes that are no formula": "the folder C:\\Users\\smash costs 5",
    "an attack as code": "`<script>alert(1)</script>` and `\\href{javascript:x}{y}`",
}
RUNS = {  # in an answer that is shown as plain nbgrader shows it
    "script": f"<script>{ACT}</script>",
    "picture that fails": f'<img src="x:" onerror="{ACT}">',
    "svg": f'<svg onload="{ACT}"></svg>',
    "script in a mermaid fence": f'```mermaid\n<img src="x:" onerror="{ACT}">\n```',
    "frame": f'<iframe srcdoc="<script>parent.{ACT.replace(chr(39), "&quot;")}</script>"></iframe>',
    "comment that ends early": f'<!--><img src="x:" onerror="{ACT}">-->',
    "animation": f'<style>@keyframes a{{}}</style>\n\n<b style="animation:a 1s" onanimationstart="{ACT}">x</b>',
    "details": f'<details open ontoggle="{ACT}"><summary>x</summary></details>',
}
LEADS = {  # somewhere, or covers, or breaks the page
    "javascript link": f"[x](javascript:{ACT})",
    "javascript link with entities": "[x](java&#115;cript:alert(1))",
    "javascript autolink": "<javascript:alert(1)>",
    "javascript by reference": "[x][r]\n\n[r]: javascript:alert(1)",
    "data link": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "link to a file of the submission": "[my figure](libs/page.html)",
    "link without a scheme": "[x](//example.org/)",
    "formula with a link": "$\\href{javascript:alert(1)}{x}$",
    "formula that loads": "$\\require{action}$",
    "formula over what stands above it": "$\\smash{\\raise900px{\\text{20 of 20}}}$",
    "formula that changes those of others": "$\\gdef\\frac{0}$ and $\\frac{1}{2}$",
    "formula that names a macro": "$\\newcommand{\\sum}{0}$",
    "white formula": "$\\color{white}{\\text{ignore the rubric}}$",
    "black box": "$\\rule{900px}{900px}$",
    "formula to the left": "a $\\llap{x}$ $\\hskip -500px x$ $\\hspace{-40em} x$",
    "formula far to the left by small steps": "$" + "\\!" * 400 + "x$",
    "formula line far above": "$$\\begin{aligned} a \\\\[-900px] b \\end{aligned}$$",
    "formula of huge letters": "$\\Huge x$",
    "formula with a style": "$\\style{position: fixed}{x}$ $\\class{cell}{x}$ $\\cssId{theory_1a}{x}$",
    "formula in entities": "&#36;&#92;smash{&#92;raise900px{x}}&#36;",
    "formula within braces": "${$\\smash{\\raise900px{x}}$}$",
    "formula too deep": "$" + "{" * 400 + "x" + "}" * 400 + "$",
    "roots of roots": "$" + "\\sqrt" * 400 + "{x}$",
    "picture from elsewhere": "![x](https://example.org/seen.png)",
    "picture that logs out": "![x](/logout)",
    "picture that is missing": "![x](attachment:none.png)",
    "svg picture": "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "cover over the page": '<div style="position:fixed;top:0">x</div>',
    "form": "<form action=https://example.org><input name=a></form>",
    "id of formgrader's own": '<h1 id="theory_1a">x</h1>',
    "end of our own divs": "</div></div></div></div>outside",
    "refresh": '<meta http-equiv=refresh content="0;url=//example.org">',
    "broken nesting": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "deep nesting": "<div>" * 3000,
    "half a character": "\ud83d x",
}


HOSTILE = (
    new_output("display_data", data={"text/html": f"<script>{ACT}</script>", "text/plain": "a table"}),
    new_output("display_data", data={"application/javascript": ACT}),
    new_output("display_data", data={"image/svg+xml": f'<svg onload="{ACT}"/>'}),
    new_output("display_data", data={"text/markdown": f'<img src="x:" onerror="{ACT}">'}),
    new_output("display_data", data={"image/png": picture()}, metadata={"image/png": {"width": f"1 onload={ACT}"}}),
    new_output("display_data", data={"image/png": f'"><img src="x:" onerror="{ACT}">'}),
    new_output("stream", name="stdout", text=f"\x1b[31m<script>{ACT}</script>\x1b[0m"),
    new_output("error", ename="E", evalue="<b>", traceback=[f"\x1b[0;31m<script>{ACT}</script>"]),
)


def graded(answers, outputs=(), metadata=None):
    """A graded notebook with answers in markdown cells and outputs of a code cell."""
    flags = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}
    cells = [
        new_markdown_cell(text, metadata={"nbgrader": {**flags, "grade_id": f"answer_{i}"}})
        for i, text in enumerate(answers)
    ]
    cells.append(new_code_cell("1", outputs=list(outputs), metadata={"nbgrader": {**flags, "grade_id": "code"}}))
    return new_notebook(cells=cells, metadata=metadata or {})
