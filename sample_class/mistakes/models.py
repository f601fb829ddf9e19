"""Mistakes in the networks of two layers and of any depth, and in the numbers chosen to train them."""

from ..edits import in_block
from .mistake import Mistake
from .module_edit import mistaken

_W1, _W2 = "weight_scale * torch.randn(input_dim,", "weight_scale * torch.randn(hidden_dim,"
_TWO_GRADS = "two_layer_grads_weights two_layer_grads_biases"
_TWO_LOSS = "loss = loss + self.reg * (self.params[name] ** 2).sum()"
_TWO_GRAD = "grads[name] = grads[name] + 2 * self.reg * self.params[name]"
_TWO_SCORES = 'scores, scores_cache = Linear.forward(hidden, self.params["W2"], self.params["b2"])'
_DEEP_GRADS = "fully_connected_grads_weights fully_connected_grads_biases"
_DEEP_REG = "fully_connected_loss_reg fully_connected_grads_reg"
_DEEP_LOSS = "loss = loss + 0.5 * self.reg * (w**2).sum()"
_DEEP_GRAD = 'grads[f"W{layer}"] = grads[f"W{layer}"] + self.reg * w'
_DEEP_SCORES = 'scores, scores_cache = Linear.forward(hidden, self.params[f"W{last}"], self.params[f"b{last}"])'
_DEEP_BACK = "Linear_ReLU.backward(dhidden, caches.pop())"
_DRAWN = "weights = torch.randn("
_SOFTMAX = "loss, dscores = softmax_loss(scores, y)"
_LINE, _INNER = "\n" + 8 * " ", "\n" + 12 * " "  # one line down in a method, and in a loop of a method

_TWO_INIT = (
    mistaken(
        "weights of the two-layer network transposed",
        "two_layer_init_shapes",
        "sizes",
        in_block("two_layer_init", "torch.randn(input_dim, hidden_dim", "torch.randn(hidden_dim, input_dim"),
        in_block("two_layer_init", "torch.randn(hidden_dim, num_classes", "torch.randn(num_classes, hidden_dim"),
        may_lose="two_layer_dtype create_solver_instance_*",  # such a network cannot be run
    ),
    mistaken(
        "two-layer network always has ten classes",
        "two_layer_init_shapes",
        "sizes",
        in_block("two_layer_init", "torch.randn(hidden_dim, num_classes", "torch.randn(hidden_dim, 10"),
        in_block("two_layer_init", "torch.zeros(num_classes", "torch.zeros(10"),
    ),
    mistaken(
        "biases of the two-layer network are rows of shape (1, H)",
        "two_layer_init_shapes",
        "sizes",
        in_block("two_layer_init", "torch.zeros(hidden_dim", "torch.zeros(1, hidden_dim"),
    ),
    mistaken(
        "second layer's weights ignore weight_scale",
        "two_layer_init_scale",
        "weight_scale",
        in_block("two_layer_init", _W2, "torch.randn(hidden_dim,"),
    ),
    mistaken(
        "weight_scale taken for the variance",
        "two_layer_init_scale",
        "weight_scale",
        in_block("two_layer_init", _W1, "weight_scale**0.5 * torch.randn(input_dim,"),
        in_block("two_layer_init", _W2, "weight_scale**0.5 * torch.randn(hidden_dim,"),
    ),
    mistaken(
        "weights of the two-layer network uniform from 0 to weight_scale",
        "two_layer_init_scale",
        "weight_scale",
        in_block("two_layer_init", _W1, "weight_scale * torch.rand(input_dim,"),
        in_block("two_layer_init", _W2, "weight_scale * torch.rand(hidden_dim,"),
    ),
    mistaken(
        "all weights of the two-layer network equal",
        "two_layer_init_scale",
        "weight_scale",
        in_block("two_layer_init", _W1, "weight_scale * torch.ones(input_dim,"),
        in_block("two_layer_init", _W2, "weight_scale * torch.ones(hidden_dim,"),
    ),
    mistaken(
        "hidden biases of the two-layer network random",
        "two_layer_init_biases",
        "biases start at 0",
        in_block("two_layer_init", "torch.zeros(hidden_dim", "weight_scale * torch.randn(hidden_dim"),
    ),
    mistaken(
        "two-layer network ignores dtype",
        "two_layer_dtype",
        "dtype",
        in_block("two_layer_init", '{"dtype": dtype, "device": device}', '{"device": device}'),
    ),
)

_TWO_LAYERS = (
    mistaken(
        "two-layer network without its ReLU",
        "two_layer_scores",
        "linear(relu(linear(X)))",
        in_block("two_layer_scores", "Linear_ReLU.forward(", "Linear.forward("),
        in_block("two_layer_loss", "Linear_ReLU.backward(", "Linear.backward("),
        may_lose=_TWO_GRADS,
    ),
    mistaken(
        "ReLU after the last layer of the two-layer network",
        "two_layer_scores",
        "linear(relu(linear(X)))",
        in_block("two_layer_scores", _TWO_SCORES, f"{_TWO_SCORES}{_LINE}scores = scores.clamp(min=0)"),
    ),
    mistaken(
        "two-layer network returns probabilities for scores",
        "two_layer_scores",
        "linear(relu(linear(X)))",
        in_block("two_layer_scores", _TWO_SCORES, f"{_TWO_SCORES}{_LINE}scores = scores.softmax(dim=1)"),
        may_lose=_TWO_GRADS,
    ),
)

_TWO_LOSSES = tuple(
    mistaken(name, loses, hint, *(in_block("two_layer_loss", *pair) for pair in pairs))
    for name, loses, hint, *pairs in (
        (
            "softmax loss of the two-layer network averaged again", "two_layer_loss", "softmax loss",
            (_SOFTMAX, f"{_SOFTMAX}{_LINE}loss = loss / len(y)"),
        ),
        (
            "L2 term of the two-layer network squares the weights in place", "two_layer_loss", "softmax loss",
            (_TWO_LOSS + _INNER + _TWO_GRAD, _TWO_GRAD + _INNER + _TWO_LOSS.replace(" ** 2)", ".pow_(2))")),
        ),
        (
            "L2 term of the two-layer network with a factor of 0.5", "two_layer_loss_reg", "L2 term",
            ("loss + self.reg", "loss + 0.5 * self.reg"), ("2 * self.reg", "self.reg"),
        ),
        ("two-layer loss without L2 term", "two_layer_loss_reg", "L2 term", (_TWO_LOSS, "")),
        ("L2 term as root of the sum of squares", "two_layer_loss_reg", "L2 term", (".sum()", ".sum().sqrt()")),
        ("factor 2 missing from the L2 gradient", "two_layer_grads_reg", "L2 term", ("2 * self.reg", "self.reg")),
        ("two-layer gradients without L2 term", "two_layer_grads_reg", "L2 term", (_TWO_GRAD, "")),
        (
            "second layer not regularised", "two_layer_loss_reg two_layer_grads_reg", "L2 term",
            ('("W1", "W2")', '("W1",)'),
        ),
        (
            "biases of the two-layer network regularised", "two_layer_loss_reg two_layer_grads_biases", "L2 term",
            ('("W1", "W2")', "self.params"),
        ),
        ("softmax gradient divided by N again", _TWO_GRADS, "gradient", ("(dscores,", "(dscores / len(y),")),
        (
            "ReLU of the two-layer network skipped on the way back", _TWO_GRADS, "gradient",
            ("Linear_ReLU.backward(dhidden, hidden_cache)", "Linear.backward(dhidden, hidden_cache[0])"),
        ),
        (
            "gradient of b2 not returned", "two_layer_grads_biases", "keys of params",
            ('dhidden, grads["W2"], grads["b2"]', 'dhidden, grads["W2"], _'),
        ),
    )
)  # fmt: skip

_SOLVER = "create_solver_instance"
_REACHES, _FITS = "create_solver_instance_accuracy", "create_solver_instance_data"
_LEARNT = "three_layer_params", "five_layer_params"
_CHOSEN = tuple(
    mistaken(name, loses, hint, in_block(block, old, new))
    for name, loses, hint, block, old, new in (
        ("learning rate of the solver far too small", _REACHES, "85 %", _SOLVER, "0.4", "1e-4"),
        ("learning rate of the solver far too large", _REACHES, "85 %", _SOLVER, "0.4", "30.0"),
        ("solver's network starts at 0", _REACHES, "85 %", _SOLVER, "weight_scale=1e-2", "weight_scale=0.0"),
        ("solver's regularisation far too strong", _REACHES, "85 %", _SOLVER, "reg=1e-5", "reg=1.0"),
        ("solver takes too many epochs", "create_solver_instance_budget", "2000", _SOLVER, "epochs=10", "epochs=50"),
        (
            "solver returned already trained", "create_solver_instance_budget", "trained",
            _SOLVER, "device=device,\n    )", "device=device,\n    )\n    solver.train()",
        ),
        (
            "solver's network always has the inputs of a CIFAR image", _FITS, "one row of weights",
            _SOLVER, 'data_dict["X_train"][0].numel()', "3 * 32 * 32",
        ),
        (
            "solver's network always has 784 inputs", _FITS, "one row of weights",
            _SOLVER, 'data_dict["X_train"][0].numel()', "784",
        ),
        (
            "number of training images taken for the number of inputs", _FITS, "one row of weights",
            _SOLVER, '["X_train"][0].numel()', '["X_train"].shape[0]',
        ),
        ("solver's network ignores dtype", _FITS, "dtype", _SOLVER, "dtype=dtype, ", ""),
        ("three layers learn too slowly", _LEARNT[0], "98 %", _LEARNT[0], "= 0.2", "= 1e-4"),
        ("three layers take steps that are too long", _LEARNT[0], "98 %", _LEARNT[0], "= 0.2", "= 20.0"),
        ("five layers start with weights that are too small", _LEARNT[1], "98 %", _LEARNT[1], "= 0.15", "= 1e-2"),
        ("five layers start with weights that are too large", _LEARNT[1], "98 %", _LEARNT[1], "= 0.15", "= 1.0"),
    )
)  # fmt: skip

_SHAPES, _SCALE, _RANDOM = (f"fully_connected_init_{which}" for which in ("shapes", "scale", "random"))
_DEEP_INIT = tuple(
    mistaken(name, loses, hint, *(in_block("fully_connected_init", *pair) for pair in pairs), may_lose=may_lose)
    for name, loses, hint, may_lose, *pairs in (
        (
            "all hidden layers as wide as the first", _SHAPES, "linear layer", "",
            ("*hidden_dims", "*hidden_dims[:1] * len(hidden_dims)"),
        ),
        (
            "no weights for the output layer", _SHAPES, "linear layer", "fully_connected_init_* fully_connected_dtype",
            ("self.num_layers + 1", "self.num_layers"),
        ),
        (
            "weight_scale ignored after the first layer", _SCALE, "weight_scale", "",
            ("= weight_scale", "= (weight_scale if layer == 1 else 1.0)"),
        ),
        (
            "weights scaled by the number of inputs instead", _SCALE, "weight_scale", "",
            ("= weight_scale", "= (2 / dims[layer - 1]) ** 0.5"),
        ),
        ("all weights of a layer equal", _RANDOM, "equal", "", (_DRAWN, "weights = torch.ones(")),
        (
            "every layer drawn from the same seed", _RANDOM, "resemble", "",
            (_DRAWN, f"torch.manual_seed(0){_INNER}{_DRAWN}"),
        ),
        ("all weights positive", f"{_SCALE} {_RANDOM}", "not around 0", "", (_DRAWN, "weights = torch.rand(")),
        ("biases start at 1", "fully_connected_init_biases", "biases start at 0", "", ("torch.zeros(", "torch.ones(")),
        (
            "network of any depth ignores dtype", "fully_connected_dtype", "dtype", "",
            ("dims[layer - 1], dims[layer], dtype=dtype,", "dims[layer - 1], dims[layer],"),
            ("zeros(dims[layer], dtype=dtype,", "zeros(dims[layer],"),
        ),
    )
)  # fmt: skip

_DEEP = (
    mistaken(
        "hidden layers without ReLU",
        "fully_connected_scores",
        "linear(relu(",
        in_block("fully_connected_scores", "Linear_ReLU.forward(", "Linear.forward("),
        in_block("fully_connected_loss", "Linear_ReLU.backward(", "Linear.backward("),
        may_lose=f"{_DEEP_GRADS} fully_connected_dropout_grads",
    ),
    mistaken(
        "ReLU after the last layer",
        "fully_connected_output_linear",
        "negative",
        in_block("fully_connected_scores", _DEEP_SCORES, f"{_DEEP_SCORES}{_LINE}scores = scores.clamp(min=0)"),
    ),
    mistaken(
        "probabilities for scores",
        "fully_connected_scores fully_connected_output_linear",
        "linear(relu(",
        in_block("fully_connected_scores", _DEEP_SCORES, f"{_DEEP_SCORES}{_LINE}scores = scores.softmax(dim=1)"),
        may_lose=f"{_DEEP_GRADS} fully_connected_dropout_grads",
    ),
)

_DEEP_LOSSES = tuple(
    mistaken(name, loses, hint, *(in_block("fully_connected_loss", *pair) for pair in pairs), may_lose=may_lose)
    for name, loses, hint, may_lose, *pairs in (
        (
            "softmax loss averaged again", "fully_connected_loss", "softmax loss", "",
            (_SOFTMAX, f"{_SOFTMAX}{_LINE}loss = loss / len(y)"),
        ),
        (
            "L2 term without its factor of 0.5", "fully_connected_loss_reg", "L2 term", "",
            ("0.5 * self.reg", "self.reg"), ("+ self.reg * w", "+ 2 * self.reg * w"),
        ),
        ("L2 term of the last layer only", _DEEP_REG, "L2 term", "", ("range(1, last + 1)", "range(last, last + 1)")),
        ("last layer not regularised", _DEEP_REG, "L2 term", "", ("range(1, last + 1)", "range(1, last)")),
        (
            "regularisation ignored", _DEEP_REG, "L2 term", "",
            (_DEEP_LOSS, ""), (_DEEP_GRAD, ""),
        ),
        (
            "biases regularised", "fully_connected_loss_reg fully_connected_grads_biases", "L2 term", "",
            (_DEEP_LOSS, f'b = self.params[f"b{{layer}}"]{_INNER}{_DEEP_LOSS} + 0.5 * self.reg * (b**2).sum()'),
            (_DEEP_GRAD, f'{_DEEP_GRAD}{_INNER}grads[f"b{{layer}}"] = grads[f"b{{layer}}"] + self.reg * b'),
        ),
        ("gradients of the network without L2 term", "fully_connected_grads_reg", "L2 term", "", (_DEEP_GRAD, "")),
        (
            "L2 gradient twice too large", "fully_connected_grads_reg", "L2 term", "",
            ("+ self.reg * w", "+ 2 * self.reg * w"),
        ),
        (
            "L2 gradient written over the gradient", "fully_connected_grads_weights", "gradient",
            "fully_connected_dropout_grads", (_DEEP_GRAD, 'grads[f"W{layer}"] = self.reg * w'),
        ),
        (
            "ReLU skipped on the way back through the network", _DEEP_GRADS, "gradient",
            "fully_connected_dropout_grads", (_DEEP_BACK, "Linear.backward(dhidden, caches.pop()[0])"),
        ),
        (
            "caches taken from the wrong end", _DEEP_GRADS, "size of tensor",
            "fully_connected_loss* fully_connected_grads_reg fully_connected_dropout_*",
            (_DEEP_BACK, _DEEP_BACK.replace("pop()", "pop(0)")),
        ),
        (
            "gradient of the last bias not returned", "fully_connected_grads_biases", "keys of params",
            "fully_connected_dropout_grads", ('grads[f"W{last}"], grads[f"b{last}"]', 'grads[f"W{last}"], _'),
        ),
    )
)  # fmt: skip

MISTAKES: tuple[Mistake, ...] = (*_TWO_INIT, *_TWO_LAYERS, *_TWO_LOSSES, *_CHOSEN, *_DEEP_INIT, *_DEEP, *_DEEP_LOSSES)
