"""Who an upload is from."""

import pytest

from autograder.collect.names import UnknownSender, read_roster, sender_of

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
    with pytest.raises(ValueError, match=r"roster\.csv.*number and name"):
        read_roster(tmp_path / "roster.csv")


def test_a_roster_may_be_written_in_persian_digits_and_saved_by_a_spreadsheet(tmp_path):
    (tmp_path / "roster.csv").write_text("number,name\n۴۰۲۱۰۰۱۰۲,علی\n", encoding="utf-8-sig")
    assert read_roster(tmp_path / "roster.csv") == {"402100102": "علی"}
