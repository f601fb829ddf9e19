"""Who an upload is from."""

import pytest

from autograder.collect.contradictions import contradictions
from autograder.collect.guesses import guesses
from autograder.collect.names import Sender, UnknownSender, name_in, read_roster, sender_of
from autograder.collect.reading import Reading
from autograder.collect.spelling import contradict, distance, folded, readable

ROSTER = {"402100101": "Sara Ahmadi", "402100102": "علی رضایی"}


@pytest.mark.parametrize(
    "upload, number",
    [
        ("HW2-Sara Ahmadi-402100101.zip", "402100101"),
        ("HW۲-علی رضایی-۴۰۲۱۰۰۱۰۲.zip", "402100102"),
        ("HW٢-علي رضايي-٤٠٢١٠٠١٠٢.zip", "402100102"),
        ("hw2_402100101_Sara-Ahmadi (1).zip", "402100101"),
        ("1402-08-22 HW2-Sara-402100101.zip", "402100101"),
    ],
)
def test_the_number_is_found_in_whatever_digits_it_is_written(upload, number):
    assert sender_of(upload, ROSTER).number == number


def test_a_name_comes_from_the_roster_and_else_from_the_upload():
    assert sender_of("HW2-S-402100101.zip", ROSTER).name == "Sara Ahmadi"
    assert sender_of("HW2-Sara_Ahmadi-402100101.zip", {}).name == "Sara Ahmadi"


@pytest.mark.parametrize("upload", ["HW2-Nobody-499999999.zip", "HW2-Sara Ahmadi.zip", "homework.zip"])
def test_an_unknown_student_is_named_with_what_to_do(upload):
    with pytest.raises(UnknownSender, match=r"roster|rename"):
        sender_of(upload, ROSTER)


def test_a_roster_without_its_columns_is_refused_by_name(tmp_path):
    (tmp_path / "roster.csv").write_text("id,who\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"roster\.csv.*number, name"):
        read_roster(tmp_path / "roster.csv")


def test_a_roster_may_be_written_in_persian_digits_and_saved_by_a_spreadsheet(tmp_path):
    (tmp_path / "roster.csv").write_text("number,name\n۴۰۲۱۰۰۱۰۲,علی\n", encoding="utf-8-sig")
    assert read_roster(tmp_path / "roster.csv") == {"402100102": "علی"}


@pytest.mark.parametrize(
    "one, other",
    [
        ("علي رضايي", "علی رضایی"),
        ("ك", "ک"),
        ("آرش", "آرش"),
        ("عــلــی", "علی"),
        ("علی\u200cرضا", "علیرضا"),
        ("\u202bSara\u202c", "sara"),
        ("٤٠٢", "۴۰۲"),
        ("José", "JOSE"),
    ],
)
def test_names_of_every_keyboard_fold_to_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    "one, other, off",
    [("403100001", "403100001", 0), ("403100001", "403100010", 1), ("12345", "1234", 1), ("1", "23", 2)],
)
def test_the_distance_of_numbers_counts_swapped_neighbours_once(one, other, off):
    assert distance(one, other) == off


@pytest.mark.parametrize(
    "one, other, against",
    [
        ("Sara Ahmadi", "Ahmadi, Sara", False),
        ("Sara", "Sara Ahmadi Tehrani", False),
        ("Sarah Ahmady", "Sara Ahmadi", False),
        ("Mohammad Bozorgi", "Sara Ahmadi", True),
        ("علی رضایی", "Ali Rezaei", False),
        ("S", "Mohammad Bozorgi", False),
    ],
)
def test_names_contradict_only_in_the_same_script_and_without_a_common_word(one, other, against):
    assert contradict(one, other) == against


@pytest.mark.parametrize("page", ["utf-8", "cp1256", "cp720"])
def test_a_name_without_its_encoding_is_read(page):
    assert readable("تمرين دوم".encode(page)) == "تمرين دوم"


@pytest.mark.parametrize(
    "upload",
    ["HW2-Sara Ahmadi-402100101 (1).zip", "402100101_Sara_Ahmadi_HW2 - Copy.zip", "hw۲-Sara-Ahmadi-۴۰۲۱۰۰۱۰۱.zip"],
)
def test_the_name_is_what_is_left_of_the_file_name(upload):
    assert name_in(upload.removesuffix(".zip")) == "Sara Ahmadi"


def test_guesses_weigh_what_name_notebooks_and_folder_say():
    roster = {"402100101": "Sara Ahmadi", "402100110": "Reza Moradi", "402100103": "Neda Karimi"}
    reading = Reading(fields={"theory.ipynb": ["402100110", "Reza Moradi"]}, folders=["x"])
    best = guesses("HW2-Reza-40210011.zip", reading, roster)
    assert best[0]["number"] == "402100110"
    assert "student number in its notebooks" in best[0]["why"] and "one digit from 40210011" in best[0]["why"]
    assert guesses("homework.zip", Reading(), roster) == []


def test_without_a_roster_the_notebooks_say_whose_it_may_be():
    assert guesses("homework.zip", Reading(fields={"theory.ipynb": ["402100110", ""]}), {})[0]["number"] == "402100110"


@pytest.mark.parametrize("line", ["../x,Sara", "40 21,Sara", ",Sara"])
def test_a_student_number_that_cannot_be_a_folder_is_refused_with_its_line(tmp_path, line):
    (tmp_path / "roster.csv").write_text(f"number,name\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"roster\.csv, line 2"):
        read_roster(tmp_path / "roster.csv")


@pytest.mark.parametrize(
    "fields, said",
    [
        (
            {"a.ipynb": ["1", "Sara Ahmadi"], "b.ipynb": ["2", "Omid Hosseini"]},
            [
                "b.ipynb says STUDENT_NUMBER 2 (Omid Hosseini), the upload's name says 1",
                "b.ipynb says NAME Omid Hosseini, the roster says Sara Ahmadi for 1",
            ],
        ),
        (
            {"a.ipynb": ["2", "Sara Ahmadi"], "b.ipynb": ["2", "Sara"]},
            ["its notebooks say STUDENT_NUMBER 2 (Omid Hosseini), the upload's name says 1"],
        ),
        (
            {"a.ipynb": ["", ""], "b.ipynb": ["1", "Sara Ahmadi"], "c.ipynb": ["1", ""]},
            [
                "STUDENT_NUMBER and NAME are empty, or not to be read, in a.ipynb",
                "NAME is empty, or not to be read, in c.ipynb",
            ],
        ),
        (
            {"a.ipynb": ["", "Sara"], "b.ipynb": ["", "Sara"]},
            ["STUDENT_NUMBER is empty, or not to be read, in all its notebooks"],
        ),
        ({"a.ipynb": ["1", "Sara Ahmadi"], "b.ipynb": ["1", "سارا احمدی"]}, []),
    ],
    ids=["one notebook of another", "all of another", "empty in some", "empty in all", "none"],
)
def test_the_notebooks_that_say_another_or_nobody_are_named(fields, said):
    roster = {"1": "Sara Ahmadi", "2": "Omid Hosseini"}
    sender = Sender("1", "Sara Ahmadi")
    assert contradictions(sender, "1.zip", Reading(fields=fields), roster, None) == said
