"""Calls in one spelling: torch.matmul(a, b), a.mm(b) and a @ b are one product; casts and copies are what they copy."""

from collections.abc import Callable

from .algebra import Algebra

SAME = {
    **dict.fromkeys(("mm", "dot", "mv", "bmm"), "matmul"),
    **dict.fromkeys(("view", "reshape_as", "view_as"), "reshape"),
    **dict.fromkeys(("concat", "concatenate"), "cat"),
    **dict.fromkeys(("clip", "clamp_min", "maximum", "fmax"), "clamp"),
    **dict.fromkeys(("permute", "swapaxes", "movedim"), "transpose"),
    **dict.fromkeys(("multiply",), "mul"),
    **dict.fromkeys(("divide", "true_divide"), "div"),
    **dict.fromkeys(("subtract",), "sub"),
    "amax": "max",
    "absolute": "abs",
    "bitwise_not": "logical_not",
    "bitwise_and": "logical_and",
    "bitwise_or": "logical_or",
    "trange": "range",
    "arange": "range",
    "rand_like": "rand",
    "randn_like": "randn",
    "repeat_interleave": "repeat",
    "size": "shape",
}
# what changes neither the value nor, for this purpose, the idea: copies, casts, a progress bar around a loop
TRANSPARENT = frozenset(
    [
        "clone",
        "copy",
        "deepcopy",
        "contiguous",
        "detach",
        "to",
        "float",
        "double",
        "half",
        "long",
        "int",
        "bool",
        "type",
        "type_as",
        "cpu",
        "str",
        "list",
        "tuple",
        "iter",
        "requires_grad_",
        "tqdm",
        "asarray",
        "as_tensor",
        "from_numpy",
        "numpy",
        "item",
        "Parameter",
        "enable_grad",
    ]
)
SILENT = frozenset(
    ["print", "warn", "set_postfix", "set_description", "write", "manual_progress", "display", "filterwarnings"]
)
BY_PLACE = ("dim", "axis", "keepdim", "keepdims", "start_dim", "min", "input", "other", "exponent", "size", "shape")

_Rule = Callable[[Algebra, tuple[int, ...]], int | None]


def call(g: Algebra, name: str, args: tuple[int, ...], named: dict[str, int]) -> int:
    """The value of a call of a library's function or method by its last name; a method's object comes first."""
    if name.endswith("_") and not name.startswith("_"):
        name = name.rstrip("_")
    name = SAME.get(name, name)
    args += tuple(named.pop(key) for key in BY_PLACE if key in named)
    if name in TRANSPARENT and args:
        return args[0]
    rule = _RULES.get(name)
    made = rule(g, args) if rule and not named else None
    if made is not None:
        return made
    kinds = tuple(g.node(f"option {key}", value) for key, value in sorted(named.items()) if key not in _IDLE)
    return g.node(f"call {name}", *args, *kinds)


_IDLE = frozenset(("device", "dtype", "desc", "leave", "memory_format", "out", "non_blocking"))


def _number(g: Algebra, args: tuple[int, ...], at: int) -> float | None:
    return g.numbers.get(args[at]) if at < len(args) else None


def _shape(g: Algebra, args: tuple[int, ...]) -> int | None:
    shape = g.node("shape", args[0]) if args else None
    return shape if shape is None or len(args) == 1 else g.index(shape, args[1])


def _clamp(g: Algebra, args: tuple[int, ...]) -> int | None:
    zero = [at for at in range(len(args)) if _number(g, args, at) == 0]
    return g.node("call relu", args[1 - zero[0]]) if len(args) == 2 and len(zero) == 1 else None


def _flatten(g: Algebra, args: tuple[int, ...]) -> int | None:
    if len(args) == 2 and _number(g, args, 1) == 1:
        return g.node("call reshape", args[0], g.node("len", args[0]), g.constant(-1))
    return None


def _reshape(g: Algebra, args: tuple[int, ...]) -> int | None:
    if len(args) != 2:
        return None
    if g.labels[args[1]] in ("tuple", "list"):
        return g.node("call reshape", args[0], *g.kids[args[1]])
    return g.node(
        "call reshape", args[0], g.node("shape", *g.kids[args[1]]) if g.labels[args[1]] == "shape" else args[1]
    )


def _transpose(g: Algebra, args: tuple[int, ...]) -> int | None:
    axes = {_number(g, args, at) for at in range(1, len(args))}
    return g.node("T", args[0]) if len(args) == 3 and axes in ({0.0, 1.0}, {-1.0, -2.0}) else None


def _get(g: Algebra, args: tuple[int, ...]) -> int | None:
    return g.node("default", *args[1:]) if len(args) == 3 else None


def _binary(make: Callable[[Algebra, int, int], int]) -> _Rule:
    return lambda g, args: make(g, args[0], args[1]) if len(args) == 2 else None


def _unary(make: Callable[[Algebra, int], int]) -> _Rule:
    return lambda g, args: make(g, args[0]) if len(args) == 1 else None


def _power(exponent: float) -> _Rule:
    return _unary(lambda g, a: g.power(a, g.constant(exponent)))


def _sign(name: str) -> _Rule:
    return _binary(lambda g, a, b: g.compare(name, a, b))


_RULES: dict[str, _Rule] = {
    "add": _binary(lambda g, a, b: g.add(a, b)),
    "sub": _binary(lambda g, a, b: g.add(a, g.minus(b))),
    "mul": _binary(lambda g, a, b: g.mult(a, b)),
    "div": _binary(lambda g, a, b: g.mult(a, g.power(b, g.constant(-1)))),
    "pow": _binary(lambda g, a, b: g.power(a, b)),
    "matmul": _binary(lambda g, a, b: g.node("matmul", a, b)),
    "neg": _unary(lambda g, a: g.minus(a)),
    "square": _power(2),
    "sqrt": _power(0.5),
    "rsqrt": _power(-0.5),
    "reciprocal": _power(-1),
    "logical_not": _unary(lambda g, a: g.negate(a)),
    "logical_and": _binary(lambda g, a, b: g.node("and", a, b)),
    "logical_or": _binary(lambda g, a, b: g.node("or", a, b)),
    **{name.lower(): _sign(sign) for name, sign in [("eq", "Eq"), ("ne", "NotEq"), ("lt", "Lt"), ("gt", "Gt")]},
    **{name: _sign(sign) for name, sign in [("le", "LtE"), ("ge", "GtE"), ("less", "Lt"), ("greater", "Gt")]},
    "where": lambda g, args: g.select(*args) if len(args) == 3 else None,
    "zeros_like": _unary(lambda g, a: g.constant(0)),
    "ones_like": _unary(lambda g, a: g.constant(1)),
    "t": _unary(lambda g, a: g.node("T", a)),
    "transpose": _transpose,
    "clamp": _clamp,
    "flatten": _flatten,
    "reshape": _reshape,
    "shape": _shape,
    "len": _unary(lambda g, a: g.node("len", a)),
    "range": lambda g, args: g.run(*args) if args else None,
    "reversed": _unary(lambda g, a: g.backwards(a)),
    "zip": lambda g, args: g.node("zip", *args),
    "enumerate": lambda g, args: g.node("enumerate", *args),
    "get": _get,
    "forward": lambda g, args: g.node("apply", *args) if args else None,
    "append": lambda g, args: g.node("append", *args),
}
