"""Are the packages there, can they be imported, and are their versions those that the homework was tried with?"""

import importlib
import os
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from .folder import HOME

REQUIREMENTS = os.path.join(HOME, "requirements.txt")
_PRACTICAL = ("numpy", "torch", "matplotlib", "tqdm")
NEEDED = {
    "fully_connected_networks": _PRACTICAL,
    "forward_forward_supervised": (*_PRACTICAL, "torchvision"),
    "forward_forward_unsupervised": (*_PRACTICAL, "torchvision"),
    "theory": (),
}
WANTED = {"theory": ("pillow", "pypdfium2", "nbclient", "nbformat", "ipykernel", *_PRACTICAL, "torchvision")}
_IMPORTED_AS = {"pillow": "PIL"}


def look(notebook):
    """What is missing or broken, and what is of another version or only wanted for a look before packing."""
    to_mend, to_note, there = [], [], []
    missing = [name for name in NEEDED[notebook] if not is_there(name)]
    if missing:
        to_mend.append(f"{_are_missing(missing)} in the Python of this notebook. {_install(missing)}")
    unwatched = [name for name in WANTED.get(notebook, ()) if not is_there(name)]
    if unwatched:
        to_note.append(
            f"{_are_missing(unwatched)}, so not everything is looked at before packing. {_install(unwatched)}"
        )
    for name in NEEDED[notebook]:
        if name not in missing:
            there.append(name)
            to_mend += _torchvision() if name == "torchvision" else _imports(name)
    return to_mend, to_note + _versions(there)


def is_there(name):
    """True when a package could be imported, as far as one can see without importing it."""
    return find_spec(_IMPORTED_AS.get(name, name)) is not None


def _are_missing(names):
    said = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{said} {'is' if len(names) == 1 else 'are'} missing"


def _install(names):
    """The command for the very Python that runs this notebook; a terminal's own may be another one."""
    what = "-r requirements.txt" if os.path.exists(REQUIREMENTS) else " ".join(f'"{name}"' for name in names)
    return f'In a terminal, in this folder, run:  "{sys.executable}" -m pip install {what}'


def _imports(name):
    """A package that is there may be broken, or not go with a neighbour."""
    try:
        importlib.import_module(name)
    except Exception as error:
        again = f'"{sys.executable}" -m pip install --force-reinstall "{name}"'
        return [f"{name} is there, but cannot be imported ({first_line(error)}). In a terminal, run:  {again}"]
    return []


def _torchvision():
    """Each torchvision goes with one torch."""
    if not is_there("torch"):
        return []
    try:
        from ..torchvision_operators import ensure_torchvision

        ensure_torchvision()
    except Exception as error:
        pair = f'"{sys.executable}" -m pip install "{matching(version("torch"))}"'
        return [f"torchvision does not go with the torch beside it ({first_line(error)}). In a terminal, run:  {pair}"]
    return []


def matching(torch):
    """What to ask pip for beside this version of torch: torch 2.4 came out with torchvision 0.19, and so on."""
    major, minor = _numbers(torch)[:2]
    return f"torchvision==0.{minor + 15}.*" if major == 2 else "torchvision"


def _versions(names):
    """Packages that are older or newer than those that the homework was tried with."""
    if not os.path.exists(REQUIREMENTS):
        return []
    with open(REQUIREMENTS, encoding="utf-8") as file:
        asked = dict(re.findall(r"^([\w-]+)([<>=.,\d]+)", file.read(), re.MULTILINE))
    lines = []
    for name in names:
        try:
            found = version(name)
        except PackageNotFoundError:
            continue
        if name in asked and not _within(found, asked[name]):
            lines.append(
                f"{name} {found} is not what the homework was tried with, {name}{asked[name]}. {_install([name])}"
            )
    return lines


def _within(found, bounds):
    """True when a version is at least the one after >= and below the one after <."""
    least, most = (re.search(sign + r"([\d.]+)", bounds) for sign in (">=", "<"))
    return not (least and _numbers(found) < _numbers(least[1])) and not (most and _numbers(found) >= _numbers(most[1]))


def _numbers(text):
    return [int(number) for number in re.match(r"[\d.]*", text)[0].split(".") if number]


def first_line(error):
    """The first line of what an error says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
