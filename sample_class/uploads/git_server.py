"""A git server on this machine, and the commits of the students whose repositories it serves."""

import os
import subprocess
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FIRST = "2023-11-10T10:00:00+00:00"


class GitServer(BaseHTTPRequestHandler):
    """git http-backend, as a web server runs it."""

    def __init__(self, root: Path, *args: object):
        self.root = root
        super().__init__(*args)

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _serve(self, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        if path.startswith("/private/"):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="private"')
            self.end_headers()
            return
        environment = {
            **{"PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(self.root), "GIT_HTTP_EXPORT_ALL": "1"},
            **{"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command},
            **{"CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body))},
            **{"GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "REMOTE_USER": "", "REMOTE_ADDR": "127.0.0.1"},
            **{"HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""), "HOME": str(self.root)},
            **{"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"},
        }
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Tests need no log of requests."""


def git_server(folder: Path) -> ThreadingHTTPServer:
    """A server of the repositories below a folder, on a free port."""
    return ThreadingHTTPServer(("127.0.0.1", 0), partial(GitServer, folder))


def git_in(folder: Path, *words: str, when: str = FIRST) -> str:
    """Run git as a student does."""
    who = {f"GIT_{role}_{part}": "student" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *words],
        **{"cwd": folder, "env": {**os.environ, **who, **dates}, "capture_output": True, "text": True},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, files: dict[str, bytes], when: str = FIRST, branch: str = "main") -> str:
    """A commit with these files in a repository that is served; returns its hash."""
    if not folder.exists():
        folder.mkdir(parents=True)
        git_in(folder, "init", "-q", "-b", branch)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    git_in(folder, "add", "-A")
    git_in(folder, "commit", "-q", "--allow-empty", "-m", "work", when=when)
    return git_in(folder, "rev-parse", "HEAD")
