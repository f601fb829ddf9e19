"""`python -m sample_class.mutants`: every mutant through the grader; those that pass all tests must be equivalent."""

import sys
import time

from ..many import command_line, graded, is_meant
from .outcome import mutants, outcome_named
from .table import page, unexplained, write_page


def main() -> int:
    """Run all mutants, or those that --only names (notebook/place/number); all are recorded in docs/mutants.md."""
    wanted = command_line("mutants", main.__doc__).parse_args()
    chosen = [name for name in mutants() if is_meant(wanted.only, name)]
    start = time.monotonic()  # equivalent ones are run too, so that the list of them stays true
    found = {outcome.name: outcome for outcome in graded(outcome_named, chosen, wanted.workers, "mutants")}
    print(page(chosen, found))
    print(f"{len(chosen)} mutants, {time.monotonic() - start:.0f} s")
    if len(chosen) == len(mutants()):
        write_page(chosen, found)
    return 1 if unexplained(chosen, found) else 0


if __name__ == "__main__":
    sys.exit(main())
