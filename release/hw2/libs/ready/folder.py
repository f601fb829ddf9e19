"""Does the notebook run in the folder of the homework, with everything beside it, and can it be written to?"""

import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

HOME = str(Path(__file__).resolve().parents[2])  # the folder that holds `libs`
MODULE = "fully_connected_networks"


def look(notebook):
    """What is to mend in the folder, and what to note."""
    here = os.path.realpath(os.getcwd())
    if not os.path.samefile(here, HOME):
        return [
            f"this notebook runs in the folder {here}, but finds `libs` in {HOME}, which is another copy of the "
            "homework. Work in one folder, with all files of the zip in it, and open the notebook there."
        ], []
    return _module() + _writable(HOME), _name(notebook) + _colab()


def _module():
    """The .py that is imported must be the one beside the notebook."""
    found = find_spec(MODULE)
    if found is None or not found.origin:
        return [f"{MODULE}.py is not beside this notebook. Put it back: it is in the zip of the homework."]
    place = os.path.dirname(os.path.realpath(found.origin))
    if not os.path.samefile(place, HOME):
        return [
            f"{MODULE}.py would be taken from {place}, not from {HOME}, where this notebook is. Remove the one that "
            "you do not work on."
        ]
    return []


def _writable(folder):
    """Notebooks, digits and the zip are written there."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return []
    except OSError as error:
        return [
            f"nothing can be written into the folder {folder} ({error.strerror}). Copy the whole folder to a place of "
            "your own, and open the notebook there."
        ]


def _name(notebook):
    """Packing and grading know a notebook by its name."""
    if os.path.exists(os.path.join(HOME, f"{notebook}.ipynb")):
        return []
    return [
        f"there is no {notebook}.ipynb in the folder {HOME}. Save the notebook there under this name: it is packed and "
        "graded by its name."
    ]


def _colab():
    if "google.colab" not in sys.modules:
        return []
    return [
        f"on Colab the notebooks in {HOME} are those that count. If you opened this one elsewhere, close it, and open "
        "the one that lies there: what you write in another copy is not packed."
    ]
