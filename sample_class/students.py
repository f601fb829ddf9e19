"""Who is in the sample class: each a situation that a real class brings, with the edits that make it."""

from dataclasses import dataclass

from .edits import Edit, broken_notebook, untouched, without_module

IN_TIME = "2023-11-12T20:15:00+03:30"


@dataclass(frozen=True)
class Student:
    """One upload. sent_as: sent as they are in place of a zip made from the edits."""

    number: str
    name: str
    situation: str
    upload: str
    time: str = IN_TIME
    edits: tuple[Edit, ...] = ()
    sent_as: bytes | None = None
    in_roster: bool = True


STUDENTS = (
    Student("402100101", "Sara Ahmadi", "perfect", "HW2-Sara Ahmadi-402100101.zip"),
    Student("402100102", "علی رضایی", "untouched", "HW۲-علی رضایی-۴۰۲۱۰۰۱۰۲.zip", edits=(untouched,)),
    Student("402100103", "Neda Karimi", "without .py", "HW2-Neda Karimi-402100103.zip", edits=(without_module,)),
    Student(
        "402100104", "Omid", "broken", "HW2-Omid-402100104.zip", edits=(broken_notebook("forward_forward_supervised"),)
    ),
    Student("402100105", "Rar", "rar", "HW2-Rar-402100105.zip", sent_as=b"Rar!\x1a\x07\x01\x00garbage"),
    Student("499999999", "Nobody", "unknown", "HW2-Nobody-499999999.zip", in_roster=False),
)
