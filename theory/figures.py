"""`make figures`: every measurement behind the figures and numbers of the solutions, with its fixed seed."""

import importlib
import sys
import time

RUNS = (
    "question1.batch_size",
    "question1.bn_noise",
    "question1.saturation",
    "question2.preprocessing",
    "question2.committee",
    "question3.init_scale",
    "question3.one_epoch",
    "question4.adam_bias",
    "question5.newton",
    "question5.convergence",
    "question5.rate",
    "question6.dropout_mc",
)


def main() -> None:
    """Run all, or those named on the command line."""
    for name in sys.argv[1:] or RUNS:
        start = time.monotonic()
        importlib.import_module(f"theory.{name}").main()
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
