"""`make demo`: the sample class from collected zips to gradebook, feedback and report."""

import sys
import time

from autograder import grading
from autograder.report.page import write_report

from .course import ROOT, make_course
from .play_ta import mark_explanations
from .students import STUDENTS


def main() -> int:
    """Run every stage in scratch/demo and end with the class table."""
    start = time.monotonic()
    course = make_course(ROOT / "scratch" / "demo", STUDENTS)
    print(f"{len(STUDENTS)} uploads lie in {course / 'downloaded'}\n")
    print("Collecting. Uploads that cannot be graded are named here, the others go on:")
    grading.collect(course)
    print("\nAutograding:")
    failed = grading.autograde(course)
    print(f"\nPlaying the TA: {mark_explanations(course)} explanations of the practicals marked\n")
    failed += grading.feedback(course) + grading.export(course)
    print("\nComparing the submissions with each other:")
    failed += grading.similarity(course)
    print("\nThe class (theory waits for a person):\n")
    grading.table(course)
    page = write_report(course)
    print(f"\nFeedback   {course / 'feedback'}\nCSV        {course / 'grades.csv'}\nReport     {page}")
    print(f"Gradebook  {course / 'gradebook.db'}, for the TA: cd {course} && hw2 mark")
    print(f"\n{time.monotonic() - start:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
