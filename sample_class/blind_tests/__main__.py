"""`python -m sample_class.blind_tests [--round N] [--record first|second]`: a blind round against the hidden tests."""

import sys
from pathlib import PurePosixPath

from ..many import command_line, graded, is_meant
from .answer import Outcome, outcome_of, read_round
from .page import line, record, summary


def main() -> int:
    """Grade the answers of a round; the exit status is 1 when one did not come to what was written down."""
    parser = command_line("blind_tests", __doc__)
    parser.add_argument("--round", type=int, default=1, help="which of the rounds (default: 1)")
    parser.add_argument("--record", choices=("first", "second"), help="keep the outcomes in docs/blind-tests.md")
    wanted = parser.parse_args()
    answers = read_round(wanted.round)
    names = [a.name for a in answers if is_meant(wanted.only, PurePosixPath(a.name).name, a.name, a.notebook)]
    outcomes = list[Outcome]()
    for outcome in graded(outcome_of, names, wanted.workers, "answers"):
        outcomes.append(outcome)
        print(line(outcome), flush=True)
    print("\n".join(summary(outcomes)))
    if wanted.record:
        record(wanted.round, wanted.record, outcomes)
    return 0 if all(outcome.is_exact for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
