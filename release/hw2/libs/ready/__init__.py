"""Is everything there that the notebooks need? Says in a sentence each what is not, and what to do.

This runs before anything else and on any machine, so it is written for old Pythons, too, and what it looks with is
imported once the Python is known to be new enough. Nothing of it needs more than the standard library to speak.
"""

import importlib
import sys

from ..budget import small_budget, under_autograding

FIRST, LAST = (3, 10), (3, 13)  # the Pythons that the homework was tried with
MEND, NOTE, READY = "TO MEND: ", "NOTE: ", "READY: "


def ready(notebook):
    """Look at Python, packages, digits and folder, and say how long the notebook will take here."""
    if under_autograding():
        return
    to_mend, to_note = python_of(sys.version_info[:2])
    if not to_mend:
        for look in ("folder", "packages", "digits", "grader"):
            found = _safely(look, notebook)
            to_mend, to_note = to_mend + found[0], to_note + found[1]
    for mark, lines in ((MEND, to_mend), (NOTE, to_note)):
        for line in lines:
            print(mark + line, flush=True)
    if to_mend:
        print("Do this first: then restart the kernel and run this cell again.")
    elif not small_budget():
        found = _safely("machine", notebook)
        print("\n".join([READY + line for line in found[0]] + [NOTE + line for line in found[1]]))


def python_of(version):
    """The Python that runs this notebook, as (what to mend, what to note)."""
    this, first, last = (f"{major}.{minor}" for major, minor in (version, FIRST, LAST))
    if version < FIRST:
        return [
            f"this notebook runs with Python {this}, and the homework needs {first} to {last}. Install one of these "
            "from www.python.org, make the environment with it as README.md says, and open the notebook from there."
        ], []
    if version > LAST:
        return [], [
            f"this notebook runs with Python {this}, and the homework was tried with {first} to {last} only. If a "
            "package cannot be installed, or something fails for no reason, take one of these."
        ]
    return [], []


def _safely(look, notebook):
    """What a look finds; one that fails itself stops nobody."""
    try:
        return importlib.import_module("." + look, __name__).look(notebook)
    except Exception as error:
        return [], [f"the {look} could not be looked at ({type(error).__name__}: {error}). Go on all the same."]
