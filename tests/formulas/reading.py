"""Reads a checked formula of the solutions, so that it can be computed with."""

import re
from collections.abc import Iterator, Mapping

import sympy
from sympy.parsing.latex import parse_latex

_SPACES = re.compile(r"\\[,;:! ]|\\quad|\\left|\\right|\\displaystyle|\\bigl?r?")
_HAT = re.compile(r"\\(hat|bar|tilde)\{(\w)\}(?:_(\w|\{[^}]*\}))?")
_PRODUCT = re.compile(r"(?<![A-Za-z\\])([A-Za-z]|\\[a-z]+(?:_\w|_\{[^}]*\})?|\w_\w|\w_\{[^}]*\})\s*(?=\()")
_FUNCTIONS = ("exp", "log", "ln", "sqrt", "sum", "frac", "cdot", "times", "sin", "cos", "tanh")


def read(latex: str) -> sympy.Expr:
    """The expression that a formula stands for; a letter before a bracket is a factor, e is Euler's number."""
    text = _SPACES.sub(" ", latex)
    text = _HAT.sub(lambda found: f"{found[2]}_{{{found[1]}{(found[3] or '').strip('{}')}}}", text)
    text = _PRODUCT.sub(lambda found: found[1] if found[1].strip("\\") in _FUNCTIONS else found[1] + r" \cdot ", text)
    expression = parse_latex(text, backend="antlr").subs(sympy.Symbol("e"), sympy.E)
    # the parser takes the subscript of lambda_{max} for a product, and calls it m*(a*x)
    names = {symbol: re.sub(r"[*()]", "", symbol.name) for symbol in expression.free_symbols}
    return expression.subs({symbol: sympy.Symbol(name) for symbol, name in names.items() if name != symbol.name})


def value(latex: str, letters: Mapping[str, float]) -> float:
    """The formula's number for these letters, named as sympy prints them (beta_{1}, lambda). None may be missing."""
    expression = read(latex)
    missing = {str(symbol) for symbol in expression.free_symbols} - set(letters)
    assert not missing, f"{latex}: no value for {sorted(missing)}"
    number = sympy.N(expression.subs({sympy.Symbol(name): number for name, number in letters.items()}).doit())
    assert number.is_real, f"{latex}: {number} is not a real number"
    return float(number)


def flips(latex: str) -> Iterator[str]:
    """The formula with one sign changed, for each sign in it; with none in it, the whole negated."""
    signs = [place.start() for place in re.finditer(r"(?<![{^_])[+-]", latex)]
    for place in signs:
        yield latex[:place] + ("-" if latex[place] == "+" else "+") + latex[place + 1 :]
    if not signs:
        yield f"-({latex})"
