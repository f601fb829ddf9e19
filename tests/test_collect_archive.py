"""Reading an upload: what is no zip, or too much of one, is said; nothing is unpacked under a name it chose."""

import json
import struct
import zipfile

import pytest

from autograder.answers.written import read_cells
from autograder.collect import contents
from autograder.collect.archive import BadArchive, read_upload
from autograder.collect.modern import modern


def zip_of(path, files, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return path


def test_files_are_found_in_a_folder_and_litter_is_left_out(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"HW2/a.py": "1", "__MACOSX/._a.py": "x", "HW2/.ipynb_checkpoints/a.py": "x"})
    assert [(str(member.path), member.data) for member in read_upload(path, path.name).members] == [("HW2/a.py", b"1")]


@pytest.mark.parametrize(
    "data, what", [(b"Rar!\x1a\x07\x01\x00", "rar archive"), (b"7z\xbc\xaf\x27\x1c", "7z archive"), (b"", "empty")]
)
def test_what_is_no_zip_is_named_for_what_it_is(tmp_path, data, what):
    path = tmp_path / "HW2-x-1.zip"
    path.write_bytes(data)
    with pytest.raises(BadArchive, match=what):
        read_upload(path, path.name)


def test_a_zip_that_was_cut_off_is_refused(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"a.py": "print(1)\n" * 1000})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(BadArchive, match="ask the student"):
        read_upload(path, path.name)


def test_a_bad_checksum_is_refused(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"a.py": "print(1)\n" * 1000})
    data = bytearray(path.read_bytes())
    data[40:48] = bytes(8)
    path.write_bytes(bytes(data))
    with pytest.raises(BadArchive):
        read_upload(path, path.name)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "MOST_BYTES", 2**20)
    path = zip_of(tmp_path / "a.zip", {"zeros": bytes(2**21)})
    with pytest.raises(BadArchive, match="more than 1 MiB"):
        read_upload(path, path.name)


def test_a_size_that_lies_does_not_help_a_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "LARGEST_FILE", 2**20)
    path = zip_of(tmp_path / "a.zip", {"zeros": bytes(2**21)})
    data = path.read_bytes().replace(struct.pack("<I", 2**21), struct.pack("<I", 2**19))
    path.write_bytes(data)
    with pytest.raises(BadArchive):
        read_upload(path, path.name)


def test_an_encrypted_zip_is_refused_with_what_to_ask_for(tmp_path):
    path = zip_of(tmp_path / "a.zip", {"a.py": "1"})
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag of encryption, in the local header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(BadArchive, match="plain zip"):
        read_upload(path, path.name)


def notebook(megabytes, where="outputs", text="x"):
    """A notebook whose one cell has so many megabytes in its outputs, or in its source."""
    long = text * (megabytes * 2**20 // len(text.encode()))
    output = {"output_type": "stream", "name": "stdout", "text": long if where == "outputs" else "x"}
    cell = {"cell_type": "code", "source": long if where == "source" else "x = 1", "metadata": {}, "outputs": [output]}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def old_sheet(notebook):
    """Its cells as nbformat 3 has them."""
    cells = [{**cell, "input": cell["source"], "language": "python"} for cell in notebook["cells"]]
    return {"cells": cells, "metadata": {}}


OLD = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0}


@pytest.mark.parametrize(
    "made",
    [
        lambda: json.dumps(notebook(58)).encode(),
        lambda: json.dumps(notebook(58, text="سلام 🙂"), ensure_ascii=False).encode(),
        lambda: json.dumps(notebook(29), ensure_ascii=False).encode("utf-16"),
        lambda: b"\xef\xbb\xbf" + json.dumps(notebook(58)).encode(),
        lambda: json.dumps(OLD | {"worksheets": [old_sheet(notebook(58))]}).encode(),
    ],
    ids=["as it is", "in Persian", "UTF-16", "with a byte order mark", "nbformat 3"],
)
def test_a_notebook_of_58_MB_is_read_without_its_outputs_and_that_is_said(tmp_path, made):
    data = made()
    found = read_upload(zip_of(tmp_path / "a.zip", {"HW2/a.ipynb": data}), "a.zip")
    light = found.members[0].data
    assert [cell.source for cell in read_cells(modern(light))] == ["x = 1"]
    said = f"has {(len(data) - len(light)) >> 20} MiB of outputs, which grading does not need: kept without them"
    assert len(light) < 2000 and len(data) > 57 * 2**20 and found.remarks() == [f"'HW2/a.ipynb' {said}"]


def test_four_large_notebooks_leave_room_for_the_pages(tmp_path):
    large = json.dumps(notebook(58)).encode()
    files = {f"{name}.ipynb": large for name in "abcd"} | {"answers.pdf": bytes(45 * 2**20)}
    found = read_upload(zip_of(tmp_path / "a.zip", files), "a.zip")
    assert len(found.members) == 5 and len(found.members[-1].data) == 45 * 2**20 and not found.left_out


@pytest.mark.parametrize(
    "data, why",
    [
        (lambda: json.dumps(notebook(51, "source")).encode(), "is larger than 50 MiB even without its outputs: left"),
        (
            lambda: json.dumps(notebook(51)).encode()[:-2],
            "is larger than 50 MiB, and no notebook that can be read: left",
        ),
        (lambda: json.dumps(notebook(151)).encode(), "is larger than 150 MiB, outputs included: left out; clear its"),
    ],
    ids=["of code", "cut off", "too large to look at"],
)
def test_a_notebook_that_is_too_large_all_the_same_is_left_out_with_the_reason(tmp_path, data, why):
    found = read_upload(zip_of(tmp_path / "a.zip", {"a.ipynb": data(), "a.py": "1"}), "a.zip")
    assert [str(member.path) for member in found.members] == ["a.py"]
    assert found.remarks()[0].startswith(f"not read: 'a.ipynb' {why}")


def test_notebooks_that_are_nothing_but_outputs_do_not_fill_the_time(tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "MOST_UNPACKED", 60 * 2**20)
    large = json.dumps(notebook(20)).encode()
    found = read_upload(zip_of(tmp_path / "a.zip", {f"{n}.ipynb": large for n in range(5)}), "a.zip")
    assert len(found.members) == 2 and found.remarks()[0].startswith("not read: '2.ipynb', '3.ipynb', '4.ipynb': each")


def test_a_small_notebook_keeps_its_outputs(tmp_path):
    data = json.dumps(notebook(5)).encode()
    found = read_upload(zip_of(tmp_path / "a.zip", {"a.ipynb": data}), "a.zip")
    assert found.members[0].data == data and not found.remarks()
