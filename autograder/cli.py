"""hw2: the grading of homework 2, one verb for each stage that a submission passes through."""

import argparse
import json
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from . import grading, marking, preparing
from .visible import visible

OK, WAITS, CANNOT = 0, 1, 2  # done; done, and something waits for a person; could not be done, nothing was changed

EPILOG = """\
a grading night, in the course folder:
  hw2 collect      uploads in downloaded/hw2/archive/ -> submitted/
  hw2 autograde    submitted/ -> autograded/ and gradebook.db; stop it and start it again as you like
  hw2 status       who is where, and what waits for a person
  hw2 mark         opens the page on which the TA marks written answers and looks at what could not run
  hw2 similarity   pairs of submissions that share what few others do -> report/similarity/
  hw2 feedback     -> feedback/    hw2 export -> grades.csv    hw2 report -> report/

when a time, an extension (extensions.csv) or another assignment (term.csv) was corrected:
  hw2 collect, if times.csv changed; then hw2 late; then hw2 feedback

exit codes: 0 done; 1 done, and something waits for a person (lint, release: nothing was changed, mend what they say);
2 could not be done, the message says why
"""

# verb -> its options, as argparse takes them; the verb's function gets them by their names
JSON = {"--json": {"action": "store_true", "help": "print one JSON object for machines"}}
AGAIN = {"--again": {"action": "store_true", "help": "grade what was graded before, too"}}
WORKERS = {
    "--workers": {
        "type": int,
        "default": os.cpu_count() or 1,
        "help": "processes here (default: one a core)",
    }
}
PORT = {"--port": {"type": int, "default": 8888, "help": "of this machine (default: 8888; the next free one)"}}
NO_BROWSER = {"--no-browser": {"action": "store_true", "help": "only print the address"}}
SCHEDULER = {
    "--scheduler": {"default": "", "metavar": "tcp://HOST:PORT", "help": "grade on the workers of this Dask scheduler"}
}
VERBS: dict[Callable[..., int], dict[str, dict[str, Any]]] = {
    preparing.release: {},
    preparing.lint: {},
    preparing.pack: {},
    grading.collect: JSON,
    grading.autograde: {**JSON, **AGAIN, **WORKERS, **SCHEDULER},
    grading.status: JSON,
    grading.table: JSON,
    grading.late: JSON,
    marking.mark: {**PORT, **NO_BROWSER},
    grading.similarity: {},
    grading.feedback: {},
    grading.export: {},
    grading.report: {},
}


def main() -> None:
    """Run the verb named on the command line in the course folder."""
    parser = _parser()
    options = vars(parser.parse_args())
    run, verb, root = options.pop("run"), options.pop("verb"), options.pop("root").resolve()
    if not (root / "nbgrader_config.py").exists():
        parser.exit(
            CANNOT, f"hw2: {root} is not the course folder: it holds no nbgrader_config.py. Give it with --root.\n"
        )
    try:
        parser.exit(run(root, **options))
    except (RuntimeError, ValueError, OSError) as error:
        if options.get("json"):
            print(json.dumps({"error": visible(str(error))}, ensure_ascii=False))
        parser.exit(CANNOT, visible(f"hw2 {verb}: {error}\n"))
    except KeyboardInterrupt:
        parser.exit(130, f"\nhw2 {verb}: stopped; start it again and it goes on where it was\n")


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="hw2", description=__doc__, epilog=EPILOG, formatter_class=raw)
    parser.add_argument("--version", action="version", version=f"hw2 {version('hw2-autograder')}")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the course folder (default: this folder)")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for function, options in VERBS.items():
        text = (function.__doc__ or "").strip()
        verb = verbs.add_parser(function.__name__, help=text.splitlines()[0], description=text, formatter_class=raw)
        verb.set_defaults(run=function)
        for name, settings in options.items():
            verb.add_argument(name, **settings)
    return parser


if __name__ == "__main__":
    main()
