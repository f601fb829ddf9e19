"""How well copies in disguise are told from independent solutions: measures, plots, and writes docs/similarity.md.

python -m sample_class.bench_similarity
"""

import random
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
from tqdm import tqdm

from autograder.similarity.engine import Engine
from autograder.similarity.fingerprints import Printed, Source, given_prints, pieces_of, print_one, read_work
from autograder.similarity.plan import CODE, Plan, read_plan
from autograder.similarity.score import Scores
from autograder.similarity.tokens import TokenEngine

from .bench_similarity_class import Measured, lay_out, plot, whole_class
from .course import ROOT
from .disguise import DISGUISES, disguised
from .independent import Solution
from .made_up_class import Styles
from .students import Student

SEEDS = 4
PAGE = ROOT / "docs" / "similarity.md"
BEGIN, END = "<!-- figures: python -m sample_class.bench_similarity -->", "<!-- end of figures -->"


def main() -> None:
    """Measure, print, plot, and write the figures into docs/similarity.md."""
    plan = read_plan(ROOT)
    styles = Styles()
    ours = measure(styles.solutions, plan, SEEDS)
    plain = measure(styles.solutions, plan, 1, TokenEngine(plan.vocabulary))
    text = [_table(styles.solutions, ours, plain), parts_copied(styles.solutions, plan)]
    with tempfile.TemporaryDirectory() as scratch:
        lines, scores = whole_class(Path(scratch), styles, plan)
    text += lines
    plot(ours, scores)
    print("\n".join(text))
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{chr(10).join(text)}\n{END}{after}", encoding="utf-8")


def measure(solutions: list[Solution], plan: Plan, seeds: int, engine: Engine | None = None) -> Measured:
    """Scores of code over all sections: of all independent pairs, and of every copy with its original.

    Each copy joins the class of all independent solutions, as one more student.
    """
    given = _given(plan, engine)
    with tempfile.TemporaryDirectory() as scratch:
        folder, number = Path(scratch), iter(range(10_000))

        def printed(written: Solution) -> Printed:
            student = Student(f"{next(number):09d}", "", "", "", written.edits())
            return _print(lay_out(folder, student), plan, engine)

        base = [printed(one) for one in solutions]
        matrix = Scores(CODE, plan.sections, base, given).matrix()
        names = [one.name for one in solutions]
        pairs = zip(*np.triu_indices(len(base), k=1), strict=True)
        found: Measured = {"independent": [(float(matrix[a, b]), f"{names[a]} and {names[b]}") for a, b in pairs]}
        for how in DISGUISES:
            found[how] = []
            for at, one in enumerate(tqdm(solutions, desc=how)):
                for seed in range(seeds):
                    copy = printed(disguised(one, how, seed, plan))
                    row = Scores(CODE, plan.sections, [*base, copy], given).matrix()[-1]
                    found[how].append((float(row[at]), f"{one.name}, seed {seed}"))
                    others = [
                        (float(row[k]), f"a copy of {one.name} and {names[k]}") for k in range(len(base)) if k != at
                    ]
                    found["independent"].append(max(others))
    return found


def _given(plan: Plan, engine: Engine | None) -> set[int]:
    if engine is None:
        return given_prints(plan)[CODE]
    pieces = pieces_of([text for text in plan.given if text.kind == CODE], {CODE: engine})
    return {made for one in pieces for piece in one for made in piece.prints}


def _print(source: Source, plan: Plan, engine: Engine | None) -> Printed:
    if engine is None:
        return print_one(source, plan)
    work = read_work(source, plan)
    found = Printed(work)
    texts = [text for text in work.texts if text.kind == CODE]
    for text, pieces in zip(texts, pieces_of(texts, {CODE: engine}), strict=True):
        there = found.prints.setdefault((CODE, text.section), set())
        there.update(made for piece in pieces for made in piece.prints)
    return found


def _table(solutions: list[Solution], ours: Measured, plain: Measured) -> str:
    """The two distributions as a table: ours, and tokens by winnowing for comparison."""
    pairs, top = len(ours["independent"]), max(ours["independent"])
    lines = [
        f"{len(solutions)} independent solutions, {SEEDS} copies of each in each disguise. "
        "Score of code over all sections:\n",
        "| pairs | number | lowest | median | highest | winnowed tokens: lowest | highest |",
        "|---|---|---|---|---|---|---|",
    ]
    for how, found in ours.items():
        scores = [score for score, _ in found]
        others = [score for score, _ in plain[how]]
        lines.append(
            f"| {how} | {len(scores)} | {min(scores):.3f} | {np.median(scores):.3f} | {max(scores):.3f} | "
            f"{min(others):.3f} | {max(others):.3f} |"
        )
    low = min((min(found), how) for how, found in ours.items() if how != "independent")
    below = sum(score <= top[0] for how, found in ours.items() if how != "independent" for score, _ in found)
    plain_top = max(score for score, _ in plain["independent"])
    copies = [score for how, found in plain.items() if how != "independent" for score, _ in found]
    lines += [
        f"\nHighest of {pairs} independent pairs: {top[0]:.3f} ({top[1]}). Lowest copy: {low[0][0]:.3f} ({low[0][1]}, "
        f"{low[1]}). Margin {low[0][0] - top[0]:.3f}. Copies that are not above every independent pair: {below}. With "
        f"winnowed tokens in place of our engine: {sum(score <= plain_top for score in copies)} of {len(copies)}.\n"
    ]
    return "\n".join(lines)


def parts_copied(solutions: list[Solution], plan: Plan) -> str:
    """What is left of the score when only a part of the work is copied, all at once, and the rest is a third one's."""
    given = _given(plan, None)
    lines = []
    for share in (0.5, 0.25):
        scores = []
        with tempfile.TemporaryDirectory() as scratch:
            for at, one in enumerate(solutions[:-1]):
                third = solutions[(at + 5) % (len(solutions) - 1)]
                base = [other for other in solutions if other is not third]
                made = mixed(disguised(one, "all at once", at, plan), third, share, at)
                folders = [Path(scratch) / f"{at}-{n}" for n in range(len(base) + 1)]
                students = [Student("1", "", "", "", each.edits()) for each in (*base, made)]
                found = [print_one(lay_out(f, s), plan) for f, s in zip(folders, students, strict=True)]
                scores.append(float(Scores(CODE, plan.sections, found, given).matrix()[-1][base.index(one)]))
        lines.append(
            f"{share:.0%} of the parts: {min(scores):.3f} to {max(scores):.3f}, median {np.median(scores):.3f}"
        )
    return "Only a part copied (all at once, the rest an independent solution): " + "; ".join(lines) + ".\n"


def mixed(copied: Solution, rest: Solution, share: float, seed: int) -> Solution:
    """A solution of which a random share of the parts is one and the rest the other."""
    rng = random.Random(seed)

    def chosen(ours: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
        return {name: text if rng.random() < share else theirs.get(name, text) for name, text in ours.items()}

    return Solution("mixed", chosen(copied.blocks, rest.blocks), chosen(copied.cells, rest.cells))


def summary(found: Measured) -> dict[str, float]:
    """Highest independent pair and lowest copy."""
    lowest: dict[str, float] = defaultdict(float)
    lowest["independent"] = max(score for score, _ in found["independent"])
    for how in DISGUISES:
        lowest[how] = min(score for score, _ in found[how])
    return lowest


if __name__ == "__main__":
    main()
