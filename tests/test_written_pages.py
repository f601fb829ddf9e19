"""Written answers: each fault of a page is named, hostile files do nothing, and the marker sees the pages."""

import io
import json

import numpy as np
import pytest
from libs.written_pages import pages_of, problems
from PIL import Image, ImageFilter, ImageOps

from autograder.sandbox.errand import run_errand
from autograder.theory.called import read_called, write_called
from autograder.theory.draw import Page, draw, remarks
from autograder.theory.panel import nothing, panel
from autograder.theory.said import pages_said
from sample_class import written
from sample_class.solved import Work

PAGE = written._pages()[1]
FAULTS = {
    "is blurred": lambda page: page.filter(ImageFilter.GaussianBlur(5)),
    "is empty": lambda page: Image.new("L", page.size, 230),
    "is very faint": lambda page: page.point(lambda grey: 255 - (255 - grey) // 5),
    "seems to lie on its side": lambda page: page.rotate(90, expand=True),
    "has only": lambda page: page.resize((400, 566)),
    "is far longer than wide": lambda page: page.resize((page.width, page.height * 5)),
}
GOOD = {
    "as it is": lambda page: page,
    "in shadow": written._in_shadow,
    "a little blurred": lambda page: page.filter(ImageFilter.GaussianBlur(1)),
    "in pencil": lambda page: page.point(lambda grey: 235 - (255 - grey) * 2 // 5),
    "a little askew": lambda page: page.rotate(3, fillcolor=255),
    "in colour, darker paper": lambda page: ImageOps.colorize(page, "navy", "#d8d0b0").convert("L"),
}


@pytest.fixture()
def drawn(root, tmp_path):
    """Draws what an edit of the sample class hands in."""

    def of(edit, called=None):
        work = Work(root)
        edit(work)
        attachments = tmp_path / "attachments"
        attachments.mkdir()
        for number, (name, data) in enumerate(sorted(work.raw.items()), 1):
            (attachments / f"{number:02d}.{name.rsplit('.')[-1]}").write_bytes(data)
        write_called(attachments, called or {})
        return draw(attachments, tmp_path / "pages", root / "source" / "hw2" / "libs")

    return of


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_cannot_be_read_is_named_for_what_it_is(fault):
    said = problems(FAULTS[fault](PAGE))
    assert len(said) == 1 and said[0].startswith(fault)


def saved(image, form, **options):
    data = io.BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def sixteen_bits(page):
    """A scan of 16 bits a pixel, all of whose shades are above 255."""
    return Image.fromarray(np.asarray(page).astype(np.uint16) * 200 + 3000)


def turned(page):
    """A photograph that says how it is to be turned."""
    exif = Image.Exif()
    exif[0x112] = 6
    return saved(page.rotate(90, expand=True), "JPEG", exif=exif)


ODD = {
    "01.png": (lambda: saved(Image.new("L", (1, 30000), 200), "PNG"), "is far longer than wide"),
    "02.png": (lambda: saved(Image.new("L", (20000, 10), 200), "PNG"), "is far longer than wide"),
    "03.png": (lambda: b"", "is empty (0 bytes): save it again"),
    "04.png": (lambda: saved(sixteen_bits(PAGE), "PNG"), ""),
    "05.jpg": (lambda: saved(PAGE.convert("CMYK"), "JPEG"), ""),
    "06.webp": (lambda: saved(PAGE, "WEBP", save_all=True, append_images=[ImageOps.mirror(PAGE)]), "holds 2 pictures"),
    "07.jpg": (lambda: turned(PAGE), ""),
    "08.jpg": (lambda: saved(PAGE, "JPEG")[:9000], "cannot be opened"),
    "09.png": (lambda: saved(PAGE.convert("1"), "PNG"), ""),
    "10.png": (lambda: saved(Image.new("L", (1, 1)), "PNG"), "has only 1 x 1 pixels"),
    "11.png": (lambda: saved(PAGE, "PNG"), ""),
}


def test_an_odd_picture_is_drawn_or_said_and_is_its_own_matter(drawn):
    def edit(work):
        work.raw.update({name: make() for name, (make, _) in ODD.items()})

    pages = drawn(edit)
    assert len(pages) == len(ODD)
    for page, (name, (_, said)) in zip(pages, ODD.items(), strict=True):
        assert bool(page.picture) == (name not in ("03.png", "08.jpg")), name
        assert [problem.startswith(said) for problem in page.problems] == [True] * bool(said), (name, page.problems)


def test_shades_of_a_scan_of_sixteen_bits_are_those_of_the_page(tmp_path):
    (tmp_path / "a.png").write_bytes(saved(sixteen_bits(PAGE), "PNG"))
    (page,) = pages_of(tmp_path / "a.png")
    same = np.abs(np.asarray(page).astype(int) - np.asarray(ImageOps.autocontrast(PAGE)).astype(int))
    assert page.size == PAGE.size and same.max() <= 1


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("number", range(0, len(written._pages()), 5))
def test_a_page_that_can_be_read_is_not_complained_of(kind, number):
    assert problems(GOOD[kind](written._pages()[number])) == []


def test_a_neat_pdf_is_drawn_page_by_page(drawn, tmp_path):
    pages = drawn(written.neat)
    assert [page.number for page in pages] == list(range(1, len(written._pages()) + 1))
    assert not any(page.problems for page in pages)
    with Image.open(tmp_path / "pages" / pages[0].picture) as picture:
        assert picture.format == "JPEG" and max(picture.size) == 1600


def test_bad_photographs_are_shown_with_what_is_wrong_and_the_one_on_its_side_is_turned(drawn, tmp_path):
    blurred, heic, turned, small = drawn(written.bad_scan)
    assert blurred.problems[0].startswith("is blurred") and small.problems[0].startswith("has only 450 x 636 pixels")
    assert not heic.picture and heic.problems[0].startswith("is a HEIC photograph")
    assert (tmp_path / "pages" / "002-left.jpg").exists() and (tmp_path / "pages" / "002-right.jpg").exists()
    html = panel([blurred, heic, turned, small], [], ["'a.docx' is a document"])
    assert "results/pages/002-left.jpg" in html and "&#x27;02.heic&#x27; is a HEIC photograph" in html
    assert "&#x27;a.docx&#x27; is a document" in html


def test_forty_pages_are_all_drawn_and_the_empty_one_of_three_is_named(drawn):
    assert len(drawn(written.forty_pages)) == 40


def test_an_empty_page_is_named_by_its_number(drawn):
    assert [page.problems for page in drawn(written.blank_page)] == [(), ("is empty, or too faint to be seen",), ()]


def two_files(work):
    """A photograph, then a PDF whose last page is empty."""
    written.blank_page(work)
    work.raw = {"a.jpg": written._jpeg(Image.new("L", (1000, 1400), 230)), "b.pdf": work.raw["hw2.pdf"]}


def test_a_remark_names_the_student_s_own_file_and_the_page_in_it(drawn):
    pages = drawn(two_files, {"01.jpg": "HW2/scan/عکس.jfif", "02.pdf": "HW2/answers.pdf"})
    assert remarks(pages) == [
        "written answers: page 1 ('HW2/scan/عکس.jfif') is empty, or too faint to be seen",
        "written answers: page 3 (page 2 of 'HW2/answers.pdf') is empty, or too faint to be seen",
    ]


def test_a_file_that_gives_no_page_is_named_as_the_student_calls_it(drawn):
    said = remarks(drawn(written.bad_scan, {f"0{n}.{kind}": f"{n}.{kind}" for n, kind in ((1, "jpg"), (2, "heic"))}))
    assert said[1].startswith("written answers: '2.heic' is a HEIC photograph")
    assert said[2].startswith("written answers: page 2 ('03.jpg') seems to lie on its side")  # nobody noted its name


@pytest.mark.parametrize("noted", ['["01.jpg"]', "{", '{"01.jpg": {"a": 1}}', "", "\xff"])
def test_names_that_were_not_noted_by_collecting_do_no_harm(tmp_path, noted):
    (tmp_path / "names.json").write_text(noted, encoding="latin-1")
    assert set(read_called(tmp_path)) <= {"01.jpg"}


def test_the_name_of_a_file_is_nothing_but_text_in_the_panel(tmp_path):
    name = "$$\\smash{\\raise900px{x}}$$\n\n[a](javascript:b) <script>\u202e" + "long " * 99 + ".pdf"
    write_called(tmp_path, {"01.pdf": name})
    file = read_called(tmp_path)["01.pdf"]
    assert len(file) < 130 and "\n" not in file and "\u202e" not in file
    html = panel([Page(f"'{name}'", 0, "", ("cannot be opened",))], [], [f"{name} is a document"])
    for text in (html, nothing([name])):
        assert "<script>" not in text and "\n\n" not in text and 'class="hw2-pages tex2jax_ignore"' in text


def test_a_hostile_pdf_ends_in_pages_and_a_note(drawn, tmp_path):
    pages = drawn(written.hostile)
    assert pages[0].picture and all(page.picture or page.problems for page in pages)
    for path in (tmp_path / "pages").iterdir():
        with Image.open(path) as picture:
            assert picture.format == "JPEG"


def test_a_looker_that_a_file_has_taken_over_reaches_nothing_and_writes_only_beside_itself(root, tmp_path):
    """What a broken PDF library could do at worst: run the file's own program."""
    (tmp_path.parent / "secret").write_text("of another student")
    (tmp_path / "looker.py").write_text(
        "import json, os, socket\n"
        f"places = {[str(root / 'gradebook.db'), str(root / 'source'), str(tmp_path.parent / 'secret')]}\n"
        "found = [name for name in places if os.path.exists(name)]\n"
        "try:\n    socket.create_connection(('127.0.0.1', 22), 1); found.append('network')\n"
        "except OSError as error:\n    found.append(type(error).__name__)\n"
        "open('seen.json', 'w').write(json.dumps(found))\n"
    )
    assert run_errand(str(tmp_path / "looker.py"), [], tmp_path, 20) == ""
    assert json.loads((tmp_path / "seen.json").read_text()) == ["ConnectionRefusedError"]  # by its own empty network


def test_a_looker_that_never_ends_is_ended_and_the_pages_so_far_count(tmp_path):
    (tmp_path / "looker.py").write_text("while True: pass")
    assert "computing time" in run_errand(str(tmp_path / "looker.py"), [], tmp_path, 1)


@pytest.mark.parametrize(
    ("answer", "pages"),
    [
        ("pages 2-3", [2, 3]),
        ("Page: 4", [4]),
        ("p. 1 and 3", [1, 3]),
        ("صفحه ۲ و ۳", [2, 3]),
        ("صفحه‌های ۲ تا ۴", [2, 3, 4]),
        ("ص ۵", [5]),
        ("2, 3", [2, 3]),
        ("see pages 3-99", [3, 4, 5, 6]),
        ("page 0, page 12", []),
        ("The loss is 0.3 after 20 steps.", []),
        ("661", []),
        ("", []),
    ],
)
def test_the_pages_that_an_answer_names_are_understood(answer, pages):
    assert pages_said(answer, 6) == pages
