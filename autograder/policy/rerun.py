"""The homework's rule that code must run again: a section whose code raises gets zero, other sections keep theirs."""

from ..result import FAILED, Result


def zero_sections_that_raise(results: list[Result], raised: dict[str, str], only_remark: bool) -> list[str]:
    """Fail the results of sections whose own code raised, in place; return a remark for each such section.

    raised: section title -> what its first failing cell raised. A stub that was never written does not count.
    """
    remarks = []
    for section, message in raised.items():
        remarks.append(f"section {section!r} raises when it is run again: {message}")
        if only_remark:
            continue
        for result in results:
            if result.section == section:
                said = result.message if result.state == FAILED else ""
                result.state = FAILED
                result.message = said or (
                    "This section gets no points, because one of its cells raises when the notebook is run again: "
                    f"{message}.\nHint: restart the kernel and run all cells before you submit."
                )
    return remarks
