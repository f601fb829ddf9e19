"""`make mistakes`: every mistake through the grader; which tests caught it, and what it cost beside what it should."""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from ..many import command_line, graded, is_meant
from . import messages
from .catalogue import MISTAKES, outcome_named
from .table import judged, page, write_page


def main() -> int:
    """Run all mistakes, or those that --only names; the whole catalogue is recorded in docs/mistakes.md."""
    parser = command_line("mistakes", main.__doc__)
    parser.add_argument("--keep-messages", action="store_true", help="what is said becomes what is expected")
    parser.add_argument("--save", type=Path, help="a file for all that was found, messages too, as JSON")
    wanted = parser.parse_args()
    chosen = [mistake for mistake in MISTAKES if is_meant(wanted.only, mistake.name, mistake.notebook)]
    names, start = [mistake.name for mistake in chosen], time.monotonic()
    found = {outcome.name: outcome for outcome in graded(outcome_named, names, wanted.workers, "mistakes")}
    if wanted.save:
        wanted.save.write_text(json.dumps([asdict(found[name]) for name in names], indent=1))
    if len(chosen) == len(MISTAKES):
        if wanted.keep_messages:
            messages.write(chosen, found)
        write_page(chosen, found)
    print(page(chosen, found))
    print(f"{len(chosen)} mistakes, {time.monotonic() - start:.0f} s")
    return 0 if all(judged(mistake, found[mistake.name]) == "" for mistake in chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
