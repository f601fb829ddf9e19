"""Right answers to the parts that are open: other solvers, hyper-parameters, best networks; an old file's markers."""

import re

from autograder import assignment
from autograder.answers.module import lay_module

from ..course import ROOT
from ..edits import whole_cell
from ..mistakes.mistake import NETWORKS
from ..solved import Work
from .right import Right, module


def _solver(name: str, model: str, solver: str, before: str = "") -> Right:
    """A solver of its own: arguments of TwoLayerNet beyond dtype and device, and of Solver beyond model and data."""
    return module(
        name,
        create_solver_instance=f"""
        D = data_dict["X_train"].shape[1]
        {before}
        net = TwoLayerNet(D, dtype=dtype, device=device, {model})
        solver = Solver(net, data_dict, device=device, {solver})
        """,
    )


def _best(name: str, settings: str) -> Right:
    """Other settings for the best network."""
    text = f"def best_network_settings():\n    return {settings}"
    return Right(name, NETWORKS, (whole_cell(NETWORKS, "best_network_settings", text),))


def _past_file(work: Work) -> None:
    """The module as a past term's: banners for markers, a helper and imports of its own, laid in as the grader does."""
    banner, text = "#" * 76, str(work.module)
    text = re.sub(r"( *)# BLOCK \w+.*", rf"\1{banner}\n\1# TODO: implement this. #\n\1{banner}", text)
    text = re.sub(r"( *)# END OF BLOCK \w+", rf"\1{banner}\n\1#   END OF YOUR CODE   #\n\1{banner}", text)
    text = text.replace("x.clamp(min=0)", "_positive(x)")
    text = text.replace("\n\nclass Linear:", "\n\ndef _positive(x):\n    return x * (x > 0)\n\n\nclass Linear:", 1)
    text = text.replace("import torch\n", "import libs\nimport torch\n", 1)
    instructor = (assignment.source_folder(ROOT) / assignment.MODULE).read_text(encoding="utf-8")
    work.module, _ = lay_module(instructor, text.encode(), assignment.MODULE)


OPEN_ENDED = (
    _solver(
        "solver with momentum and a narrow layer",
        "hidden_dim=60, weight_scale=0.03, reg=1e-4",
        'update_rule=sgd_momentum, optim_config={"learning_rate": 0.05}, lr_decay=0.95, num_epochs=15',
    ),
    _solver(
        "solver with Adam, large batches and a wide layer",
        "hidden_dim=200, weight_scale=0.02",
        "update_rule=adam, optim_config=dict(learning_rate=2e-3), batch_size=250, num_epochs=15, lr_decay=0.9",
    ),
    _solver(
        "solver with RMSProp",
        "hidden_dim=128, weight_scale=1e-2, reg=1e-5",
        'update_rule=rmsprop, optim_config={"learning_rate": 1e-3, "decay_rate": 0.95}, batch_size=64, num_epochs=12',
    ),
    _solver(
        "solver with plain SGD, a high rate and few epochs",
        "hidden_dim=150, weight_scale=0.05",
        'optim_config={"learning_rate": 0.5}, batch_size=50, num_epochs=8, lr_decay=0.8, print_every=50, verbose=True',
    ),
    module(
        "solver with an update rule written inside its block",
        create_solver_instance="""
        def nesterov(w, dw, config=None):
            config = {} if config is None else config
            v = config.get("velocity", torch.zeros_like(w))
            config["velocity"] = 0.9 * v - config["learning_rate"] * dw
            return w + 0.9 * config["velocity"] - config["learning_rate"] * dw, config

        model = TwoLayerNet(data_dict["X_train"].shape[1], 80, 10, 0.05, 1e-4, dtype, device)
        options = {"update_rule": nesterov, "optim_config": {"learning_rate": 0.04}, "num_epochs": 12}
        solver = Solver(model, data_dict, device=device, **options)
        print("a solver of", len(model.params), "tensors")
        """,
    ),
    module(
        "hyper-parameters: small rates for the deep networks",
        three_layer_params="weight_scale, learning_rate = 0.12, 0.12",
        five_layer_params="weight_scale, learning_rate = 0.16, 0.08",
    ),
    module(
        "hyper-parameters worked out from the sizes of the layers",
        three_layer_params="""
        import math
        weight_scale = math.sqrt(2 / 100) * 0.8
        learning_rate = 10 ** -0.8
        """,
        five_layer_params="""
        import numpy as np
        weight_scale = np.sqrt(2.0 / 100)
        learning_rate = np.power(10.0, -0.9)
        """,
    ),
    _best(
        "best network: one wide layer, no dropout, plain numbers",
        "dict(hidden_dims=[800], dropout=0, reg=1e-4, weight_scale=0.03, learning_rate=1e-3, lr_decay=0.9, "
        "batch_size=200, num_epochs=10)",
    ),
    _best(
        "best network: three layers in a tuple, strong dropout",
        '{"hidden_dims": (300, 300, 100), "dropout": 0.5, "reg": 0.0, "weight_scale": 0.06, "learning_rate": 5e-4, '
        '"lr_decay": 1.0, "batch_size": 500, "num_epochs": 30, "note": "slow and sure"}',
    ),
    Right("a file of a past term, with banners for markers", NETWORKS, (_past_file,)),
)
