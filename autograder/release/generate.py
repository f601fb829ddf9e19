"""Makes release/ and the assignment's entry in gradebook.db from source/, by nbgrader's own command."""

import shutil
import subprocess
import sys
from datetime import UTC
from pathlib import Path

from .. import assignment
from ..course import FILE, course_file, read_course
from ..gradebook import CONFIG, connect
from ..stages import environment


def make_anew(root: Path, scratch: Path) -> str:
    """Make release/ and a gradebook from source/ in this folder, away from the course's own; the gradebook's url."""
    shutil.copytree(root / "source", scratch / "source", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / CONFIG, scratch)
    shutil.copy(course_file(root), scratch / FILE)
    if (root / "theory").is_dir():  # the release knows the sheets that are handed out beside it
        (scratch / "theory").symlink_to((root / "theory").resolve())
    url = f"sqlite:///{scratch / 'gradebook.db'}"  # wherever the class's own gradebook is
    generate(scratch, url)
    return url


def generate(root: Path, url: str) -> None:
    """Run `nbgrader generate_assignment` in the course folder, into the gradebook at this url; marks in it are kept."""
    due = read_course(root).deadline.astimezone(UTC).replace(tzinfo=None)
    with connect(url) as gradebook:
        gradebook.update_or_create_assignment(assignment.NAME, duedate=due)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment.NAME, "--force", f"--db={url}"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"nbgrader generate_assignment failed in {root}:\n{done.stdout}{done.stderr}")
