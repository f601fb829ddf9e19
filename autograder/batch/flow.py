"""Submissions in, results out as they are ready, on this machine's cores or on a Dask cluster."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any

from .bundle import Course, Graded, Submission
from .graders import Graders

Results = Generator[Graded, None, None]  # to be closed, which ends the grading


def on_this_machine(course: Course, submissions: Iterable[Submission], workers: int) -> Results:
    """Each submission graded, in the order of completion, by this many processes."""
    graders = Graders()
    with ThreadPoolExecutor(workers) as threads:
        try:
            for _, future in in_flight(
                submissions,
                lambda submission: threads.submit(graders.grade, course, submission),
                lambda waiting: wait(waiting, return_when=FIRST_COMPLETED).done,
                lambda: 2 * workers,
            ):
                yield future.result()
        finally:  # whether all is done or the run is being stopped
            threads.shutdown(wait=False, cancel_futures=True)
            graders.close()


def in_flight(
    submissions: Iterable[Submission],
    submit: Callable[[Submission], Any],
    wait: Callable[[Iterable[Any]], Iterable[Any]],
    room: Callable[[], int],
) -> Iterator[tuple[str, Any]]:
    """Student and future as futures complete, never more of them at once than there is room for: a class is large."""
    coming, waiting = iter(submissions), dict[Any, str]()
    while True:
        for submission in islice(coming, max(0, room() - len(waiting))):
            waiting[submit(submission)] = submission.student
        if not waiting:
            return
        for future in wait(list(waiting)):
            yield waiting.pop(future), future
