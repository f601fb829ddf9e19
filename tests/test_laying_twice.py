"""A module that was laid in once is laid in again as it is: collected, graded, graded again."""

import functools

import pytest
from sampling import WHOLE, sample

from autograder import assignment
from autograder.answers.module import lay_module
from sample_class import independent
from sample_class.course import ROOT
from sample_class.hostile.whole_class import CLASS as HOSTILE
from sample_class.mistakes.catalogue import MISTAKES
from sample_class.past_terms import as_in_past_terms
from sample_class.right.catalogue import RIGHT
from sample_class.solved import Work
from sample_class.students import STUDENTS

SPELLINGS = {
    "as it is": lambda text: text.encode(),
    "past": lambda text: as_in_past_terms(text).encode(),
    "past, CRLF": lambda text: as_in_past_terms(text).replace("\n", "\r\n").encode(),
    "CRLF and BOM": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "tabs": lambda text: text.replace("    ", "\t").encode(),
    "past, tabs": lambda text: as_in_past_terms(text).replace("    ", "\t").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
}
OF_A_LOSS = ("unanswered", "not run", "compile", "left out", "without")


@functools.cache
def modules():
    """Modules of the corpora that differ from one another -> whose each is."""
    edits = {f"independent {name}": independent.solution(name).edits() for name in independent.NAMES}
    edits |= {f"hostile {each.number}": each.as_student().edits for each in HOSTILE}
    edits |= {f"student {each.number}": each.edits for each in STUDENTS}
    edits |= {each.name: each.edits for each in (*MISTAKES, *RIGHT)}
    found = {}
    for name, several in sample(edits.items(), 6):
        work = Work(ROOT)
        for edit in several:
            edit(work)
        raw = [data.decode("utf-8", "replace") for path, data in work.raw.items() if path.endswith(".py")]
        found.update({text: name for text in (work.module, *raw) if text and text not in found})
    return found


def instructor():
    return (assignment.source_folder(ROOT) / assignment.MODULE).read_text(encoding="utf-8")


def wrong(text, spelling):
    """What is not the same when the text, spelled so, is laid in twice."""
    once, _ = lay_module(instructor(), SPELLINGS[spelling](text), "m.py")
    again, more = lay_module(instructor(), once.encode(), "m.py")
    lost = [remark for remark in more if any(word in remark for word in OF_A_LOSS)]
    return lost if again == once else ["it differs", *lost]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_is_laid_in_again_stays_as_it_is_in_every_module_that_we_know(spelling):
    every = modules()
    assert len(every) > (200 if WHOLE else 40)
    chosen = sample(every, 1 if spelling in ("as it is", "past") else 5)
    assert {every[text]: found for text in chosen if (found := wrong(text, spelling))} == {}
