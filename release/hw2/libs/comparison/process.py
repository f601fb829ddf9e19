"""Backpropagation by your practical 1, in a process of its own: whatever its code does, the notebook goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Timer

from ..progress import tqdm

EPOCHS, MOST_SECONDS = 8, 120
FOLDER = Path(__file__).resolve().parents[2]
MARK = "hw2-backprop "  # begins the lines of the other process that are ours


def backpropagation(dims: Sequence[int]) -> tuple[list[tuple[float, float]], str]:
    """(seconds, test accuracy) after each epoch of a FullyConnectedNet of these sizes, and what went wrong, if so."""
    command = [sys.executable, "-m", f"{__package__}.child", *map(str, dims)]
    environment = {**os.environ, "PYTHONPATH": str(FOLDER), "PYTHONIOENCODING": "utf-8"}
    try:
        process = subprocess.Popen(
            command, cwd=FOLDER, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError as error:
        return [], f"Python could not be started again ({error})."
    clock = Timer(MOST_SECONDS, process.kill)
    clock.start()
    try:
        curve, trouble = _followed(process)
    finally:
        process.kill()
        ended_by_clock = not clock.is_alive()
        clock.cancel()
        process.wait()
    if len(curve) < EPOCHS and not trouble:
        trouble = f"it took longer than {MOST_SECONDS} s." if ended_by_clock else "its process ended early."
    return curve, trouble


def _followed(process: "subprocess.Popen[str]") -> tuple[list[tuple[float, float]], str]:
    """What the process says until it ends."""
    curve: list[tuple[float, float]] = []
    trouble = ""
    with tqdm(total=EPOCHS, desc="backpropagation", leave=False) as bar:
        for line in process.stdout or ():
            if line.startswith(MARK):
                said = json.loads(line.removeprefix(MARK))
                if "trouble" in said:
                    trouble = said["trouble"]
                    break
                curve.append((said["seconds"], said["accuracy"]))
                bar.update()
    return curve, trouble
