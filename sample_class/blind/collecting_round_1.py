"""A blind round for the collecting step: shapes of uploads, written from collecting.md alone. Nothing here was run
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

# ---------------------------------------------------------------------------------------------- 1. ordinary ones

n = f"HW2-سارا احمدی-۴۰۳۱۰۰۰۰۱.zip"
shape("quera_persian_digits", "A packed zip with a Persian name and Persian digits, two pages; the time in the Persian calendar.",
      lay({n: full("A", S1, {"p1.png": P[1], "p2.png": P[2]})}, {n: "۱۴۰۲/۰۸/۲۲ ساعت ۲۰:۰۰"}),
      {S1: E(ALL, [P[1], P[2]], utc(13))}, fates={n: {"HW2/theory.ipynb": "used", "HW2/p1.png": "used.*page"}})

m = {"Ali Rezaei_1234567_assignsubmission_file_/HW2-Ali Rezaei-403100002.zip": full("A", S2),
     "403100004_Reza Mohammadi_778_assignsubmission_file_/HW2.zip": full("B", S4),
     "نگار حسینی_۴۰۳۱۰۰۰۰۵_assignsubmission_file_/HW2.zip": full("C", S5)}
shape("moodle_download_all", "Moodle's 'download all': a folder each; the number is in the zip's or in the folder's name; two zips are both called HW2.zip.",
      lay(m, {k: T(13) for k in m}), {S2: E(ALL), S4: E("NSUMT=B"), S5: E("NSUMT=C")})

d = f"403100003 Maryam Karimi/"
b = {d + k: v for k, v in files("NSUMT", "A", S3, ROSTER[S3], "").items()} | {d + "answers.pdf": page("mk", "PDF")}
shape("loose_files_in_folder", "A Drive folder named with the number holds five loose files and a PDF, uploaded minutes apart.",
      lay(b, {k: T(12, 10, i) for i, k in enumerate(b)}), {S3: E(ALL, [page("mk", "PDF")], utc(12, 10, 5))})

c = {"rezaeiali_403100002_998877_HW2.zip": full("A", S2),
     "rezaeiali_LATE_403100002_998899_HW2-1.zip": pack(files("M", "B"))}
shape("canvas_resubmission", "Canvas names with ids; a day late only the corrected module comes, in a zip.",
      lay(c, dict(zip(c, (T(12), T(14))))), {S2: E("NSUT=A M=B", time=utc(14))},
      fates={"rezaeiali_403100002_998877_HW2.zip": {"HW2/fully_connected_networks.py": "replaced"}})

d = {"HW2_Reza_４０３１００００４.zip": full("A", S4), "HW2-٤٠٣١٠٠٠٠٦.zip": full("B", S6)}
shape("fullwidth_and_arabic_digits", "Numbers in full-width and Arabic-Indic digits.",
      lay(d, {k: T(13) for k in d}), {S4: E(ALL), S6: E("NSUMT=B")})

d = {"HW2 403-100-003.zip": full("A", S3), "hw2_403 100 008.zip": full("B", S8)}
shape("number_in_groups", "The number is written in groups with hyphens or spaces ('any spelling').",
      lay(d, {k: T(13) for k in d}), {S3: E(ALL), S8: E("NSUMT=B")}, open=True,
      note="'in any digits and spelling' should cover it; waiting with the right guess would be acceptable, losing it not.")

shape("group_of_two_in_name", "Two students of the roster stand in one file name (group work); the notebooks name the first.",
      lay({"HW2-Sara-Ali-403100001-403100002.zip": full("A", S1)}, {"HW2-Sara-Ali-403100001-403100002.zip": T(13)}),
      {}, waits=["HW2-Sara-Ali-403100001-403100002.zip"], open=True,
      note="The name gives two students, not one: a person should decide; guess must contain 403100001.")

shape("no_number_waits", "HW2.zip from an e-mail, no number; the notebooks say 403100003.",
      lay({"HW2.zip": full("A", S3)}, {"HW2.zip": T(13)}), {}, waits=["HW2.zip"], notes=["403100003"],
      fates={"HW2.zip": {"HW2/theory.ipynb": "not read"}})

shape("no_number_assigned_by_hash", "The same, settled by 12 digits of the hash, the number in Persian digits.",
      lambda root: lay({"HW2.zip": full("A", S3)}, {"HW2.zip": T(13)},
                       assigned=f"file,number\n{sha(full('A', S3))[:12]},۴۰۳۱۰۰۰۰۳\n")(root),
      {S3: E(ALL, time=utc(13))})

shape("typo_number_in_name", "The number in the name is nobody's (a digit wrong), the notebooks' is right.",
      lay({"HW2-Kian-403100099.zip": full("A", S7)}, {"HW2-Kian-403100099.zip": T(13)}), {},
      waits=["HW2-Kian-403100099.zip"], notes=["403100007"])

shape("longer_number_holds_a_number", "The name holds a longer digit string in which a student's number is only a part (a phone export).",
      lay({"HW2-14031000021.zip": full("A", S3)}, {"HW2-14031000021.zip": T(13)}), {},
      waits=["HW2-14031000021.zip"], open=True, note="403100002 stands inside 14031000021: must not be taken for 403100002.")

shape("telegram_copy_suffix", "'HW2-...-403100002 (1).zip' and 'Copy of ...': the copy suffix is not the number; the later has another theory.",
      lay({"HW2-Ali Rezaei-403100002.zip": full("A", S2), "Copy of HW2-Ali Rezaei-403100002 (1).zip": full("B", S2, keys="T")},
          {"HW2-Ali Rezaei-403100002.zip": T(11), "Copy of HW2-Ali Rezaei-403100002 (1).zip": T(12)}),
      {S2: E("NSUM=A T=B", time=utc(12))})

shape("date_in_name", "The name holds a date and a time, 14020822-2310, besides the number.",
      lay({"14020822-231045_HW2_403100006.zip": full("A", S6)}, {"14020822-231045_HW2_403100006.zip": T(13)}), {S6: E(ALL)})

# ---------------------------------------------------------------------------------------------- 2. split, corrected

u = {"HW2-403100001.zip": full("A", S1, keys="NSUM"), "HW2-theory-403100001.zip": full("B", S1, {"a.png": P[1], "b.png": P[2]}, "T")}
shape("practical_then_theory", "The practicals one day, theory with pages the next.",
      lay(u, dict(zip(u, (T(12), T(13))))), {S1: E("NSUM=A T=B", [P[1], P[2]], utc(13))})

u = {"403100004.zip": full("A", S4, {"p.png": P[1]}), "fully_connected_networks_403100004.py": module("B"),
     "403100004 theory.ipynb": dump(book("T", "C", S4, ROSTER[S4])), "403100004.pdf": page("late page", "PDF")}
shape("bare_corrections", "A whole zip, then on three more days a bare module, a bare notebook, a bare PDF.",
      lay(u, dict(zip(u, (T(10), T(11), T(12), T(13))))),
      {S4: E("NSU=A M=B T=C", [page("late page", "PDF"), P[1]], utc(13))},
      note="'403100004.pdf' < 'p.png' by name; theory's own upload (C) holds no page, so order is by name.")

u = {"403100005-a.zip": full("A", S5, keys="N"), "403100005-b.zip": full("B", S5, keys="S"), "403100005-c.zip": full("C", S5, keys="U"),
     "403100005-d.zip": full("D", S5, keys="M"), "403100005-e.zip": full("E", S5, keys="T")}
shape("five_zips_same_minute", "Each file in a zip of its own, all at the same minute: nothing contradicts.",
      lay(u, {k: T(13) for k in u}), {S5: E("N=A S=B U=C M=D T=E", time=utc(13))})

u = {"403100005-2.zip": full("B", S5), "403100005-1.zip": full("A", S5)}
shape("later_by_time_not_name", "The upload called -1 is the later one.",
      lay(u, {"403100005-2.zip": T(11), "403100005-1.zip": T(13)}), {S5: E(ALL, time=utc(13))},
      fates={"403100005-2.zip": {"HW2/theory.ipynb": "replaced"}})

# ---------------------------------------------------------------------------------------------- 3. hand-outs later

u = {"403100002-1.zip": full("A", S2), "403100002-2.zip": pack(files("NSUM", "", S2, "Ali Rezaei") | files("T", "B", S2, "Ali Rezaei"))}
shape("later_zip_untouched_practicals", "The second zip is packed from a fresh folder: theory written, the rest as handed out with the identity filled in.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S2: E("NSUM=A T=B", time=utc(13), said=["handed out|nothing is written|not written"])},
      fates={"403100002-2.zip": {"HW2/fully_connected_networks.ipynb": "replaced.*nothing is written"}})

u = {"403100002-1.zip": full("A", S2), "403100002-2.zip": full("", S2)}
shape("later_zip_all_untouched", "The second zip is nothing but the hand-out with the identity: it changes nothing, no time either.",
      lay(u, dict(zip(u, (T(11), T(15))))), {S2: E(ALL, time=utc(11))})

crlf = lambda b: b.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
resaved = book("T", "", S2, "Ali Rezaei")
resaved["metadata"]["colab"] = {"provenance": []}
for _c in resaved["cells"]:
    _c["metadata"] = {k: v for k, v in _c["metadata"].items() if k != "nbgrader"}
    if _c["cell_type"] == "code":
        _c["execution_count"], _c["outputs"] = 3, [{"output_type": "stream", "name": "stdout", "text": ["ran\n"]}]
    _c["source"] = src(_c)
u = {"403100002-1.zip": full("A", S2), "403100002-2.zip": pack({"HW2/theory.ipynb": dump(resaved), "HW2/fully_connected_networks.py": b"\xef\xbb\xbf" + crlf(_given("M"))})}
shape("untouched_but_resaved", "Later: a hand-out notebook re-saved by Colab (outputs, no nbgrader metadata) and the hand-out module with CRLF and BOM.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S2: E(ALL, time=utc(11))},
      note="Line ends and a BOM are no writing.")

ws = book("T", "", S3, ROSTER[S3])
for _c in ws["cells"]:
    if _c["id"].endswith("_answer"):
        _c["source"] = ["*Write your answer here.*  \n", "\n"]
u = {"403100003-1.zip": full("A", S3), "403100003-2.zip": pack({"theory.ipynb": dump(ws)})}
shape("untouched_with_trailing_blanks", "The later theory holds the placeholder with blanks after it only.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S3: E(ALL, time=utc(11))}, open=True, note="blanks are no answer")

emp = book("T", "", S3, ROSTER[S3])
for _c in emp["cells"]:
    if _c["id"].endswith("_answer"):
        _c["source"] = []
u = {"403100003-1.zip": full("A", S3), "403100003-2.zip": pack({"theory.ipynb": dump(emp)})}
shape("placeholders_deleted", "The later theory has empty answer cells: the placeholder was deleted, nothing written.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S3: E(ALL, time=utc(11))}, open=True,
      note="'holds something that the hand-out does not': an empty cell holds nothing new.")

u = {"403100001.zip": HANDOUT.read_bytes(), "403100002.zip": HANDOUT.read_bytes()}
shape("hand_out_from_two", "Two students upload the very hand-out zip: each has a submission, nobody is suspected.",
      lay(u, {k: T(13) for k in u}), {S1: E("NSUMT=0", [], utc(13), unsaid=["same (bytes|answers)|also (sent|uploaded)"]), S2: E("NSUMT=0", [], utc(13))})

a = dump(book("T", "A", S6, ROSTER[S6], ["theory_1b_answer", "theory_4a_answer"]))
u = {"403100006-1.zip": pack(files("NSUM", "A", S6, ROSTER[S6]) | {"HW2/theory.ipynb": a}), "403100006-2.zip": full("B", S6, keys="T")}
shape("answers_get_lost", "The later theory has 1a only, the earlier 1a, 1b and 4a.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S6: E("NSUM=A T=B", time=utc(13), said=["1.?\\(?b|theory_1b", "4.?\\(?a|theory_4a"])})

# ---------------------------------------------------------------------------------------------- 4. the same again

z = full("A", S8, {"p.png": P[1]})
u = {"HW2-Zahra Moradi-403100008.zip": z, "HW2-Zahra Moradi-403100008 (1).zip": z}
shape("same_bytes_again", "The same zip twice, the second one late.",
      lay(u, dict(zip(u, (T(13), T(16))))), {S8: E(ALL, [P[1]], utc(13), unsaid=["late"])})

o = book("S", "A", S8, ROSTER[S8])
for _c in o["cells"]:
    if _c["cell_type"] == "code":
        _c["execution_count"], _c["outputs"] = 7, [{"output_type": "stream", "name": "stdout", "text": ["0.93\n"]}]
u = {"403100008.zip": full("A", S8), "403100008 run again.zip": pack(files("NUMT", "A", S8, "Z. Moradi") | {"HW2/" + NAMES["S"]: dump(o)})}
shape("same_answers_run_again", "Later the same answers come with other outputs and another spelling of the name: no new time.",
      lay(u, dict(zip(u, (T(13), T(15))))), {S8: E(ALL, time=utc(13))})

u = {"403100008-1.zip": full("A", S8), "403100008-2.zip": full("B", S8, keys="T"), "403100008-3.zip": full("A", S8, keys="T")}
shape("back_to_first_version", "Theory A, then B, then A again (B was a mistake).",
      lay(u, dict(zip(u, (T(10), T(11), T(14))))), {S8: E(ALL, time=utc(10))}, open=True,
      note="A must count. The time: 'the latest at which something that counts first came' gives day 10.")

# ---------------------------------------------------------------------------------------------- 5. contradictions

u = {"403100002 (a).zip": full("A", S2), "403100002 (b).zip": full("B", S2)}
shape("contradiction_nothing_before", "Two different whole zips at one time.",
      lay(u, {k: T(13) for k in u}), {S2: NONE}, waits=list(u))

u = {"403100002-0.zip": full("C", S2, {"p.png": P[1]}), "403100002 a.zip": full("A", S2, keys="M"), "403100002 b.zip": full("B", S2, keys="M"),
     "403100002 z.zip": full("D", S2, keys="T")}
shape("contradiction_after_one", "A whole zip; then two modules at one time, and a theory after it: these three wait, the first counts.",
      lay(u, dict(zip(u, (T(10), T(12), T(12), T(13))))), {S2: E("NSUMT=C", [P[1]], utc(10))},
      waits=list(u)[1:])

u2 = {"403100002 a.zip": u["403100002 a.zip"], "403100002 b.zip": u["403100002 b.zip"], "403100002 z.zip": full("D", S2)}
shape("contradiction_settled_by_later", "Two modules at one time, then a whole zip: it holds the file, nothing waits.",
      lay(u2, dict(zip(u2, (T(12), T(12), T(13))))), {S2: E("NSUMT=D", time=utc(13))})

shape("contradiction_settled_by_first", "The same two at one time, `first` for one of them.",
      lay(u, dict(zip(u, (T(10), T(12), T(12), T(13)))), assigned="file,number,use\n403100002 a.zip,403100002,first\n"),
      {S2: E("NSU=C M=A T=D", [P[1]], utc(13))})

u = {"403100002-0.zip": full("C", S2), "403100002 late and wrong.zip": full("A", S2)}
shape("alone", "The student asks for the first upload alone to count.",
      lay(u, dict(zip(u, (T(10), T(15)))), assigned="file,number,use\n403100002-0.zip,403100002,alone\n"),
      {S2: E("NSUMT=C", time=utc(10))}, fates={"403100002 late and wrong.zip": {"HW2/theory.ipynb": "replaced"}})

shape("set_aside", "The later upload is set aside with '-'.",
      lay(u, dict(zip(u, (T(10), T(15)))), assigned="file,number\n403100002 late and wrong.zip,-\n"),
      {S2: E("NSUMT=C", time=utc(10))}, fates={"403100002 late and wrong.zip": {"HW2/theory.ipynb": "not read.*aside"}})

u = {"403100003 x.zip": pack(files("NSUMT", "", S3, ROSTER[S3])), "403100003 y.zip": full("A", S3)}
shape("same_time_one_untouched", "At one time a written zip and an untouched one: no contradiction.",
      lay(u, {k: T(13) for k in u}), {S3: E(ALL, time=utc(13))})

u = {"403100003 x.zip": full("A", S3, {"p1.png": P[1]}), "403100003 y.zip": pack({"HW2/p1.png": P[2]})}
shape("page_contradiction", "At one time two uploads hold p1.png with different bytes.",
      lay(u, {k: T(13) for k in u}), {S3: NONE}, waits=list(u))

u = {"403100003 x.zip": pack(files("NSUMT", "A", S3, "Maryam Karimi")), "403100003 y.zip": full("A", S3)}
shape("same_time_identity_differs", "At one time the same answers, the name in Latin here and in Persian there: the same version.",
      lay(u, {k: T(13) for k in u}), {S3: E(ALL, time=utc(13))})

# ---------------------------------------------------------------------------------------------- 6. pages

u = {"403100001-1.zip": full("A", S1, {"1.png": P[1], "2.png": P[2], "3.png": P[3]}), "403100001-2.zip": pack({"HW2/2.png": P[4]})}
shape("page_corrected", "Page 2 is sent again under its name.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S1: E(ALL, [P[1], P[4], P[3]], utc(13))}, fates={"403100001-1.zip": {"HW2/2.png": "replaced"}}, open=True,
      note="Literally 'those that came at the time of theory.ipynb are in front' would give 1, 3, 2(new). Its purpose, that 'pages 2-3' in theory stays true, wants the new page 2 in the old one's place.")

u = {"403100001-1.zip": full("A", S1, {"m.png": P[1], "n.png": P[2]}), "403100001-2.zip": pack({"a.png": P[3], "z.png": P[4]})}
shape("later_pages_follow", "Pages a.png and z.png come later: they stand behind those that came with theory.ipynb.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S1: E(ALL, [P[1], P[2], P[3], P[4]], utc(13))})

u = {"403100001-1.zip": full("A", S1, {"a.png": P[1]}), "403100001-2.zip": full("B", S1, {"z.png": P[2]}, "T")}
shape("pages_of_the_counting_theory_in_front", "Theory is corrected with a new page z.png: it is in front of the older a.png.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S1: E("NSUM=A T=B", [P[2], P[1]], utc(13))})

u = {"403100001-1.zip": full("A", S1, {"m.png": P[1]}), "403100001-2.zip": pack({"a.png": P[2]}), "403100001-3.zip": full("B", S1, keys="T")}
shape("theory_without_pages_last", "The counting theory comes alone: all pages by name.",
      lay(u, dict(zip(u, (T(11), T(12), T(13))))), {S1: E("NSUM=A T=B", [P[2], P[1]], utc(13))})

u = {"403100001-1.zip": full("A", S1, {"1.png": P[1], "2.png": P[2]}), "403100001-2.zip": full("B", S1, {"1.png": P[1], "2.png": P[2], "3.png": P[3], "0.png": P[4]}, "T")}
shape("whole_scan_again_with_more", "Theory and all pages again with two more: the old ones are the same bytes; the order is the new upload's.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S1: E("NSUM=A T=B", [P[4], P[1], P[2], P[3]], utc(13))},
      note="Pages 1 and 2 came first on day 11, but are held by the upload of the theory that counts: in front as a whole, so that its 'pages 2-3' stays true.")

u = {"403100005.zip": full("A", S5, {f"{i}.png": P[i] for i in (1, 2, 3, 10, 11)})}
shape("ten_before_two", "Pages 1, 2, 3, 10, 11: the packing cell sorts names as text.",
      lay(u, {k: T(13) for k in u}), {S5: E(ALL, [P[1], P[10], P[11], P[2], P[3]])})

u = {"403100005-1.zip": full("A", S5, {"1.png": P[1], "1 copy.png": P[1]}), "403100005-2.zip": pack({"again.png": P[1], "new.png": P[2]})}
shape("duplicate_pages", "One page twice in one upload, once more under another name later.",
      lay(u, dict(zip(u, (T(11), T(13))))), {S5: E(ALL, [P[1], P[1], P[2]], utc(13))})

u = {"HW2-Sara Ahmadi-403100001.zip": full("A", S1, {"scan/1.jpg": page("s1", "JPEG"), "1.jpg": page("top", "JPEG")}),
     "403100001 later.zip": pack({"HW2-Sara Ahmadi-403100001/scan/1.jpg": page("s1 new", "JPEG")}), "403100001 last.zip": pack({"scan/1.jpg": page("s1 newest", "JPEG")})}
shape("page_names_without_folders", "HW2/scan/1.jpg, HW2-Sara Ahmadi-403100001/scan/1.jpg and scan/1.jpg are one page; 1.jpg another.",
      lay(u, dict(zip(u, (T(11), T(12), T(13))))), {S1: E(ALL, None, utc(13))},
      fates={"403100001 later.zip": {"HW2-Sara Ahmadi-403100001/scan/1.jpg": "replaced"}, "HW2-Sara Ahmadi-403100001.zip": {"HW2/scan/1.jpg": "replaced", "HW2/1.jpg": "used"}},
      note="Two pages: top (in front, its upload holds the theory) and 's1 newest'.")
SHAPES[-1].expected.students[S1].pages = [sha(page("top", "JPEG")), sha(page("s1 newest", "JPEG"))]

pp = {"a.JPG": page("k1", "JPEG"), "b.jfif": page("k2", "JPEG"), "c.webp": page("k3", "WEBP"), "d.PDF": page("k4", "PDF"), "e.jpe": page("k5", "JPEG")}
nope = {"x.tif": page("t", "TIFF"), "x2.gif": page("g", "GIF"), "x3.bmp": page("b", "BMP"), "scan": page("noend", "PDF"), "y.heic": heic("iphone"), "answers.docx": DOCX}
shape("kinds_of_pages", "Pages of every kind, TIFF, GIF, BMP, a PDF without ending, HEIC, Word.",
      lay({"403100007.zip": full("A", S7, pp | nope)}, {"403100007.zip": T(13)}),
      {S7: E(ALL, [*pp.values(), heic("iphone")], said=["not read:", "docx", "tif"])},
      fates={"403100007.zip": {"HW2/x.tif": "not read", "HW2/scan": "not read", "HW2/answers.docx": "not read", "HW2/x3.bmp": "not read", "HW2/x2.gif": "not read", "HW2/y.heic": "used"}},
      note="HEIC 'can only be named': I expect it among the pages.")

shape("docx_beside_pdf", "answers.docx lies beside answers.pdf (its source); another one in another folder.",
      lay({"403100007.zip": full("A", S7, {"answers.pdf": page("dp", "PDF"), "answers.docx": DOCX, "old/answers.docx": DOCX2})}, {"403100007.zip": T(13)}),
      {S7: E(ALL, [page("dp", "PDF")], said=["not read:"])},
      fates={"403100007.zip": {"HW2/answers.docx": "not read.*(source|beside)", "HW2/old/answers.docx": "not read"}})

sheet = _given("questions-fa.pdf")
shape("question_sheets", "The question sheet under other names, written-pages.png, and a sheet that was written on.",
      lay({"403100004.zip": full("A", S4, {"questions-fa.pdf": sheet, "my answers.pdf": sheet, "x/q.pdf": sheet, "written-pages.png": P[9], "annotated.pdf": sheet + b"\n% annotated\n%%EOF\n"}),
           "403100004 questions.pdf": sheet}, {"403100004.zip": T(13), "403100004 questions.pdf": T(15)}),
      {S4: E(ALL, [sheet + b"\n% annotated\n%%EOF\n"], utc(13))},
      fates={"403100004.zip": {"HW2/my answers.pdf": "not read.*hand-out", "HW2/written-pages.png": "not read"}})

shape("pdf_called_zip", "The scan was uploaded as 403100006.zip, but it is a PDF; the notebooks came before.",
      lay({"HW2-403100006.zip": full("A", S6), "403100006 pages.zip": page("pz", "PDF")}, {"HW2-403100006.zip": T(12), "403100006 pages.zip": T(13)}),
      {S6: E(ALL, [page("pz", "PDF")], utc(13))})

shape("whatsapp_photos_only", "Only photographs of the pages come, bare, in a folder with the number.",
      lay({f"403100006 Amir/IMG-20231113-WA000{i}.jpg": page(f"wa{i}", "JPEG") for i in range(3)}, {f"403100006 Amir/IMG-20231113-WA000{i}.jpg": T(13, 21, i) for i in range(3)}),
      {S6: E("NSUMT=-", [page(f"wa{i}", "JPEG") for i in range(3)], utc(13, 21, 2), said=["missing|not there|no "])})

# ---------------------------------------------------------------------------------------------- 7. who sent it

u = {"HW2-403100001.zip": full("A", S2), "HW2-403100002.zip": full("B", S1)}
shape("swapped_numbers", "Two friends upload under each other's numbers.", lay(u, {k: T(13) for k in u}), {S1: NONE, S2: NONE}, waits=list(u))

shape("swapped_numbers_without_roster", "The same without a roster.csv.", lay(u, {k: T(13) for k in u}, roster=None), {S1: NONE, S2: NONE}, waits=list(u))

mix = files("NSUM", "A", S4, ROSTER[S4]) | files("T", "A", S8, ROSTER[S8])
shape("one_notebook_of_a_friend", "Theory names another student, the other notebooks the sender: a remark that names theory.",
      lay({"403100004.zip": pack(mix)}, {"403100004.zip": T(13)}), {S4: E(ALL, said=["theory"])})

shape("split_with_friends_theory", "The sender's practicals are his; a day later a bare theory.ipynb under his number names another student: it waits, the rest counts.",
      lay({"403100004.zip": full("A", S4), "403100004 theory.ipynb": dump(book("T", "B", S8, ROSTER[S8]))}, {"403100004.zip": T(12), "403100004 theory.ipynb": T(13)}),
      {S4: E(ALL, time=utc(12))}, waits=["403100004 theory.ipynb"])

shape("name_in_another_script", "The roster says Ali Rezaei, notebooks and file name علي رضايي (Arabic ya).",
      lay({"HW2-علي رضايي-403100002.zip": pack(files("NSUMT", "A", "٤٠٣١٠٠٠٠٢", "علي رضايي"))}, {"HW2-علي رضايي-403100002.zip": T(13)}),
      {S2: E(ALL)}, note="There should be no remark about the sender's name or number.")

shape("nameless_notebooks_foreign_file_name", "Empty identity cells; file name 'Zahra Moradi' with Reza Mohammadi's number.",
      lay({"HW2-Zahra Moradi-403100004.zip": pack(files("NSUMT", "A"))}, {"HW2-Zahra Moradi-403100004.zip": T(13)}), {S4: NONE},
      waits=["HW2-Zahra Moradi-403100004.zip"])

shape("typo_in_notebook_number", "STUDENT_NUMBER is nobody's in all notebooks, the name is right; in one it is an integer.",
      lay({"403100004.zip": pack(files("NSU", "A", "403100444", ROSTER[S4]) | files("MT", "A", 403100004, ROSTER[S4]))}, {"403100004.zip": T(13)}),
      {S4: E(ALL, said=["403100444"])})

u = {"403100001.zip": pack(files("NSUMT", "A")), "403100002.zip": pack(files("NSUMT", "A"))}
shape("same_bytes_from_two", "One zip with empty identity cells under two students' numbers.",
      lay(u, {k: T(13) for k in u}), {S1: E(ALL, said=["same", S2]), S2: E(ALL, said=["same", S1])})

u = {"403100001.zip": full("A", S1, {"p.png": P[1]}), "403100002.zip": full("A", S2, {"q.png": P[2]})}
shape("same_answers_other_identity", "The friend's work with the identity cell changed.",
      lay(u, {k: T(13) for k in u}), {S1: E(ALL, [P[1]], said=["same", S2]), S2: E(ALL, [P[2]], said=["same", S1])})

shape("copied_zip_unchanged", "403100002 uploads 403100001's zip unchanged, after an own first version.",
      lay({"403100001.zip": full("A", S1), "403100002 v1.zip": full("B", S2), "403100002 v2.zip": full("A", S1)},
          {"403100001.zip": T(11), "403100002 v1.zip": T(12), "403100002 v2.zip": T(13)}),
      {S1: E(ALL), S2: E("NSUMT=B", time=utc(12))}, waits=["403100002 v2.zip"])

shape("several_students_in_one_zip", "A class representative sends one zip with a folder for each student.",
      lay({"all.zip": pack(files("NSUMT", "A", S1, ROSTER[S1], "403100001/") | files("NSUMT", "B", S2, ROSTER[S2], "403100002/"))}, {"all.zip": T(13)}),
      {S1: NONE, S2: NONE}, waits=["all.zip"])

# ---------------------------------------------------------------------------------------------- 8. unreadable and odd

u = {"403100003.zip": RAR}
shape("rar_only", "A rar named .zip, nothing else.", lay(u, {k: T(13) for k in u}), {S3: NONE}, waits=list(u), notes=["rar"])
u = {"403100003.rar": RAR, "403100003.zip": full("A", S3)}
shape("rar_then_zip", "A rar first, then everything as a zip: the rar is replaced without asking.",
      lay(u, dict(zip(u, (T(12), T(13))))), {S3: E(ALL, time=utc(13))})
shape("zip_then_rar", "Everything as a zip, then a rar (perhaps a correction): the rar waits, the zip counts.",
      lay(u, dict(zip(u, (T(13), T(12))))), {S3: E(ALL, time=utc(12), said=["rar|cannot be read"])}, waits=["403100003.rar"])
u = {"403100003.rar": RAR, "403100003.zip": pack(files("NSUT", "A", S3, ROSTER[S3]) | files("M", ""))}
shape("rar_then_zip_with_empty_module", "A rar first, then a zip whose module is untouched: the rar may hold it and waits.",
      lay(u, dict(zip(u, (T(12), T(13))))), {S3: E("NSUT=A M=0")}, waits=["403100003.rar"])

inner = full("A", S8)
shape("zip_in_zip", "The zip holds only another zip, the one that was packed.",
      lay({"HW2-403100008.zip": pack({"HW2-Zahra Moradi-403100008.zip": inner})}, {"HW2-403100008.zip": T(13)}), {S8: E("NSUMT=-", said=["archive"])},
      waits=None, open=True, note="An archive in the archive is not read; it must be said loudly; whether it waits or is an empty submission is open (waiting would be right).",
      fates={"HW2-403100008.zip": {"HW2-Zahra Moradi-403100008.zip": "not read.*archive"}})
SHAPES[-1].expected.students[S8].files = {}

def patched(data, name, flag=None, damage=False):
    """Sets the encrypted flag, or spoils the packed bytes, of one entry."""
    data, z = bytearray(data), zipfile.ZipFile(io.BytesIO(data))
    info = z.getinfo(name)
    start = info.header_offset
    if flag:
        data[start + 6] |= 1
        at = data.find(b"PK\1\2")
        while at >= 0:
            if struct.unpack("<I", data[at + 42:at + 46])[0] == start:
                data[at + 8] |= 1
            at = data.find(b"PK\1\2", at + 4)
    if damage:
        length = struct.unpack("<HH", data[start + 26:start + 30])
        at = start + 30 + sum(length) + info.compress_size // 2
        data[at:at + 40] = bytes(40)
    return bytes(data)

shape("one_entry_encrypted", "One notebook of the zip is encrypted; an earlier zip holds it.",
      lay({"403100004-1.zip": full("A", S4), "403100004-2.zip": patched(full("B", S4), "HW2/theory.ipynb", flag=True)}, {"403100004-1.zip": T(12), "403100004-2.zip": T(13)}),
      {S4: E("NSUM=B T=A", time=utc(13), said=["encrypted|password"])}, fates={"403100004-2.zip": {"HW2/theory.ipynb": "not read.*(encrypted|password)"}})
shape("one_entry_damaged", "The module's packed bytes are spoilt (CRC).",
      lay({"403100004.zip": patched(full("A", S4), "HW2/fully_connected_networks.py", damage=True)}, {"403100004.zip": T(13)}),
      {S4: E("NSUT=A M=-", said=["damaged|cannot be read"])}, fates={"403100004.zip": {"HW2/fully_connected_networks.py": "not read.*damaged"}})
def all_encrypted():
    z = full("A", S4)
    for k in NAMES.values():
        z = patched(z, "HW2/" + k, flag=True)
    return z
shape("all_encrypted", "The whole zip has a password.", lay({"403100004.zip": all_encrypted()}, {"403100004.zip": T(13)}), {S4: E()}, waits=None, open=True,
      note="Must be said ('encrypted'); I would let it wait, for nothing of it can be read.", notes=["encrypted|password"])
shape("half_downloaded", "The zip is cut off in the middle; the whole one comes two minutes later under another name.",
      lay({"403100004.zip": full("A", S4)[:60000], "403100004 (1).zip": full("A", S4)}, {"403100004.zip": T(13, 23, 57), "403100004 (1).zip": T(13, 23, 59)}),
      {S4: E(ALL, time=utc(13, 23, 59))})
shape("empty_file", "An upload of 0 bytes, after a good one.", lay({"403100004.zip": full("A", S4), "403100004-fix.zip": b""}, {"403100004.zip": T(12), "403100004-fix.zip": T(13)}),
      {S4: E(ALL, time=utc(12))}, waits=["403100004-fix.zip"])
shape("zip_without_entries", "A valid zip with nothing in it.", lay({"403100004.zip": pack({})}, {"403100004.zip": T(13)}), {S4: E()}, waits=None, open=True,
      note="'empty files wait': I would let it wait.")

def big():
    return pack(files("NSUMT", "A", S5, ROSTER[S5]) | {"HW2/model.pth": bytes(60 << 20)})
shape("huge_model_file", "A 60 MiB model lies beside the notebooks: left out with a remark.", lay({"403100005.zip": big}, {"403100005.zip": T(13)}),
      {S5: E(ALL, said=["too large|model.pth"])}, fates={"403100005.zip": {"HW2/model.pth": "not read"}})
def outputs12():
    nb = book("U", "A", S5, ROSTER[S5])
    nb["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x" * 99 + "\n"] * 125000}]
    return pack(files("NSMT", "A", S5, ROSTER[S5]) | {"HW2/" + NAMES["U"]: dump(nb)})
shape("notebook_of_12_mib", "A notebook is 12 MiB for its outputs: kept without them, with a remark.", lay({"403100005.zip": outputs12}, {"403100005.zip": T(13)}),
      {S5: E(ALL, said=["output"])})

def links():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for k, v in files("NSUM", "A", S6, ROSTER[S6]).items():
            z.writestr(k, v)
        info = zipfile.ZipInfo("HW2/theory.ipynb"); info.external_attr = 0o120777 << 16
        z.writestr(info, "/etc/passwd")
        z.writestr("../../../evil.py", "print('evil')"); z.writestr("/abs/p.png", P[5])
    return out.getvalue()
shape("symlink_and_traversal", "theory.ipynb is a symbolic link, names climb out of the folder.", lay({"403100006.zip": links()}, {"403100006.zip": T(13)}),
      {S6: E("NSUM=A T=-", said=["link"])}, fates={"403100006.zip": {"HW2/theory.ipynb": "not read.*link"}}, note="Nothing may be written outside the root; /abs/p.png may count as a page.")

def windows():
    z = full("A", S7, {"scan.png": P[1]})
    return z.replace(b"HW2/", b"HW2\\")
shape("backslashes", "Zipped by an old Windows program: the names hold backslashes.", lay({"403100007.zip": windows()}, {"403100007.zip": T(13)}), {S7: E(ALL, [P[1]])})

def cp1256():
    z = full("A", S1, {"XXXXXXXX.png": P[1]}, prefix="YYYY/")
    return z.replace(b"XXXXXXXX", "پاسخهاي".encode("cp1256").ljust(8, b"1")[:8]).replace(b"YYYY", "تمري".encode("cp1256")[:4])
shape("names_in_cp1256", "Names of entries are in the Windows code page, without the UTF-8 flag.", lay({"403100001.zip": cp1256()}, {"403100001.zip": T(13)}), {S1: E(ALL, [P[1]])})

apple = b"\0\5\x16\7\0\2\0\0Mac OS X        " + bytes(60)
mac = files("NSUMT", "A", S1, "Sara Ahmadi", "HW2 2/") | {"HW2 2/.DS_Store": b"\0\0\0\1Bud1", "HW2 2/p\u0301age.png": P[1], "__MACOSX/HW2 2/._theory.ipynb": apple, "__MACOSX/HW2 2/._p\u0301age.png": apple,
       "HW2 2/.ipynb_checkpoints/theory-checkpoint.ipynb": dump(book("T", "OLD", S1)), "HW2 2/venv/lib/x.py": b"x=1", "HW2 2/venv/doc.pdf": page("venv", "PDF"), "HW2 2/.git/HEAD": b"ref", "HW2 2/libs/solver.py": b"# changed\n", "HW2 2/data/mnist/t10k-labels-idx1-ubyte.gz": b"other"}
shape("mac_zip", "A Mac's zip: 'HW2 2', __MACOSX, .DS_Store, NFD names, checkpoints, a venv with a PDF, a changed libs file.",
      lay({"403100001.zip": pack(mac)}, {"403100001.zip": T(13)}), {S1: E(ALL, [P[1]])}, fates={"403100001.zip": {"HW2 2/libs/solver.py": "not read", "HW2 2/venv/doc.pdf": "not read"}})

cop = files("NSUM", "A", S2, "Ali Rezaei") | {"HW2/theory.ipynb": _given("T"), "HW2/old/theory (1).ipynb": dump(book("T", "B", S2, "Ali Rezaei")), "HW2/theory.ipynb.bak": b"x"}
shape("copies_in_one_zip", "theory.ipynb is untouched, the written one is old/theory (1).ipynb.", lay({"403100002.zip": pack(cop)}, {"403100002.zip": T(13)}),
      {S2: E("NSUM=A T=B", said=["theory"])}, fates={"403100002.zip": {"HW2/theory.ipynb": "replaced", "HW2/old/theory (1).ipynb": "used"}})

two = files("NSUMT", "A", S2, "Ali Rezaei") | {"HW2/backup/theory.ipynb": dump(book("T", "B", S2, "Ali Rezaei")), "HW2/theory-final.ipynb": dump(book("T", "C", S2, "Ali Rezaei"))}
shape("three_written_copies", "Three written theories: right name and nearest to the top wins.", lay({"403100002.zip": pack(two)}, {"403100002.zip": T(13)}), {S2: E(ALL, said=["theory-final|backup"])})

# ---------------------------------------------------------------------------------------------- 9. editors

def colab(key, mark):
    nb = book(key, mark, S3, ROSTER[S3]); nb["nbformat_minor"] = 0
    nb["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    for i, cell in enumerate(nb["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {"id": f"q{i:03}Zx"}
    return nb
shape("colab_without_ids", "Colab: no cell ids, no nbgrader metadata, names 'Copy of Untitled3.ipynb'.",
      lay({"403100003.zip": pack({f"Copy of Untitled{i}.ipynb": dump(colab(k, "A")) for i, k in enumerate("NSUT")} | {"fully_connected_networks (2).py": module("A")})}, {"403100003.zip": T(13)}), {S3: E(ALL)})
shape("colab_untouched_later", "Later an untouched hand-out notebook without any ids comes from Colab.",
      lay({"403100003.zip": full("A", S3), "403100003 theory.ipynb": dump(colab("T", ""))}, {"403100003.zip": T(12), "403100003 theory.ipynb": T(13)}), {S3: E(ALL, time=utc(12))},
      note="no cell can be told by its id, so 'any cell is new': none is but the identity, which alone is not writing.")

bom = {"HW2/theory.ipynb": dump(book("T", "A", S6, ROSTER[S6])).decode().encode("utf-16"), "HW2/" + NAMES["S"]: b"\xef\xbb\xbf" + dump(book("S", "A", S6)), "HW2/" + NAMES["M"]: module("A").decode().encode("utf-16")}
shape("utf16_and_bom", "PowerShell rewrote theory and the module in UTF-16, another notebook has a BOM.", lay({"403100006.zip": pack(files("NU", "A", S6, ROSTER[S6]) | bom)}, {"403100006.zip": T(13)}), {S6: E("NSU=A M=? T=A")},
      open=True, note="The notebook with BOM and in UTF-16 should be read (as UTF-8 in submitted/); the UTF-16 module should be read or be named as unreadable.")

mv = book("T", "A", S6, ROSTER[S6]); mv["cells"] = mv["cells"][:2] + mv["cells"][:1:-1]
shape("moved_cells", "The cells of theory stand in reverse order.", lay({"403100006.zip": pack(files("NSUM", "A", S6, ROSTER[S6]) | {"theory.ipynb": dump(mv)})}, {"403100006.zip": T(13)}), {S6: E(ALL)})

wf = book("N", "A", S7, ROSTER[S7])
wf["cells"].insert(4, {"cell_type": "code", "id": "ab12", "metadata": {}, "execution_count": 1, "outputs": [], "source": "%%writefile fully_connected_networks.py\n" + module("A").decode()})
shape("module_in_writefile_cell", "No .py: the module stands in a %%writefile cell of the notebook.", lay({"403100007.zip": pack(files("SUT", "A", S7, ROSTER[S7]) | {"HW2/" + NAMES["N"]: dump(wf)})}, {"403100007.zip": T(13)}),
      {S7: E("NSUT=A M=?", said=["fully_connected_networks.py"])}, open=True, note="Taking it from the cell, or a remark that it is missing but stands in a cell: either, never silence.")

shape("notebook_named_py", "theory was saved as theory.py (JSON), another as .ipynb.txt, another .IPYNB.", lay({"403100007.zip": pack(files("NM", "A", S7, ROSTER[S7]) | {"theory.py": dump(book("T", "A", S7)), NAMES["S"] + ".txt": dump(book("S", "A", S7)), "FORWARD_FORWARD_UNSUPERVISED.IPYNB": dump(book("U", "A", S7))})}, {"403100007.zip": T(13)}),
      {S7: E(ALL)}, open=True, note="'its bytes say first' is said of uploads; fair: of entries, too. At the least they are named.")

export = "#!/usr/bin/env python\n# coding: utf-8\n" + "".join(f"\n# In[{i}]:\n\n{src(c)}\n" for i, c in enumerate(book("N", "X", S8, ROSTER[S8])["cells"]) if c["cell_type"] == "code")
shape("notebook_exported_as_module", "Later 'Download as .py' of the notebook: a fully_connected_networks.py that is not the module.",
      lay({"403100008.zip": full("A", S8), "403100008 fully_connected_networks.py": export.encode()}, {"403100008.zip": T(12), "403100008 fully_connected_networks.py": T(13)}),
      {S8: E(ALL)}, waits=None, open=True, note="It holds none of the module's blocks or functions: must not replace the written module.")

merge = dump(book("T", "B", S8)).replace(b' "cells": [', b'<<<<<<< HEAD\n "cells": [\n=======\n', 1)
shape("merge_conflict_notebook", "Later a theory.ipynb with git's conflict marks, no JSON: the earlier written one stays.",
      lay({"403100008.zip": full("A", S8), "403100008-2.zip": pack({"HW2/theory.ipynb": merge} | files("M", "B"))}, {"403100008.zip": T(12), "403100008-2.zip": T(13)}),
      {S8: E("NSUT=A M=B", time=utc(13), said=["theory"])}, fates={"403100008-2.zip": {"HW2/theory.ipynb": "replaced|not read"}})

shape("html_print", "A bare theory.html beside a good zip.", lay({"403100008.zip": full("A", S8), "403100008 theory.html": b"<!DOCTYPE html><html><body>theory</body></html>"}, {"403100008.zip": T(12), "403100008 theory.html": T(13)}),
      {S8: E(ALL, time=utc(12))}, waits=["403100008 theory.html"])
shape("readme_beside", "A bare README.md of the hand-out beside a good zip: never waits.", lay({"403100008.zip": full("A", S8), "403100008/README.md": _given("README.md")}, {"403100008.zip": T(12), "403100008/README.md": T(13)}), {S8: E(ALL, time=utc(12))})
shape("github_link_unreachable", "Theory and a link.txt; practicals are on GitHub, which cannot be reached.", lay({"403100008.zip": full("A", S8, {"link.txt": b"https://github.com/zmoradi-none/hw2-dl\n"}, "T")}, {"403100008.zip": T(13)}),
      {S8: E("T=A NSUM=-", said=["github"])}, fates={"403100008.zip": {"HW2/link.txt": "used.*address"}})

# ---------------------------------------------------------------------------------------------- 10. times and tables

u = {"403100001-1.zip": full("A", S1), "403100001-2.zip": full("B", S1, {"p.png": P[1]})}
shape("late_but_accepted", "The second one comes 4 days late.", lay(u, dict(zip(u, (T(13), T(17))))), {S1: E("NSUMT=B", [P[1]], utc(17))})
shape("too_late_second", "The second one comes 6 days after the deadline.", lay(u, dict(zip(u, (T(13), T(19, 23, 58))))), {S1: E(ALL, [], utc(13), said=["late|accepted"])}, fates={"403100001-2.zip": {"HW2/theory.ipynb": "not read.*late"}})
shape("one_minute_too_late", "18 November 23:59 is still accepted, the 19th 00:00 is not.", lay(u | {"403100001-3.zip": full("C", S1)}, dict(zip([*u, "403100001-3.zip"], (T(13), T(18, 23, 59), T(19, 0, 0))))),
      {S1: E("NSUMT=B", [P[1]], utc(18, 23, 59), said=["late|accepted"])}, open=True, note="5 days after 13 Nov 23:59 is 18 Nov 23:59: that this minute itself is accepted is my reading.")
shape("all_too_late", "Both come too late: one submission.", lay(u, dict(zip(u, (T(21), T(22))))), {S1: E("NSUMT=B", [P[1]], utc(22))})
shape("too_late_assigned", "The too late one is accepted by a line.", lay(u, dict(zip(u, (T(13), T(25)))), assigned="file,number\n403100001-2.zip,403100001\n"), {S1: E("NSUMT=B", [P[1]], utc(25))})
nov25 = int(datetime(2023, 11, 25, 12, tzinfo=timezone.utc).timestamp())
shape("too_late_by_file_time_only", "Only the time of the file says that the second is too late: it waits.", lay(u, {"403100001-1.zip": T(13)}, mtimes={"403100001-2.zip": nov25}), {S1: E(ALL, [], utc(13))}, waits=["403100001-2.zip"])
shape("time_of_the_file_only", "No table names the upload; its file's time is in time: a remark.", lay({"403100001-1.zip": u["403100001-1.zip"]}, None, mtimes={"403100001-1.zip": int(datetime(2023, 11, 12, 9, tzinfo=timezone.utc).timestamp())}), {S1: E(ALL, time="2023-11-12T09:00", said=["time"])})
shape("offsets_and_calendars", "Times with Z, +0330, dots, a Persian year: the order is that of the moments.",
      lay({f"403100001-{k}.zip": full(k, S1, keys="T") for k in "ABCD"}, "file,time\n403100001-A.zip,2023-11-13T20:20Z\n403100001-B.zip,۱۴۰۲.۸.۲۲ ۲۳:۴۵:۱۰\n403100001-C.zip,2023/11/13 23:40+0330\n403100001-D.zip,2023-11-13 23:30\n"),
      {S1: E("T=A NSUM=-", time="2023-11-13T20:20")}, note="A is 23:50 Tehran, B 23:45:10.")
shape("times_from_excel", "times.csv from Excel with a BOM, blank lines, blanks around, CRLF.", lay({"403100002.zip": full("A", S2)}, "\ufefffile,time\r\n\r\n403100002.zip , 2023-11-12 20:00 \r\n"), {S2: E(ALL, time=utc(12))}, open=True, note="A BOM, CRLF, blank lines and blanks around are harmless: taken, I would say.")
L = "file,time\n403100002.zip,{}\n"
for nm, t in {"bad_esfand_30": "1402/12/30 20:00", "date_alone": "1402/08/22", "wrong_year": "2013-11-13T20:00", "day_first": "13/11/2023 20:00", "nonsense": "yesterday"}.items():
    shape("times_" + nm, f"times.csv says {t!r}: refused by file and line.", lay({"403100002.zip": full("A", S2)}, L.format(t)), {S2: NONE}, refuse=("times.csv", 2))
shape("times_of_nobody", "A line of times.csv about an upload that is not there: a note.", lay({"403100002.zip": full("A", S2)}, {"403100002.zip": T(13), "403100009.zip": T(13)}), {S2: E(ALL)}, notes=["403100009.zip"])
shape("roster_bad_line", "A line of the roster has a name and no number.", lay({"403100002.zip": full("A", S2)}, {"403100002.zip": T(13)}, roster="number,name\n403100001,سارا احمدی\n,Ali Rezaei\n"), {S2: NONE}, refuse=("roster.csv", 3))
shape("roster_twice", "A number stands twice in the roster with two names.", lay({"403100002.zip": full("A", S2)}, {"403100002.zip": T(13)}, roster="number,name\n403100002,Ali Rezaei\n۴۰۳۱۰۰۰۰۲,Reza Mohammadi\n"), {S2: NONE}, refuse=("roster.csv", 3), open=True, note="Refusing is what I would want.")
for nm, line in {"unknown_use": "403100002.zip,403100002,alonee", "no_number": "403100002.zip,", "number_of_nobody": "403100002.zip,403199999"}.items():
    shape("assigned_" + nm, f"assigned.csv says {line!r}.", lay({"403100002.zip": full("A", S2)}, {"403100002.zip": T(13)}, assigned=f"file,number,use\n{line}\n"), {S2: NONE}, refuse=("assigned.csv", 2), open=nm != "unknown_use",
          note="" if nm == "unknown_use" else "a line that cannot be meant: refused I would say")
u = {"403100002-1.zip": full("A", S2), "403100002-2.zip": full("B", S2)}
shape("assigned_two_alone", "Two lines `alone` about two uploads of one student.", lay(u, dict(zip(u, (T(11), T(12)))), assigned="file,number,use\n403100002-1.zip,403100002,alone\n403100002-2.zip,403100002,alone\n"), {S2: NONE}, refuse=("assigned.csv", 3), open=True, note="'One a student': refuse naming a line")
shape("assigned_without_effect", "Lines about no upload, a number it has anyhow, overruled, `alone` with nothing beside it.",
      lay({"403100002.zip": full("A", S2), "403100003.zip": full("B", S3), "x.zip": full("C", S4)}, {"403100002.zip": T(11), "403100003.zip": T(11), "x.zip": T(11)},
          assigned="file,number,use\nnowhere.zip,403100002\n403100002.zip,403100002\n403100003.zip,403100003,alone\nx.zip,-\nx.zip,403100004\n"),
      {S2: E(ALL), S3: E("NSUMT=B"), S4: E("NSUMT=C")}, notes=["nowhere.zip", "403100002.zip", "403100003.zip", "x.zip"])
shape("assigned_joins_foreign_and_own", "An anonymous zip with the corrected theory is assigned; it joins the numbered one.", lay({"403100002.zip": full("A", S2), "theory fixed.zip": full("B", S2, keys="T")}, {"403100002.zip": T(11), "theory fixed.zip": T(13)}, assigned="file,number\ntheory fixed.zip,403100002\n"), {S2: E("NSUM=A T=B", time=utc(13))})
LS = "total 200\n-rw-r--r-- 1 ta ta 99999 2023-11-12 18:05:09.123456789 +0330 HW2-سارا احمدی-403100001.zip\n-rw-r--r-- 1 ta ta 88 2023-11-13 10:00:00.000000000 +0000 HW2 Ali 403100002.zip\n"
shape("listing_instead_of_times", "listing.txt of ls with names that hold blanks and offsets that differ.",
      lay({"HW2-سارا احمدی-403100001.zip": full("A", S1), "HW2 Ali 403100002.zip": full("B", S2)}, None, tables={"downloaded/hw2/listing.txt": LS}), {S1: E(ALL, time="2023-11-12T14:35"), S2: E("NSUMT=B", time="2023-11-13T10:00")})


# ---------------------------------------------------------------------------------------------- 11. between the rules

shape("folder_and_file_disagree", "The folder has one student's number, the zip another's, whose notebooks they are.",
      lay({"403100001 Sara/HW2-403100002.zip": full("A", S2)}, {"403100001 Sara/HW2-403100002.zip": T(13)}), {S2: E(ALL)}, open=True,
      waits=None, note="'in the file's name (or in the name of its folder)': the file's name first, and the notebooks agree. To wait would be acceptable; to give it to 403100001 not.")

namesakes = {S1: "علی رضایی", S2: "علی رضایی", S3: "مریم کریمی"}
shape("namesakes", "Two students have the same name; the second's notebooks say the name only.",
      lay({"HW2-علی رضایی-403100001.zip": pack(files("NSUMT", "A", "403100001", "علی رضایی")), "HW2-علی رضایی-403100002.zip": pack(files("NSUMT", "B", "", "علی رضایی"))},
          {"HW2-علی رضایی-403100001.zip": T(12), "HW2-علی رضایی-403100002.zip": T(13)}, roster=namesakes), {S1: E(ALL), S2: E("NSUMT=B")})

shape("own_number_friends_name", "STUDENT_NUMBER is the sender's in all notebooks, NAME another student's (copied folder, number changed).",
      lay({"403100004.zip": pack(files("NSUMT", "A", S4, "Zahra Moradi"))}, {"403100004.zip": T(13)}), {S4: E(ALL, said=["Zahra Moradi|name"])}, open=True,
      note="They name the sender by number, another by name: 'none of them names the sender' does not hold, so it counts, with a remark.")

co = book("T", "A", S4, ROSTER[S4])
for _c in co["cells"]:
    if _c["id"] == "identity":
        _c["source"] = src(_c).replace("COLLABORATORS = []", 'COLLABORATORS = ["Zahra Moradi", "403100008"]')
shape("collaborator_named", "A friend stands in COLLABORATORS, with the number: nothing follows.", lay({"403100004.zip": pack(files("NSUM", "A", S4, ROSTER[S4]) | {"HW2/theory.ipynb": dump(co)})}, {"403100004.zip": T(13)}),
      {S4: E(ALL, unsaid=["403100008"])})

def doubled():
    import warnings
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        warnings.simplefilter("ignore")
        for k, v in files("NSUM", "A", S6, ROSTER[S6]).items():
            z.writestr(k, v)
        z.writestr("HW2/theory.ipynb", _given("T")); z.writestr("HW2/theory.ipynb", dump(book("T", "A", S6, ROSTER[S6])))
    return out.getvalue()
shape("one_entry_name_twice", "A zip was appended to: theory.ipynb is in it twice, untouched and then written.", lay({"403100006.zip": doubled()}, {"403100006.zip": T(13)}), {S6: E(ALL)},
      note="Two copies in one upload: the written one counts. Each entry has a fate.")

def many():
    return pack(files("NSUMT", "A", S6, ROSTER[S6]) | {f"HW2/node_modules/f{i}.js": b"1" for i in range(2100)})
shape("too_many_files", "A zip of 2,105 files: the whole upload waits.", lay({"403100006.zip": many}, {"403100006.zip": T(13)}), {S6: NONE}, waits=["403100006.zip"])
def venv():
    return pack(files("NSUMT", "A", S6, ROSTER[S6]) | {f"HW2/venv/lib/f{i}.py": b"1" for i in range(2100)})
shape("whole_venv", "The student packed his venv: 2,100 small files of it.", lay({"403100006.zip": venv}, {"403100006.zip": T(13)}), {S6: E()}, waits=None, open=True,
      note="'at most 2,000 files' makes it wait; that what is left behind anyhow is not counted would be kinder. Either, but said and not silently dropped.")

def overlap():
    z = bytearray(full("A", S6)); at, first = z.find(b"PK\1\2"), None
    while at >= 0:
        if first is None:
            first = at
        else:
            z[at + 16:at + 28] = z[first + 16:first + 28]; z[at + 42:at + 46] = z[first + 42:first + 46]
        at = z.find(b"PK\1\2", at + 4)
    return bytes(z)
shape("overlapping_entries", "A zip bomb's directory: all entries point at one place.", lay({"403100006.zip": overlap()}, {"403100006.zip": T(13)}), {S6: NONE}, waits=["403100006.zip"])

import tarfile
def tgz():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as t:
        for k, v in files("NSUMT", "A", S6).items():
            i = tarfile.TarInfo(k); i.size = len(v); t.addfile(i, io.BytesIO(v))
    return out.getvalue()
shape("tar_gz_called_zip", "A .tar.gz, renamed .zip because the site wanted one.", lay({"HW2-403100006.zip": tgz}, {"HW2-403100006.zip": T(13)}), {S6: NONE}, waits=["HW2-403100006.zip"])

shape("url_only", "A Windows shortcut to GitHub is the only upload (no network).", lay({"403100006.url": b"[InternetShortcut]\r\nURL=https://github.com/amirtavakoli-none/hw2\r\n"}, {"403100006.url": T(13)}), {S6: E("NSUMT=-", said=["github"])}, waits=None, open=True,
      note="Said of the student in any case; an empty submission or waiting are both possible.")
shape("txt_without_link", "A bare .txt without a link ('I was ill') beside a good zip.", lay({"403100006.zip": full("A", S6), "403100006 note.txt": "استاد، بیمار بودم".encode()}, {"403100006.zip": T(12), "403100006 note.txt": T(13)}), {S6: E(ALL, time=utc(12))}, waits=None, open=True,
      note="It must have a fate and change no time; whether it waits is not said.")

shape("heic_called_jpg", "An iPhone photograph renamed .jpg, beside real pages.", lay({"403100006.zip": full("A", S6, {"a.jpg": heic("x"), "b.jpg": page("ok", "JPEG")})}, {"403100006.zip": T(13)}), {S6: E(ALL, [heic("x"), page("ok", "JPEG")], said=["heic"])}, open=True,
      note="Bytes first: a HEIC page, named.")
shape("damaged_page", "A photograph cut off in the upload and a picture of 0 bytes.", lay({"403100006.zip": full("A", S6, {"a.png": P[1][:900], "b.png": b"", "c.png": P[2]})}, {"403100006.zip": T(13)}), {S6: E(ALL, None, said=["b.png"])}, open=True,
      note="c.png must be there; a.png and b.png each a fate and a word.")
shape("page_name_case", "P1.PNG, later p1.png with other bytes.", lay({"403100006-1.zip": full("A", S6, {"P1.PNG": P[1]}), "403100006-2.zip": pack({"p1.png": P[2]})}, {"403100006-1.zip": T(12), "403100006-2.zip": T(13)}), {S6: E(ALL, None, utc(13))}, open=True,
      note="One page or two is not said; I would find one (the later) right, both kept is safe; losing the LATER one is wrong.")

import unicodedata
NFC = unicodedata.normalize("NFC", "آرش مؤمنی 403100006.zip")
NFD = unicodedata.normalize("NFD", NFC)
assert NFC != NFD
shape("nfd_name_nfc_table", "A Mac decomposed the file's name; times.csv has it composed.", lay({NFD: full("A", S6)}, {NFC: T(12)}, roster=ROSTER | {S6: "آرش مؤمنی"}), {S6: E(ALL, time=utc(12))}, open=True,
      note="The same name for every reader: the time must be found (a remark that it is the file's time would be wrong: 2026).")
bidi = "HW2-\u200fسارا\u200cاحمدی\u200e-403100001\u200f.zip"
shape("bidi_marks_in_name", "The file's name holds RLM, LRM and ZWNJ; times.csv the same.", lay({bidi: full("A", S1)}, {bidi: T(12)}), {S1: E(ALL, time=utc(12))})

sl = book("T", "A", S6, ROSTER[S6])
for _c in sl["cells"]:
    _c["source"] = src(_c)
shape("same_time_crlf", "At one time: the same answers, the module with CRLF, the notebook's sources as strings.", lay({"403100006 a.zip": full("A", S6), "403100006 b.zip": pack({"HW2/theory.ipynb": dump(sl), "HW2/" + NAMES["M"]: crlf(module("A"))})}, {"403100006 a.zip": T(13), "403100006 b.zip": T(13)}), {S6: E(ALL, time=utc(13))})

shape("three_versions_two_times", "M: A and B at one time, later C in an upload without theory; theory D1/D2 also clash and nobody settles them.",
      lay({"403100006 a.zip": full("A", S6), "403100006 b.zip": full("B", S6), "403100006 c.zip": full("C", S6, keys="NSUM")}, {"403100006 a.zip": T(12), "403100006 b.zip": T(12), "403100006 c.zip": T(13)}), {S6: NONE},
      waits=["403100006 a.zip", "403100006 b.zip", "403100006 c.zip"], note="Only theory is unsettled, but the two wait, and whatever came later.")

shape("foreign_upload_settles_nothing", "Two versions clash; the later whole zip names another student and waits: as if it were not there.",
      lay({"403100006 a.zip": full("A", S6), "403100006 b.zip": full("B", S6), "403100006 c.zip": full("C", S8)}, {"403100006 a.zip": T(11), "403100006 b.zip": T(11), "403100006 c.zip": T(12)}), {S6: NONE},
      waits=["403100006 a.zip", "403100006 b.zip", "403100006 c.zip"])

shape("first_of_older_upload_with_pages", "`first` for the older of two: its theory and its page 1.png win; the later's extra page and module stay.",
      lay({"403100006-1.zip": full("A", S6, {"1.png": P[1]}, "NSUT"), "403100006-2.zip": full("B", S6, {"1.png": P[2], "2.png": P[3]})}, {"403100006-1.zip": T(11), "403100006-2.zip": T(13)}, assigned="file,number,use\n403100006-1.zip,403100006,first\n"),
      {S6: E("NSUT=A M=B", [P[1], P[3]], utc(13))})
shape("first_untouched", "`first` for an upload whose practicals are untouched: the later ones' written stay.",
      lay({"403100006-1.zip": pack(files("NSUM", "") | files("T", "A", S6)), "403100006-2.zip": full("B", S6)}, {"403100006-1.zip": T(11), "403100006-2.zip": T(13)}, assigned="file,number,use\n403100006-1.zip,403100006,first\n"),
      {S6: E("NSUM=B T=A", time=utc(13))}, note="'A copy as it was handed out never replaces a written one.'")

shape("clash_too_late", "Two clashing zips come after everything is closed; a good one came in time: nothing waits for them.",
      lay({"403100006-0.zip": full("C", S6), "403100006 a.zip": full("A", S6), "403100006 b.zip": full("B", S6)}, {"403100006-0.zip": T(12), "403100006 a.zip": T(22), "403100006 b.zip": T(22)}), {S6: E("NSUMT=C", time=utc(12), said=["late|accepted"])})

shape("too_late_pages_only", "Notebooks in time, the scanned pages a week late.", lay({"403100006.zip": full("A", S6), "403100006 scan.pdf": page("sc", "PDF")}, {"403100006.zip": T(12), "403100006 scan.pdf": T(21)}), {S6: E(ALL, [], utc(12), said=["late|accepted"])},
      fates={"403100006 scan.pdf": {"": "not read.*late"}})

shape("module_only_in_repo_folder", "Three folders in one zip: HW1, HW2, HW2-old, each with a module of its own; HW1's has the same file name.",
      lay({"403100006.zip": pack(files("NSUMT", "A", S6, ROSTER[S6], "work/HW2/") | files("NSUMT", "B", S6, ROSTER[S6], "work/HW2-old/") | {"work/HW1/fully_connected_networks.py": b"def other():\n    return 1\n", "work/HW1/p.png": P[1]})}, {"403100006.zip": T(13)}),
      {S6: E("NSUMT=?", None, said=["HW2-old"])}, open=True, note="HW2 and HW2-old are equally near to the top: one of them must count WHOLE in all five files (HW2 by any fair choice), and the remark says which; never HW1's module.")

# ---------------------------------------------------------------------------------------------- 12. several runs

one = {"403100001.zip": full("A", S1, {"p.png": P[1]})}
shape("replaced_under_its_name", "After a first collect the same name comes with other bytes: theory only, later.", lay(one, {"403100001.zip": T(11)}), {S1: E(ALL, [P[1]], utc(11))},
      then=[(lay({"403100001.zip": full("B", S1, keys="T")}, {"403100001.zip": T(13)}), X({S1: E("NSUM=A T=B", [P[1]], utc(13))}))])
shape("replaced_under_its_name_same_time", "The same, but times.csv was not changed: the one in archive/ now counts, nothing waits.", lay(one, {"403100001.zip": T(11)}), {S1: E(ALL, [P[1]], utc(11))},
      then=[(lay({"403100001.zip": full("B", S1)}, {"403100001.zip": T(11)}), X({S1: E("NSUMT=B", [P[1]], utc(11))}))])
def gone(name):
    return lambda root: (Path(root) / "downloaded/hw2/archive" / name).unlink()
shape("removed_from_archive", "An upload is deleted from archive/: it stays an upload.", lay(one, {"403100001.zip": T(11)}), {S1: E(ALL, [P[1]], utc(11))}, then=[(gone("403100001.zip"), X({S1: E(ALL, [P[1]], utc(11))}))])
def rename(a, b, times=None):
    def do(root):
        base = Path(root) / "downloaded/hw2"
        (base / "archive" / a).rename(base / "archive" / b)
        if times:
            (base / "times.csv").write_text(times, encoding="utf-8")
    return do
shape("renamed_to_settle", "HW2.zip waits; the assistant renames it to the student's number (times.csv, too).", lay({"HW2.zip": full("A", S3)}, {"HW2.zip": T(12)}), {}, waits=["HW2.zip"],
      then=[(rename("HW2.zip", "HW2-403100003.zip", f"file,time\nHW2-403100003.zip,{T(12)}\n"), X({S3: E(ALL, time=utc(12))}))])
shape("renamed_times_left", "The same, times.csv still names HW2.zip only.", lay({"HW2.zip": full("A", S3)}, {"HW2.zip": T(12)}), {}, waits=["HW2.zip"],
      then=[(rename("HW2.zip", "HW2-403100003.zip"), X({S3: E(ALL, time=utc(12))}))], open=True, note="The time noted for the same bytes should stay (utc(12)), not the file's time of 2026, which would make it too late.")
SHAPES[-1].then[0][1].notes = []
shape("renamed_to_other_student", "The upload was under a wrong number and is renamed: the first submission is withdrawn.", lay({"403100001.zip": pack(files("NSUMT", "A"))}, {"403100001.zip": T(12)}), {S1: E(ALL)},
      then=[(rename("403100001.zip", "403100002.zip", f"file,time\n403100002.zip,{T(12)}\n"), X({S1: NONE, S2: E(ALL, unsaid=["same bytes"])}))])
def by_hand(root):
    path = Path(root) / "submitted" / S1 / "hw2" / "theory.ipynb"
    path.write_bytes(dump(book("T", "HAND", S1)))
    lay({"403100001 later.zip": full("B", S1, keys="T")}, {"403100001.zip": T(11), "403100001 later.zip": T(13)})(root)
shape("folder_changed_by_hand", "The assistant changed theory in submitted/, then a later theory comes: the folder is never replaced, the upload waits.", lay(one, {"403100001.zip": T(11)}), {S1: E(ALL, [P[1]], utc(11))},
      then=[(by_hand, X({S1: E("NSUM=A T=HAND", [P[1]])}, waits=["403100001 later.zip"]))], note="(403100001.zip may carry the problem as well or instead: then it is open which of the two.)", open=True)
def bad_times(root):
    lay({"403100001-2.zip": full("B", S1)}, f"file,time\n403100001.zip,{T(11)}\n403100001-2.zip,1402/08/31 25:00\n")(root)
shape("bad_line_in_second_run", "The second run finds a line that cannot be read: nothing changes.", lay(one, {"403100001.zip": T(11)}), {S1: E(ALL, [P[1]], utc(11))},
      then=[(bad_times, X({S1: E(ALL, [P[1]], utc(11))}, waits=None, refuse=("times.csv", 3)))])
shape("order_of_arrival", "The later upload is collected first, the earlier is put into archive/ afterwards.", lay({"403100001 b.zip": full("B", S1, {"z.png": P[2]}, "MT")}, {"403100001 b.zip": T(13)}), {S1: E("MT=B NSU=-", [P[2]], utc(13))},
      then=[(lay({"403100001 a.zip": full("A", S1, {"a.png": P[1]})}, {"403100001 b.zip": T(13), "403100001 a.zip": T(11)}), X({S1: E("NSU=A MT=B", [P[2], P[1]], utc(13))}))])
shape("assigned_then_undone", "An anonymous zip is assigned to one, then the line corrected to another student.", lay({"x.zip": pack(files("NSUMT", "A"))}, {"x.zip": T(12)}, assigned="file,number\nx.zip,403100001\n"), {S1: E(ALL)},
      then=[(lay({}, {"x.zip": T(12)}, assigned="file,number\nx.zip,403100002\n"), X({S1: NONE, S2: E(ALL)}))])


# ---------------------------------------------------------------------------------------------- own check

SPOILT = ("one_entry_encrypted", "one_entry_damaged", "all_encrypted", "overlapping_entries")


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
            assert b'<<<<<<<' in merge
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
