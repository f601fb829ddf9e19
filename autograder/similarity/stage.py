"""The stage: compares the class, and past terms with it, and writes report/similarity/."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from .. import assignment
from ..collect.names import read_roster
from .fingerprints import Printed, Source, engines, given_prints, pieces_of, print_all, read_work
from .index_page import index_page
from .pair_page import Read, pair_page
from .plan import CODE, PROSE, Plan, read_plan
from .ranking import Listed, Population, populations, ranked
from .score import Scores

SCORED = 20_000  # pairs in pairs.json


def compare(root: Path, silent: bool = False) -> Path:
    """The page that compares all submissions of a course folder; raises ValueError when there is nothing to compare."""
    sources = find_sources(root)
    plan = read_plan(root)
    with tqdm(total=len(sources), desc="similarity", unit=" submissions", disable=silent, file=sys.stdout) as bar:
        everyone = print_all(sources, plan, bar.update)
    _add_names(root, everyone)
    given = given_prints(plan)
    scores = {kind: Scores(kind, plan.sections, everyone, given[kind]) for kind in (CODE, PROSE)}
    matrices = {kind: scores[kind].matrix() for kind in scores}
    parts = populations(matrices, scores[CODE].size)
    listed = ranked(matrices, scores, everyone, parts)
    part = root / "report" / "similarity.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    _write_pages(part, listed, everyone, sources, plan, scores)
    (part / "index.html").write_text(index_page(listed, everyone, parts, scores[CODE].size), encoding="utf-8")
    machines = _for_machines(listed, everyone, parts, matrices, scores[CODE].size)
    (part / "pairs.json").write_text(json.dumps(machines, ensure_ascii=False, indent=1), encoding="utf-8")
    return _in_place(part, root / "report" / "similarity") / "index.html"


def find_sources(root: Path) -> list[Source]:
    """This class's submissions, then those of past terms; raises ValueError when that is nothing to compare."""
    own = [Source(path) for path in sorted((root / "submitted").glob(f"*/{assignment.NAME}")) if path.is_dir()]
    past = [Source(path, path.parent.name) for path in sorted((root / "past").glob("*/*")) if path.is_dir()]
    if not own:
        raise ValueError(f"nothing to compare: no submission lies in {root / 'submitted'}; run `hw2 collect` first")
    if len(own) + len(past) < 2:
        raise ValueError(f"nothing to compare: {own[0].folder.parent} is the only submission and past/ holds none")
    return own + past


def _add_names(root: Path, everyone: Sequence[Printed]) -> None:
    """Names of the roster beside those that students gave."""
    try:
        roster = read_roster(root / "roster.csv")
    except (ValueError, OSError):
        return  # collecting says what is wrong with it
    for printed in everyone:
        name = roster.get(printed.work.student, "")
        if name and not printed.work.term and name not in printed.work.names:
            printed.work.names.append(name)


def _write_pages(
    folder: Path,
    listed: Sequence[Listed],
    everyone: Sequence[Printed],
    sources: Sequence[Source],
    plan: Plan,
    scores: Mapping[str, Scores],
) -> None:
    """A page for each listed pair; the texts are read again, as only few are shown."""
    read: dict[int, Read] = {}
    use = engines(plan)
    weights = {kind: scores[kind].weights for kind in scores}
    for rank, pair in enumerate(listed, start=1):
        for at in (pair.first, pair.second):
            if at not in read:
                texts = read_work(sources[at], plan).texts
                read[at] = list(zip(texts, pieces_of(texts, use), strict=True))
        works = (everyone[pair.first].work, everyone[pair.second].work)
        text = pair_page(pair, works, (read[pair.first], read[pair.second]), weights)
        (folder / f"pair-{rank}.html").write_text(text, encoding="utf-8", errors="replace")


def _for_machines(
    listed: Sequence[Listed],
    everyone: Sequence[Printed],
    parts: Sequence[Population],
    matrices: Mapping[str, np.ndarray],
    size: int,
) -> dict[str, object]:
    """What the pages say, as plain data; `scores` holds the pairs of this class with the highest scores of code."""
    label = [printed.work.label for printed in everyone]
    rows, columns = np.triu_indices(size, k=1)
    order = np.argsort(-matrices[CODE][rows, columns], kind="stable")[:SCORED]
    return {
        "submissions": {printed.work.label: printed.work.remarks for printed in everyone},
        "cuts": [
            {
                "kind": part.kind,
                "of": part.group,
                "pairs": part.cut.pairs,
                "median": part.cut.middle,
                "cut": part.cut.at,
            }
            for part in parts
        ],
        "pairs": [
            {
                "rank": rank,
                "students": [label[pair.first], label[pair.second]],
                "above": pair.is_above,
                "standing": round(pair.standing, 4),
                "declared": pair.said,
                **{kind: round(pair.kinds[kind].score, 4) for kind in pair.kinds},
                "sections": {
                    kind: {section: round(score, 4) for section, (score, shared) in of.sections.items() if shared > 0}
                    for kind, of in pair.kinds.items()
                },
            }
            for rank, pair in enumerate(listed, start=1)
        ],
        "scores": [
            [
                label[rows[at]],
                label[columns[at]],
                *(round(float(matrices[k][rows[at], columns[at]]), 4) for k in matrices),
            ]
            for at in order
        ],
    }


def _in_place(part: Path, target: Path) -> Path:
    """Put the new folder where the old one was; the old one goes only when the new one is there."""
    old = target.with_suffix(".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target
