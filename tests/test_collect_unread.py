"""Written answers among an upload's files: which are taken as pages, and what is said of every one that is not."""

import hashlib
import io
import json
import logging
import os
import zipfile

import pytest
from libs.written_pages import IPHONE, KINDS, SHEET, written_files
from PIL import Image

from autograder.collect import own
from autograder.collect.archive import read_upload
from autograder.collect.collecting import Course, collect
from autograder.collect.kinds import ATTACHMENTS
from autograder.collect.own import own_digests, own_links, pages_of
from autograder.theory.unread import not_read, told
from sample_class.course import ROOT, make_course
from sample_class.uploads.kit import Kit

KIT = Kit(ROOT)
EN, FA = (ROOT / "theory" / f"questions-{language}.pdf" for language in ("en", "fa"))
EN, FA = EN.read_bytes(), FA.read_bytes()
README = b"Homework 2. The course is at https://github.com/the-course/homework-2 ." + b" Read on." * 60
PDF = b"%PDF-1.7\n" + bytes(64)
IN_TIME = (1_699_900_000, 1_699_900_000)
PDF2 = PDF + b"another"
OWN, SAVE, EXPORT = "is the hand-out's own", "save it as JPEG, PNG or PDF", "export it as PDF"
DOCX = io.BytesIO()
with zipfile.ZipFile(DOCX, "w") as made:
    for name in ("[Content_Types].xml", "word/document.xml", "word/media/image1.png"):
        made.writestr(name, "<w>https://github.com/sara/hw2</w>")
DOCX = DOCX.getvalue()


HEIC = b"\0\0\0\x18ftypheic" + bytes(16)


def picture(kind, **options):
    buffer = io.BytesIO()
    Image.new("L", (60, 90), 200).save(buffer, kind, **options)
    return buffer.getvalue()


JPEG, TIFF = picture("JPEG"), picture("TIFF", save_all=True, append_images=[Image.new("L", (9, 9))])
# situation: files beside the homework's, the files that are taken as pages, what is said of the others
BESIDE = {
    "the sheets as they came": ({"questions-en.pdf": EN, "questions-fa.pdf": FA, "README.md": README}, [], [OWN]),
    "a sheet under another name": ({"answers.pdf": EN}, [], [f"'HW2/answers.pdf' {OWN}"]),
    "a sheet in a folder, in capitals": ({"PDF/SHEET.PDF": FA, "a.pdf": PDF}, ["a.pdf"], ["'HW2/PDF/SHEET.PDF' is"]),
    "a sheet twice": ({"questions-en.pdf": EN, "old/q (1).pdf": EN}, [], ["'HW2/old/q (1).pdf': each is the hand"]),
    "a sheet between pages": ({"a.pdf": PDF, "q.pdf": EN, "z.jpg": JPEG}, ["a.pdf", "z.jpg"], ["'HW2/q.pdf' is the"]),
    "answers written on a sheet": ({"questions-en.pdf": EN + b"\n% ink"}, ["questions-en.pdf"], []),
    "the overview that libs draws": ({SHEET: JPEG, "a.pdf": PDF}, ["a.pdf"], ["is the overview of the pages"]),
    "JPEG by all its endings": (
        dict.fromkeys(["1.jfif", "2.JFIF", "3.jpe", "4.Jpeg"], JPEG), ["1.jfif", "2.JFIF", "3.jpe", "4.Jpeg"], []
    ),
    "a mark of direction behind the name": ({"پاسخ.pdf\u200f": PDF}, ["پاسخ.pdf\u200f"], []),
    "a TIFF of several pages": ({"scan.tiff": TIFF}, [], ["'HW2/scan.tiff' is a picture that cannot be s"]),
    "GIF, BMP, SVG": ({"1.Gif": b"GIF", "2.BMP": b"BM", "3.svg": b"<svg/>"}, [], ["'HW2/3.svg': each is a pic"]),
    "a Word document": ({"answers.docx": DOCX}, [], ["'HW2/answers.docx' is a document", "not looked"]),
    "a Word document and its PDF": ({"A.docx": b"", "a.pdf": PDF}, ["a.pdf"], []),
    "a Word document, another's PDF": ({"a.doc": b"", "b/a.pdf": PDF}, ["b/a.pdf"], ["'HW2/a.doc' is a document"]),
    "more documents than are named": ({f"{n}.odt": b"" for n in range(5)}, [], ["and 2 more: each is a document"]),
    "Word's own litter": ({"~$swers.docx": b"x", ".~lock.a.odt#": b"x"}, [], []),
    "scans in a zip": ({"scans.zip": KIT.zip({"1.jpg": JPEG})}, [], ["is an archive inside the archive: not opened"]),
    "a PDF without its ending": ({"answers": PDF}, [], ["'HW2/answers' is a PDF whose name has no ending"]),
    "pages under other names": (
        {"a.docx": PDF, "b.pages": JPEG, "c.ipynb": PDF2}, ["a.docx", "b.pages", "c.ipynb"], ["each is a PDF or a pic"]
    ),
    "answers in a text": ({"answers.txt": b"The gradient is dx. " * 40}, [], ["is searched for a link only: if"]),
    "texts that are none": (
        {"note.txt": b"see the PDF", "requirements.txt": b"torch\n" * 99, "theory.html": b"<p>" * 200}, [], []
    ),
}  # fmt: skip
ALONE = {
    "nothing but the sheet": (KIT.zip({"questions-en.pdf": EN}), ".zip", OWN),
    "nothing but a document": (KIT.zip({"a.docx": b"PK"}), ".zip", EXPORT),
    "nothing but TIFF": (KIT.zip({"1.tif": TIFF}), ".zip", SAVE),
    "a document without a zip": (DOCX, ".docx", "is a document of an office program"),
    "a document called zip": (DOCX, ".zip", "is a document of an office program"),
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Situation -> its decision and its submission, all of one class, and what the class was collected from."""
    course = make_course(tmp_path_factory.mktemp("unread") / "course", [])
    given = course / "release" / "hw2" / own.GIVEN
    given.write_text(json.dumps({"files": {"questions-en.pdf": digest(EN), "questions-fa.pdf": digest(FA)}}))
    (course / "release" / "hw2" / "README.md").write_bytes(README)
    archive, numbers = course / "downloaded" / "hw2" / "archive", {}
    for number, situation in enumerate([*BESIDE, *ALONE], 700_001):
        files = KIT.files(str(number), "Sara Ahmadi")
        data, ending = (KIT.zip(files | BESIDE[situation][0]), ".zip") if situation in BESIDE else ALONE[situation][:2]
        (archive / f"{number}{ending}").write_bytes(data)
        os.utime(archive / f"{number}{ending}", IN_TIME)
        numbers[situation] = str(number)
    entries = collect(Course(course, archive, f"file://{course}/none/", logging.getLogger("test")))
    decisions = {entry["file"].partition(".")[0]: entry for entry in entries}
    return {s: (decisions[n], course / "submitted" / n / "hw2") for s, n in numbers.items()}


def digest(data):
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("situation", BESIDE)
def test_pages_are_taken_and_every_other_file_that_may_hold_answers_is_named(collected, situation):
    decision, folder = collected[situation]
    files, pages, said = BESIDE[situation]
    path = folder / "attachments" / "names.json"
    names = json.loads(path.read_text(encoding="utf-8")) if pages else {}
    assert list(names.values()) == [f"HW2/{page}" for page in pages] and decision["attachments"] == len(pages)
    assert not any(name.endswith((".jfif", ".jpe", ".jpeg")) for name in names)  # the marker's programs know .jpg
    taken = [(folder / "attachments" / name).read_bytes() for name in names]
    assert taken == [files[page] for page in pages] and path.exists() == bool(pages)
    remarks = [remark for remark in decision["remarks"] if "the time of the file was taken" not in remark]
    assert len(remarks) == len(said), remarks
    for piece in said:
        assert any(piece in remark for remark in remarks), remarks


@pytest.mark.parametrize("situation", ALONE)
def test_an_upload_without_any_page_or_notebook_waits_and_says_what_it_is(collected, situation):
    decision, folder = collected[situation]
    assert ALONE[situation][2] in decision["problem"] and "ask the student" in decision["problem"]
    assert not folder.exists()


def test_the_student_is_told_what_was_not_read(collected):
    _, folder = collected["a TIFF of several pages"]
    line = f"'HW2/scan.tiff' is a picture that cannot be shown: {SAVE}"
    assert not_read(folder) == [line] and line in told(folder, folder, "theory")


def test_the_student_is_told_what_does_not_count_and_nothing_about_others(tmp_path):
    missing, person = "is missing: its blocks count as unanswered", "; ask for the file and collect it again"
    remarks = [
        "theory.ipynb says STUDENT_NUMBER 402100102 (Omid Hosseini), the upload's name says 402100101",
        f"theory.ipynb {missing}{person}",
        "theory.ipynb: 2 cells were added: they are not run and not marked",
        "theory.ipynb: taken from 'a.ipynb', recognised by its content",
        f"fully_connected_networks.py {missing}{person}",
    ]
    (tmp_path / "remarks.json").write_text(json.dumps(remarks))
    assert told(tmp_path, tmp_path, "theory") == [
        f"theory.ipynb {missing}",
        "theory.ipynb: 2 cells were added: they are not run and not marked",
    ]
    assert told(tmp_path, tmp_path, "fully_connected_networks") == [f"fully_connected_networks.py {missing}"]
    assert told(tmp_path, tmp_path, "forward_forward_supervised") == []
    (tmp_path / "remarks.json").unlink()
    assert told(tmp_path, tmp_path, "theory") == [] == not_read(tmp_path)  # a person put the submission there


def test_marker_and_student_read_it_where_they_look(tmp_path, nbgrader):
    course = make_course(tmp_path / "course", [])
    files = KIT.files("700001", "Sara Ahmadi") | {"answers.docx": b"PK", "1 <b>.heic": HEIC}
    (course / "downloaded" / "hw2" / "archive" / "700001.zip").write_bytes(KIT.zip(files))
    os.utime(course / "downloaded" / "hw2" / "archive" / "700001.zip", IN_TIME)
    collect(Course(course, course / "downloaded" / "hw2" / "archive", "file:///none/", logging.getLogger("test")))
    nbgrader(course, "autograde", "hw2", "--notebook", "theory")
    cells = json.loads((course / "autograded" / "700001" / "hw2" / "theory.ipynb").read_text())["cells"]
    beside = ["".join(cell["source"]) for cell in cells if "hw2-pages" in cell["metadata"].get("tags", [])]
    assert beside and all("&#x27;HW2/answers.docx&#x27; is a document that cannot be shown" in text for text in beside)
    nbgrader(course, "generate_feedback", "hw2", "--notebook", "theory")
    page = (course / "feedback" / "700001" / "hw2" / "theory.html").read_text()
    said = page.partition("What was not read, or not counted")[2].partition("</ul>")[0]
    assert "'HW2/answers.docx' is a document that cannot be shown: export it as PDF" in said
    assert "'HW2/1 &lt;b&gt;.heic' is a HEIC photograph" in said and "hw2-pages" not in page
    became = page.partition("What became of each file that you sent")[2].partition("</ul>")[0]
    fates = json.loads((course / "submitted" / "700001" / "hw2" / "fates.json").read_text())
    assert became.count("<li") == len(fates) == 7 and "1 &lt;b&gt;.heic' of '700001.zip': used as a page" in became


def test_a_repository_that_the_hand_out_names_is_no_student_s(collected):
    decision, _ = collected["the sheets as they came"]
    assert not any("github" in remark for remark in decision["remarks"])
    (decision, _) = collected["a Word document"]
    assert any(remark.startswith("https://github.com/sara/hw2: not looked at") for remark in decision["remarks"])


def test_without_given_json_the_sheets_of_the_course_folder_are_known(tmp_path):
    (tmp_path / "release" / "hw2").mkdir(parents=True)
    assert own_digests(tmp_path / "release" / "hw2") == frozenset()
    (tmp_path / "theory").mkdir()
    (tmp_path / "theory" / "questions-en.pdf").write_bytes(EN)
    (tmp_path / "theory" / "solutions-en.pdf").write_bytes(FA)
    assert own_digests(tmp_path / "release" / "hw2") == {digest(EN)}
    (tmp_path / "release" / "hw2" / "README.md").write_bytes(README)
    assert own_links(tmp_path / "release" / "hw2") == {"https://github.com/the-course/homework-2"}


def test_the_packer_and_the_collector_count_the_same_pages_in_the_same_order(tmp_path):
    assert set(ATTACHMENTS) == {*KINDS, *IPHONE} and own.SHEET == SHEET
    names = [
        "b.pdf",
        "B.pdf",
        "a.PNG",
        "10.jpg",
        "9.jfif",
        "صفحه ۲.jpg",
        "صفحه ۱.jpg",
        "x.webp",
        "c.HEIC",
        "d.tif",
        SHEET,
    ]
    for name in names:
        (tmp_path / name).write_bytes(PDF)
    packed = tmp_path / "a.zip"
    packed.write_bytes(KIT.zip(dict.fromkeys(names, PDF)))
    members = pages_of(read_upload(packed, "a.zip").members, frozenset())
    *counted, last = [member.path.name for member in members]
    assert counted == [path.name for path in written_files(tmp_path)] and len(members) == len(names) - 1
    assert last == "d.tif"  # a PDF whose name does not say so, which the packer does not count


def test_more_than_99_photographs_stay_in_their_order(tmp_path):
    course = make_course(tmp_path / "course", [])
    archive = course / "downloaded" / "hw2" / "archive"
    (archive / "700001.zip").write_bytes(KIT.zip({f"{n:03d}.jpg": b"%d" % n for n in range(1, 121)}))
    os.utime(archive / "700001.zip", IN_TIME)
    collect(Course(course, archive, "file:///none/", logging.getLogger("test")))
    folder = course / "submitted" / "700001" / "hw2" / "attachments"
    assert [int(path.read_bytes()) for path in written_files(folder)] == list(range(1, 121))
