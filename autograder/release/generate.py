"""Makes release/ and the assignment's entry in gradebook.db from source/, by nbgrader's own command."""

import subprocess
import sys
from datetime import UTC
from pathlib import Path

from .. import assignment
from ..course import read_course
from ..gradebook import connect
from ..stages import environment


def generate(root: Path, url: str) -> None:
    """Run `nbgrader generate_assignment` in the course folder, into the gradebook at this url; marks in it are kept."""
    due = read_course(root).deadline.astimezone(UTC).replace(tzinfo=None)
    with connect(url) as gradebook:
        gradebook.update_or_create_assignment(assignment.NAME, duedate=due)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment.NAME, "--force", f"--db={url}"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"nbgrader generate_assignment failed in {root}:\n{done.stdout}{done.stderr}")
