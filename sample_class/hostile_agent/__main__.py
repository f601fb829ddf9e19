"""`python -m sample_class.hostile_agent`: 100,000 replies of a hostile agent, the worst ones, and what they cost."""

import argparse
import resource
import time

from .machine import Talk, run
from .tampering import Agent
from .worst import table


def main() -> None:
    """At least as many replies as asked for, and what they cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, default=100_000)
    options = parser.parse_args()
    print("\n".join(table()), flush=True)
    run(5)  # what is loaded at first is not counted
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    Agent.replies, Talk.ends, Talk.slowest = 0, {}, 0.0
    while Agent.replies < options.replies:
        run(200)
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    ends = ", ".join(f"{how} {count:,}" for how, count in sorted(Talk.ends.items()))
    print(f"{Agent.replies:,} replies of a hostile agent in {time.monotonic() - start:.0f} s: {ends}")
    print(f"the slowest took {Talk.slowest:.2f} s of computing; memory grew by {more:.0f} MiB, both ends together")


if __name__ == "__main__":
    main()
