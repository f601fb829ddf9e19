"""The TeX that a formula of an answer may hold: what moves nothing, defines nothing and leads nowhere.

A list of what is known, not of what is feared: MathJax has hundreds of commands, and all of a page share it, so that
a macro or a shift of one answer would change or cover what stands in others. All else is shown as it was typed.
"""

import re
from html import escape, unescape

_LETTERS = """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi
pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon
Phi Psi Omega ell hbar hslash imath jmath wp Re Im aleph beth digamma partial nabla infty emptyset varnothing forall
exists nexists top bot angle triangle square blacksquare Box Diamond diamond star bigstar prime backprime surd
clubsuit sharp flat natural complement eth S P dagger ddagger checkmark"""
_OPERATORS = """sum prod coprod int iint iiint oint bigcup bigcap bigsqcup bigvee bigwedge bigodot bigoplus
bigotimes biguplus arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg lim
liminf limsup ln log max min Pr projlim sec sin sinh sup tan tanh limits nolimits displaylimits operatorname mod
bmod pmod pod pm mp times div ast star circ bullet cdot cap cup uplus sqcap sqcup vee wedge setminus smallsetminus
wr oplus ominus otimes oslash odot bigcirc amalg dotplus ltimes rtimes boxplus boxtimes boxdot land lor lnot neg"""
_RELATIONS = """le leq leqslant ge geq geqslant lt gt ne neq ll gg lll ggg equiv sim simeq approx approxeq cong
doteq propto asymp prec succ preceq succeq subset supset subseteq supseteq subsetneq supsetneq sqsubseteq sqsupseteq
in ni notin owns vdash dashv models mid nmid parallel nparallel perp bowtie smile frown not triangleq lesssim gtrsim
therefore because trianglelefteq trianglerighteq coloneqq eqqcolon"""
_ARROWS = """to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longleftarrow
longrightarrow longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow mapsto longmapsto hookleftarrow
hookrightarrow uparrow downarrow updownarrow Uparrow Downarrow Updownarrow nearrow searrow swarrow nwarrow
leftharpoonup rightharpoonup leftharpoondown rightharpoondown rightleftharpoons iff implies impliedby xleftarrow
xrightarrow leadsto"""
_DELIMITERS = """left right middle big bigl bigr bigm Big Bigl Bigr Bigm bigg biggl biggr biggm Bigg Biggl Biggr
Biggm langle rangle lbrace rbrace lbrack rbrack lceil rceil lfloor rfloor lvert rvert lVert rVert vert Vert
backslash lgroup rgroup"""
_SHAPES = """frac dfrac tfrac cfrac binom dbinom tbinom over choose atop sqrt root of overline underline overbrace
underbrace overset underset stackrel substack overrightarrow overleftarrow overleftrightarrow widehat widetilde hat
check breve acute grave tilde bar vec dot ddot dddot mathring boxed fbox cancel phantom hphantom vphantom mathstrut
strut tag notag nonumber begin end hline hdashline displaystyle textstyle scriptstyle scriptscriptstyle mathop
mathbin mathrel mathord mathopen mathclose mathpunct mathinner"""
_FONTS = """mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal boldsymbol bm pmb bf rm it
sf tt cal bold text textrm textbf textit textsf texttt textnormal mbox hbox emph tiny scriptsize small normalsize
large Large color textcolor"""
_SPACES = """quad qquad enspace thinspace medspace thickspace nobreakspace space hspace dots ldots cdots vdots ddots
dotsb dotsc dotsi dotsm dotso colon lq rq"""
_COMMANDS = frozenset(
    f"{_LETTERS} {_OPERATORS} {_RELATIONS} {_ARROWS} {_DELIMITERS} {_SHAPES} {_FONTS} {_SPACES}".split()
)
_ENVIRONMENTS = frozenset(
    re.findall(
        r"\S+",
        "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases aligned align align* alignat alignat*"
        " alignedat gather gather* gathered split equation equation* eqnarray eqnarray* multline multline* subarray",
    )
)
_COLOURS = re.compile("black|blue|brown|cyan|darkgray|gray|green|magenta|olive|orange|purple|red|teal|violet")
_MOST_EM = 4.0  # of a space that is given in numbers
_EM = {"em": 1, "ex": 0.5, "mu": 1 / 18, "pt": 0.1, "px": 0.08, "pc": 1.2, "mm": 0.3, "cm": 3, "in": 7}
_LONGEST, _DEEPEST, _MOST_IN_A_ROW = 8000, 30, 30

_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^{}]*)\}")
_LENGTH = re.compile(r"\\(?:\\\s*\*?\s*\[|hspace\s*\*?\s*\{)([^\]}]*)[\]}]")
_SPACING = re.compile(r"\\(?:\\\s*\*?\s*\[|hspace(?![A-Za-z]))")
_NUMBER = re.compile(r"\s*(\d*\.?\d+)\s*([a-z]{2})\s*")
_COLOUR = re.compile(r"\\(?:text)?color\s*\{\s*([^{}]*?)\s*\}")
_COLOURED = re.compile(r"\\(?:text)?color(?![A-Za-z])")
_ROW = re.compile(r"(?:\\[A-Za-z]+[\s{}]*)+")
_BACK = re.compile(r"\\!")
_MATH = re.compile(r"\$|\\\[|\\begin")
_FORMULA = re.compile(
    r"(?<!\\)\$\$.*?(?<!\\)\$\$|(?<!\\)\$.*?(?<!\\)\$|\\\[.*?\\\]|\\begin\s*\{(?P<name>[^{}]*)\}.*?\\end\s*\{(?P=name)\}",
    re.DOTALL,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CODE = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>)", re.DOTALL)


def moves_nothing(html: str) -> bool:
    """True when no formula on the page that a browser may see in this HTML does more than show itself."""
    text = unescape(_CODE.sub(" ", html))
    return not _MATH.search(text) or all(_is_plain(_TAG.sub(between, text)) for between in ("", " "))


def as_typed(html: str) -> tuple[str, bool]:
    """The HTML with each other formula as code, which MathJax leaves alone, and whether there was one."""
    if moves_nothing(html):
        return html, False
    return "".join(part if _CODE.fullmatch(part) else _typed(part) for part in _CODE.split(html)), True


def _typed(html: str) -> str:
    html = _FORMULA.sub(lambda found: found[0] if _is_plain(_text(found[0])) else _code(_text(found[0])), html)
    parts = _CODE.split(html)
    return "".join(part if _CODE.fullmatch(part) else _COMMAND.sub(_known, part) for part in parts)


def _known(found: re.Match[str]) -> str:
    """A command that no formula around it was found of."""
    return found[0] if not found[1].isalpha() or found[1] in _COMMANDS else _code(found[0])


def _text(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _code(text: str) -> str:
    return f"<code>{escape(text, quote=False)}</code>"


def _is_plain(tex: str) -> bool:
    """Whether this TeX holds nothing but what is known, with bounded lengths, depths and shifts to the left."""
    names = _COMMAND.findall(tex)
    return (
        all(name in _COMMANDS for name in names if re.fullmatch("[A-Za-z]+", name))
        and all(name.strip() in _ENVIRONMENTS for name in _ENVIRONMENT.findall(tex))
        and len(_ENVIRONMENT.findall(tex)) == sum(name in ("begin", "end") for name in names)
        and len(_LENGTH.findall(tex)) == len(_SPACING.findall(tex))
        and all(map(_is_short, _LENGTH.findall(tex)))
        and all(map(_COLOURS.fullmatch, _COLOUR.findall(tex)))
        and len(_COLOUR.findall(tex)) == len(_COLOURED.findall(tex))
        and all(row.count("\\") <= _MOST_IN_A_ROW for row in _ROW.findall(tex))
        and len(_BACK.findall(tex)) <= 2 + len(re.findall(r"\w", _COMMAND.sub("", _COLOUR.sub("", tex)))) // 2
        and all(len(formula[0]) <= _LONGEST for formula in _FORMULA.finditer(tex))
        and _depth(tex) <= _DEEPEST
    )


def _is_short(length: str) -> bool:
    found = _NUMBER.fullmatch(length)
    return found is not None and float(found[1]) * _EM.get(found[2], 1000) <= _MOST_EM


def _depth(tex: str) -> int:
    deepest = depth = 0
    for mark in re.findall(r"\\(?:left|right|begin|end)(?![A-Za-z])|\\.|[{}]", tex):
        depth += (mark in ("{", r"\left", r"\begin")) - (mark in ("}", r"\right", r"\end"))
        depth = max(0, depth)
        deepest = max(deepest, depth)
    return deepest
