"""Mistakes in the layers: Linear, ReLU, Linear_ReLU and the softmax loss."""

from ..edits import in_block, whole_block
from .mistake import Mistake
from .module_edit import mistaken

_FLAT = "x.reshape(x.shape[0], -1)"
_OUT = "out = x.reshape(x.shape[0], -1) @ w + b"
_DX, _DW, _DB = "dx = (dout @ w.T).reshape(x.shape)", "dw = x.reshape(x.shape[0], -1).T @ dout", "db = dout.sum(dim=0)"
_LOG_P = "log_p = shifted - shifted.exp().sum(dim=1, keepdim=True).log()"
_SHIFTED = "shifted = x - x.max(dim=1, keepdim=True).values"
_LOSS = "loss = -log_p[rows, y].mean()"
_BACK = "dx, dw, db = Linear.backward(ReLU.backward(dout, relu_cache), linear_cache)"
# One line down in linear_forward and linear_backward, and in softmax_loss.
_IN_METHOD, _IN_FUNCTION = "\n" + 8 * " ", "\n" + 4 * " "

_LINEAR = (
    mistaken(
        "bias left out of the linear layer", "linear_forward_value", "x w + b", in_block("linear_forward", " + b", "")
    ),
    mistaken(
        "examples of several dimensions not flattened",
        "linear_forward_flattens",
        "shapes",
        in_block("linear_forward", _FLAT, "x"),
        may_lose="linear_forward_noncontiguous",  # its x has three dimensions
    ),
    mistaken(
        "view flattens what is not contiguous",
        "linear_forward_noncontiguous",
        "view",
        in_block("linear_forward", _FLAT, "x.view(x.shape[0], -1)"),
    ),
    mistaken(
        "examples flattened into columns and transposed",
        "linear_forward_value",
        "x w + b",
        in_block("linear_forward", _FLAT, "x.reshape(-1, x.shape[0]).T"),
    ),
    mistaken(
        "x replaced by its flattened copy before it is cached",
        "linear_backward_dx_shape",
        "dx of shape",
        in_block("linear_forward", _OUT, f"x = {_FLAT}{_IN_METHOD}out = x @ w + b"),
    ),
    mistaken(
        "x flattened in place",
        "linear_inputs_unchanged linear_forward_noncontiguous",
        "a view holds the same numbers",
        in_block("linear_forward", _FLAT, "x.resize_(x.shape[0], w.shape[0])"),
    ),
    mistaken(
        "outputs of the linear layer collected in a float32 buffer",
        "linear_dtype",
        "dtype",
        in_block(
            "linear_forward", _OUT, f"out = torch.zeros(x.shape[0], w.shape[1]){_IN_METHOD}out[:] = {_FLAT} @ w + b"
        ),
        may_lose="two_layer_dtype fully_connected_dtype",  # their scores come out of this layer
    ),
    mistaken(
        "dx not brought into the shape of x",
        "linear_backward_dx_shape",
        "dx of shape",
        in_block("linear_backward", _DX, "dx = dout @ w.T"),
    ),
    mistaken(
        "dx averaged over the batch",
        "linear_backward_dx",
        "dx",
        in_block("linear_backward", _DX, "dx = (dout @ w.T).reshape(x.shape) / x.shape[0]"),
    ),
    mistaken(
        "dw averaged over the batch",
        "linear_backward_dw",
        "dw",
        in_block("linear_backward", _DW, f"{_DW} / x.shape[0]"),
    ),
    mistaken(
        "dw made of inputs that are not flattened",
        "linear_backward_dw",
        "dw",
        in_block("linear_backward", _DW, "dw = x.T @ dout"),
    ),
    mistaken(
        "dw transposed",
        "linear_backward_dw",
        "dw of shape",
        in_block("linear_backward", _DW, "dw = dout.T @ x.reshape(x.shape[0], -1)"),
    ),
    mistaken(
        "bias gradient not summed over the batch",
        "linear_backward_db linear_backward_db_shape",
        "db of shape",
        in_block("linear_backward", _DB, "db = dout"),
    ),
    mistaken(
        "bias gradient summed over the outputs",
        "linear_backward_db linear_backward_db_shape",
        "every example adds",
        in_block("linear_backward", _DB, "db = dout.sum(dim=1)"),
    ),
    mistaken(
        "bias gradient averaged over the batch",
        "linear_backward_db",
        "every example adds",
        in_block("linear_backward", _DB, "db = dout.mean(dim=0)"),
    ),
    mistaken(
        "bias gradient of shape (1, M)",
        "linear_backward_db_shape",
        "db of shape",
        in_block("linear_backward", _DB, "db = dout.sum(dim=0, keepdim=True)"),
    ),
    mistaken(
        "dout transposed in place",
        "linear_inputs_unchanged",
        "dout changed in place",
        in_block("linear_backward", _DW, "dw = (dout.t_() @ x.reshape(x.shape[0], -1)).T"),
        in_block("linear_backward", _DB, "db = dout.sum(dim=1)"),
    ),
    mistaken(
        "gradients of the linear layer taken from autograd",
        "linear_backward_dx linear_backward_dx_shape linear_backward_dw linear_backward_db linear_backward_db_shape",
        "autograd",
        whole_block(
            "linear_backward",
            """
            x, w, b = (z.detach().clone().requires_grad_() for z in cache)
            (x.reshape(x.shape[0], -1) @ w + b).backward(dout)
            dx, dw, db = x.grad, w.grad, b.grad
            """,
        ),
    ),
)

_VALUE, _SLOPE, _MAX = "relu_forward_value", "relu_backward_value", "x.clamp(min=0)"
_RELU = tuple(
    mistaken(name, loses, hint, in_block(block, old, new))
    for name, loses, hint, block, old, new in (
        ("ReLU clamps its input in place", "relu_inputs_unchanged", "in place", "relu_forward", "clamp(", "clamp_("),
        ("leaky ReLU", _VALUE, "max(0, x)", "relu_forward", _MAX, "torch.where(x > 0, x, 0.01 * x)"),
        ("absolute value for ReLU", _VALUE, "max(0, x)", "relu_forward", _MAX, "x.abs()"),
        ("step for ReLU", _VALUE, "max(0, x)", "relu_forward", _MAX, "(x > 0).to(x.dtype)"),
        ("ReLU's slope without dout", _SLOPE, "slope", "relu_backward", "dout * (x > 0)", "(x > 0).to(x.dtype)"),
        ("dout times ReLU's output", _SLOPE, "slope", "relu_backward", "(x > 0)", "x.clamp(min=0)"),
        ("ReLU's mask made of dout", _SLOPE, "slope", "relu_backward", "(x > 0)", "(dout > 0)"),
        ("ReLU's slope as out / x", "relu_backward_zero", "x is 0", "relu_backward", "(x > 0)", f"({_MAX} / x)"),
        (
            "dout masked in place by ReLU", "relu_inputs_unchanged", "in place",
            "relu_backward", "dx = dout * (x > 0)", f"dx = dout{_IN_METHOD}dx[x <= 0] = 0",
        ),
    )
)  # fmt: skip

_LINEAR_RELU = (
    mistaken(
        "rectifier left out of Linear_ReLU",
        "linear_relu_forward",
        "rectifier",
        in_block("linear_relu_forward", "ReLU.forward(before)", "(before, before)"),
    ),
    mistaken(
        "rectifier before the linear layer",
        "linear_relu_forward linear_relu_backward",
        "rectifier",
        in_block(
            "linear_relu_forward",
            "before, linear_cache = Linear.forward(x, w, b)",
            "before, relu_cache = ReLU.forward(x)",
        ),
        in_block(
            "linear_relu_forward",
            "out, relu_cache = ReLU.forward(before)",
            "out, linear_cache = Linear.forward(before, w, b)",
        ),
        in_block(
            "linear_relu_backward",
            _BACK,
            f"dx, dw, db = Linear.backward(dout, linear_cache){_IN_METHOD}dx = ReLU.backward(dx, relu_cache)",
        ),
    ),
    mistaken(
        "rectifier skipped on the way back",
        "linear_relu_backward",
        "gradient",
        in_block("linear_relu_backward", "ReLU.backward(dout, relu_cache)", "dout"),
    ),
    mistaken(
        "gradients through Linear first and then through ReLU at x",
        "linear_relu_backward",
        "gradient",
        in_block(
            "linear_relu_backward",
            _BACK,
            f"dx, dw, db = Linear.backward(dout, linear_cache){_IN_METHOD}dx = ReLU.backward(dx, linear_cache[0])",
        ),
    ),
    mistaken(
        "ReLU's forward used on the gradient",
        "linear_relu_backward",
        "gradient",
        in_block("linear_relu_backward", "ReLU.backward(dout, relu_cache)", "ReLU.forward(dout)[0]"),
    ),
)

_MEAN, _GRADIENT, _LARGE = "softmax_loss_value", "softmax_loss_dx", "softmax_loss_large_scores"
_SOFTMAX = tuple(
    mistaken(name, loses, hint, in_block("softmax_loss", old, new), may_lose=may_lose)
    for name, loses, hint, old, new, may_lose in (
        ("softmax loss summed over the batch", _MEAN, "log(1/10)", "mean()", "sum()", ""),
        ("softmax loss divided by N * C", _MEAN, "log(1/10)", ".mean()", ".sum() / x.numel()", ""),
        ("softmax loss without its minus sign", _MEAN, "log(1/10)", "-log_p", "log_p", ""),
        ("softmax loss left as one number per example", _MEAN, "shape", _LOSS, "loss = -log_p[rows, y]", _LARGE),
        ("labels pick columns for all rows in the loss", _MEAN, "log", "-log_p[rows, y]", "-log_p[:, y]", ""),
        ("labels pick columns for all rows in dx", _GRADIENT, "adds up to 0", "dx[rows, y]", "dx[:, y]", ""),
        ("dx of the softmax loss not divided by N", _GRADIENT, "numeric gradient", "dx /= len(y)", "", ""),
        ("dx of the softmax loss divided by C", _GRADIENT, "numeric gradient", "dx /= len(y)", "dx /= x.shape[1]", ""),
        ("dx of the softmax loss negated", _GRADIENT, "numeric gradient", "dx /= len(y)", "dx /= -len(y)", ""),
        ("labels not subtracted in dx", _GRADIENT, "adds up to 0", "dx[rows, y] -= 1", "", ""),
        ("softmax over the batch", f"{_MEAN} {_GRADIENT}", "log(1/10)", "sum(dim=1", "sum(dim=0", _LARGE),
        ("softmax twice", f"{_MEAN} {_GRADIENT}", "log", _SHIFTED, "shifted = x.softmax(dim=1)", _LARGE),
        ("scores not shifted before exp", _LARGE, "largest score", _SHIFTED, "shifted = x", ""),
        ("scores shifted by the batch's largest", _LARGE, "largest score", _SHIFTED, "shifted = x - x.max()", ""),
        ("scores clamped before exp", _LARGE, "differences of scores", _SHIFTED, "shifted = x.clamp(-50, 50)", ""),
        (
            "tiny number added inside the logarithm", _LARGE, "inside the logarithm",
            _LOG_P, "log_p = (shifted.softmax(dim=1) + 1e-8).log()", "",
        ),
        (
            "scores shifted in place", "softmax_loss_inputs_unchanged", "the scores changed in place",
            _SHIFTED, "shifted = x.sub_(x.max(dim=1, keepdim=True).values)", "",
        ),
        (
            "dx of the softmax loss in a float32 buffer", "softmax_loss_dtype", "dtype",
            "dx = log_p.exp()", f"dx = torch.zeros(x.shape){_IN_FUNCTION}dx += log_p.exp()", "",
        ),
    )
)  # fmt: skip

_SOFTMAX_BY_AUTOGRAD = mistaken(
    "dx of the softmax loss taken from autograd",
    f"{_MEAN} {_GRADIENT} {_LARGE} softmax_loss_inputs_unchanged softmax_loss_dtype",
    "autograd",
    whole_block(
        "softmax_loss",
        """
        scores = x.detach().clone().requires_grad_()
        loss = torch.nn.functional.cross_entropy(scores, y)
        (dx,) = torch.autograd.grad(loss, scores)
        loss = loss.detach()
        """,
    ),
)

MISTAKES: tuple[Mistake, ...] = (*_LINEAR, *_RELU, *_LINEAR_RELU, *_SOFTMAX, _SOFTMAX_BY_AUTOGRAD)
