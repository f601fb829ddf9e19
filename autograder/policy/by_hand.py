"""The practical's rule that gradients and steps are written by hand: a block that has them made earns nothing.

What was seen at work in the student's process is charged. What only a look from outside finds is held for a person.
"""

from collections.abc import Iterable, Mapping

from ..result import FAILED, PASSED, Result

MOST_HELD = 5  # remarks on what is held; a person who looks sees the rest


def fail_blocks(results: list[Result], blocks: Mapping[str, str], found: Iterable[tuple[str, str]]) -> list[str]:
    """Fail, in place, the tests of the blocks that were found; return a remark for each block.

    blocks: test -> the block that it is about. found: (what was used, block).
    """
    used: dict[str, set[str]] = {}
    for what, block in found:
        used.setdefault(block, set()).add(what)
    remarks = []
    for block, whats in sorted(used.items()):
        tools = " and ".join(sorted(whats))
        remarks.append(f"block {block} uses {tools}: no points for it, unless a person gives them")
        for result in results:
            if blocks.get(result.id) == block:
                result.state = FAILED
                result.message = (
                    f"Block {block} uses {tools}, so it earns no points: this practical is about writing the formula "
                    "yourself.\nHint: work the derivative, or the step, out on paper first, then write it with plain "
                    "tensor operations. If you see no such use in your code, ask your TA to look at it."
                )
    return remarks


def hold_blocks(
    results: list[Result], blocks: Mapping[str, str], seen: Iterable[tuple[str, Iterable[str]]]
) -> list[str]:
    """Let the tests that passed wait, in place, for a person, who looks at their blocks; return remarks.

    seen: (what stands out, the blocks that it concerns). The points stand until a person takes them.
    """
    remarks = []
    for what, concerned in seen:
        passed = [result for result in results if result.state == PASSED and blocks.get(result.id) in set(concerned)]
        for result in passed:
            result.held = result.held or what
        names = sorted({blocks[result.id] for result in passed})
        if names:
            named = f"block {names[0]} waits" if len(names) == 1 else f"{len(names)} blocks wait"
            remarks.append(f"{named} for a person, points and all: {what}")
    more = len(remarks) - MOST_HELD
    return remarks if more <= 0 else [*remarks[:MOST_HELD], f"{more} more lines wait for a person"]
