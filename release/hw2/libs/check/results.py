"""What the run of a notebook has to say to its student."""

from .cells import Matched
from .judge import FAILED, UNREACHED, UNWRITTEN, Judged
from .said import FAILS, LOST, OUTSIDE, Said, closed, counted, one_line, several


def say_results(matched: Matched, judged: Judged) -> list[Said]:
    """Sections that raise, given cells that stop, checks that fail: a sentence for each section, one for each kind."""
    return [*_raised(matched, judged), *_stopped(matched, judged), *_failed(matched, judged), *_left(matched, judged)]


def _raised(matched: Matched, judged: Judged) -> list[Said]:
    said = []
    for section, what in judged.raised.items():
        if not section:
            said.append(Said(LOST, f"{matched.file}, above the first section: {what}."))
            continue
        points = sum(entry.points for entry in matched.entries if entry.role == "test" and entry.section == section)
        rule = f"A section whose code raises earns nothing{_at_stake(points)}."
        said.append(Said(LOST, f'{matched.file}, section "{section}": {what}. {rule}', points))
    return said


def _at_stake(points: float) -> str:
    return f" ({counted(points, 'point')})" if points else ""


def _stopped(matched: Matched, judged: Judged) -> list[Said]:
    """Given cells that had to be stopped; those that raise where nothing unwritten, and no section, explains it."""
    stopped = judged.endless + ([] if _is_explained(judged) else judged.stopped)
    if not stopped:
        return []
    more = f" So do {counted(len(stopped) - 1, 'more given cell')}." if len(stopped) > 1 else ""
    text = f"{matched.file}: {stopped[0]}: see which of your code it calls.{more}"
    return [Said(LOST if judged.endless else OUTSIDE, text)]


def _is_explained(judged: Judged) -> bool:
    """True when something that is told anyway keeps cells from running."""
    unwritten = any(check.state == UNWRITTEN for check in judged.checks)
    return bool(judged.raised or judged.elsewhere or judged.endless or unwritten)


def _left(matched: Matched, judged: Judged) -> list[Said]:
    """Checks that were not reached, where nothing else tells why."""
    left = [check for check in judged.checks if check.state == UNREACHED]
    if not left or judged.stopped or _is_explained(judged):
        return []
    points = sum(check.points for check in left)
    why = f'the first, "{left[0].sentence.rstrip(".")}", {left[0].message}'
    return [Said(FAILS, f"{matched.file}: {counted(len(left), 'check')} not reached: {why}.", points)]


def _failed(matched: Matched, judged: Judged) -> list[Said]:
    """Checks that fail in sections that run through; the others earn nothing anyway."""
    failed = [check for check in judged.checks if check.state == FAILED and check.section not in judged.raised]
    if not failed:
        return []
    points = sum(check.points for check in failed)
    names = several([f'"{check.sentence.rstrip(".")}" ({counted(check.points, "point")})' for check in failed])
    first = f"The first {'says: ' * failed[0].by_check}{closed(one_line(failed[0].message))}"
    after = " Mend it first, the others may follow from it." if len(failed) > 1 else ""
    many = f"{counted(len(failed), 'check')} {'fails' if len(failed) == 1 else 'fail'} ({counted(points, 'point')})"
    return [Said(FAILS, f"{matched.file}: {many}: {names}. {first}{after}", points)]
