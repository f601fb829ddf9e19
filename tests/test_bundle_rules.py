"""The rules of joining uploads as properties, over random uploads that hypothesis thinks of."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import WHOLE

from autograder.collect.accepted import read_accepted
from autograder.collect.candidates import Candidate
from autograder.collect.decide import decide
from autograder.collect.fates import REPLACED, UNREAD, USED
from autograder.collect.files import PAGE, File
from autograder.collect.reading import Reading
from autograder.collect.recognise import FILES
from sample_class.course import ROOT

ACCEPTED = read_accepted(ROOT, {})
PAGES = ("a.pdf", "1.jpg", "scan/1.jpg", "HW2/b.pdf")
START = datetime(2023, 11, 12, 8, tzinfo=UTC)
NUMBER = "403100001"


def version(wanted, what):
    """A version of a file: as handed out, cut off, or with what is written in it."""
    written, readable = what not in ("hand-out", "cut off"), what != "cut off"
    return File(wanted, wanted, "", what, what, readable, written, (wanted,) if written else ())


def page(name, what):
    return File(name, PAGE, digest=f"{name} {what}")


def upload(at, files, minutes):
    """An upload of these files; the time is minutes after the first."""
    found = {file.role: file.path for file in files if file.role in FILES}
    reading = Reading("" if files else "is empty", found=found, files=list(files))
    sha256 = f"{at:02d}" * 32
    return Candidate(sha256, f"{NUMBER} {at}.zip", START + timedelta(minutes=minutes), "times.csv", True), reading


def decided(uploads):
    decisions, made, _ = decide(dict(uploads), {}, {}, ACCEPTED)
    return decisions, made[0].bundle if made else None


def counting(bundle):
    """What of the submission is somebody's work: by file of the homework, and pages."""
    chosen = {} if bundle is None else bundle.chosen
    work = {wanted: choice.counts.file.content for wanted, choice in chosen.items() if choice.counts.is_work}
    return work, {each.file.digest for each in bundle.pages} if bundle else set()


minutes = st.integers(0, 3)
COMPLETE = [version(wanted, "mine") for wanted in FILES] + [page(name, "mine") for name in PAGES]
split = st.lists(
    st.tuples(st.lists(st.sampled_from(COMPLETE), unique=True), st.lists(st.sampled_from(FILES), unique=True), minutes),
    max_size=6,
)
anything = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(FILES), st.sampled_from(["hand-out", "cut off", "one", "two"])),
        st.dictionaries(st.sampled_from(PAGES), st.sampled_from(["one", "two"])),
        minutes,
    ),
    min_size=1,
    max_size=6,
)


def made_of(dealt):
    """Uploads of any versions and pages."""
    return [
        upload(at, [*(version(w, what) for w, what in files.items()), *(page(n, what) for n, what in pages.items())], m)
        for at, (files, pages, m) in enumerate(dealt)
    ]


@settings(max_examples=300 if WHOLE else 60, deadline=None)
@given(split, minutes)
def test_any_split_of_a_whole_submission_gives_the_whole_or_waits(dealt, last):
    uploads = []
    for at, (files, handed_out, time) in enumerate(dealt):
        own = list(files) + [
            version(wanted, "hand-out") for wanted in handed_out if wanted not in {file.role for file in files}
        ]
        uploads.append(upload(at, own, time))
    sent = {file for files, _, _ in dealt for file in files}
    uploads.append(upload(len(dealt), [file for file in COMPLETE if file not in sent], last))
    decisions, bundle = decided([each for each in uploads if each[1].files])
    assert not any(decision.problem for decision in decisions)
    assert counting(bundle) == (dict.fromkeys(FILES, "mine"), {each.digest for each in COMPLETE[len(FILES) :]})


@settings(max_examples=300 if WHOLE else 60, deadline=None)
@given(anything, anything)
def test_uploads_that_are_added_take_nothing_away_without_a_word(dealt, more):
    uploads = [each for each in made_of([*dealt, *more]) if each[1].files]
    before, pages_before = counting(decided(uploads[: len(dealt)])[1])
    decisions, bundle = decided(uploads)
    after, pages = counting(bundle)
    fates = [fate for decision in decisions for fate in decision.fates]
    waits = any(decision.problem for decision in decisions)
    for wanted in before:
        assert wanted in after or waits
        if after.get(wanted) != before[wanted]:
            assert waits or any(fate.path == wanted and fate.fate == REPLACED for fate in fates)
    for digest in pages_before - pages:
        name = digest.rpartition(" ")[0]
        assert waits or any(fate.path == name and fate.fate == REPLACED for fate in fates)


@settings(max_examples=300 if WHOLE else 60, deadline=None)
@given(anything)
def test_every_file_has_one_fate_and_what_is_used_is_the_submission(dealt):
    uploads = [each for each in made_of(dealt) if each[1].files]
    decisions, bundle = decided(uploads)
    for decision in decisions:
        assert sum(fate.count for fate in decision.fates) == len(decision.reading.files)
        assert {fate.fate for fate in decision.fates} <= {USED, REPLACED, UNREAD}
        assert bool(decision.problem) + bool(decision.superseded) + decision.gives == 1
    used = sorted(fate.what for decision in decisions for fate in decision.fates if fate.fate == USED)
    assert used == sorted([*bundle.chosen, *(PAGE for _ in bundle.pages)] if bundle else [])


@settings(max_examples=100 if WHOLE else 30, deadline=None)
@given(anything, st.randoms(use_true_random=False))
def test_the_order_in_which_uploads_are_met_decides_nothing(dealt, chance):
    uploads = [each for each in made_of(dealt) if each[1].files]
    shuffled = chance.sample(uploads, len(uploads))
    assert [d.entry() for d in decided(uploads)[0]] == [d.entry() for d in decided(shuffled)[0]]
