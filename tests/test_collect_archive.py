"""Reading an upload: what is no zip, or too much of one, is said; nothing is unpacked under a name it chose."""

import struct
import zipfile

import pytest

from autograder.collect import contents
from autograder.collect.archive import BadArchive, read_upload


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
