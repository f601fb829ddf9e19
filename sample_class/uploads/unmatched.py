"""Uploads that name no student of the roster, with the guesses that a person is given; and contradictions."""

from collections.abc import Callable

from .kit import Kit
from .upload import ALL, Upload, whole

_LEILA, _OMID = "Leila Sadeghi", "امید حسینی"


def _unmatched(number: str, situation: str, name: str, file: str, guesses: tuple[str, ...], problem: str) -> Upload:
    return Upload(situation, number, name, file, whole, ALL, (), problem, guesses, matched=False)


def _other_identity(number: str, name: str, folder: str = "HW2/") -> Callable[[Kit, Upload], bytes]:
    """Filled in by, or for, somebody else."""
    return lambda kit, upload: kit.zip(kit.files(number, name), folder)


UNMATCHED = (
    _unmatched("403400001", "no number in the name", _LEILA, "homework2.zip", ("403400001",), "no student number"),
    _unmatched(
        "403400002", "one digit wrong", _OMID, "HW2-امید حسینی-403409002.zip", ("403400002",), "is not in the roster"
    ),
    _unmatched(
        "403400003", "two digits swapped", "Reza Moradi", "HW2-Reza Moradi-403400030.zip", ("403400003",), "not in the"
    ),
    Upload(
        "only the name, in another spelling",
        "403400004",
        "محمدرضا کیانی",
        "HW2-محمد‌رضا كياني.zip",
        _other_identity("", ""),
        ALL,
        (),
        "no student number",
        ("403400004",),
        matched=False,
    ),
    Upload(
        "the number on the folder inside only",
        "403400005",
        "Parisa Azizi",
        "final.zip",
        _other_identity("", "", "HW2-Parisa Azizi-۴۰۳۴۰۰۰۰۵/"),
        ALL,
        (),
        "no student number",
        ("403400005",),
        matched=False,
    ),
    Upload(
        "the numbers of two students",
        "403400006",
        "Kaveh Nouri",
        "HW2-403400006-403400001.zip",
        whole,
        ALL,
        (),
        "its name holds 403400006 and 403400001",
        ("403400006", "403400001"),
        matched=False,
    ),
    Upload(
        "a number that nobody has, and no clue",
        "403400007",
        "Shirin Daneshvar",
        "HW2-Xyzzy-99999.zip",
        _other_identity("", ""),
        ALL,
        (),
        "student number 99999 is not in the roster",
        (),
        matched=False,
    ),
    Upload(
        "the notebooks of somebody else",
        "403400008",
        "Amir Bagheri",
        "HW2-Amir Bagheri-403400008.zip",
        _other_identity("403400001", _LEILA),
        ALL,
        ("its notebooks say STUDENT_NUMBER 403400001 (Leila Sadeghi)", "its notebooks say NAME Leila Sadeghi"),
        "names 403400001 Leila Sadeghi (STUDENT_NUMBER in its notebooks), and not 403400008",
        ("403400001",),
    ),
)
