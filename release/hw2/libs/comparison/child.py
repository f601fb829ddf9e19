"""What runs in the other process: practical 1's training, or a line about why it could not run."""

import json
import sys
from collections.abc import Sequence

from .process import EPOCHS, MARK


def main(dims: Sequence[int]) -> None:
    """Train the net of practical 1 with its adam; say seconds and accuracy after each epoch, or what went wrong."""
    try:
        from .training import train

        train(dims, EPOCHS, _say)
    except ModuleNotFoundError as error:
        _say(trouble=f"{error}.")
    except NotImplementedError:
        _say(trouble="a part of fully_connected_networks.py that it needs is still to be written.")
    except BaseException as error:  # a module that ends its process, too
        _say(trouble=f"its code stopped with {type(error).__name__}: {error}")


def _say(**words: object) -> None:
    print(f"\n{MARK}{json.dumps(words)}", flush=True)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
