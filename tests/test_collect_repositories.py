"""Practical files from a repository that the upload links to: a real git server, and what can go wrong with one."""

import hashlib
import json
import logging
import os
import subprocess
import threading

import pytest

from autograder.collect import git
from autograder.collect.collecting import Course, collect
from sample_class.course import ROOT, make_course
from sample_class.uploads.git_server import commit, git_in, git_server
from sample_class.uploads.kit import Kit

KIT = Kit(ROOT)
SARA = ("403100001", "Sara Ahmadi")
UPLOAD = "HW2-Sara Ahmadi-403100001.zip"
SUBMITTED_AT = "2023-11-12T20:15:00+03:30"
FILES = KIT.files(*SARA)
PRACTICALS = [name for name in FILES if not name.startswith("theory")]


@pytest.fixture()
def server(tmp_path):
    """A folder of repositories, served; (folder, address)."""
    folder = tmp_path / "served"
    folder.mkdir()
    with git_server(folder) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{serving.server_address[1]}/"
        serving.shutdown()


def upload(tmp_path, files, folder="course"):
    """A course with one upload."""
    course = make_course(tmp_path / folder, [])
    (course / "downloaded/hw2/archive" / UPLOAD).write_bytes(KIT.zip(files))
    (course / "downloaded/hw2/times.csv").write_text(f"file,time\n{UPLOAD},{SUBMITTED_AT}\n")
    (course / "roster.csv").write_text("number,name\n403100001,Sara Ahmadi\n")
    return course


def collected(course, address):
    """The decision about the upload."""
    archive = course / "downloaded/hw2/archive"
    return collect(Course(course, archive, address, logging.getLogger("test")))[0]


def submitted(course, name):
    return (course / "submitted" / SARA[0] / "hw2" / name).read_text(encoding="utf-8")


def begun_in(course):
    return {name for name in FILES if f"begun by {SARA[0]}" in submitted(course, name)}


ONLY_LINK = {"theory.ipynb": FILES["theory.ipynb"], "link.txt": b"https://github.com/sara/hw2"}


def test_what_the_zip_lacks_is_taken_from_the_repository_as_it_was_before_the_submission(server, tmp_path):
    folder, address = server
    done = commit(folder / "sara/hw2", {f"solutions/{name}": FILES[name] for name in PRACTICALS})
    later = {f"solutions/{name}": b"too late" for name in PRACTICALS}
    commit(folder / "sara/hw2", later, when="2023-11-12T20:15:01+03:30")
    course = upload(tmp_path, ONLY_LINK)
    decision = collected(course, address)
    assert begun_in(course) == set(FILES)
    assert all(f"commit {done[:12]}" in decision["found"][name] for name in PRACTICALS)
    (remark,) = decision["remarks"]
    assert f"taken from https://github.com/sara/hw2, commit {done[:12]} of 2023-11-10T10:00:00+00:00" in remark
    assert "what its author's machine said" in remark


def test_files_in_the_zip_win(server, tmp_path):
    folder, address = server
    commit(folder / "sara/hw2", {name: FILES[name].replace(b"begun by", b"pushed by") for name in PRACTICALS})
    files = {name: data for name, data in FILES.items() if name != PRACTICALS[0]}
    course = upload(tmp_path, {**files, "README.md": b"see <https://www.github.com/sara/hw2.git>."})
    collected(course, address)
    assert "pushed by" in submitted(course, PRACTICALS[0]) and begun_in(course) == set(files)


def test_a_link_that_is_not_needed_is_remarked_on_and_not_followed(server, tmp_path):
    course = upload(tmp_path, {**FILES, "link.url": b"[InternetShortcut]\r\nURL=https://github.com/sara/hw2/\r\n"})
    decision = collected(course, "http://127.0.0.1:9/")
    assert decision["remarks"] == [
        "https://github.com/sara/hw2: not looked at, for every practical file is in the upload"
    ]


def test_collecting_again_gives_the_same_when_the_repository_has_changed_or_is_gone(server, tmp_path):
    folder, address = server
    commit(folder / "sara/hw2", {name: FILES[name] for name in PRACTICALS})
    course = upload(tmp_path, ONLY_LINK)
    first = collected(course, address)
    stamp = {path: path.stat().st_mtime_ns for path in (course / "submitted" / SARA[0] / "hw2").rglob("*")}
    (folder / "sara").rename(folder / "gone")
    (course / "downloaded/hw2/collected.json").unlink()
    assert collected(course, address) == first
    assert {path: path.stat().st_mtime_ns for path in (course / "submitted" / SARA[0] / "hw2").rglob("*")} == stamp
    kept = list((course / "downloaded/hw2/repositories").glob("*.zip"))
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in kept] == [kept[0].stem]


def test_a_fetch_that_failed_is_tried_again(server, tmp_path):
    folder, address = server
    course = upload(tmp_path, ONLY_LINK)
    decision = collected(course, address)
    assert any("https://github.com/sara/hw2 is not there, or is not public" in r for r in decision["remarks"])
    assert not decision["problem"] and begun_in(course) == {"theory.ipynb"}
    commit(folder / "sara/hw2", {name: FILES[name] for name in PRACTICALS})
    collected(course, address)
    assert begun_in(course) == set(FILES)


@pytest.mark.parametrize(
    "link, branch",
    [
        ("https://github.com/sara/hw2/tree/feature/hw2", "feature/hw2"),
        ("https://github.com/sara/hw2/tree/feature/hw2/solutions", "feature/hw2"),
        ("https://github.com/sara/hw2/blob/feature/hw2/fully_connected_networks.py", "feature/hw2"),
        ("git@github.com:sara/hw2.git", "main"),
        ("http://github.com/sara/hw2", "main"),
        ("https://github.com/sara/hw2/tree/no-such-branch", "main"),
    ],
)
def test_the_branch_of_the_link_counts_and_else_the_one_the_repository_shows(server, tmp_path, link, branch):
    folder, address = server
    commit(folder / "sara/hw2", {name: FILES[name].replace(b"begun", b"main") for name in PRACTICALS})
    git_in(folder / "sara/hw2", "checkout", "-q", "-b", "feature/hw2")
    commit(folder / "sara/hw2", {name: FILES[name].replace(b"begun", b"feature/hw2") for name in PRACTICALS})
    git_in(folder / "sara/hw2", "checkout", "-q", "main")
    course = upload(tmp_path, {**ONLY_LINK, "link.txt": link.encode()})
    collected(course, address)
    assert f"{branch} by" in submitted(course, "fully_connected_networks.py")


def test_a_link_to_a_commit_counts(server, tmp_path):
    folder, address = server
    first = commit(folder / "sara/hw2", {name: FILES[name] for name in PRACTICALS})
    commit(folder / "sara/hw2", dict.fromkeys(PRACTICALS, b""), when="2023-11-11T10:00:00+00:00")
    course = upload(tmp_path, {**ONLY_LINK, "link.txt": f"https://github.com/sara/hw2/tree/{first}".encode()})
    collected(course, address)
    assert begun_in(course) == set(FILES)


def test_a_link_in_a_notebook_is_found(server, tmp_path):
    folder, address = server
    commit(folder / "sara/hw2", {name: FILES[name] for name in PRACTICALS})

    def sources(notebook):
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"]).replace("SOURCES = []", 'SOURCES = ["github.com/sara/hw2"]')

    course = upload(tmp_path, {"theory.ipynb": KIT.changed(FILES["theory.ipynb"], sources)})
    collected(course, address)
    assert begun_in(course) == set(FILES)


def test_a_repository_without_commits_is_remarked_on(server, tmp_path):
    folder, address = server
    (folder / "sara/hw2").mkdir(parents=True)
    git_in(folder / "sara/hw2", "init", "-q")
    assert any("holds no commit;" in remark for remark in collected(upload(tmp_path, ONLY_LINK), address)["remarks"])


def test_a_repository_that_began_after_the_submission_is_remarked_on(server, tmp_path):
    folder, address = server
    commit(folder / "sara/hw2", {name: FILES[name] for name in PRACTICALS}, when="2023-11-14T10:00:00+03:30")
    remarks = collected(upload(tmp_path, ONLY_LINK), address)["remarks"]
    assert any("holds no commit before the time of submission" in remark for remark in remarks)


def test_a_private_repository_asks_nobody_for_a_password(server, tmp_path):
    _, address = server
    course = upload(tmp_path, {**ONLY_LINK, "link.txt": b"https://github.com/private/hw2"})
    remarks = collected(course, address)["remarks"]
    assert any("https://github.com/private/hw2 is not there, or is not public" in remark for remark in remarks)


def test_a_server_that_is_not_there_is_remarked_on(tmp_path):
    remarks = collected(upload(tmp_path, ONLY_LINK), "http://127.0.0.1:9/")["remarks"]
    assert any("cannot be reached from this machine" in remark for remark in remarks)


def test_links_submodules_and_lfs_pointers_are_not_files(server, tmp_path):
    folder, address = server
    repository = folder / "sara/hw2"
    commit(
        repository,
        {PRACTICALS[0]: FILES[PRACTICALS[0]], PRACTICALS[2]: b"version https://git-lfs.github.com/spec/v1\n"},
    )
    (repository / PRACTICALS[1]).symlink_to("/etc/passwd")
    commit(folder / "sara/other", {"x": b"x"})
    git_in(repository, "submodule", "add", "-q", str(folder / "sara/other"), "sub.ipynb")
    commit(repository, {})
    course = upload(tmp_path, ONLY_LINK)
    decision = collected(course, address)
    assert set(decision["found"]) == {"theory.ipynb", PRACTICALS[0]}
    for piece in (
        f"'{PRACTICALS[1]}' is a link",
        "'sub.ipynb' is a submodule",
        f"'{PRACTICALS[2]}' is kept with git-lfs",
    ):
        assert any(piece in remark for remark in decision["remarks"]), (piece, decision["remarks"])
    assert "root:" not in submitted(course, PRACTICALS[1])


def test_a_repository_that_is_too_large_is_given_up(server, tmp_path, monkeypatch):
    folder, address = server
    commit(folder / "sara/hw2", {"film.bin": os.urandom(30 * 2**20)})
    monkeypatch.setattr(git, "MOST_BYTES", 2**20)
    remarks = collected(upload(tmp_path, ONLY_LINK), address)["remarks"]
    assert any("is larger than 1 MiB" in remark for remark in remarks)


def test_a_server_that_never_answers_is_given_up(tmp_path, monkeypatch):
    import socket

    monkeypatch.setattr(git, "SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        remarks = collected(upload(tmp_path, ONLY_LINK), f"http://127.0.0.1:{silent.getsockname()[1]}/")["remarks"]
    assert any("did not come within 2 s" in remark for remark in remarks)


def test_a_tree_that_unfolds_without_end_is_given_up(server, tmp_path):
    """Ten trees of ten entries each in twelve levels: a trillion files in a few kilobytes."""
    folder, address = server
    repository = folder / "sara/hw2"
    commit(repository, {"x": b"x"})
    blob = git_in(repository, "hash-object", "-w", "x")
    tree, kind = blob, "100644 blob"
    for _ in range(12):
        lines = "".join(f"{kind} {tree}\tf{number}.py\n" for number in range(10))
        made = subprocess.run(["git", "mktree"], cwd=repository, input=lines, capture_output=True, text=True)
        tree, kind = made.stdout.strip(), "040000 tree"
    bomb = git_in(repository, "commit-tree", tree, "-m", "bomb")
    git_in(repository, "update-ref", "refs/heads/main", bomb)
    remarks = collected(upload(tmp_path, ONLY_LINK), address)["remarks"]
    assert any("holds far more than 2000 files" in remark for remark in remarks)


def test_no_setting_hook_or_credential_of_the_instructor_is_used(server, tmp_path, monkeypatch):
    folder, address = server
    commit(folder / "sara/hw2", {name: FILES[name] for name in PRACTICALS})
    home, trace = tmp_path / "home", tmp_path / "trace"
    (home / "template/hooks").mkdir(parents=True)
    hook = home / "template/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {trace}\n")
    hook.chmod(0o755)
    helper = f"!touch {trace}"
    (home / ".gitconfig").write_text(
        f'[init]\n\ttemplateDir = {home}/template\n[credential]\n\thelper = "{helper}"\n[url "http://127.0.0.1:9/"]\n'
        f"\tinsteadOf = {address}\n"
    )
    for name, value in {"HOME": str(home), "GIT_ASKPASS": f"touch {trace}", "GIT_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    course = upload(tmp_path, {**ONLY_LINK, "b.txt": b"https://github.com/private/hw2"})
    collected(course, address)
    assert begun_in(course) == set(FILES) and not trace.exists()


def test_many_repositories_are_fetched_by_plain_nbgrader_from_where_the_configuration_says(server, tmp_path, nbgrader):
    folder, address = server
    course = make_course(tmp_path / "course", [])
    rows, times = ["number,name"], ["file,time"]
    for number in range(403500001, 403500011):
        files = KIT.files(str(number), "Sara")
        commit(folder / f"s{number}/hw2", {name: files[name] for name in PRACTICALS})
        data = KIT.zip({"a.md": f"[link](https://github.com/s{number}/hw2)".encode(), "p.pdf": b"%PDF-1.4"})
        (course / "downloaded/hw2/archive" / f"HW2-Sara-{number}.zip").write_bytes(data)
        rows.append(f"{number},Sara")
        times.append(f"HW2-Sara-{number}.zip,{SUBMITTED_AT}")
    (course / "roster.csv").write_text("\n".join(rows))
    (course / "downloaded/hw2/times.csv").write_text("\n".join(times))
    nbgrader(course, "zip_collect", "hw2", f"--HomeworkExtractor.github={address}")
    for number in range(403500001, 403500011):
        for name in PRACTICALS:
            assert f"begun by {number}" in (course / "submitted" / str(number) / "hw2" / name).read_text()
    assert len(json.loads((course / "downloaded/hw2/decisions.json").read_text())) == 10
