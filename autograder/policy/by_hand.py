"""The practical's rule that gradients and steps are written by hand: a block that has them made earns nothing."""

from collections.abc import Iterable, Mapping

from ..result import FAILED, Result


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
