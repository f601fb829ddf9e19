"""A large class made by program: every member puts together styles, habits, numbers and words of their own."""

import random
import textwrap
from dataclasses import dataclass, field

from autograder import assignment
from autograder.similarity.plan import Plan

from . import other_style
from .course import ROOT
from .disguise import disguised
from .edits import Edit, whole_cell
from .independent import NAMES, Solution, solution
from .made_up_words import copied_text, explanation
from .solved import Work
from .students import Student

# what goes on with what an earlier part made, and is therefore taken from one hand
_TOGETHER = (
    ("linear_relu_forward", "linear_relu_backward"),
    ("two_layer_scores", "two_layer_loss"),
    ("fully_connected_scores", "fully_connected_loss"),
    ("dropout_forward", "dropout_backward"),
)
_NUMBERS = {"three_layer_params", "five_layer_params"}


@dataclass(frozen=True)
class Member:
    """One of the class; copied_from says whose work it is in disguise."""

    number: str
    name: str
    written: Solution
    prose: dict[tuple[str, str], str]
    copied_from: str = ""
    collaborators: tuple[str, ...] = ()
    how: str = ""

    def student(self) -> Student:
        """As the sample class knows students."""
        text = [whole_cell(notebook, id, words) for (notebook, id), words in self.prose.items()]
        edits = (*self.written.edits(), *text, _identity(self))
        return Student(self.number, self.name, "made up", f"HW2-{self.number}.zip", edits)


@dataclass
class Styles:
    """The solutions to draw from."""

    solutions: list[Solution] = field(default_factory=lambda: [*map(solution, NAMES), of_other_style()])


def of_other_style() -> Solution:
    """The sample class's other style: only the parts that differ from the reference."""
    reference, work = Work(ROOT), Work(ROOT)
    for edit in other_style.EVERYTHING:
        edit(work)
    first = solution(NAMES[0])
    blocks = {
        name: textwrap.dedent(work.block(name)) for name in first.blocks if work.block(name) != reference.block(name)
    }
    cells = {}
    for name in first.cells:
        for notebook in assignment.PRACTICALS[1:]:
            try:
                text = work.cell(notebook, name).source
                if text != reference.cell(notebook, name).source:
                    cells[name] = text
            except KeyError:
                continue
    return Solution("other_style", blocks, cells)


def member(at: int, styles: Styles, plan: Plan) -> Member:
    """Number `at` of the class: of each part of the work one of the styles, in words and numbers of their own."""
    rng = random.Random(f"member {at}")
    of = {name: rng.choice(styles.solutions) for name in styles.solutions[0].blocks}
    of |= {name: rng.choice(styles.solutions) for name in styles.solutions[0].cells}
    for group in _TOGETHER:
        one = rng.choice(styles.solutions)
        of |= dict.fromkeys(group, one)
    blocks = {name: of[name].blocks[name] for name in styles.solutions[0].blocks if name in of[name].blocks}
    cells = {name: of[name].cells[name] for name in styles.solutions[0].cells if name in of[name].cells}
    blocks |= {
        name: f"weight_scale = {rng.uniform(0.05, 0.2):.3g}\nlearning_rate = {rng.uniform(0.05, 0.3):.3g}"
        for name in _NUMBERS
    }
    cells["best_network_settings"] = _settings(rng)
    mosaic = Solution(f"member {at}", blocks, cells)
    for habit in ("renamed", "reordered", "rewritten"):
        if rng.random() < 0.6:
            mosaic = disguised(mosaic, habit, at, plan)
    prose = {
        place: explanation(rng, in_persian=at % 3 != 0)
        for place, (_, kind) in plan.cells.items()
        if kind == "prose" and place[0] != "theory"
    }
    return Member(f"4021{at:05d}", f"Student {at}", mosaic, prose)


def copy_of(original: Member, at: int, how: str, plan: Plan) -> Member:
    """The original handed in by another, in disguise: the code by program, the words by synonyms and another order."""
    rng = random.Random(f"copy {at}")
    prose = {place: copied_text(text, rng) for place, text in original.prose.items()}
    written = disguised(original.written, how, at, plan)
    return Member(f"4029{at:05d}", f"Copyist {at}", written, prose, original.number, how=how)


def _settings(rng: random.Random) -> str:
    width = rng.choice((200, 256, 300, 384, 400, 512))
    values = {
        "hidden_dims": [width, width // rng.choice((1, 2, 4))],
        "dropout": rng.choice((0.1, 0.15, 0.2, 0.25, 0.3)),
        "reg": rng.choice((0.0, 1e-6, 1e-5, 1e-4)),
        "weight_scale": round(rng.uniform(0.02, 0.08), 3),
        "learning_rate": rng.choice((5e-4, 1e-3, 1.5e-3, 2e-3)),
        "lr_decay": rng.choice((0.8, 0.85, 0.9, 0.95)),
        "batch_size": rng.choice((64, 100, 128, 200, 256)),
        "num_epochs": rng.randrange(8, 20),
    }
    return f"def best_network_settings():\n    return {values!r}"


def _identity(member: Member) -> Edit:
    def edit(work: Work) -> None:
        for notebook in assignment.NOTEBOOKS:
            work.cell(notebook, assignment.IDENTITY).source = (
                f'STUDENT_NUMBER = "{member.number}"\nNAME = {member.name!r}\n'
                f"COLLABORATORS = {list(member.collaborators)!r}\nSOURCES = []"
            )

    return edit
