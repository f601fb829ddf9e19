"""What a student does: unpack the hand-out, run it to the first part that is still to be written, hand in."""

import os
import zipfile

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from autograder import assignment
from autograder.release.pack import pack


@pytest.fixture(scope="module")
def hand_out(root, tmp_path_factory):
    """The hand-out as a student has it, unpacked, away from the checkout."""
    folder = tmp_path_factory.mktemp("student")
    for name in ("release", "data"):
        (folder / name).symlink_to(root / name)
    with zipfile.ZipFile(pack(folder)) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked" / "HW2"


@pytest.mark.parametrize("name", assignment.PRACTICALS)
def test_a_notebook_runs_to_its_first_stub_and_says_kindly_what_to_do(hand_out, name):
    notebook = assignment.read(hand_out / f"{name}.ipynb")
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(hand_out)}})
    environment = {key: value for key, value in os.environ.items() if key not in ("HW2_DATA", "PYTHONPATH")}
    with pytest.raises(CellExecutionError) as caught:
        client.execute(env=environment)
    assert caught.value.ename == "NotImplementedError"
    assert caught.value.evalue == "this part is still to be written: replace this line with your code"


def test_the_digits_are_found_beside_the_notebooks(hand_out):
    assert (hand_out / "data" / "mnist" / "train-images-idx3-ubyte.gz").exists()
