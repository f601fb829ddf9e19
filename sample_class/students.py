"""Who is in the sample class: each a situation that a real class brings, with the edits that make it."""

from dataclasses import dataclass
from datetime import datetime

from autograder import assignment

from . import other_style, written
from .edits import (
    Edit,
    broken_notebook,
    in_block,
    in_cell,
    tests_tagged_and_removed,
    untouched,
    unwritten_block,
    unwritten_notebook,
    without_module,
)

IN_TIME = "2023-11-12T20:15:00+03:30"
LATER_BLOCKS = (
    "fully_connected_init",
    "fully_connected_scores",
    "fully_connected_loss",
    "create_solver_instance",
    "three_layer_params",
    "five_layer_params",
    "sgd_momentum",
    "rmsprop",
    "adam",
    "dropout_forward",
    "dropout_backward",
)
NETWORKS, SUPERVISED, UNSUPERVISED = assignment.PRACTICALS


@dataclass(frozen=True)
class Student:
    """One upload. loses: which tests, as notebook/id patterns. sent_as: these bytes in place of a zip.

    collaborators: whom they declare in their notebooks.
    """

    number: str
    name: str
    situation: str
    upload: str
    edits: tuple[Edit, ...] = ()
    loses: tuple[str, ...] = ()
    time: str = IN_TIME
    sent_as: bytes | None = None
    in_roster: bool = True
    collaborators: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime:
        """When the upload came in."""
        return datetime.fromisoformat(self.time)

    @property
    def is_graded(self) -> bool:
        """False for an upload that stops at collecting."""
        return self.sent_as is None and self.in_roster


STUDENTS = (
    Student("402100101", "Sara Ahmadi", "perfect", "HW2-Sara Ahmadi-402100101.zip", (written.neat,)),
    Student(
        "402100102",
        "علی رضایی",
        "perfect in another style, with chatter and warnings",
        "HW۲-علی رضایی-۴۰۲۱۰۰۱۰۲.zip",
        (*other_style.EVERYTHING, written.wrong_order),
    ),
    Student(
        "402100103",
        "Neda Karimi",
        "a sign wrong in a gradient",
        "HW2-Neda Karimi-402100103.zip",
        (in_block("linear_backward", "dw = x.reshape", "dw = -x.reshape"), written.bad_scan),
        loses=(f"{NETWORKS}/linear_backward_dw",),
        collaborators=("Omid Hosseini",),
    ),
    Student(
        "402100104",
        "Omid Hosseini",
        "softmax gradient without 1/N",
        "HW2-Omid Hosseini-402100104.zip",
        (in_block("softmax_loss", "\n    dx /= len(y)", ""), written.blank_page),
        loses=(f"{NETWORKS}/softmax_loss_dx",),
    ),
    Student(
        "402100105",
        "Mina Rostami",
        "Adam without bias correction",
        "HW2-Mina Rostami-402100105.zip",
        (
            in_block("adam", "m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)", "m_hat, v_hat = m, v"),
            written.forty_pages,
        ),
        loses=(f"{NETWORKS}/adam_bias_correction",),
    ),
    Student(
        "402100106",
        "Reza Moradi",
        "half done",
        "HW2-Reza Moradi-402100106.zip",
        (*(unwritten_block(name) for name in LATER_BLOCKS), unwritten_notebook(UNSUPERVISED), written.hostile),
        loses=(
            *(f"{NETWORKS}/{name}*" for name in ("create_solver", "fully_connected", "three_layer", "five_layer")),
            *(f"{NETWORKS}/{name}*" for name in ("sgd_momentum", "rmsprop", "adam", "dropout")),
            f"{UNSUPERVISED}/*",
        ),
    ),
    Student(
        "402100107",
        "Leila Sadeghi",
        "untouched hand-out",
        "HW2-Leila Sadeghi-402100107.zip",
        (untouched,),
        loses=("*",),
    ),
    Student(
        "402100108",
        "Hamid Jafari",
        "raises in one section",
        "HW2-Hamid Jafari-402100108.zip",
        (in_cell(UNSUPERVISED, "make_hybrid", "    return mask *", "    return mask *", then="make_hybird(1, 2, 3)"),),
        loses=(f"{UNSUPERVISED}/make_hybrid*", f"{UNSUPERVISED}/make_negatives*"),
    ),
    Student(
        "402100109",
        "Zahra Ebrahimi",
        "negative labels that may be the true one",
        "HW2-Zahra Ebrahimi-402100109.zip",
        (
            in_cell(
                SUPERVISED,
                "wrong_labels",
                "(y + torch.randint(1, num_classes, y.shape)) % num_classes",
                "torch.randint(num_classes, y.shape)",
            ),
        ),
        loses=(f"{SUPERVISED}/wrong_labels_never_true",),
    ),
    Student(
        "402100110",
        "Kaveh Nouri",
        "without the .py file",
        "HW2-Kaveh Nouri-402100110.zip",
        (without_module,),
        loses=(f"{NETWORKS}/*",),
    ),
    Student(
        "402100111",
        "Parisa Azizi",
        "perfect, 30 hours late",
        "HW2-Parisa Azizi-402100111.zip",
        time="2023-11-15T05:59:00+03:30",
    ),
    Student(
        "402100112",
        "Amir Bagheri",
        "half done, five days and an hour late",
        "HW2-Amir Bagheri-402100112.zip",
        (unwritten_notebook(SUPERVISED), unwritten_notebook(UNSUPERVISED)),
        loses=(f"{SUPERVISED}/*", f"{UNSUPERVISED}/*"),
        time="2023-11-19T00:59:00+03:30",
    ),
    Student(
        "402100113",
        "Shirin Daneshvar",
        "a notebook that was cut off",
        "HW2-Shirin Daneshvar-402100113.zip",
        (broken_notebook(SUPERVISED),),
        loses=(f"{SUPERVISED}/*",),
    ),
    Student(
        "402100114",
        "Babak Ghasemi",
        "nothing written, tests tagged to be skipped or removed",
        "HW2-Babak Ghasemi-402100114.zip",
        (untouched, tests_tagged_and_removed),
        loses=("*",),
    ),
    Student(
        "402100115",
        "Golnaz Fallahi",
        "a rar archive named zip",
        "HW2-Golnaz Fallahi-402100115.zip",
        sent_as=b"Rar!\x1a\x07\x01\x00" + bytes(64),
    ),
    Student(
        "402100999",
        "Navid Tehrani",
        "a student number that is not in the roster",
        "HW2-Navid Tehrani-402100999.zip",
        (untouched,),
        in_roster=False,
    ),
)
