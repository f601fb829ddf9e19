"""A second blind round for the collecting step: shapes of uploads, written from collecting.md alone. Nothing here was run
against the collector.

How to use: for each shape of SHAPES make an empty course root, call shape.lay(root), collect hw2, compare with
shape.expected. Deadline as in the hand-out: 2023-11-13 23:59 Tehran (+03:30), 5 most late days.

Expected.students: number -> Student
  files   file -> "A": holds MARK_A. and no other MARK_; "" : there, without any MARK_ (as handed out);
          None: must not be there; "?": does not matter
  pages   sha256 of the page files in submitted/<number>/hw2/attachments/, in the order of names; None: not checked
  time    UTC, "YYYY-MM-DDTHH:MM"; None: not checked
  said    regular expressions (re.I) that must each occur in remarks/notes/problems about the student's uploads
  unsaid  regular expressions that must not
  none    True: there must be no submitted/<number>/hw2
Expected.waits: EXACTLY these uploads (paths below archive/) have a `problem`. None: not checked.
Expected.fates: upload -> entry -> a regular expression for its fate ("" as entry: the bare upload or the zip itself)
Expected.notes: regular expressions that must occur in the `notes` of decisions.json's last entry or in the
  `problem`/`guesses` of an upload (not merely as an upload's name)
Expected.refuse: (file, line): collect must raise ValueError naming both, and must change nothing (no submitted/).
Students of the roster that are not named must have no submission; of one with no `files` and `pages` None it does not
matter whether there is one. In every shape every entry of every upload must have exactly one fate in decisions.json (the
zip itself, where it cannot be listed), nothing may be written outside the root, and a second collect must change nothing.
Shape.then: further steps for some shapes: after the first collect call change(root), collect again, compare with that
  step's Expected. A step's `refuse` means: ValueError, and submitted/ stays byte for byte as it was.
Names in times.csv, waits and fates are paths below archive/, with folders. course.toml (deadline, 5 most late days) is
the runner's; extensions.csv is not covered, for its columns are not in collecting.md.
Shape.open: collecting.md leaves it (partly) open; `expected` is what I would find right, `note` says what is open.
"""
import functools
import hashlib
import io
import json
import os
import struct
import sys
import time as _time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).resolve().parent
SOLVED = HERE / "solved" / "HW2"
HANDOUT = HERE / "HW2.zip"
NAMES = {
    "N": "fully_connected_networks.ipynb", "S": "forward_forward_supervised.ipynb",
    "U": "forward_forward_unsupervised.ipynb", "M": "fully_connected_networks.py", "T": "theory.ipynb",
}
CELL = {"N": "answer_five_layers", "S": "report_supervised_answer", "U": "report_unsupervised_answer",
        "T": "theory_1a_answer"}
ROSTER = {
    "403100001": "سارا احمدی", "403100002": "Ali Rezaei", "403100003": "مریم کریمی", "403100004": "Reza Mohammadi",
    "403100005": "نگار حسینی", "403100006": "Amir Hossein Tavakoli", "403100007": "پریسا جعفری",
    "403100008": "Zahra Moradi",
}
LATIN = {"403100001": "Sara Ahmadi", "403100003": "Maryam Karimi", "403100005": "Negar Hosseini",
         "403100007": "Parisa Jafari"}
S1, S2, S3, S4, S5, S6, S7, S8 = ROSTER


@dataclass
class Student:
    files: dict
    pages: list | None = None
    time: str | None = None
    said: list = field(default_factory=list)
    unsaid: list = field(default_factory=list)
    none: bool = False


@dataclass
class Expected:
    students: dict
    waits: list | None = field(default_factory=list)
    fates: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    refuse: tuple | None = None


@dataclass
class Shape:
    name: str
    what: str
    lay: Callable[[Path], None]
    expected: Expected
    open: bool = False
    note: str = ""
    then: list = field(default_factory=list)  # (change(root), Expected) in turn: collect, change, collect, look again


SHAPES: list[Shape] = []


# ---------------------------------------------------------------------------------------------- making files

@functools.cache
def _given(key):
    with zipfile.ZipFile(HANDOUT) as z:
        return z.read("HW2/" + (NAMES.get(key) or key))


@functools.cache
def _solved(key):
    return (SOLVED / NAMES[key]).read_bytes()


def src(cell):
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def dump(nb):
    return (json.dumps(nb, ensure_ascii=False, indent=1) + "\n").encode()


def identify(nb, number, name):
    for cell in nb["cells"]:
        if cell.get("id") == "identity":
            s = src(cell)
            if number is not None:
                s = s.replace('STUDENT_NUMBER = ""', f"STUDENT_NUMBER = {number if isinstance(number, int) else json.dumps(number, ensure_ascii=False)}")
            if name is not None:
                s = s.replace('NAME = ""', f"NAME = {json.dumps(name, ensure_ascii=False)}")
            cell["source"] = s.splitlines(keepends=True)
    return nb


def book(key, mark, number=None, name=None, more=()):
    """A notebook with MARK_x. in an answer cell; mark "" : as handed out, but for the identity. more: further cell ids."""
    nb = identify(json.loads(_solved(key) if mark else _given(key)), number, name)
    for cell in nb["cells"]:
        if mark and cell.get("id") in (CELL[key], *more):
            cell["source"] = [f"My answer is this: it falls, then it is flat. MARK_{mark}.\n"]
    return nb


def module(mark):
    if not mark:
        return _given("M")
    text = _solved("M").decode()
    end = "        # END OF BLOCK linear_forward\n"
    assert end in text
    return text.replace(end, f"        # MARK_{mark}.\n{end}", 1).encode()


def files(keys, mark, number=None, name=None, prefix="HW2/"):
    return {prefix + NAMES[k]: module(mark) if k == "M" else dump(book(k, mark, number, name)) for k in keys}


def who(number):
    return {"number": number, "name": ROSTER[number]}


@functools.cache
def page(text, kind="PNG", size=(900, 1250)):
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for row in range(18):
        draw.text((70, 60 + 60 * row), f"{text} line {row}: dL/dw = (y - t) s'(z) x " * 2, fill=10, font_size=24)
    out = io.BytesIO()
    more = {"creationDate": _time.gmtime(0), "modDate": _time.gmtime(0)} if kind == "PDF" else {}
    image.save(out, kind, **more)
    return out.getvalue()


def sha(data):
    return hashlib.sha256(data).hexdigest()


def heic(text):
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + text.encode() * 500


def pack(entries, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, (2023, 11, 13, 20, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            z.writestr(info, data)
    return out.getvalue()


DOCX2 = pack({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document>other answers</w:document>",
              "_rels/.rels": b"<Relationships/>"})
RAR = b"Rar!\x1a\x07\x01\x00" + bytes(range(256)) * 40
DOCX = pack({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document>my answers</w:document>",
             "_rels/.rels": b"<Relationships/>"})


# ---------------------------------------------------------------------------------------------- laying a course

def T(day, hour=20, minute=0):
    return f"2023-11-{day:02}T{hour:02}:{minute:02}"


def utc(day, hour=20, minute=0):
    return (datetime(2023, 11, day, hour, minute) - timedelta(hours=3, minutes=30)).strftime("%Y-%m-%dT%H:%M")


def lay(uploads, times=None, roster=ROSTER, assigned=None, tables=None, mtimes=None):
    """uploads: path below archive -> bytes or a function; times: path -> text, or the csv's text."""
    def write(root):
        base = Path(root) / "downloaded" / "hw2"
        for path, data in uploads.items():
            target = base / "archive" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data() if callable(data) else data)
            if mtimes and path in mtimes:
                os.utime(target, (mtimes[path], mtimes[path]))
        if isinstance(times, dict):
            quote = lambda s: f'"{s}"' if "," in s else s
            text = "file,time\n" + "".join(f"{quote(f)},{t}\n" for f, t in times.items())
        else:
            text = times
        if text is not None:
            (base / "times.csv").write_text(text, encoding="utf-8")
        if roster is not None:
            text = roster if isinstance(roster, str) else "number,name\n" + "".join(f"{n},{m}\n" for n, m in roster.items())
            (Path(root) / "roster.csv").write_text(text, encoding="utf-8")
        if assigned is not None:
            (base / "assigned.csv").write_text(assigned, encoding="utf-8")
        for name, text in (tables or {}).items():
            (Path(root) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(root) / name).write_text(text, encoding="utf-8")
    return write


def E(spec="", pages=None, time=None, said=(), unsaid=(), none=False):
    """"NSU=A M=B T=0": 0 as handed out, - absent, ? any."""
    found = {}
    for part in spec.split():
        keys, value = part.split("=")
        for key in keys:
            found[NAMES[key]] = {"0": "", "-": None}.get(value, value)
    return Student(found, None if pages is None else [sha(p) for p in pages], time, list(said), list(unsaid), none)


NONE = E(none=True)


def shape(name, what, laid, students, waits=(), fates=None, notes=(), refuse=None, open=False, note="", then=()):
    SHAPES.append(Shape(name, what, laid, X(students, waits, fates, notes, refuse), open, note, list(then)))


def X(students, waits=(), fates=None, notes=(), refuse=None):
    return Expected(students, None if waits is None else list(waits), fates or {}, list(notes), refuse)


def full(mark, number, pages=None, keys="NSUMT", name=None, prefix="HW2/"):
    f = files(keys, mark, number, name or ROSTER[number], prefix)
    f.update({prefix + k: v for k, v in (pages or {}).items()})
    return pack(f)


ALL = "NSUMT=A"
P = [page(f"page {i}") for i in range(14)]


# ---------------------------------------------------------------------------------------------- this round's helpers

SPOILT = {"one_entry_has_a_password", "every_entry_has_a_password", "deflate64_and_a_bad_checksum",
          "persian_page_names_without_the_utf8_flag", "zip_with_a_tail_from_a_chat_program", "zip_in_two_volumes"}
MIB = 1 << 20


def cell(nb, ident):
    return next(c for c in nb["cells"] if c.get("id") == ident)


def at(nb, ident):
    return next(i for i, c in enumerate(nb["cells"]) if c.get("id") == ident)


def said_by(nb):
    return {c.get("id"): src(c) for c in nb["cells"]}


def markdown(text, **more):
    return {"cell_type": "markdown", "id": hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:8], "metadata": {},
            "source": text.splitlines(keepends=True), **more}


def code(text, **more):
    return {"cell_type": "code", "execution_count": None, "id": hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:8],
            "metadata": {}, "outputs": [], "source": text.splitlines(keepends=True), **more}


def bare(nb, minor=4):
    """As editors that know neither ids nor nbgrader leave it: nbformat 4.4, no ids, no metadata of cells."""
    for c in nb["cells"]:
        c.pop("id", None)
        c["metadata"] = {}
    nb["nbformat_minor"] = minor
    return nb


def mine(key, mark, number):
    return book(key, mark, number, ROSTER[number])


def sub(number, mark="A", over=None, keys="NSUMT", prefix="HW2/", name=None):
    """The zip of a student who wrote everything, with some entries replaced: key or path below the prefix -> bytes;
    None takes the entry away."""
    f = files(keys, mark, number, name or ROSTER[number], prefix)
    for k, v in (over or {}).items():
        path = prefix + NAMES.get(k, k)
        if v is None:
            f.pop(path, None)
        else:
            f[path] = v
    return pack(f)


def given(key, number=S1):
    return module("") if key == "M" else dump(mine(key, "", number))


def holds(name, what, over, number=S1, spec=ALL, open=False, note="", said=(), unsaid=(), extra=None):
    """What is in `over` is the student's written work, however odd; later the same files came as they were handed out.
    The written ones must stay, so the odd ones must have been read and known as written."""
    keys = [k for k in over if k in NAMES]
    first, second = f"HW2-{number}-final.zip", f"HW2-{number}-once more.zip"
    shape(name, what + " Two days later the same files come as they were handed out: the written ones count.",
          lay({first: sub(number, over={**over, **(extra or {})}),
               second: pack({"HW2/" + NAMES[k]: given(k, number) for k in keys})},
              {first: T(11, 18), second: T(13, 18)}),
          {number: E(spec, time=utc(11, 18), said=said, unsaid=unsaid)}, open=open, note=note)


def stays(name, what, later, number=S1, open=False, note="", said=(), waits=()):
    """Everything was written; what comes later (entries of a zip) holds nothing written and must replace nothing."""
    first, second = f"{number}_HW2.zip", f"{number}_HW2_v2.zip"
    shape(name, "A whole submission; then " + what,
          lay({first: sub(number), second: pack({"HW2/" + NAMES.get(k, k): v for k, v in later.items()})},
              {first: T(11, 9), second: T(13, 9)}),
          {number: E(ALL, time=utc(11, 9), said=said)}, waits=waits, open=open, note=note)


def patch(data, entry, set_flags=0, clear_flags=0, method=None):
    """The zip with other flags or another method in both headers of an entry, which is named by its bytes."""
    out = bytearray(data)
    raw = entry.encode() if isinstance(entry, str) else entry
    done = 0
    for magic, flags, way, size, start in ((b"PK\3\4", 6, 8, 26, 30), (b"PK\1\2", 8, 10, 28, 46)):
        i = out.find(magic)
        while i >= 0:
            n = struct.unpack_from("<H", out, i + size)[0]
            if bytes(out[i + start:i + start + n]) == raw:
                old = struct.unpack_from("<H", out, i + flags)[0]
                struct.pack_into("<H", out, i + flags, old & ~clear_flags | set_flags)
                if method is not None:
                    struct.pack_into("<H", out, i + way, method)
                done += 1
            i = out.find(magic, i + 1)
    assert done == 2, (entry, done)
    return bytes(out)


def spoil(data, entry):
    """Some bytes in the middle of what is packed are others now: the checksum does not fit."""
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        info = z.getinfo(entry)
        start = info.header_offset + 30 + len(entry.encode()) + info.compress_size // 2
    return data[:start] + bytes(b ^ 0x5A for b in data[start:start + 24]) + data[start + 24:]


class Pipe(io.RawIOBase):
    """What cannot seek, so that zipfile writes data descriptors behind the entries."""

    def __init__(self):
        self.got = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.got += data
        return len(data)


def pack_as_stream(entries, zip64):
    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, (2023, 11, 13, 20, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with z.open(info, "w", force_zip64=zip64) as f:
                f.write(data)
    return bytes(out.got)


def v3(nb):
    """The notebook in nbformat 3, as old editors (and "File, Download as, v3") write it."""
    cells = []
    for c in nb["cells"]:
        lines = src(c).splitlines(keepends=True)
        if c["cell_type"] == "code":
            cells.append({"cell_type": "code", "collapsed": False, "input": lines, "language": "python",
                          "metadata": c["metadata"], "outputs": [], "prompt_number": None})
        else:
            cells.append({"cell_type": c["cell_type"], "metadata": c["metadata"], "source": lines})
    return {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0,
            "worksheets": [{"cells": cells, "metadata": {}}]}


def percent(nb, colab=None):
    """The notebook as a .py: jupytext's percent format, or what Colab's "Download .py" gives."""
    out = [f'# -*- coding: utf-8 -*-\n"""{colab}\n\nAutomatically generated by Colaboratory.\n\nOriginal file is located at\n'
           '    https://colab.research.google.com/drive/1aBcD\n"""\n'] if colab else \
          ["# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       extension: .py\n#       format_name: percent\n# ---\n"]
    for c in nb["cells"]:
        text = src(c)
        if c["cell_type"] == "code":
            out.append(text if colab else "# %%\n" + text)
        elif colab:
            out.append('"""' + text.replace('"""', "'''") + '"""')
        else:
            out.append("# %% [markdown]\n" + "".join("# " + line for line in text.splitlines(keepends=True)))
    return ("\n\n".join(out) + "\n").encode()


def answered(key, ident, text, number, base=""):
    """A notebook as handed out but for one cell."""
    nb = mine(key, base, number)
    cell(nb, ident)["source"] = text.splitlines(keepends=True)
    return nb


def stamp(day, hour, minute=0):
    return datetime(2023, 11, day, hour, minute, tzinfo=timezone.utc).timestamp()


def write(root, path, data, mtime=None):
    target = Path(root) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    if mtime:
        os.utime(target, (mtime, mtime))


DOWN = "downloaded/hw2/"
MODULE_A = module("A").decode()


# ---------------------------------------------------------------------------------------------- 1. what is in the files

# -- cells that were split, merged, moved, doubled

def _():
    nb = mine("S", "", S1)
    nb["cells"].insert(at(nb, "report_supervised_answer") + 1, markdown("The loss falls, the accuracy is 97 %. MARK_A."))
    nb["cells"].insert(at(nb, "why_this_loss_answer") + 1, markdown("Because of the sign. MARK_A."))
    return nb
holds("answers_in_added_cells_below_the_placeholders",
      "The text answers of a notebook stand in cells that the student added; the answer cells keep their placeholder.",
      {"S": dump(_())}, open=True,
      note="'written in' speaks of answer cells; these are none. But it is the student's only work, and a copy as it was"
           " handed out must not replace it.")


def _():
    nb = mine("T", "A", S3)
    i, j = at(nb, "theory_1a_answer"), at(nb, "theory_1b_answer")
    text = "\n\n".join(src(c) for c in nb["cells"][i:j + 1])
    nb["cells"][i]["source"] = text.splitlines(keepends=True)
    del nb["cells"][i + 1:j + 1]
    return nb
holds("answer_question_and_next_answer_merged_into_one_cell",
      "1 (a), the question of 1 (b) and its answer were merged into one cell ('merge with cell below', twice).",
      {"T": dump(_())}, S3)


def _():
    nb = bare(mine("U", "A", S5))
    nb["cells"] = nb["cells"][:3] + nb["cells"][3:][::-1]
    return dump(nb)
shape("untitled_notebook_in_another_order_without_ids",
      "The unsupervised notebook is called Untitled3.ipynb, its cells are in the opposite order and have neither ids nor"
      " metadata.",
      lay({"HW2-Negar Hosseini-403100005.zip": sub(S5, over={"U": None, "Untitled3.ipynb": _()})},
          {"HW2-Negar Hosseini-403100005.zip": T(12)}),
      {S5: E(ALL, time=utc(12))},
      fates={"HW2-Negar Hosseini-403100005.zip": {"HW2/Untitled3.ipynb": "used as"}})


def _():
    f = {f"kaggle/kernel-{i}/__notebook__.ipynb": dump(bare(mine(k, "A", S2))) for i, k in enumerate("NSU")}
    f |= {f"kaggle/kernel-{i}/__results__.html": b"<!DOCTYPE html><html><body>output</body></html>" for i in range(3)}
    f |= {"kaggle/fully_connected_networks.py": module("A"), "kaggle/theory (4).ipynb": dump(mine("T", "A", S2))}
    return pack(f)
shape("kaggle_kernels_of_one_name",
      "Three notebooks come from Kaggle's output folders, all called __notebook__.ipynb, without ids, each beside its"
      " __results__.html.",
      lay({"403100002.zip": _()}, {"403100002.zip": T(13, 12)}), {S2: E(ALL, time=utc(13, 12))},
      fates={"403100002.zip": {"kaggle/kernel-0/__notebook__.ipynb": "used as",
                               "kaggle/kernel-1/__notebook__.ipynb": "used as",
                               "kaggle/kernel-2/__notebook__.ipynb": "used as"}})


def _():
    nb = mine("S", "", S4)
    for c in nb["cells"]:
        if c["cell_type"] == "code":
            c["execution_count"] = 7
            c["outputs"] = [{"output_type": "error", "ename": "NotImplementedError", "evalue": "this part",
                             "traceback": ["NotImplementedError"]}]
    return dump(bare(nb))
stays("handed_out_notebook_run_and_stripped_of_ids",
      "the supervised notebook as it was handed out, run from top to bottom (tracebacks in the outputs), its ids and"
      " metadata lost, the identity cell filled in.", {"S": _()}, S4)


def _():
    nb = mine("S", "A", S1)
    twin = json.loads(json.dumps(cell(nb, "report_supervised_answer")))
    twin["source"] = ["*Write your answer here.*"]
    nb["cells"].insert(at(nb, "report_supervised_answer"), twin)
    return dump(nb)
shape("answer_cell_twice_under_one_id_the_empty_one_first",
      "Copied and pasted in an editor that keeps ids: the later version has the report's cell twice, first as handed out,"
      " then written.",
      lay({"a 403100001.zip": sub(S1, "B"), "b 403100001.zip": pack({"HW2/" + NAMES["S"]: _()})},
          {"a 403100001.zip": T(11), "b 403100001.zip": T(12)}),
      {S1: E("NUMT=B S=A", time=utc(12))})


def _(key, ident, kind):
    nb = mine(key, "", S6)
    i = at(nb, ident)
    old = nb["cells"][i]
    new = {"cell_type": kind, "id": ident, "metadata": old["metadata"], "source": ["It falls, then it is flat. MARK_A.\n"]}
    if kind == "code":
        new |= {"execution_count": None, "outputs": []}
    nb["cells"][i] = new
    return dump(nb)
holds("text_answers_in_raw_and_code_cells",
      "The only answer of one notebook stands in its answer cell turned to 'raw', that of another in one turned to 'code'.",
      {"S": _("S", "report_supervised_answer", "raw"), "U": _("U", "report_unsupervised_answer", "code")}, S6)


def _():
    nb = answered("T", "theory_1a_answer", "![MARK_A.](attachment:image.png)", S7)
    import base64
    cell(nb, "theory_1a_answer")["attachments"] = {"image.png": {"image/png": base64.b64encode(P[0]).decode()}}
    return dump(nb)
holds("answer_is_a_pasted_picture", "The only answer in theory.ipynb is a picture pasted into its cell (an attachment).",
      {"T": _()}, S7)


def _():
    nb = mine("T", "", S8)
    for ident in ("theory_1a", "theory_4a"):
        cell(nb, ident)["source"] = (src(cell(nb, ident)) + "\n\n**پاسخ:** MARK_A.\n").splitlines(keepends=True)
    return dump(nb)
holds("answers_typed_under_the_question_in_its_own_cell",
      "The answers stand in the question's cells (VS Code does not lock them); the answer cells keep the placeholder.",
      {"T": _()}, S8, open=True,
      note="no answer cell is written in; still the copy as handed out should not win over the only answers there are.")


def _():
    nb = mine("T", "", S2)
    for c in nb["cells"]:
        if (c.get("id") or "").endswith("_answer"):
            c["source"] = []
    cell(nb, "theory_1b_answer")["source"] = "  \n\u00a0\n"
    cell(nb, "theory_2a_answer")["source"] = ["\u200b"]
    return dump(nb)
stays("placeholders_deleted_and_nothing_written",
      "theory.ipynb with all placeholders deleted: empty, blanks, a no-break space, a zero-width space.", {"T": _()}, S2,
      note="the zero-width and no-break spaces are my addition to 'holds something'")


def _():
    nb = mine("T", "", S5)
    for c in nb["cells"]:
        if (c.get("id") or "").endswith("_answer"):
            c["source"] = '<div dir="rtl">\n\n\n\n</div>\n'
    return dump(nb)
stays("only_the_frame_for_persian_in_every_answer",
      "theory.ipynb with the frame for right-to-left text from the README in every answer cell, and nothing in it.",
      {"T": _()}, S5, open=True, note="the frame is text that the hand-out does not hold there; but nobody wrote an answer.")


def _():
    nb = mine("S", "B", S1)
    del nb["cells"][at(nb, "why_this_loss_answer")]
    return dump(nb)
def _m():
    text, given_text = module("B").decode(), _given("M").decode()
    a, b = "# BLOCK relu_backward", "# END OF BLOCK relu_backward"
    cut = given_text[given_text.index(a):given_text.index(b)]
    return (text[:text.index(a)] + cut + text[text.index(b):]).encode()
shape("answer_cell_deleted_and_block_back_to_the_stub",
      "In the later versions an answer cell is gone, and one block of the module is as it was handed out.",
      lay({"403100001-1.zip": sub(S1), "403100001-2.zip": pack({"HW2/" + NAMES["S"]: _(), "HW2/" + NAMES["M"]: _m()})},
          {"403100001-1.zip": T(10), "403100001-2.zip": T(13)}),
      {S1: E("NUT=A SM=B", time=utc(13), said=["why_this_loss", "relu_backward"])},
      note="a deleted cell counts as an answer left empty, a block as an answer")


# -- formats

holds("nbformat_3", "A notebook in nbformat 3 (worksheets, 'input' instead of 'source', no ids).",
      {"S": dump(v3(mine("S", "A", S1)))}, open=True,
      note="not named in collecting.md. Every editor opens it; whether it stands there as 3 or 4 does not matter.")

shape("one_line_of_json_beside_an_indented_one",
      "At the same minute by mail and on Quera: the notebook in one line, non-ASCII as \\u...., sources as one"
      " string; and indented by 4, keys in the order of the alphabet.",
      lay({"mail/403100003.zip": pack(files("NUMT", "A", S3, ROSTER[S3]) | {"HW2/" + NAMES["S"]: json.dumps(
          (lambda nb: [c.__setitem__("source", src(c)) for c in nb["cells"]] and nb)(mine("S", "A", S3)),
          separators=(",", ":")).encode()}),
          "quera/403100003.zip": pack({"HW2/" + NAMES["S"]: json.dumps(mine("S", "A", S3), indent=4, sort_keys=True,
                                                                      ensure_ascii=False).encode()})},
          {"mail/403100003.zip": T(12, 21), "quera/403100003.zip": T(12, 21)}),
      {S3: E(ALL, time=utc(12, 21))})


def _():
    nb = mine("N", "A", S4)
    c = next(c for c in nb["cells"] if c["cell_type"] == "code" and c.get("id") != "identity")
    c["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {
        "application/vnd.plotly.v1+json": {"y": [1.0, float("nan"), float("inf"), -float("inf")]}}}]
    return dump(nb)
holds("nan_and_infinity_in_the_outputs", "Outputs of a plotting library hold NaN, Infinity and -Infinity, which JSON has not.",
      {"N": _()}, S4)


def _():
    nb = mine("U", "A", S6)
    nb["cells"].append(markdown("thanks \ud83d"))
    nb["cells"].append(code("print(1)", outputs=[{"output_type": "stream", "name": "stdout", "text": ["\udc80 \udcff\n"]}]))
    return (json.dumps(nb, indent=1) + "\n").encode()
holds("half_an_emoji", "A cell ends in half a surrogate pair, an output holds bytes that were no text (\\udc80), as escapes in JSON.",
      {"U": _()}, S6, note="valid JSON, but cannot be written as UTF-8 as it is")

stays("download_cut_off_in_the_middle", "a notebook cut off after 40,000 bytes, with other answers.",
      {"S": dump(mine("S", "B", S7))[:40000]}, S7, said=[r"forward_forward_supervised"])

holds("zero_bytes_after_the_end_of_a_notebook",
      "A notebook written after a crash or by a syncing program: whole JSON, then 512 zero bytes.",
      {"U": dump(mine("U", "A", S1)) + bytes(512)}, open=True,
      note="whether that is 'cannot be read' is open; all of the student's work is in front of the zeros. At least the remark"
           " must name the file.")

holds("bom_and_windows_line_ends", "A notebook and the module were saved by Notepad: UTF-8 with BOM, CRLF.",
      {"N": b"\xef\xbb\xbf" + dump(mine("N", "A", S3)).replace(b"\n", b"\r\n"),
       "M": b"\xef\xbb\xbf" + module("A").replace(b"\n", b"\r\n")}, S3)

holds("utf16_without_bom_and_utf32", "The module in UTF-16, big endian, without BOM; a notebook in UTF-32 with BOM.",
      {"M": MODULE_A.encode("utf-16-be"), "N": dump(mine("N", "A", S2)).decode().encode("utf-32")}, S2)


def _(cookie):
    text = MODULE_A.replace("        # MARK_A.\n", "        # ضرب ماتریسی، سپس بایاس\n        # MARK_A.\n")
    return ((f"# -*- coding: {cookie} -*-\n" if cookie else "") + text.replace("ی", "ي")).encode("cp1256")
holds("module_in_windows_1256", "Persian comments in the module, saved as Windows-1256 without saying so.",
      {"M": _(None)}, S5, open=True,
      note="Python itself cannot run it. It is written all the same: it must not be lost, and the remark should name it.")
holds("module_in_windows_1256_that_says_so", "The same with the line '# -*- coding: cp1256 -*-', which Python runs.",
      {"M": _("cp1256")}, S5, open=True, note="not named in collecting.md")

holds("old_mac_line_ends", "The module and the JSON of a notebook with CR line ends only.",
      {"M": module("A").replace(b"\n", b"\r"), "S": dump(mine("S", "A", S8)).replace(b"\n", b"\r")}, S8, open=True,
      note="Python and JSON read both")


def _():
    text = MODULE_A.replace("    ", "\t")
    return text.replace("# END OF BLOCK linear_forward\n", "# END OF BLOCK linear_forward   \n").encode()
holds("module_with_tabs", "The module's indentation turned to tabs; blanks behind a marker.", {"M": _()}, S1)


def _():
    text = MODULE_A.replace("# END OF BLOCK linear_forward\n", "# END OF BLOCK linear_forward\u200b\n")
    text = text.replace("# BLOCK linear_forward:", "#\u00a0BLOCK \u200elinear_forward:")
    return text.encode()
holds("invisible_signs_in_the_markers",
      "Code pasted from a chat: a zero-width space, a no-break space and a left-to-right mark in the lines of one block.",
      {"M": _()}, S3, open=True, note="the marker can no longer be told by its bytes; the other blocks can")


def _():
    text = _given("M").decode()
    text = text.replace("import torch\n", "import torch\nimport numpy as np\nimport torch.nn.functional as F\n", 1)
    text = text.replace("'", '"').replace("Outputs (N, M)", "Outputs  (N, M)")
    return b"\xef\xbb\xbf" + text.rstrip("\n").replace("\n", "  \r\n").encode() + b"\r\n# my own tests\r\nprint(np.pi)\r\n"
stays("handed_out_module_reformatted_outside_its_blocks",
      "the module with BOM, CRLF, blanks at the ends of all lines, other imports and a line of tests at the end, but with"
      " nothing in its blocks.", {"M": _()}, S6)

holds("module_without_any_marker_under_the_sheets_name",
      "The module is called fully-connected-networks.py, as the sheet has it, and all BLOCK lines were deleted.",
      {"M": None}, S4, extra={"fully-connected-networks.py": b"".join(
          line for line in module("A").splitlines(keepends=True) if b"BLOCK" not in line and b"YOUR CODE" not in line)},
      note="")


def _():
    nb = mine("S", "A", S7)
    for c in nb["cells"]:
        for k in ("outputs", "execution_count", "metadata"):
            c.pop(k, None)
        c["source"] = src(c)
    nb.pop("metadata")
    return dump(nb)
holds("cells_without_outputs_and_metadata",
      "A script cleaned the notebook too well: no outputs, execution_count or metadata in any cell, none in the notebook.",
      {"S": _()}, S7, open=True, note="nbformat calls it invalid; the cells are all there")


def _():
    nb = mine("T", "A", S2)
    nb["cells"].append(markdown("![scan](attachment:scan.png)", attachments={"scan.png": {"image/png": "iVBORw0K" * (12 * MIB // 8)}}))
    return dump(nb)
shape("twelve_mebibytes_of_pasted_pictures",
      "theory.ipynb has 12 MiB of pictures pasted into a cell (attachments, no outputs): above 10 MiB, below 50.",
      lay({"HW2-Ali Rezaei-403100002.zip": lambda: sub(S2, over={"T": _big_theory()})},
          {"HW2-Ali Rezaei-403100002.zip": T(13)}), {S2: E(ALL, time=utc(13))})
_big_theory = _

stays("shells_without_content",
      "a zip with a notebook of no bytes, one of no cells, one that says 'null', a list instead of a notebook, and a module"
      " of blank lines.",
      {"N": b"", "S": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "U": b"null\n", "T": b"[]",
       "M": b"\n \n\t\n"}, S8)


def _():
    return json.loads(dump(bare(mine("S", "A", S1), 5)))
def _ids(nb):
    for i, c in enumerate(nb["cells"]):
        c["id"] = f"{i:08x}"
    return nb
shape("same_cells_under_other_ids_at_one_time",
      "Two uploads of one minute: the same cells, but one editor wrote new ids and dropped the metadata.",
      lay({"x-403100001.zip": sub(S1), "y-403100001.zip": pack({NAMES["S"]: dump(_ids(_()))})},
          {"x-403100001.zip": T(12), "y-403100001.zip": T(12)}),
      {S1: E(ALL, time=utc(12))}, open=True,
      note="'the same if all cells are: outputs and metadata do not matter'; I count ids to what does not matter")

shape("same_module_with_other_line_ends_at_one_time",
      "Two uploads of one minute: the module with LF, and with CRLF and without the last line end.",
      lay({"x-403100003.zip": sub(S3), "y-403100003.py": module("A").replace(b"\n", b"\r\n").rstrip()},
          {"x-403100003.zip": T(12), "y-403100003.py": T(12)}),
      {S3: E(ALL, time=utc(12))})


# -- what is which: names, endings, exports

shape("supervised_and_unsupervised_under_each_others_names",
      "Two notebooks were saved under each other's names.",
      lay({"403100004.zip": sub(S4, over={"S": dump(mine("U", "C", S4)), "U": dump(mine("S", "A", S4))})},
          {"403100004.zip": T(12)}),
      {S4: E("NSMT=A U=C", time=utc(12))},
      fates={"403100004.zip": {"HW2/forward_forward_supervised.ipynb": "used as.*unsupervised",
                               "HW2/forward_forward_unsupervised.ipynb": "used as.*[^n]supervised"}})

shape("later_notebook_saved_over_another_name",
      "Later a notebook called forward_forward_supervised.ipynb comes, which is the one on fully connected networks.",
      lay({"403100005 a.zip": sub(S5), "403100005 b.zip": pack({NAMES["S"]: dump(mine("N", "B", S5))})},
          {"403100005 a.zip": T(11), "403100005 b.zip": T(12)}),
      {S5: E("SUMT=A N=B", time=utc(12))})

shape("notebook_saved_over_the_module",
      "'Save as' went wrong: fully_connected_networks.py holds the JSON of the notebook; notebook and module are nowhere"
      " else.",
      lay({"403100006.zip": sub(S6, over={"N": None, "M": dump(mine("N", "A", S6))})}, {"403100006.zip": T(12)}),
      {S6: E("NSUT=A M=0", time=utc(12), said=[r"fully_connected_networks\.py"])})

shape("colab_py_instead_of_a_notebook",
      "'Download .py' instead of .ipynb for one notebook.",
      lay({"403100007.zip": sub(S7, over={"S": None, "forward_forward_supervised.py": percent(
          mine("S", "A", S7), "forward_forward_supervised.ipynb")})}, {"403100007.zip": T(12)}),
      {S7: E("NUMT=A S=?", time=utc(12), said=[r"forward_forward_supervised\.py"])}, open=True,
      note="read as the notebook or not: the remark must name this .py, and it must not become the module")

shape("jupytext_pair_beside_its_notebook",
      "jupytext keeps a .py (percent format) beside each notebook; its fully_connected_networks.py would have overwritten"
      " the module, so the student called the module nets.py.",
      lay({"403100001.zip": sub(S1, over={
          "M": percent(mine("N", "A", S1)), "forward_forward_supervised.py": percent(mine("S", "A", S1)),
          "nets.py": module("A")})}, {"403100001.zip": T(12)}),
      {S1: E(ALL, time=utc(12))},
      fates={"403100001.zip": {"HW2/nets.py": "used as"}})


def _():
    text = percent(mine("N", "B", S2), "fully_connected_networks.ipynb")
    return {"a/403100002.zip": sub(S2), "b/403100002/fully_connected_networks.py": text}
shape("later_export_has_the_modules_name",
      "After the whole submission a bare fully_connected_networks.py comes, which is Colab's export of the notebook.",
      lay(_(), {"a/403100002.zip": T(11), "b/403100002/fully_connected_networks.py": T(13)}),
      {S2: E(ALL, time=utc(11), said=[r"fully_connected_networks\.py"])}, open=True,
      note="'the file by its name only never replaces a written one' settles the module; whether the export might count as the"
           " notebook (then N is B, time the 13th) is open")


def _():
    parts = MODULE_A.split("\n\n\nclass ")
    cells = [code(parts[0])] + [code("class " + p.rstrip() + "\n") for p in parts[1:]]
    cells.insert(1, markdown("# my classes"))
    return dump({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
shape("module_in_the_cells_of_a_notebook_of_its_own",
      "No .py: the module was written in a new notebook, one class a cell, with a heading between.",
      lay({"403100003.zip": sub(S3, over={"M": None, "Untitled.ipynb": _()})}, {"403100003.zip": T(12)}),
      {S3: E(ALL, time=utc(12), said=["Untitled"])})


def _(number, mark, py):
    nb = mine("N", "A", number)
    nb["cells"].insert(at(nb, "imports") if any(c.get("id") == "imports" for c in nb["cells"]) else 4,
                       code("%%writefile fully_connected_networks.py\n" + module(mark).decode()))
    return sub(number, over={"N": dump(nb), "M": module(py)})
shape("writefile_cell_beside_a_py",
      "Of one student the .py is as handed out and a %%writefile cell holds the work; of another both are written.",
      lay({"403100004.zip": _(S4, "A", ""), "403100005.zip": _(S5, "B", "A")},
          {"403100004.zip": T(12), "403100005.zip": T(12)}),
      {S4: E(ALL, time=utc(12)), S5: E("SUMT=A N=?", time=utc(12))})


def _():
    nb = mine("N", "A", S6)
    nb["cells"][4:4] = [code("%%writefile fully_connected_networks.py\n" + module("B").decode()),
                        markdown("now corrected"),
                        code("%%writefile /content/drive/MyDrive/HW2/fully_connected_networks.py\n" + MODULE_A)]
    return sub(S6, over={"N": dump(nb), "M": None})
shape("writefile_twice_in_one_notebook",
      "No .py; the notebook writes the module twice, a draft and below it the corrected one, into the Drive.",
      lay({"403100006.zip": _()}, {"403100006.zip": T(12)}), {S6: E("SUMT=A N=?", time=utc(12))}, open=True,
      note="run from top to bottom the last one stands")

shape("copies_with_numbers",
      "Four students with copies: the right name empty and (1) written; both written; only 'Copy of'; an old one of the"
      " right name further down, the newer one called '- Copy'.",
      lay({"403100001.zip": sub(S1, over={"S": given("S", S1), "forward_forward_supervised (1).ipynb": dump(mine("S", "A", S1))}),
           "403100003.zip": sub(S3, over={"forward_forward_supervised (2).ipynb": dump(mine("S", "B", S3))}),
           "403100005.zip": sub(S5, over={"S": None, "Copy of forward_forward_supervised.ipynb": dump(mine("S", "A", S5))}),
           "403100007.zip": sub(S7, over={"S": None, "forward_forward_supervised - Copy.ipynb": dump(mine("S", "A", S7)),
                                          "old/forward_forward_supervised.ipynb": dump(mine("S", "B", S7))})},
          {f"40310000{i}.zip": T(12) for i in (1, 3, 5, 7)}),
      {S1: E(ALL), S3: E(ALL, said=["supervised"]), S5: E(ALL), S7: E("NUMT=A S=B", said=["supervised"])},
      fates={"403100001.zip": {"HW2/forward_forward_supervised.ipynb": "replaced by",
                               "HW2/forward_forward_supervised (1).ipynb": "used as"},
             "403100003.zip": {"HW2/forward_forward_supervised (2).ipynb": "replaced by"},
             "403100007.zip": {"HW2/forward_forward_supervised - Copy.ipynb": "replaced by"}})

shape("endings_in_capitals_and_doubled",
      "THEORY.IPYNB, fully_connected_networks.PY and 'forward_forward_supervised .ipynb'.",
      lay({"403100002.ZIP": sub(S2, over={"T": None, "M": None, "S": None, "THEORY.IPYNB": dump(mine("T", "A", S2)),
                                          "fully_connected_networks.PY": module("A"),
                                          "forward_forward_supervised .ipynb": dump(mine("S", "A", S2))})},
          {"403100002.ZIP": T(12)}), {S2: E(ALL, time=utc(12))})

shape("txt_and_json_behind_the_name",
      "Browser and phone: fully_connected_networks.py.txt, theory.ipynb.txt, forward_forward_supervised.ipynb.json and"
      " forward_forward_unsupervised without any ending.",
      lay({"403100004.zip": sub(S4, over={
          "M": None, "T": None, "S": None, "U": None, "fully_connected_networks.py.txt": module("A"),
          "theory.ipynb.txt": dump(mine("T", "A", S4)), "forward_forward_supervised.ipynb.json": dump(mine("S", "A", S4)),
          "forward_forward_unsupervised": dump(mine("U", "A", S4))})}, {"403100004.zip": T(12)}),
      {S4: E(ALL, time=utc(12))}, open=True,
      note="collecting.md knows disguises (.py that is a notebook) but not these; what the files are, their bytes say. At the"
           " least the missing files' remarks must name them.")

shape("shortcuts_instead_of_files",
      "Windows shortcuts and a macOS alias instead of notebook and module.",
      lay({"403100005.zip": sub(S5, over={
          "S": None, "M": None, "forward_forward_supervised.ipynb - Shortcut.lnk": b"L\0\0\0\x01\x14\x02\0" + bytes(900),
          "fully_connected_networks.py alias": b"book\0\0\0\0mark\0\0\0\0" + bytes(700)})}, {"403100005.zip": T(12)}),
      {S5: E("NUT=A SM=0", time=utc(12), said=["forward_forward_supervised", r"fully_connected_networks\.py"])})

shape("web_page_and_pdf_of_the_notebook",
      "The supervised notebook was handed in as HTML, the unsupervised one as a PDF that was printed from it.",
      lay({"403100006.zip": sub(S6, over={
          "S": None, "U": None, "forward_forward_supervised.html": b"<!DOCTYPE html><html><title>forward_forward_supervised"
          b"</title><body>goodness ff_loss MARK_B.</body></html>", "forward_forward_unsupervised.pdf": page("printed", "PDF")})},
          {"403100006.zip": T(12)}),
      {S6: E("NMT=A SU=0", [page("printed", "PDF")], utc(12), said=["forward_forward_supervised", "forward_forward_unsupervised"])})

shape("pdf_called_docx", "A student's pages come as one bare upload, a PDF whose name ends in .docx.",
      lay({"403100007.zip": sub(S7), "403100007 answers.docx": page("pdf in docx", "PDF")},
          {"403100007.zip": T(12), "403100007 answers.docx": T(13)}),
      {S7: E(ALL, [page("pdf in docx", "PDF")], utc(13))},
      fates={"403100007 answers.docx": {"": "used as"}})

shape("notebook_called_zip", "theory.ipynb was renamed so that Quera takes it: HW2-403100008.zip is JSON.",
      lay({"HW2-403100008.zip": dump(mine("T", "A", S8)), "HW2-403100008-code.zip": sub(S8, keys="NSUM")},
          {"HW2-403100008.zip": T(12), "HW2-403100008-code.zip": T(13)}),
      {S8: E(ALL, time=utc(13))})

shape("zip_called_ipynb", "The whole zip is called theory_403100001.ipynb.",
      lay({"theory_403100001.ipynb": sub(S1)}, {"theory_403100001.ipynb": T(12)}), {S1: E(ALL, time=utc(12))})

shape("docx_called_zip", "A Word document (with the answers as pictures in it) was renamed to .zip.",
      lay({"HW2-403100002.zip": pack({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>",
                                      "word/document.xml": b"<w:document/>", "word/media/image1.png": P[0]})},
          {"HW2-403100002.zip": T(12)}), {S2: NONE}, waits=["HW2-403100002.zip"], open=True,
      note="'office documents cannot be read and wait', 'its bytes say first'; but its bytes are those of a zip, too, and its"
           " picture might be taken for a page")

shape("only_a_checkpoint", "The supervised notebook is there only in .ipynb_checkpoints.",
      lay({"403100003.zip": sub(S3, over={"S": None, ".ipynb_checkpoints/forward_forward_supervised-checkpoint.ipynb":
                                          dump(mine("S", "B", S3))})}, {"403100003.zip": T(12)}),
      {S3: E("NUMT=A S=0", time=utc(12), said=["forward_forward_supervised"])},
      note="by 'what systems and editors leave behind'")


# -- who says what in the identity cell

shape("identity_in_persian_digits_is_anothers",
      "The upload is under 403100001; all notebooks say ۴۰۳۱۰۰۰۰۲.",
      lay({"HW2-403100001.zip": pack(files("NSUMT", "A", "۴۰۳۱۰۰۰۰۲", None))}, {"HW2-403100001.zip": T(12)}),
      {S1: NONE, S2: NONE}, waits=["HW2-403100001.zip"], notes=["403100002|Ali Rezaei"])


def _(number, text, mark):
    return pack(files("NSUMT", mark, text, ROSTER[number]))
shape("own_number_in_many_spellings",
      "The identity cells say the student's own number: with spaces, as an int, in Arabic-Indic digits with a bidi mark, with"
      " hyphens.",
      lay({"403100001.zip": _(S1, " 403 100 001 ", "A"), "403100002.zip": _(S2, 403100002, "B"),
           "403100003.zip": _(S3, "\u200f٤٠٣١٠٠٠٠٣\u200f", "C"), "403100005.zip": _(S5, "403-100-005", "D")},
          {f"40310000{i}.zip": T(12) for i in (1, 2, 3, 5)}),
      {s: E(f"NSUMT={m}", time=utc(12), unsaid=["nobody", "number that", "another student", "identity"])
       for s, m in zip((S1, S2, S3, S5), "ABCD")})


def _(number, line):
    f = {}
    for k in "NSUT":
        nb = book(k, "A")
        c = cell(nb, "identity")
        c["source"] = src(c).replace('STUDENT_NUMBER = ""', line).splitlines(keepends=True)
        f["HW2/" + NAMES[k]] = dump(nb)
    return pack(f | {"HW2/" + NAMES["M"]: module("A")})
shape("identity_that_is_no_python",
      "The number unquoted in Persian digits, and in typographic quotes; both are no Python.",
      lay({"403100001.zip": _(S1, "STUDENT_NUMBER = ۴۰۳۱۰۰۰۰۱"), "403100002.zip": _(S2, "STUDENT_NUMBER = “403100002”")},
          {"403100001.zip": T(12), "403100002.zip": T(12)}),
      {S1: E(ALL, time=utc(12)), S2: E(ALL, time=utc(12))}, open=True,
      note="a remark that the cell is empty or cannot be read is fine; waiting is not")
shape("another_number_behind_the_hash",
      "STUDENT_NUMBER = \"403100001\"  # group: 403100001, 403100002",
      lay({"403100001.zip": _(S1, 'STUDENT_NUMBER = "403100001"  # group: 403100002, 403100001')}, {"403100001.zip": T(12)}),
      {S1: E(ALL, time=utc(12), unsaid=["403100002"])})
shape("identity_line_above_the_given_one",
      "The student wrote a new line above and left the empty one, so that running the cell leaves the number empty.",
      lay({"403100003.zip": _(S3, 'STUDENT_NUMBER = "403100003"\nSTUDENT_NUMBER = ""')}, {"403100003.zip": T(12)}),
      {S3: E(ALL, time=utc(12))}, open=True, note="empty, or her own: in no case somebody else's")


def _():
    f = files("NSUMT", "A")
    nb = json.loads(f["HW2/" + NAMES["T"]])
    nb["cells"].insert(1, markdown("# نام: علی رضایی\n# شماره: 403100002"))
    f["HW2/" + NAMES["T"]] = dump(nb)
    return pack(f)
shape("another_students_number_in_a_text_cell",
      "The identity cells are empty; an added text cell in theory.ipynb names another student.",
      lay({"403100001.zip": _()}, {"403100001.zip": T(12)}), {S1: E(ALL, time=utc(12)), S2: NONE},
      note="only STUDENT_NUMBER, NAME and the file name are what an upload says of its sender")

shape("own_name_written_otherwise",
      "Arabic yeh and kaf, vowel signs, a half space; family name first, capitals.",
      lay({"403100003.zip": pack(files("NSUMT", "A", S3, "مريم  كريمي")), "403100001.zip": pack(files("NSUMT", "B", S1, "سَارا اَحمَدی")),
           "403100002.zip": pack(files("NSUMT", "C", S2, "REZAEI, Ali")),
           "403100006.zip": pack(files("NSUMT", "D", S6, "Amirhossein Tavakoli"))},
          {f"40310000{i}.zip": T(12) for i in (1, 2, 3, 6)}),
      {s: E(f"NSUMT={m}", time=utc(12), unsaid=["nobody", "another student", "like no"])
       for s, m in zip((S3, S1, S2, S6), "ABCD")},
      open=True, note="'a name that is like nobody's': how alike is open; 'Amirhossein' in one word is the hardest")

shape("another_by_name_only_in_arabic_letters",
      "Under 403100001 (Persian in the roster); the notebooks say no number, and the name مريم كريمي with Arabic yeh and kaf.",
      lay({"403100001.zip": pack(files("NSUMT", "A", None, "مريم كريمي"))}, {"403100001.zip": T(12)}),
      {S1: NONE, S3: NONE}, waits=["403100001.zip"])


def _():
    f = files("NUMT", "A", 403100001, ROSTER[S1]) | files("S", "A", "۴۰۳۱۰۰۰۰۲", "Ali Rezaei")
    return pack(f)
shape("one_notebook_from_a_friend",
      "Four notebooks; one says another student's number in Persian digits and that student's name.",
      lay({"403100001.zip": _()}, {"403100001.zip": T(12)}),
      {S1: E(ALL, time=utc(12), said=[r"forward_forward_supervised"]), S2: NONE})

shape("name_in_the_file_name",
      "Empty identity cells. HW2-Reza Mohammadi-403100002 (he is 403100004); and 'رضا محمدی' before 403100006, in another"
      " script than the roster has that name.",
      lay({"HW2-Reza Mohammadi-403100002.zip": pack(files("NSUMT", "A")),
           "HW2-رضا محمدی-403100006.zip": pack(files("NSUMT", "C"))},
          {"HW2-Reza Mohammadi-403100002.zip": T(12), "HW2-رضا محمدی-403100006.zip": T(12)}),
      {S2: NONE, S4: NONE, S6: E("NSUMT=C", time=utc(12))}, waits=["HW2-Reza Mohammadi-403100002.zip"])


# ---------------------------------------------------------------------------------------------- 2. how they come

# -- whose: names of uploads

shape("number_between_bidi_marks",
      "Names from phones: isolates around the number, a right-to-left mark within Arabic-Indic digits' name, full-width digits.",
      lay({"HW2-سارا احمدی-\u2068403100001\u2069.zip": sub(S1), "تمرین ۲_\u200f٤٠٣١٠٠٠٠٣\u200f.zip": sub(S3),
           "ＨＷ２－４０３１００００２.zip": sub(S2)},
          {"HW2-سارا احمدی-\u2068403100001\u2069.zip": T(12), "تمرین ۲_\u200f٤٠٣١٠٠٠٠٣\u200f.zip": T(12),
           "ＨＷ２－４０３１００００２.zip": T(12)}),
      {S1: E(ALL, time=utc(12)), S2: E(ALL, time=utc(12)), S3: E(ALL, time=utc(12))}, note="'in any digits and spelling'")

shape("homework_number_and_student_number_with_a_half_space",
      "'تمرین۲' and the student number are parted by a zero-width non-joiner only, and a number has marks between its digits.",
      lay({"تمرین۲\u200c۴۰۳۱۰۰۰۰۵.zip": sub(S5), "HW2-403\u200e100\u200e007.zip": sub(S7)},
          {"تمرین۲\u200c۴۰۳۱۰۰۰۰۵.zip": T(12), "HW2-403\u200e100\u200e007.zip": T(12)}),
      {S5: E(ALL, time=utc(12)), S7: E(ALL, time=utc(12))}, open=True,
      note="one sign that cannot be seen parts two numbers, another does not part one: a person sees both at once")

shape("number_inside_a_longer_one",
      "HW2-14031000012.zip holds the digits of 403100001 within others (a form number), and nothing inside says who.",
      lay({"HW2-14031000012.zip": pack(files("NSUMT", "A"))}, {"HW2-14031000012.zip": T(12)}),
      {S1: NONE}, waits=["HW2-14031000012.zip"], open=True, note="a longer number is not hers")

shape("two_numbers_in_one_name",
      "HW2-403100001-403100002.zip: two students of the roster in one name; the notebooks say nobody.",
      lay({"HW2-403100001-403100002.zip": pack(files("NSUMT", "A"))}, {"HW2-403100001-403100002.zip": T(12)}),
      {S1: NONE, S2: NONE}, waits=["HW2-403100001-403100002.zip"], open=True, note="the name gives two, so none")


def _(root):
    write(root, DOWN + "assigned.csv", "file,number\nسارا احمدی_182736_assignsubmission_file_/HW2.zip,403100001\n"
          "Ali Rezaei_182737_assignsubmission_file_/HW2.zip,403100002\n")
_M = ["سارا احمدی_182736_assignsubmission_file_/HW2.zip", "Ali Rezaei_182737_assignsubmission_file_/HW2.zip"]
shape("moodle_folders_without_numbers",
      "Moodle's folders name the students without their numbers, all uploads are called HW2.zip; then they are assigned by"
      " path.",
      lay({_M[0]: sub(S1), _M[1]: sub(S2, "C")}, {_M[0]: T(12), _M[1]: T(13)}),
      {S1: NONE, S2: NONE}, waits=_M, notes=["403100001", "403100002"],
      then=[(_, X({S1: E(ALL, time=utc(12)), S2: E("NSUMT=C", time=utc(13))}))])

_Q = {f"403100001 Sara/{NAMES[k]}": module("A") if k == "M" else dump(mine(k, "A", S1)) for k in "NSUMT"}
_Q |= {"403100001 Sara/photo_2023-11-13_20-14-55.jpg": page("tg 1", "JPEG"),
       "403100001 Sara/photo_2023-11-13_20-14-55 (2).jpg": page("tg 2", "JPEG"),
       "403100001 Sara/WhatsApp Image 2023-11-13 at 20.14.55.jpeg": page("wa", "JPEG")}
shape("everything_bare_from_chats",
      "A folder per student with what came by Telegram and WhatsApp: five bare files and three photographs, a minute apart.",
      lay(_Q, {f: T(13, 20, i) for i, f in enumerate(_Q)}),
      {S1: E(ALL, [page("wa", "JPEG"), page("tg 2", "JPEG"), page("tg 1", "JPEG")], utc(13, 20, 7))},
      note="order by name: theory.ipynb came without pages; 'W' < 'p', ' (2).jpg' < '.jpg'")


# -- what belongs together

shape("written_and_handed_out_at_one_time",
      "Two uploads of one minute: the zip with the module as it was handed out, and the written module alone.",
      lay({"403100001.zip": sub(S1, over={"M": module("")}), "403100001.py": module("A")},
          {"403100001.zip": T(12), "403100001.py": T(12)}),
      {S1: E(ALL, time=utc(12))}, note="a contradiction needs two written versions")

shape("contradiction_takes_the_later_one_along",
      "On the 10th all; on the 12th two uploads of one minute with two modules; on the 13th theory.ipynb alone.",
      lay({"403100002-a.zip": sub(S2), "403100002-b.zip": pack({NAMES["M"]: module("B")}),
           "403100002-c.zip": pack({NAMES["M"]: module("C")}), "403100002-d.ipynb": dump(mine("T", "D", S2))},
          {"403100002-a.zip": T(10), "403100002-b.zip": T(12), "403100002-c.zip": T(12), "403100002-d.ipynb": T(13)}),
      {S2: E(ALL, time=utc(10))}, waits=["403100002-b.zip", "403100002-c.zip", "403100002-d.ipynb"])


def _(root):
    write(root, DOWN + "archive/403100003-c.zip", pack({"HW2/scan.png": P[2]}))
    write(root, DOWN + "times.csv", "file,time\n403100003-a.zip,2023-11-12T20:00\n403100003-b.zip,2023-11-12T20:00\n"
          "403100003-c.zip,2023-11-13T20:00\n")
shape("two_pages_of_one_name_then_a_third",
      "Two uploads of one minute hold scan.png with other bytes; after the first run a later one with scan.png comes.",
      lay({"403100003-a.zip": sub(S3, over={"scan.png": P[0]}), "403100003-b.zip": pack({"scan.png": P[1]})},
          {"403100003-a.zip": T(12), "403100003-b.zip": T(12)}),
      {S3: NONE}, waits=["403100003-a.zip", "403100003-b.zip"],
      then=[(_, X({S3: E(ALL, [P[2]], utc(13))}))])

shape("parts_of_one_minute_and_a_rar",
      "Three uploads of one minute: two zips that complete each other, and a .rar.",
      lay({"403100004 part1.zip": sub(S4, keys="NS"), "403100004 part2.zip": sub(S4, keys="UMT"), "403100004 part3.rar": RAR},
          {f"403100004 part{i}": T(12) for i in ("1.zip", "2.zip", "3.rar")}),
      {S4: E(ALL, time=utc(12), said=["rar|read"])}, waits=["403100004 part3.rar"])


# -- pages

shape("order_of_page_names",
      "Numbers without zeros in front, capitals, Persian digits: as the packing cell sorts them, sign by sign.",
      lay({"403100005.zip": sub(S5, over={n: page(n, "JPEG") for n in (
          "2.jpg", "10.jpg", "1.jpg", "a.jpg", "IMG_2.jpg", "صفحه ۲.jpg", "صفحه ۱۰.jpg", "صفحه ۱.jpg")})}, {"403100005.zip": T(12)}),
      {S5: E(ALL, [page(n, "JPEG") for n in (
          "1.jpg", "10.jpg", "2.jpg", "IMG_2.jpg", "a.jpg", "صفحه ۱.jpg", "صفحه ۱۰.jpg", "صفحه ۲.jpg")], utc(12))})


def _():
    out = io.BytesIO()
    Image.open(io.BytesIO(P[0])).rotate(90, expand=True).save(out, "PNG")
    return out.getvalue()
_R = _()
shape("rotated_doubled_and_sent_again",
      "One picture twice under two names, and rotated, in one upload; the later upload has it under a third name, and a new one.",
      lay({"403100006-1.zip": sub(S6, over={"1.png": P[0], "2.png": P[0], "rotated.png": _R}),
           "403100006-2.zip": pack({"again.png": P[0], "3.png": P[3]})},
          {"403100006-1.zip": T(11), "403100006-2.zip": T(12)}),
      {S6: E(ALL, [P[0], P[0], _R, P[3]], utc(12))},
      fates={"403100006-2.zip": {"again.png": "replaced by.*same", "3.png": "used as"}},
      note="pages of the upload with theory.ipynb in front")

shape("theory_came_last_and_alone",
      "Pages z.png on the 10th, a.png on the 11th; theory.ipynb on the 12th in an upload without pages.",
      lay({"403100007-1.zip": sub(S7, keys="NSUM", over={"z.png": P[0]}), "403100007-2.png": P[1],
           "403100007-3.ipynb": dump(mine("T", "A", S7))},
          {"403100007-1.zip": T(10), "403100007-2.png": T(11), "403100007-3.ipynb": T(12)}),
      {S7: E(ALL, [P[1], P[0]], utc(12))}, note="'4...png' < 'z.png': all by name, for theory's upload holds none")

shape("folders_that_differ_in_case",
      "Scan/1.png and scan/1.png, and 1.PNG beside 1.png, in one zip made on Linux.",
      lay({"403100008.zip": sub(S8, over={"Scan/1.png": P[0], "scan/1.png": P[1], "1.png": P[2], "1.PNG": P[3]})},
          {"403100008.zip": T(12)}),
      {S8: E(ALL, [P[3], P[2], P[0], P[1]], utc(12))},
      note="four names; sign by sign '1.PNG' < '1.png' < 'Scan/1.png' < 'scan/1.png'")

shape("pages_among_what_was_given",
      "Photographs saved in HW2/libs/ and HW2/data/, a thumbnail file of macOS, an empty picture, the sheet renamed.",
      lay({"403100001.zip": sub(S1, over={"libs/p1.png": P[0], "data/p2.png": P[1], "empty.png": b"",
                                          "my answers.pdf": _given("questions-en.pdf"), "../__MACOSX/HW2/._p1.png": P[4]})},
          {"403100001.zip": T(12)}),
      {S1: E(ALL, [P[1], P[0]], utc(12))}, open=True,
      note="data/p2.png is not below data/mnist, so it is a page; '__MACOSX' by way of '../' is my twist: left behind all the same")


# -- archives

shape("one_entry_has_a_password", "Only theory.ipynb in the zip is encrypted.",
      lay({"403100002.zip": patch(sub(S2), "HW2/theory.ipynb", set_flags=1)}, {"403100002.zip": T(12)}),
      {S2: E("NSUM=A T=0", time=utc(12), said=["encrypt|password"])},
      fates={"403100002.zip": {"HW2/theory.ipynb": "not read"}})


def _():
    data = sub(S3)
    for k in NAMES.values():
        data = patch(data, "HW2/" + k, set_flags=1)
    return data
shape("every_entry_has_a_password", "A zip with a password: nothing in it can be read.",
      lay({"403100003.zip": _()}, {"403100003.zip": T(12)}), {S3: NONE}, waits=["403100003.zip"], open=True,
      note="each entry 'is left out with a remark and the others count'; there are no others, so the upload cannot be read")

shape("zip64_and_data_descriptors",
      "A zip written as a stream (sizes behind the data), one of them with zip64 fields.",
      lay({"403100004.zip": pack_as_stream(files("NSUMT", "A", S4, ROSTER[S4]), False),
           "403100005.zip": pack_as_stream(files("NSUMT", "A", S5, ROSTER[S5]), True)},
          {"403100004.zip": T(12), "403100005.zip": T(12)}),
      {S4: E(ALL, time=utc(12)), S5: E(ALL, time=utc(12))})

shape("deflate64_and_a_bad_checksum",
      "Windows packed one notebook with Deflate64; another one's bytes were damaged on the way.",
      lay({"403100006.zip": spoil(patch(sub(S6), "HW2/" + NAMES["U"], method=9), "HW2/" + NAMES["S"])},
          {"403100006.zip": T(12)}),
      {S6: E("NMT=A SU=0", time=utc(12), said=["forward_forward_unsupervised", "forward_forward_supervised", "not read"])},
      fates={"403100006.zip": {"HW2/" + NAMES["U"]: "not read", "HW2/" + NAMES["S"]: "not read"}})


def _(data):
    return data.replace(b"HW2/QQQQ1.png", "HW2/پاسخ1.png".encode("cp1256"))
shape("persian_page_names_without_the_utf8_flag",
      "Names of pages as UTF-8 without the flag that says so, and as Windows-1256.",
      lay({"403100007.zip": patch(sub(S7, over={"پاسخ ۱.png": P[0]}), "HW2/پاسخ ۱.png", clear_flags=0x800),
           "403100008.zip": _(sub(S8, over={"QQQQ1.png": P[1]}))}, {"403100007.zip": T(12), "403100008.zip": T(12)}),
      {S7: E(ALL, [P[0]], utc(12)), S8: E(ALL, [P[1]], utc(12))})

shape("backslashes_in_the_later_zip",
      "The earlier zip has HW2/scan/1.png, the later one, packed on Windows, HW2\\scan\\1.png and HW2\\theory.ipynb.",
      lay({"403100001 a.zip": sub(S1, over={"scan/1.png": P[0]}),
           "403100001 b.zip": pack({"HW2\\scan\\1.png": P[1], "HW2\\theory.ipynb": dump(mine("T", "B", S1))})},
          {"403100001 a.zip": T(11), "403100001 b.zip": T(12)}),
      {S1: E("NSUM=A T=B", [P[1]], utc(12))}, open=True, note="backslashes are not named; it is the same page")


def _():
    import gzip
    import tarfile
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for n, d in files("NSUMT", "C", S5, ROSTER[S5]).items():
            info = tarfile.TarInfo(n)
            info.size = len(d)
            t.addfile(info, io.BytesIO(d))
    return gzip.compress(out.getvalue(), mtime=0)
shape("sevenzip_before_and_tarball_after",
      "A .7z called .zip on the 10th and a whole zip on the 12th; of another student a whole zip on the 10th and a .tar.gz on"
      " the 12th.",
      lay({"403100003 a.zip": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(256)) * 20, "403100003 b.zip": sub(S3),
           "403100005 a.zip": sub(S5), "403100005 b.tar.gz": _()},
          {"403100003 a.zip": T(10), "403100003 b.zip": T(12), "403100005 a.zip": T(10), "403100005 b.tar.gz": T(12)}),
      {S3: E(ALL, time=utc(12)), S5: E(ALL, time=utc(10), said=["read|tar|gz"])}, waits=["403100005 b.tar.gz"])

_Z = sub(S4, over={"1.png": P[0]})
shape("zip_in_two_volumes", "A zip that was cut in two by hand: .zip.001 and .zip.002.",
      lay({"HW2-403100004.zip.001": _Z[:len(_Z) // 2], "HW2-403100004.zip.002": _Z[len(_Z) // 2:]},
          {"HW2-403100004.zip.001": T(12), "HW2-403100004.zip.002": T(12)}),
      {S4: NONE}, waits=["HW2-403100004.zip.001", "HW2-403100004.zip.002"])

shape("zip_with_a_tail_from_a_chat_program", "Behind the end of the zip there are 37 more bytes.",
      lay({"403100006.zip": sub(S6) + b"\r\n--boundary-0123456789abcdef0123--\r\n"}, {"403100006.zip": T(12)}),
      {S6: E(ALL, time=utc(12))}, open=True, note="every unpacker reads it, most with a warning")

shape("the_readmes_own_venv_packed_along",
      "The .venv that the README has students make was packed along: 2,500 files.",
      lay({"403100007.zip": lambda: sub(S7, over={f".venv/lib/python3.11/site-packages/p{i // 50}/m{i}.py": b"x = 1\n"
                                                  for i in range(2500)} | {".venv/pyvenv.cfg": b"home = /usr/bin\n"})},
          {"403100007.zip": T(12)}), {S7: E(ALL, time=utc(12))})

shape("virtual_environment_of_another_name",
      "The same, called 'dl_env': 2,500 files that are in no list of what is left behind, beside a pyvenv.cfg.",
      lay({"403100008.zip": lambda: sub(S8, over={f"dl_env/Lib/site-packages/p{i // 50}/m{i}.py": b"x = 1\n"
                                                  for i in range(2500)} | {"dl_env/pyvenv.cfg": b"home = C:\\Python\n"})},
          {"403100008.zip": T(12)}), {S8: NONE}, waits=["403100008.zip"], open=True,
      note="by the limit of 2,000 files it waits; better it would be known by its pyvenv.cfg")

shape("a_scan_above_the_limit", "A PDF of 51 MiB beside a page of a usual size.",
      lay({"403100001.zip": lambda: sub(S1, over={"scan.pdf": b"%PDF-1.4\n" + bytes(51 * MIB), "p.png": P[0]})},
          {"403100001.zip": T(12)}),
      {S1: E(ALL, [P[0]], utc(12), said=["scan.*(large|MiB)|(large|MiB).*scan"])},
      fates={"403100001.zip": {"HW2/scan.pdf": "not read"}})

shape("nothing_but_a_zip_in_the_zip", "HW2-...zip holds one entry, HW2.zip, with everything.",
      lay({"403100002.zip": pack({"HW2.zip": sub(S2)})}, {"403100002.zip": T(12)}), {S2: NONE}, waits=["403100002.zip"],
      open=True, note="'an archive in the archive' is not read, with a remark; but if it is all there is, a person must look"
                      " before the student counts as having handed in nothing")

shape("path_of_a_whole_computer",
      "Absolute Windows paths and '..' in the entries' names.",
      lay({"403100003.zip": pack({"C:/Users/Maryam/Desktop/HW2/" + NAMES["N"]: dump(mine("N", "A", S3)),
                                  "/home/m/HW2/" + NAMES["S"]: dump(mine("S", "A", S3)),
                                  "../../../" + NAMES["U"]: dump(mine("U", "A", S3)),
                                  "HW2/../../" + NAMES["M"]: module("A"),
                                  "\\\\server\\share\\" + NAMES["T"]: dump(mine("T", "A", S3)),
                                  "../../../../tmp/p.png": P[0]})}, {"403100003.zip": T(12)}),
      {S3: E(ALL, [P[0]], utc(12))})


# -- times

shape("five_days_in_utc",
      "Times with Z: 20:20Z on the 18th is 23:50 in Tehran, within the most late days; 20:35Z is 00:05 on the 19th, beyond.",
      lay({"403100001 a.zip": sub(S1), "403100001 b.zip": sub(S1, "B")},
          {"403100001 a.zip": "2023-11-18T20:20Z", "403100001 b.zip": "2023-11-18T20:35:00Z"}),
      {S1: E(ALL, time="2023-11-18T20:20", said=["late"])},
      fates={"403100001 b.zip": {"HW2/theory.ipynb": "late"}})

shape("persian_calendar_in_arabic_digits",
      "١٤٠٢.٠٨.٢٢T٢٣:١٠:٥٩+٠٣٣٠, and 1402-08-23 00:10+00:00.",
      lay({"403100001.zip": sub(S1), "403100003.zip": sub(S3)},
          {"403100001.zip": "١٤٠٢.٠٨.٢٢T٢٣:١٠:٥٩+٠٣٣٠", "403100003.zip": "1402-08-23 00:10+00:00"}),
      {S1: E(ALL, time="2023-11-13T19:40"), S3: E(ALL, time="2023-11-14T00:10")},
      note="23 Aban 1402 is 14 November 2023")

for _name, _what, _text, _open in (
        ("american_date_from_a_spreadsheet", "A spreadsheet wrote 11/13/2023 8:10 PM.", "11/13/2023 8:10 PM", ""),
        ("thirty_first_of_mehr", "31 Mehr 1402: Mehr has 30 days.", "1402/07/31 20:00", ""),
        ("afternoon_in_words", "2023-11-13 11:10 PM: no time of day as written down.", "2023-11-13 11:10 PM", ""),
        ("serial_number_of_a_spreadsheet", "45243.8403, as a spreadsheet stores the time.", "45243.8403", ""),
        ("twenty_four_oclock", "2023-11-13 24:00.", "2023-11-13 24:00", "ISO 8601 once allowed it; a table should not guess"),
        ("half_hour_zone_without_minutes", "2023-11-13T20:00+03:75: no such offset.", "2023-11-13T20:00+03:75",
         "an offset of 75 minutes is none")):
    shape(_name, _what + " The table is refused, before anything is changed.",
          lay({"403100001.zip": sub(S1), "403100002.zip": sub(S2)},
              f"file,time\n403100001.zip,2023-11-13T20:00\n403100002.zip,{_text}\n"),
          {}, waits=None, refuse=("times.csv", 3), open=bool(_open), note=_open)

shape("times_saved_by_excel",
      "times.csv with BOM, CRLF, quotes around a name with a comma, an empty last line.",
      lay({"HW2, final-403100004.zip": sub(S4)},
          "\ufefffile,time\r\n\"HW2, final-403100004.zip\",2023/11/13 20:00:30\r\n\r\n"),
      {S4: E(ALL, time=utc(13))})

shape("two_times_for_one_upload", "times.csv names an upload twice with two times, one of them after all late days.",
      lay({"403100005.zip": sub(S5)}, "file,time\n403100005.zip,2023-11-12T20:00\n403100005.zip,2023-11-24T20:00\n"),
      {S5: E("NSUMT=?")}, waits=None, notes=["twice|two|again|more than|last|earlier|later|line"], open=True,
      note="silent; it must not pass without a word. A refusal of line 3 would be as good")

shape("line_about_nothing_and_a_time_from_the_file",
      "times.csv names 403100009.zip, a slip of the pen: a note; the upload has the time of its file.",
      lay({"403100006.zip": sub(S6)}, {"403100009.zip": T(12)}, mtimes={"403100006.zip": stamp(13, 16, 5)}),
      {S6: E(ALL, time="2023-11-13T16:05", said=["time"])}, notes=[r"403100009\.zip"])

_NFD = "HW2-\u0627\u0653رش-403100001.zip"
shape("decomposed_file_name", "macOS stored the name with alef and madda apart; times.csv has the one sign for both.",
      lay({_NFD: sub(S1)}, {"HW2-\u0622رش-403100001.zip": T(12)}, mtimes={_NFD: stamp(13, 16)}),
      {S1: E(ALL, time=utc(12))}, open=True, note="two spellings of one name; the table means this upload")

_L = {s: sub(s) for s in (S1, S3, S5)}
shape("listing_of_the_folder",
      "listing.txt: one line fits, one has another size than the upload, one is about an upload that times.csv names.",
      lay({f"{s}.zip": d for s, d in _L.items()}, {f"{S5}.zip": T(10)}, mtimes={f"{S3}.zip": stamp(13, 16)},
          tables={DOWN + "listing.txt": "total 4242\n"
                  f"-rw-r--r-- 1 ta ta {len(_L[S1])} 2023-11-12 18:45:10.123456789 +0000 {S1}.zip\n"
                  f"-rw-r--r-- 1 ta ta {len(_L[S3]) + 1} 2023-11-11 22:15:00.000000000 +0330 {S3}.zip\n"
                  f"-rw-r--r-- 1 ta ta {len(_L[S5])} 2023-11-12 22:15:00.000000000 +0330 {S5}.zip\n"}),
      {S1: E(ALL, time="2023-11-12T18:45"), S3: E(ALL, time="2023-11-13T16:00", said=["time"]), S5: E(ALL, time=utc(10))},
      notes=["size|bytes"])


# -- rosters and assigned.csv

shape("roster_from_excel", "roster.csv with BOM, CRLF, Persian and Arabic-Indic digits, blanks around cells, an empty line.",
      lay({"403100001.zip": sub(S1), "403100002.zip": sub(S2), "403100008.zip": sub(S8, "C")},
          {f"40310000{i}.zip": T(12) for i in (1, 2, 8)},
          roster="\ufeffnumber,name\r\n۴۰۳۱۰۰۰۰۱,سارا احمدی\r\n ٤٠٣١٠٠٠٠٢ , Ali Rezaei \r\n\r\n"),
      {S1: E(ALL, time=utc(12)), S2: E(ALL, time=utc(12)), S8: NONE}, waits=["403100008.zip"])

shape("roster_in_scientific_notation", "A spreadsheet turned a number into 4.031E+08.",
      lay({"403100001.zip": sub(S1)}, {"403100001.zip": T(12)},
          roster="number,name\n403100001,سارا احمدی\n4.031E+08,Ali Rezaei\n"),
      {}, waits=None, refuse=("roster.csv", 3), open=True, note="'a line that cannot be read stops everything': it is no number")

shape("three_in_a_circle_without_a_roster",
      "No roster. 403100001 says it is 403100002, that one 403100003, that one 403100001; 403100004 has a slip that nobody has.",
      lay({f"{a}.zip": pack(files("NSUMT", m, b, None)) for a, b, m in
           ((S1, S2, "A"), (S2, S3, "B"), (S3, S1, "C"), (S4, "403100044", "D"))},
          {f"{a}.zip": T(12) for a in (S1, S2, S3, S4)}, roster=None),
      {S1: NONE, S2: NONE, S3: NONE, S4: E("NSUMT=D", time=utc(12), said=["403100044"])},
      waits=[f"{a}.zip" for a in (S1, S2, S3)])

_H = pack(files("NSUMT", "A"))


def _(root):
    archive = Path(root) / DOWN / "archive"
    (archive / "untitled folder.zip").rename(archive / "Archive 2.zip")
shape("assigned_by_hash_then_renamed",
      "An upload without a number is assigned by 14 digits of its hash; another by 11, which are too few. Then the first is"
      " renamed.",
      lay({"untitled folder.zip": _H, "untitled 2.zip": pack(files("NSUMT", "C"))},
          {"untitled folder.zip": T(12), "Archive 2.zip": T(12), "untitled 2.zip": T(12)},
          assigned=f"file,number\n{sha(_H)[:14]},403100007\n{sha(pack(files('NSUMT', 'C')))[:11]},403100008\n"),
      {S7: E(ALL, time=utc(12)), S8: NONE}, waits=["untitled 2.zip"],
      notes=["no upload|about no|" + sha(pack(files("NSUMT", "C")))[:11]],
      then=[(_, X({S7: E(ALL, time=utc(12)), S8: NONE}, ["untitled 2.zip"]))])

shape("assigned_first_beside_a_later_whole_one",
      "The upload of the 10th (three notebooks) is assigned 'first'; on the 13th everything comes in another version.",
      lay({"403100001 a.zip": sub(S1, keys="NSU", over={"1.png": P[0]}), "403100001 b.zip": sub(S1, "B", over={"1.png": P[1], "2.png": P[2]})},
          {"403100001 a.zip": T(10), "403100001 b.zip": T(13)},
          assigned="file,number,use\n403100001 a.zip,403100001,first\n"),
      {S1: E("NSU=A MT=B", time=utc(13))}, note="'what is in it wins'; the order of the pages is not checked")

shape("set_aside_then_given_to_another",
      "assigned.csv sets an upload aside and in a later line gives it to another student than its name says.",
      lay({"403100001.zip": pack(files("NSUMT", "A"))}, {"403100001.zip": T(12)},
          assigned="file,number\n403100001.zip,-\n403100001.zip,403100002\n"),
      {S1: NONE, S2: E(ALL, time=utc(12))}, notes=["overrul|no effect|last|later|line 2|:2"])

shape("assigned_in_persian_digits", "assigned.csv saved by Excel: BOM, CRLF, a blank behind the comma, Persian digits.",
      lay({"from mail.zip": pack(files("NSUMT", "A"))}, {"from mail.zip": T(12)},
          assigned="\ufefffile,number\r\nfrom mail.zip, ۴۰۳۱۰۰۰۰۷\r\n"),
      {S7: E(ALL, time=utc(12))}, open=True, note="'any digits' is said of names and times only")

shape("third_cell_without_its_header", "The first line is file,number; a line has a third cell.",
      lay({"403100001 a.zip": sub(S1), "403100001 b.zip": sub(S1, "B")}, {"403100001 a.zip": T(11), "403100001 b.zip": T(12)},
          assigned="file,number\n403100001 a.zip,403100001,alone\n"),
      {}, waits=None, refuse=("assigned.csv", 2), open=True, note="refused, but perhaps for line 1; not to be passed over silently")

shape("alone_twice_for_one_student", "Two uploads of one student are both assigned 'alone'.",
      lay({"403100001 a.zip": sub(S1), "403100001 b.zip": sub(S1, "B")}, {"403100001 a.zip": T(11), "403100001 b.zip": T(12)},
          assigned="file,number,use\n403100001 a.zip,403100001,alone\n403100001 b.zip,403100001,alone\n"),
      {S1: E("NSUMT=?")}, waits=None, notes=["alone"], open=True,
      note="'one a student': refused (line 3) or noted, never silently one of them")

shape("accepted_although_far_too_late",
      "In time and, eleven days after the deadline, a better version, which assigned.csv accepts for the same student.",
      lay({"403100003 a.zip": sub(S3), "403100003 b.zip": sub(S3, "B", keys="NM")},
          {"403100003 a.zip": T(12), "403100003 b.zip": T(24, 10)}, assigned="file,number\n403100003 b.zip,403100003\n"),
      {S3: E("SUT=A NM=B", time=utc(24, 10))})

shape("all_far_too_late", "Two uploads of a student, both after all late days, complete each other; of another one in time, one too late.",
      lay({"403100004 a.zip": sub(S4, keys="NSU"), "403100004 b.zip": sub(S4, keys="MT"),
           "403100005 a.zip": sub(S5), "403100005 b.ipynb": dump(mine("T", "B", S5))},
          {"403100004 a.zip": T(20), "403100004 b.zip": T(21), "403100005 a.zip": T(13), "403100005 b.ipynb": T(20)}),
      {S4: E(ALL, time=utc(21)), S5: E(ALL, time=utc(13), said=["late"])})


# -- twice, with changes between

def _(root):
    write(root, DOWN + "times.csv", "file,time\n403100001.zip,2023-11-13T20:00\n")
shape("late_by_its_file_only_then_in_the_table",
      "An upload without a time in any table, its file from the 25th: it waits. Then times.csv says the 13th.",
      lay({"403100001.zip": sub(S1)}, mtimes={"403100001.zip": stamp(25, 9)}), {S1: NONE}, waits=["403100001.zip"],
      then=[(_, X({S1: E(ALL, time=utc(13))}))])


def _(root):
    write(root, DOWN + "archive/403100002.zip", sub(S2, "B", keys="NUMT"))
    write(root, DOWN + "times.csv", "file,time\n403100002.zip,2023-11-13T20:00\n")
def _gone(root):
    (Path(root) / DOWN / "archive/403100002.zip").unlink()
shape("replaced_under_its_name_then_removed",
      "The upload is replaced under its name by one without the supervised notebook; then it is taken out of archive/.",
      lay({"403100002.zip": sub(S2)}, {"403100002.zip": T(12)}), {S2: E(ALL, time=utc(12))},
      then=[(_, X({S2: E("S=A NUMT=B", time=utc(13))})), (_gone, X({S2: E("S=A NUMT=B", time=utc(13))}))])


def _(root):
    archive = Path(root) / DOWN / "archive"
    (archive / "403100003.zip").rename(archive / "HW2-Maryam Karimi-403100003.zip")
    os.utime(archive / "HW2-Maryam Karimi-403100003.zip", (stamp(25, 1), stamp(25, 1)))
shape("renamed_without_a_time_for_the_new_name",
      "After the first run the upload gets a proper name and a new time of its file; times.csv knows the old name only.",
      lay({"403100003.zip": sub(S3)}, {"403100003.zip": T(12)}), {S3: E(ALL, time=utc(12))},
      then=[(_, X({S3: E(ALL, time=utc(12))}))])


def _(root):
    archive = Path(root) / DOWN / "archive"
    (archive / "403100005.zip").rename(archive / "403100006.zip")
shape("renamed_to_another_student",
      "After the first run the upload (empty identity cells) is renamed to another student's number.",
      lay({"403100005.zip": pack(files("NSUMT", "A"))}, {"403100005.zip": T(11), "403100006.zip": T(12)}),
      {S5: E(ALL, time=utc(11)), S6: NONE},
      then=[(_, X({S5: E(ALL, time=utc(11)), S6: E(ALL, time=utc(12))}, notes=["aside|,-"]))])


def _roster(*numbers):
    return "number,name\n" + "".join(f"{n},{ROSTER[n]}\n" for n in numbers)
def _(root):
    write(root, "roster.csv", _roster(S1, S8))
def _less(root):
    write(root, "roster.csv", _roster(S8))
shape("roster_that_grows_and_shrinks",
      "403100008 is not in the roster at first and waits; then she is; then 403100001 has left the course.",
      lay({"403100001.zip": sub(S1), "403100008.zip": sub(S8, "C")}, {"403100001.zip": T(12), "403100008.zip": T(12)},
          roster=_roster(S1)),
      {S1: E(ALL, time=utc(12)), S8: NONE}, waits=["403100008.zip"],
      then=[(_, X({S1: E(ALL, time=utc(12)), S8: E("NSUMT=C", time=utc(12))})),
            (_less, X({S1: NONE, S8: E("NSUMT=C", time=utc(12))}, ["403100001.zip"]))],
      note="'withdrawn' where all of a student's uploads wait")


def _(root):
    target = Path(root) / "submitted" / S1 / "hw2" / "theory.ipynb"
    if target.exists():
        target.chmod(0o644)
        target.write_bytes(target.read_bytes() + b"\n")
    write(root, DOWN + "archive/403100001 b.ipynb", dump(mine("T", "B", S1)))
    write(root, DOWN + "times.csv", "file,time\n403100001.zip,2023-11-12T20:00\n403100001 b.ipynb,2023-11-13T20:00\n")
shape("submission_touched_by_hand_then_a_later_upload",
      "A person changed submitted/403100001/hw2/theory.ipynb; then a later theory.ipynb comes: the folder stays, it waits.",
      lay({"403100001.zip": sub(S1)}, {"403100001.zip": T(12)}), {S1: E(ALL, time=utc(12))},
      then=[(_, X({S1: E(ALL)}, None, notes=["hand|changed|move"]))])


def _(root):
    write(root, DOWN + "times.csv", "file,time\n403100004.zip,2023-11-12T20:00\n403100004 b.zip,13.11.2023 20:00\n")
    write(root, DOWN + "archive/403100004 b.zip", sub(S4, "B"))
def _mended(root):
    write(root, DOWN + "times.csv", "file,time\n403100004.zip,2023-11-12T20:00\n403100004 b.zip,2023.11.13 20:00\n")
shape("table_broken_between_two_runs",
      "For the second run a new upload comes and a line with the day first: refused, nothing changes; then the line is mended.",
      lay({"403100004.zip": sub(S4)}, {"403100004.zip": T(12)}), {S4: E(ALL, time=utc(12))},
      then=[(_, X({S4: E(ALL, time=utc(12))}, None, refuse=("times.csv", 3))),
            (_mended, X({S4: E("NSUMT=B", time=utc(13))}))])


# -- the same from two

def _():
    f = {}
    for k in "NSUT":
        f["hw/" + NAMES[k]] = json.dumps(mine(k, "A", S2), separators=(",", ":")).encode()
    return pack(f | {"hw/" + NAMES["M"]: module("A").replace(b"\n", b"\r\n"), "hw/p.png": P[5]})
shape("same_answers_formatted_otherwise",
      "Two students' answers are all the same; the JSON, the line ends of the module, the pages and the identity cells differ.",
      lay({"403100001.zip": sub(S1, over={"p.png": P[4]}), "403100002.zip": _()}, {"403100001.zip": T(12), "403100002.zip": T(13)}),
      {S1: E(ALL, [P[4]], utc(12), said=["403100002|Ali Rezaei"]), S2: E(ALL, [P[5]], utc(13), said=["403100001|سارا احمدی"])})


def _check():
    import tempfile
    names = [s.name for s in SHAPES]
    assert len(set(names)) == len(names), [x for x in names if names.count(x) > 1]
    for s in SHAPES:
        with tempfile.TemporaryDirectory() as tmp:
            s.lay(Path(tmp))
            if s.then:
                with tempfile.TemporaryDirectory() as other:
                    s.lay(Path(other))
                    (Path(other) / "submitted" / S1 / "hw2").mkdir(parents=True)
                    for change, _ in s.then:
                        change(Path(other))
            archive = Path(tmp) / "downloaded/hw2/archive"
            there = {p.relative_to(archive).as_posix(): p for p in archive.rglob("*") if p.is_file()}
            for x in s.expected.waits or []:
                assert x in there, (s.name, x)
            for upload, entries in s.expected.fates.items():
                assert upload in there, (s.name, upload)
                inside = zipfile.ZipFile(there[upload]).namelist() if list(entries) != [""] else []
                for entry in entries:
                    assert entry in inside or entry == "", (s.name, entry, inside)
            opened = 0
            for p in there.values():
                if zipfile.is_zipfile(p):
                    with zipfile.ZipFile(p) as z:
                        opened += len(z.namelist())
                        bad = z.testzip() if s.name not in SPOILT else None
                        assert bad is None, (s.name, bad)
            for number in s.expected.students:
                assert number in ROSTER
        print(f"{s.name:45} {len(there)} uploads, {opened} entries{' OPEN' if s.open else ''}")
    print(len(SHAPES), "shapes")


if __name__ == "__main__":
    sys.exit(_check())
