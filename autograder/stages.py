"""Runs nbgrader's verbs with a progress bar; what nbgrader says is kept in a log, problems are shown at once."""

import os
import subprocess
import sys
from pathlib import Path

from tqdm import tqdm

from . import assignment
from .visible import visible

STEP = {"generate_feedback": "| INFO] Converting notebook "}
LOGS = "logs"


def environment() -> dict[str, str]:
    """For nbgrader's commands: a configuration that cannot be read stops them, where they would go on without it."""
    return {**os.environ, "TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR": "1"}


def run(root: Path, verb: str, *options: str, folder: str = "", silent: bool = False) -> int:
    """Run `nbgrader <verb> hw2 <options>` in the course folder; return its exit code.

    folder: the notebooks below it are what the bar counts to.
    """
    log = root / LOGS / f"{verb}.log"
    log.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "nbgrader", verb, assignment.NAME, *options]
    total = sum(1 for _ in (root / folder).glob(f"*/{assignment.NAME}/*.ipynb")) if folder else None
    bar = tqdm(total=total, desc=verb, unit=" notebooks", disable=silent or total is None, file=sys.stdout)
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command, cwd=root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in process.stdout or ():
            file.write(visible(line))
            if STEP.get(verb, "\0") in line:
                bar.update()
            elif "| ERROR]" in line:
                bar.write(visible(line.split("| ERROR]", 1)[1].rstrip()))
    bar.close()
    if process.wait():
        tqdm.write(f"nbgrader {verb} ended with problems; the whole of what it said is in {log}")
    return process.returncode
