"""Uploads of one student that belong together: joined, kept apart, or waiting for a person; never less in silence."""

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from uploads_place import ALI, KIT, NOON, PDF, SARA, Place

from autograder.collect.fates import REPLACED, UNREAD, USED
from sample_class.uploads.upload import ALL, MODULE, NETWORKS, SUPERVISED, THEORY, UNSUPERVISED

PDF2 = b"%PDF-1.7\n" + bytes(65)
FILES = KIT.files(*SARA)
HAND_OUT = KIT.files("", "", written=False)
EARLY, LATER = "2023-11-12T10:00:00+03:30", "2023-11-12T12:01:00+03:30"
NEVER = "2023-11-25T12:00:00+03:30"


@pytest.fixture()
def place(tmp_path):
    return Place(tmp_path)


def other(files, words=b"rewritten by"):
    return {name: data.replace(b"begun by", words) for name, data in files.items()}


def only(*names):
    return {name: FILES[name] for name in names}


def test_six_files_of_one_time_are_one_submission(place):
    for name, data in {**FILES, "theory.pdf": PDF}.items():
        place.put(f"403100001 Sara Ahmadi/{name}", data)
    found = place.collect()
    assert place.begun() == ALL and place.pages() == ["theory.pdf"]
    assert all(entry["gives"] and not entry["problem"] for entry in found.values())


@pytest.mark.parametrize("time", [EARLY, NOON, LATER])
@pytest.mark.parametrize("name", ["HW2-Sara Ahmadi-403100001.pdf", "403100001-scan"])
def test_a_bare_pdf_before_with_or_after_the_zip_is_a_page_of_it(place, time, name):
    place.put("HW2-403100001.zip", FILES)
    place.put(name, PDF, time)
    place.collect()
    assert place.begun() == ALL and len(place.pages()) == 1
    assert place.time() == ("2023-11-12T08:31:00+00:00" if time == LATER else "2023-11-12T08:30:00+00:00")


def test_a_second_zip_with_only_a_page_a_minute_later_takes_nothing_away(place):
    place.put("HW2-403100001.zip", FILES)
    place.put("HW2-403100001 (1).zip", {"theory.pdf": PDF}, LATER)
    place.collect()
    assert place.begun() == ALL and place.pages() == ["HW2/theory.pdf"]


def test_a_picture_alone_is_a_submission_of_one_page(place):
    place.put("403100001.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    found = place.collect()
    assert place.pages() == ["403100001.png"] and not found["403100001.png"]["problem"]


def test_the_later_written_version_of_each_file_counts_and_the_hand_out_never_does(place):
    place.put("403100001 a.zip", FILES, EARLY)
    place.put("403100001 b.zip", {**HAND_OUT, THEORY: other(FILES)[THEORY]}, NOON)
    found = place.collect()
    assert place.begun() == ALL - {THEORY} and "rewritten by" in (place.submitted() / THEORY).read_text()
    remarks = found["403100001 b.zip"]["remarks"]
    assert any(f"{MODULE} of 403100001 b.zip" in remark and "as it was handed out" in remark for remark in remarks)
    assert place.time() == "2023-11-12T08:30:00+00:00"


def test_the_hand_out_sent_again_changes_neither_answers_nor_time(place):
    place.put("403100001 a.zip", FILES, EARLY)
    place.put("403100001 b.zip", HAND_OUT, NOON)
    found = place.collect()
    assert place.begun() == ALL and place.time() == "2023-11-12T06:30:00+00:00"
    assert found["403100001 b.zip"]["superseded"]["by"] == "403100001 a.zip"
    assert {fate["fate"] for fate in found["403100001 b.zip"]["fates"]} == {REPLACED}


def test_the_same_zip_sent_again_changes_no_time(place):
    place.put("403100001 a.zip", {**FILES, "a.pdf": PDF}, EARLY)
    place.put("403100001 b.zip", {**FILES, "a.pdf": PDF}, LATER)
    place.collect()
    assert place.time() == "2023-11-12T06:30:00+00:00" and place.pages() == ["HW2/a.pdf"]


def test_an_answer_that_a_later_upload_leaves_empty_is_named(place):
    both = json.loads(FILES[THEORY])
    answers = [cell for cell in both["cells"] if "*Write your answer here.*" in "".join(cell["source"])]
    answers[-1]["source"] = "my answer"
    place.put("403100001 a.zip", {THEORY: json.dumps(both).encode()}, EARLY)
    place.put("403100001 b.zip", FILES, NOON)
    remarks = place.collect()["403100001 b.zip"]["remarks"]
    name = answers[-1]["metadata"]["nbgrader"]["grade_id"]
    assert any("holds answers that are empty in it" in remark and name in remark for remark in remarks[:2]), remarks


def test_two_written_versions_of_one_time_wait_and_a_person_says_which(place):
    place.put("403100001 a.zip", FILES)
    place.put("403100001 b.zip", other(FILES))
    found = place.collect()
    assert all("came at the same time as" in entry["problem"] for entry in found.values()) and len(found) == 2
    assert not place.submitted().exists()
    place.assign("403100001 a.zip,403100001,first")
    assert not any(entry["problem"] for entry in place.collect().values()) and place.begun() == ALL
    place.assign("403100001 b.zip,403100001,alone")
    found = place.collect()
    assert place.begun() == set() and found["403100001 a.zip"]["superseded"]["by"] == "403100001 b.zip"
    place.assign("403100001 b.zip,-")
    place.collect()
    assert place.begun() == ALL


def test_while_a_contradiction_waits_what_came_before_counts(place):
    place.put("403100001 0.zip", only(MODULE, THEORY), EARLY)
    place.put("403100001 a.zip", FILES)
    place.put("403100001 b.zip", other(FILES))
    place.put("403100001.pdf", PDF, LATER)
    found = place.collect()
    assert place.begun() == {MODULE, THEORY} and "waits for" in found["403100001.pdf"]["problem"]
    assert sum("waits for a person" in remark for remark in found["403100001 0.zip"]["remarks"]) == 3


def test_a_contradiction_is_settled_by_a_later_upload(place):
    place.put("403100001 a.zip", FILES)
    place.put("403100001 b.zip", other(FILES))
    place.put("403100001 c.zip", FILES, LATER)
    assert not any(entry["problem"] for entry in place.collect().values()) and place.begun() == ALL


def test_outputs_and_names_make_no_contradiction(place):
    place.put("403100001 a.zip", FILES)

    def ran(notebook):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["execution_count"] = 7

    run = {name: KIT.changed(data, ran) if name.endswith("ipynb") else data for name, data in FILES.items()}
    place.put("403100001 b.zip", run)
    assert not any(entry["problem"] for entry in place.collect().values()) and place.begun() == ALL


def test_two_pages_of_one_name_and_time_wait(place):
    place.put("403100001 a.zip", {**FILES, "1.pdf": PDF})
    place.put("403100001 b.zip", {"1.pdf": PDF2})
    assert all("holds another 1.pdf" in entry["problem"] for entry in place.collect().values())


def test_a_later_page_of_the_same_name_replaces_and_folders_around_the_homework_do_not_count(place):
    place.put("403100001 a.zip", {**FILES, "1.pdf": PDF, "scan/1.pdf": PDF + b"1"}, EARLY)
    place.put("403100001 b.zip", KIT.zip({"1.pdf": PDF2}, "HW2-Sara Ahmadi-403100001/"))
    place.collect()
    held = [path.read_bytes() for path in sorted((place.submitted() / "attachments").glob("*.pdf"))]
    assert held == [PDF2, PDF + b"1"]


def test_pages_that_came_with_the_theory_that_counts_are_in_front(place):
    place.put("403100001 a.zip", {**only(MODULE), "a.pdf": PDF}, EARLY)
    place.put("403100001 b.zip", {**only(THEORY), "b.pdf": PDF2, "c.pdf": PDF2 + b"1"}, NOON)
    place.put("403100001 0.pdf", PDF + b"2", LATER)
    place.collect()
    assert place.pages() == ["HW2/b.pdf", "HW2/c.pdf", "403100001 0.pdf", "HW2/a.pdf"]


def test_an_unread_upload_before_a_whole_one_needs_nobody_and_before_a_part_it_waits(place):
    place.put("403100001 a.rar", b"Rar!\x1a\x07", EARLY)
    place.put("403100001 b.zip", FILES)
    assert not any(entry["problem"] for entry in place.collect().values())
    (place.uploads / "uploads.csv").unlink()
    place.put("403100001 b.zip", only(MODULE))
    found = place.collect()
    assert "rar archive" in found["403100001 a.rar"]["problem"] and place.begun() == {MODULE}
    assert any("an earlier upload, 403100001 a.rar" in remark for remark in found["403100001 b.zip"]["remarks"])


def test_what_comes_when_nothing_is_accepted_any_more_is_kept_said_and_taken_by_a_line(place):
    place.put("403100001 a.zip", only(MODULE))
    place.put("403100001 b.zip", other(FILES), NEVER)
    found = place.collect()
    assert place.begun() == {MODULE} and place.time() == "2023-11-12T08:30:00+00:00"
    assert any("when nothing was accepted any more" in remark for remark in found["403100001 a.zip"]["remarks"])
    (place.root / "extensions.csv").write_text("student,assignment,hours,reason\n403100001,hw2,240,ill\n")
    place.collect()
    assert place.begun() == set()
    (place.root / "extensions.csv").unlink()
    place.assign("403100001 b.zip,403100001")
    place.collect()
    assert place.begun() == set() and place.time().startswith("2023-11-25")


def test_when_all_came_too_late_they_are_one_submission(place):
    place.put("403100001 a.zip", only(MODULE), NEVER)
    place.put("403100001 b.zip", only(THEORY), NEVER)
    place.collect()
    assert place.begun() == {MODULE, THEORY}


def test_the_hand_out_under_another_s_number_harms_nobody(place):
    place.put("HW2-Sara Ahmadi-403100001.zip", FILES, EARLY)
    place.put("HW2-403100001.zip", HAND_OUT, LATER)
    place.collect()
    assert place.begun() == ALL and place.time() == "2023-11-12T06:30:00+00:00"


@pytest.mark.parametrize("time", [EARLY, LATER])
def test_work_of_another_under_a_student_s_number_waits_and_the_student_s_own_counts(place, time):
    place.put("HW2-Sara Ahmadi-403100001.zip", FILES)
    place.put("HW2-403100001-last.zip", KIT.files(*ALI), time)
    found = place.collect()
    assert place.begun() == ALL and found["HW2-403100001-last.zip"]["guesses"][0]["number"] == ALI[0]
    assert not any("403100002" in fate["path"] for fate in json.loads((place.submitted() / "fates.json").read_text()))
    place.assign("HW2-403100001-last.zip,403100002")
    place.collect()
    assert place.begun(ALI) == ALL


def test_the_name_of_another_student_in_the_file_name_is_enough_to_wait(place):
    place.put("HW2-Sara Ahmadi-403100001.zip", FILES)
    place.put("HW2-Ali Rezaei-403100001.pdf", PDF, LATER)
    assert "names 403100002 Ali Rezaei" in place.collect()["HW2-Ali Rezaei-403100001.pdf"]["problem"]
    assert place.pages() == []


@pytest.mark.parametrize("roster", [True, False])
def test_two_students_with_each_other_s_numbers_both_wait(place, roster):
    if not roster:
        (place.root / "roster.csv").unlink()
    place.put("HW2-403100001.zip", KIT.files(*ALI))
    place.put("HW2-403100002.zip", FILES)
    found = place.collect()
    assert all(entry["problem"] for entry in found.values())
    assert not place.submitted(SARA).exists() and not place.submitted(ALI).exists()


def test_one_notebook_that_names_somebody_else_is_a_remark(place):
    place.put("HW2-403100001.zip", {**FILES, THEORY: KIT.notebook("theory", *ALI)})
    entry = place.collect()["HW2-403100001.zip"]
    assert not entry["problem"] and any("theory.ipynb says STUDENT_NUMBER 403100002" in r for r in entry["remarks"])


def test_the_same_work_of_two_students_is_said_of_both(place):
    same = KIT.files("", "")
    place.put("HW2-403100001.zip", same)
    place.put("HW2-403100002.zip", same)
    ren = {
        name: data.replace(b'STUDENT_NUMBER = \\"\\"', b'STUDENT_NUMBER = \\"403100003\\"')
        for name, data in same.items()
    }
    place.put("HW2-403100003.zip", ren)
    found = place.collect()
    for one, two in ((1, 2), (2, 1)):
        remarks = found[f"HW2-40310000{one}.zip"]["remarks"]
        assert any("byte for byte" in r and f"40310000{two}" in r for r in remarks), remarks
        assert any("every answer in it is the same" in r and "403100003" in r for r in remarks), remarks


def test_lines_without_effect_are_named(place):
    place.put("HW2-403100001.zip", FILES)
    place.put("HW2-403100002.rar", b"Rar!\x1a\x07")
    place.assign(
        "HW2-403100001.zip,403100001",
        "HW2-403100002.rar,403100002,first",
        "gone.zip,-",
        "HW2-403100001.zip,403100001,alone",
    )
    notes = place.collect()[""]["notes"]
    assert [note.partition("assigned.csv, ")[2][:6] for note in notes] == ["line 4", "line 2", "line 5", "line 3"]


@pytest.mark.parametrize(
    "lines, what",
    [
        (("a.zip,403100001,both",), r"line 2.*'both' is no use"),
        (("a.zip,-,first",), r"line 2.*no use"),
        (("a.zip,403100001,alone", "b.zip,403100001,alone"), r"line . for|line 2|line 3.*keep one of the two"),
    ],
)
def test_a_line_that_means_nothing_is_named_before_anything_changes(place, lines, what):
    place.put("a.zip", FILES)
    place.put("b.zip", FILES)
    place.assign(*lines)
    with pytest.raises(ValueError, match=what):
        place.collect()


def test_a_missing_file_s_remark_names_the_notebooks_that_nobody_used(place):
    old = json.dumps({"cells": [{"cell_type": "code", "source": "x = 1", "metadata": {}}], "nbformat": 4}).encode()
    files = {name: data for name, data in FILES.items() if name != SUPERVISED}
    place.put("HW2-403100001.zip", {**files, "old_ff.ipynb": old})
    remarks = place.collect()["HW2-403100001.zip"]["remarks"]
    assert remarks[0].startswith(f"{SUPERVISED} is missing") and "old_ff.ipynb': it was not recognised" in remarks[0]


def test_a_notebook_that_holds_the_module_has_one_fate_as_both(place):
    def with_module(notebook):
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"].append({**cell, "source": f"%%writefile {MODULE}\n{FILES[MODULE].decode()}"})

    files = {name: data for name, data in FILES.items() if name != MODULE}
    place.put("403100001.zip", {**files, NETWORKS: KIT.changed(FILES[NETWORKS], with_module)})
    fates = place.collect()["403100001.zip"]["fates"]
    assert place.begun() == ALL and len(fates) == 4
    assert f"{NETWORKS} and {MODULE}" in {fate["what"] for fate in fates}


def test_a_notebook_in_another_encoding_is_joined_like_any(place):
    place.put("403100001 a.zip", FILES, EARLY)
    place.put("403100001.ipynb", other(FILES)[THEORY].decode().encode("utf-16"), LATER)
    place.collect()
    assert place.begun() == ALL - {THEORY} and "rewritten by" in (place.submitted() / THEORY).read_text()


def moment(minutes):
    return (datetime(2023, 11, 12, 8, tzinfo=UTC) + timedelta(minutes=minutes)).isoformat()


@pytest.mark.parametrize("seed", range(3))
def test_any_split_into_uploads_gives_all_of_it_or_waits(tmp_path, seed):
    """Thirty students a seed: files dealt to zips and bare files, of equal and other times, some sent twice."""
    students = [(f"4040{number:05d}", "Sara Ahmadi") for number in range(30)]
    chance, place = random.Random(seed), Place(tmp_path, *students)
    whole = {}
    for number, name in students:
        names = chance.sample(
            ["a.pdf", "1.jpg", "scan/1.jpg", "q1/1.jpg", "q2/1.jpg", "theory.pdf"], chance.randrange(5)
        )
        pages = {page: PDF + f"{number} {page}".encode() for page in names}
        whole[number] = pages
        deal(place, chance, number, {**KIT.files(number, name), **pages})
    found = place.collect()
    waits = {entry["student"] for entry in found.values() if entry.get("problem")}
    assert len(waits) < 10
    for student in students:
        if student[0] not in waits:
            assert place.begun(student) == ALL, student
            held = {path.read_bytes() for path in (place.submitted(student) / "attachments").glob("[0-9]*")}
            assert held == set(whole[student[0]].values()), student


def deal(place, chance, number, files):
    """Deal files to a few uploads; some files go to two of them, some uploads hold the hand-out's file, too."""
    count = chance.randrange(1, 6)
    hands = [{} for _ in range(count)]
    for name, data in files.items():
        for hand in chance.sample(hands, chance.choice([1, 1, min(2, count)])):
            hand[name] = data
    for at, hand in enumerate(hands):
        for name in HAND_OUT:
            if name not in hand and chance.random() < 0.2:
                hand[name] = HAND_OUT[name]
        time = moment(chance.choice([0, 0, 5, chance.randrange(100)]))
        if chance.random() < 0.3:
            for name, data in hand.items():
                path = f"{number} Sara Ahmadi/{name}" if not at else f"{number} {at}.{len(place.times)}.zip"
                place.put(path, {name: data} if at else data, time)
        elif hand:
            place.put(f"{number} {at}.zip", hand, time)


def test_uploads_are_never_less_for_one_that_was_added(place):
    """Whatever comes next, an answer that was there stays, or is named, or the upload waits."""
    more = [
        {"x.pdf": PDF},
        only(THEORY),
        HAND_OUT,
        other(only(MODULE)),
        {NETWORKS: FILES[NETWORKS][:3000]},
        {"notes.txt": b"hello"},
        {UNSUPERVISED: HAND_OUT[UNSUPERVISED]},
    ]
    place.put("403100001 a.zip", FILES, EARLY)
    place.collect()
    for number, files in enumerate(more):
        before = {path.name: path.read_bytes() for path in place.submitted().glob("*.[ip][py]*")}
        place.put(f"403100001 b{number}.zip", files, f"2023-11-12T13:0{number}:00+03:30")
        found = place.collect()
        fates = [fate for entry in found.values() for fate in entry.get("fates", [])]
        for name, data in before.items():
            if (place.submitted() / name).read_bytes() != data:
                assert any(fate["fate"] == REPLACED and fate["path"].endswith(name) for fate in fates), (number, name)
        assert place.begun() >= ALL - {MODULE}


def test_every_file_has_one_fate_by_its_place(place):
    place.put(
        "403100001 a.zip", {**FILES, "libs/solver.py": b"x = 1", "data/mnist/README.md": b"x", "m.pth": b"x"}, EARLY
    )
    entry = place.collect()["403100001 a.zip"]
    assert sum(fate["count"] for fate in entry["fates"]) == 8
    by_path = {fate["path"].removeprefix("HW2/"): fate for fate in entry["fates"]}
    assert by_path["libs/solver.py"]["what"].startswith("the grader uses its own")
    assert by_path["m.pth"]["fate"] == UNREAD and by_path[MODULE] == {
        **{"upload": "403100001 a.zip", "path": f"HW2/{MODULE}", "fate": USED, "what": MODULE, "count": 1}
    }
    assert json.loads((place.submitted() / "fates.json").read_text()) == entry["fates"]
    assert hashlib.sha256(KIT.zip(FILES)).hexdigest() != entry["sha256"]
