"""Written work of the sample class, as edits: good and bad pages made from the pages of the written solutions."""

import io
import re
import time
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from .edits import Edit
from .solved import Work

SOLUTIONS = Path(__file__).resolve().parent.parent / "theory" / "solutions-en.pdf"
DPI = 100
_DATE = time.gmtime(1_699_800_000)  # so that the same class is made of the same bytes

Pages = list[Image.Image]


def neat(work: Work) -> None:
    """All answers in one PDF, in order; nothing said of pages."""
    work.raw["answers.pdf"] = _pdf(_pages())


def bad_scan(work: Work) -> None:
    """Photographs: one out of focus, one in HEIC, one lying on its side, one too small to read."""
    sharp = _pages()[:4]
    work.raw["scan/1.jpg"] = _jpeg(_in_shadow(sharp[0].filter(ImageFilter.GaussianBlur(5))))
    work.raw["scan/2.heic"] = b"\0\0\0\x18ftypheic" + bytes(64)
    work.raw["scan/3.jpg"] = _jpeg(sharp[2].rotate(90, expand=True))
    work.raw["scan/4.jpg"] = _jpeg(sharp[3].resize((450, 636)))


def blank_page(work: Work) -> None:
    """A PDF with an empty page between two good ones."""
    first, second = _pages()[:2]
    work.raw["hw2.pdf"] = _pdf([first, _in_shadow(Image.new("L", first.size, 235)), second])


def forty_pages(work: Work) -> None:
    """A PDF with 40 pages, answers copied out twice and more."""
    pages = _pages()
    work.raw["all.pdf"] = _pdf([pages[number % len(pages)] for number in range(40)])


def wrong_order(work: Work) -> None:
    """The last question first; each answer cell says which pages answer it."""
    pages = _pages()
    work.raw["theory.pdf"] = _pdf(pages[::-1])
    for part, places in parts_on_pages().items():
        turned = sorted(len(pages) + 1 - place for place in places)
        work.cell("theory", f"theory_{part}_answer").source = f"صفحه {' و '.join(map(str, turned))}"


def hostile(work: Work) -> None:
    """A PDF that runs JavaScript when it is opened, starts a program, unpacks without end, and has a page of 2 km."""
    work.raw["answers.pdf"] = _hostile_pdf()
    work.raw["photo.png"] = _endless_png()


SIX: Sequence[Callable[[Work], None]] = (neat, bad_scan, blank_page, forty_pages, wrong_order, hostile)


def text_answer(part: str, text: str) -> Edit:
    """An answer that is written into the notebook."""

    def edit(work: Work) -> None:
        work.cell("theory", f"theory_{part}_answer").source = text

    return edit


@cache
def parts_on_pages() -> dict[str, list[int]]:
    """Part -> the pages of the solutions on which it stands."""
    found: dict[str, list[int]] = {}
    question, part = "", ""
    for number, page in enumerate(pypdfium2.PdfDocument(SOLUTIONS), 1):
        if part:
            found[part].append(number)
        for head in re.finditer(r"^Question (\d)|^\((\w)\) *\(\d+ points\)", _text(page), re.MULTILINE):
            question, part = (head[1], "") if head[1] else (question, question + head[2])
            if part:
                found.setdefault(part, []).append(number)
    return {part: sorted(set(places)) for part, places in found.items()}


def _text(page: pypdfium2.PdfPage) -> str:
    return page.get_textpage().get_text_bounded().replace("\r", "")


@cache
def _drawn() -> tuple[Image.Image, ...]:
    document = pypdfium2.PdfDocument(SOLUTIONS)
    return tuple(page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document)


def _pages() -> Pages:
    return [page.copy() for page in _drawn()]  # saving a PDF leaves its other pages noted in the first image


def _in_shadow(page: Image.Image) -> Image.Image:
    """The page as a camera sees it in bad light: darker to one side, with noise."""
    light = np.linspace(0.5, 1, page.width)[None, :]
    noise = np.random.default_rng(0).normal(0, 4, (page.height, page.width))
    return Image.fromarray((np.asarray(page) * light + noise).clip(0, 255).astype("uint8"))


def _pdf(pages: Pages) -> bytes:
    buffer = io.BytesIO()
    rest = {"append_images": pages[1:], "resolution": DPI, "creationDate": _DATE, "modDate": _DATE, "quality": 60}
    pages[0].save(buffer, "PDF", save_all=True, **rest)
    return buffer.getvalue()


def _jpeg(page: Image.Image) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


def _hostile_pdf() -> bytes:
    """Written by hand and without a table of its objects: a reader has to repair it before it is attacked."""
    endless = zlib.compress(bytes(2**28), 9)
    image = "/Type /XObject /Subtype /Image /Width 65500 /Height 65500 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AA << /WC 7 0 R >> >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R 2 0 R] /Count 1000000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 8 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 5700000 5700000] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 11 0 R /Contents 10 0 R >>",
        b"<< /S /JavaScript /JS (while (true) app.alert\\('open the gradebook'\\);) >>",
        b"<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >>",
        _stream(b"", b"BT /F1 24 Tf 72 700 Td (see page 3) Tj ET 0 0 200 20 re f"),
        _stream(f"{image} /Filter /FlateDecode".encode(), endless),
        _stream(b"", b"595 0 0 842 0 0 cm /I Do"),
        b"<< /XObject << /I 9 0 R >> >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size 12 >>\n%%EOF\n"


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _endless_png() -> bytes:
    """A PNG of 60,000 by 60,000 pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + b"\x08\0\0\0\0"
    rows = zlib.compress(bytes(2**24), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
