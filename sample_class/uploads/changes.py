"""What people do to the files of an upload before they pack them: rename, copy, save by another program."""

import json
from collections.abc import Callable
from typing import Any

from autograder.answers.written import read_cells

from .kit import Files, Kit
from .upload import NETWORKS, SUPERVISED, THEORY, UNSUPERVISED

NAME = "Sara Ahmadi"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
Change = Callable[[Kit, Files], None]


def same(kit: Kit, files: Files) -> None:
    pass


def renamed(*names: str) -> Change:
    """Old and new name by turns."""

    def change(kit: Kit, files: Files) -> None:
        taken = [(new, files.pop(old)) for old, new in zip(names[::2], names[1::2], strict=True)]
        files.update(taken)

    return change


def without(name: str) -> Change:
    def change(kit: Kit, files: Files) -> None:
        del files[name]

    return change


def with_files(more: Files) -> Change:
    return lambda kit, files: files.update(more)


def colab(kit: Kit, files: Files) -> None:
    """Saved by Colab under its own name: its metadata, no cell ids, nbgrader's metadata lost."""

    def change(notebook: Any) -> None:
        notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
        for number, cell in enumerate(notebook["cells"]):
            cell.pop("id", None)
            cell["metadata"] = {"id": f"colab{number}", "colab": {"base_uri": "https://localhost:8080/"}}

    files[f"Copy of {SUPERVISED}"] = kit.changed(files.pop(SUPERVISED), change)


def colab_with_ids(kit: Kit, files: Files) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"] = {"colab": {"provenance": [], "toc_visible": True}}
        for cell in notebook["cells"]:
            cell.pop("id", None)

    for name in (NETWORKS, SUPERVISED, UNSUPERVISED, THEORY):
        files[f"Copy of {name}"] = kit.changed(files.pop(name), change)


def hand_out_beside(kit: Kit, files: Files) -> None:
    """The hand-out lies at the top, the work one folder below."""
    for name in list(files):
        files[f"my answers/{name}"] = files.pop(name)
    files.update(kit.files("", "", written=False))


def two_copies(kit: Kit, files: Files) -> None:
    files["old/" + SUPERVISED] = files[SUPERVISED].replace(b"# begun by", b"# first try of")


def twice(kit: Kit, files: Files) -> None:
    files[f"again/{THEORY}"] = files[THEORY]


def pictures_only(kit: Kit, files: Files) -> None:
    files.clear()
    files["p1.jpg"] = PICTURE


def older_version(kit: Kit, files: Files) -> None:
    files[".ipynb_checkpoints/fully_connected_networks-checkpoint.ipynb"] = files[NETWORKS].replace(b"begun", b"tried")


def environment(kit: Kit, files: Files) -> None:
    """Thousands of files that no one meant to send."""
    files.update({f"venv/lib/module_{number}.py": b"x = 1\n" for number in range(3000)})
    files.update({f".git/objects/{number:04x}": b"x" for number in range(500)})


def cut_off(kit: Kit, files: Files) -> None:
    files[SUPERVISED] = files[SUPERVISED][:5000]


def with_mark(kit: Kit, files: Files) -> None:
    files[NETWORKS] = b"\xef\xbb\xbf" + files[NETWORKS]


def old_format(kit: Kit, files: Files) -> None:
    """nbformat 3 has its cells in worksheets."""
    notebook = json.loads(files[THEORY])
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(input="".join(cell.pop("source")), language="python", prompt_number=None)
    sheet = {"cells": notebook["cells"], "metadata": {}}
    old = {"worksheets": [sheet], "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0}
    files[THEORY] = json.dumps(old).encode()
    assert read_cells(files[THEORY])
