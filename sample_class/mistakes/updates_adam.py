"""Mistakes in Adam."""

from ..edits import in_block
from .mistake import NETWORKS, Mistake

_HATS = "m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)"
_STEP = 'm_hat / (v_hat.sqrt() + config["epsilon"])'

MISTAKES = (
    Mistake(
        "Adam without bias correction at all",
        NETWORKS,
        (in_block("adam", _HATS, "m_hat, v_hat = m, v"),),
        ("adam_bias_correction",),
        hint="step",
    ),
    Mistake(
        "Adam corrects m only",
        NETWORKS,
        (in_block("adam", "v / (1 - beta2**t)", "v"),),
        ("adam_bias_correction",),
        hint="1 - beta2**2",
    ),
    Mistake(
        "Adam's bias correction stays that of step 1",
        NETWORKS,
        (in_block("adam", _HATS, "m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)"),),
        ("adam_bias_correction",),
        ("adam_counts_steps",),
        hint="1 - beta2**2",
    ),
    Mistake(
        "Adam takes powers of 1 - beta",
        NETWORKS,
        (in_block("adam", _HATS, "m_hat, v_hat = m / (1 - beta1) ** t, v / (1 - beta2) ** t"),),
        ("adam_bias_correction",),
        ("adam_counts_steps",),
        hint="1 - beta2**2",
    ),
    Mistake(
        "Adam raises t after it is used",
        NETWORKS,
        (in_block("adam", 't = config["t"] + 1', 't = config["t"]'), in_block("adam", "t=t,", "t=t + 1,")),
        ("adam_bias_correction", "adam_counts_steps"),
        ("adam_defaults",),
        hint="1 - beta2**2",
    ),
    Mistake(
        "Adam never stores t",
        NETWORKS,
        (in_block("adam", "t=t, ", ""),),
        ("adam_counts_steps",),
        hint="each step",
    ),
    Mistake(
        "Adam stores m and v with their correction",
        NETWORKS,
        (
            in_block("adam", "\n    config.update(t=t, m=m, v=v)", ""),
            in_block("adam", _HATS, f"{_HATS}\n    config.update(t=t, m=m_hat, v=v_hat)"),
        ),
        ("adam_state",),
        hint="m and v rise",
    ),
    Mistake(
        "Adam never stores m and v",
        NETWORKS,
        (in_block("adam", ", m=m, v=v", ""),),
        ("adam_state",),
        hint="m and v rise",
    ),
    Mistake(
        "Adam with beta1 and beta2 exchanged",
        NETWORKS,
        (in_block("adam", 'config["beta1"], config["beta2"]', 'config["beta2"], config["beta1"]'),),
        ("adam_step",),
        hint="root of the new v",
    ),
    Mistake(
        "Adam's m takes the whole gradient",
        NETWORKS,
        (in_block("adam", "(1 - beta1) * dw", "dw"),),
        ("adam_step",),
        hint="root of the new v",
    ),
    Mistake(
        "Adam's epsilon inside the root",
        NETWORKS,
        (in_block("adam", _STEP, 'm_hat / (v_hat + config["epsilon"]).sqrt()'),),
        ("adam_epsilon",),
        hint="sqrt(v') + epsilon",
    ),
    Mistake(
        "Adam's epsilon beside the root of the uncorrected v",
        NETWORKS,
        (in_block("adam", _STEP, '(1 - beta2**t) ** 0.5 * m_hat / (v.sqrt() + config["epsilon"])'),),
        ("adam_epsilon",),
        hint="sqrt(v') + epsilon",
    ),
    Mistake(
        "Adam's learning rate is 1e-2 by default",
        NETWORKS,
        (in_block("adam", "1e-3", "1e-2"),),
        ("adam_defaults",),
        hint="absent keys",
    ),
    Mistake(
        "Adam's beta2 is 0.99 by default",
        NETWORKS,
        (in_block("adam", "0.999", "0.99"),),
        ("adam_defaults",),
        hint="absent keys",
    ),
    Mistake(
        "Adam's t starts at 1",
        NETWORKS,
        (in_block("adam", '("t", 0)', '("t", 1)'),),
        ("adam_defaults", "adam_counts_steps"),
        hint="absent keys",
    ),
    Mistake(
        "Adam squares dw in place",
        NETWORKS,
        (in_block("adam", "dw**2", "dw.square_()"),),
        ("adam_dw_unchanged",),
        hint="dw changed in place",
    ),
)
