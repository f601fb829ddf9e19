"""The similarity bench's made-up class of 200 with planted copies, laid out and compared, and the plot of both."""

import json
import os
import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from autograder import assignment
from autograder.similarity.cut import cut_of
from autograder.similarity.fingerprints import Source
from autograder.similarity.plan import CODE, PROSE, Plan
from autograder.similarity.stage import compare

from .course import ROOT, make_course
from .disguise import DISGUISES
from .made_up_class import Member, Styles, copy_of, member
from .pack import files_of
from .students import Student
from .svg import write_svg

CLASS = 200
PLOT = ROOT / "docs" / "similarity.svg"
Measured = dict[str, list[tuple[float, str]]]


def lay_out(folder: Path, student: Student) -> Source:
    """The student's files as collecting leaves them."""
    target = folder / "submitted" / student.number / assignment.NAME
    target.mkdir(parents=True)
    for name, data in files_of(ROOT, student).items():
        (target / name).write_bytes(data)
    return Source(target)


def make_class(folder: Path, styles: Styles, plan: Plan, size: int, copies: int) -> list[Member]:
    """A course folder with a made-up class below submitted/, the last `copies` of it copies in disguise."""
    make_course(folder, [])
    members = [member(at, styles, plan) for at in tqdm(range(size - copies), desc="class")]
    for at in range(copies):
        members.append(copy_of(members[7 * at + 3], at, DISGUISES[at % len(DISGUISES)], plan))
    for one in members:
        lay_out(folder, one.student())
    return members


def whole_class(folder: Path, styles: Styles, plan: Plan) -> tuple[list[str], dict[str, np.ndarray]]:
    """What a class of 200 with ten planted copies gives: time, cut, ranks; and the scores for the plot."""
    members = make_class(folder / "course", styles, plan, CLASS, 10)
    start = time.monotonic()
    page = compare(folder / "course", silent=True)
    wall = time.monotonic() - start
    found = json.loads((page.parent / "pairs.json").read_text(encoding="utf-8"))
    planted = {frozenset((one.number, one.copied_from)): one.how for one in members if one.copied_from}
    lines = [f"A made-up class of {CLASS}, ten of them copies in disguise, from {len(styles.solutions)} styles:\n"]
    lines.append(f"* {wall:.1f} s wall on {len(os.sched_getaffinity(0))} cores for reading, comparing and all pages.")
    scores = {}
    for column, kind in ((2, CODE), (3, PROSE)):
        copied = np.array([row[column] for row in found["scores"] if frozenset(row[:2]) in planted])
        apart = np.array([row[column] for row in found["scores"] if frozenset(row[:2]) not in planted])
        cut = next(one["cut"] for one in found["cuts"] if one["kind"] == kind)
        alone = cut_of(apart)
        scores[kind] = apart
        scores[f"{kind} copies"], scores[f"{kind} cut"] = copied, np.array([cut])
        lines.append(
            f"* {'Code' if kind == CODE else 'Explanations'}: copies {copied.min():.3f} to {copied.max():.3f}, "
            f"{len(apart):,} other pairs up to {apart.max():.3f} (median {np.median(apart):.3f}); cut {cut:.3f}: "
            f"{int((copied > cut).sum())} of {len(copied)} copies and {int((apart > cut).sum())} others above it. "
            f"Without the copies the cut is at {alone.at:.3f}, and {int((apart > alone.at).sum())} pairs are above it."
        )
    ranks = [pair["rank"] for pair in found["pairs"] if frozenset(pair["students"]) in planted]
    lines.append(f"* Ranks of the ten copies in the list: {', '.join(map(str, ranks))}.")
    return lines, scores


def plot(ours: Measured, scores: dict[str, np.ndarray]) -> None:
    """docs/similarity.svg: the bench above, the made-up class below."""
    figure, (above, below) = plt.subplots(2, 1, figsize=(8, 6), height_ratios=(3, 2), layout="constrained")
    rng = np.random.default_rng(0)
    for row, (how, found) in enumerate(reversed(ours.items())):
        values = [score for score, _ in found]
        colour = "tab:blue" if how == "independent" else "tab:red"
        above.scatter(values, row + rng.uniform(-0.3, 0.3, len(values)), s=8, alpha=0.5, color=colour, linewidths=0)
    above.set_yticks(range(len(ours)), list(reversed(ours)))
    above.axvline(max(score for score, _ in ours["independent"]), color="tab:blue", linewidth=0.8, linestyle="--")
    above.set(xlim=(0, 1.02), title="Score of code over all sections")
    bins = np.linspace(0, 1, 101).tolist()
    below.hist(scores[CODE], bins=bins, color="tab:blue", label="other pairs")
    below.hist(scores[f"{CODE} copies"], bins=bins, color="tab:red", label="planted copies")
    below.axvline(
        float(scores[f"{CODE} cut"][0]), color="black", linewidth=0.8, linestyle="--", label="cut of this class"
    )
    below.set(xlim=(0, 1.02), yscale="log", title=f"A made-up class of {CLASS}", xlabel="score", ylabel="pairs")
    below.legend()
    write_svg(figure, PLOT)
