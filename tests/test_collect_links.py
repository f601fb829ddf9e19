"""Links to a repository in whatever people write around them."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

import pytest

from autograder.collect.links import links_in, links_of

SARA = "https://github.com/sara-a/hw2"


@pytest.mark.parametrize(
    "text, url",
    [
        ("https://github.com/sara-a/hw2", SARA),
        ("http://www.github.com/sara-a/hw2/", SARA),
        ("لینک:https://github.com/sara-a/hw2.git.", SARA),
        ("([hw2](https://github.com/sara-a/hw2))", SARA),
        ("<https://github.com/sara-a/hw2>", SARA),
        ("GitHub.com/sara-a/hw2,", SARA),
        ("git@github.com:sara-a/hw2.git", SARA),
        ("ssh://git@github.com/sara-a/hw2.git", SARA),
        ("git clone https://sara:token@github.com/sara-a/hw2", SARA),
        ("https://github.com/sara-a/hw2?tab=readme-ov-file#results", SARA),
        ("https://github.com/sara-a/hw2/tree/main/hw2).", f"{SARA}/tree/main/hw2"),
        ("https://github.com/sara-a/hw2/blob/main/a%20b.ipynb", f"{SARA}/tree/main/a b.ipynb"),
        ("https://github.com/sara-a/hw2.py.git", "https://github.com/sara-a/hw2.py"),
    ],
)
def test_a_link_is_found_in_every_spelling(text, url):
    assert [link.url for link in links_in(text)] == [url]


@pytest.mark.parametrize(
    "text",
    [
        "https://evilgithub.com/sara/hw2",
        "https://gist.github.com/sara/hw2",
        "https://github.com.evil.org/sara/hw2",
        "https://github.com/sara",
        "https://github.com/topics/deep-learning",
        "https://github.com/../..",
        "https://github.com/-u/hw2 --upload-pack=x",
    ],
)
def test_what_is_no_repository_on_github_is_not_taken_for_one(text):
    assert links_in(text) == []


def test_a_link_is_found_once():
    assert len(links_in(f"{SARA} and {SARA}.git and {SARA}/")) == 1


def word():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/_rels/document.xml.rels", f'<Relationship Target="{SARA}" TargetMode="External"/>')
    return buffer.getvalue()


@pytest.mark.parametrize(
    "name, data",
    [
        ("a.url", f"[InternetShortcut]\r\nURL={SARA}\r\n".encode()),
        ("a.webloc", f"<plist><dict><key>URL</key><string>{SARA}</string></dict></plist>".encode()),
        ("a.html", f'<a href="{SARA}">hw2</a>'.encode()),
        ("a.txt", f"\ufeff{SARA}".encode("utf-16")),
        ("a.docx", word()),
        ("a.pdf", f"%PDF-1.4\n1 0 obj <</Type/Annot /A <</S/URI /URI ({SARA})>>>>".encode()),
        ("a.pdf", b"%PDF-1.5\nstream\r\n" + zlib.compress(f"<</URI ({SARA})>>".encode()) + b"\r\nendstream"),
    ],
)
def test_a_link_is_found_in_files_of_every_kind(name, data):
    assert [link.url for link in links_of(PurePosixPath(name), data)] == [SARA]


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt"])
def test_a_damaged_file_holds_no_link(name):
    assert links_of(PurePosixPath(name), b"PK\x03\x04 stream\r\nxxxx endstream \xff\xfe") == []
