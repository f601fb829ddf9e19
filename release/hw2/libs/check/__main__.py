"""`python -m libs.check`: what a look before packing tells; the exit status is 0 when nothing is at fault."""

import argparse
import sys
from pathlib import Path

from .checking import check


def main() -> int:
    """Check the folder and say the outcome last."""
    parser = argparse.ArgumentParser(prog="python -m libs.check", description=__doc__)
    parser.add_argument("folder", nargs="?", default=".", help="where the notebooks are; this folder unless you say")
    parser.add_argument("--without-running", action="store_true", help="look at the files only")
    options = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without some letter
    try:
        found = check(Path(options.folder).resolve(), run=not options.without_running)
    except KeyboardInterrupt:
        print("\nThe check was interrupted.")
        return 130
    print(found.outcome)
    return 0 if found.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
