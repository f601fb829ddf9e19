"""Looks at written answers as the marker will: which pages there are, and whether each can be read.

`python written_pages.py FOLDER OUT` also draws the pages: it writes OUT/001.pgm and so on, and OUT/pages.json.
"""

import json
import sys
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter, ImageOps

KINDS = (".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp")
IPHONE = (".heic", ".heif")
SHEET = "written-pages.png"  # the contact sheet, which is drawn of the pages and is none of them
MOST = 60  # pages of all files together
SIDE = 1600  # pixels of a page's longer side as it is shown
LOOK = 1200  # pixels of the longer side at which a page is judged
SHORT = 900  # a picture whose longer side has fewer pixels is too small to read
INK = 0.9  # of the paper's brightness around it; what is darker is ink
EMPTY = 0.0008  # of the page is ink: a dozen words are more
FAINT = 0.22  # the darker ink's darkness against the paper: pencil is above
BLURRED = 0.15  # of the contrast in one pixel: letters of 3 mm run together below
STEEPEST = 0.002  # of a page are the edges that are looked at
SIDEWAYS = 2.5  # times more waves across than along the page
STRIP = 4  # times longer than wide: three pages one below the other, which cannot be read when they are shown as one
Image.MAX_IMAGE_PIXELS = 150_000_000


def pages_of(path: Path) -> Iterator[Image.Image]:
    """The pages of a PDF or picture, in grey. Raises ValueError that says what to do when there are none to be had."""
    if path.suffix.lower() in IPHONE:
        raise ValueError(
            "is a HEIC photograph, which cannot be opened here: export it as JPEG "
            "(on an iPhone: Settings, Camera, Formats, Most Compatible, then photograph it again)"
        )
    if not path.stat().st_size:
        raise ValueError("is empty (0 bytes): save it again, and see that it opens")
    try:
        yield from _of_pdf(path) if path.suffix.lower() == ".pdf" else [_picture(path)]
    except ImportError:
        raise ValueError("was not looked at, because pypdfium2 is not installed here: look at it yourself") from None
    except Exception as error:
        locked = "password" in str(error).lower()
        why = "is locked with a password" if locked else "cannot be opened"
        raise ValueError(f"{why}: open it yourself, print it to a new PDF, and take that") from error


def problems(page: Image.Image) -> list[str]:
    """Why a person could not read this page, each as the end of a sentence about it; empty for a good page."""
    more = page.info.get("pictures", 1)
    moves = [f"holds {more} pictures, of which only the first is looked at: take a file for each"] if more > 1 else []
    try:
        return _judged(page) + moves
    except Exception:  # one odd page is not the others' trouble
        return ["could not be judged: look at it yourself", *moves]


def _judged(page: Image.Image) -> list[str]:
    width, height = page.info.get("pixels", page.size)
    if max(width, height) < SHORT:
        return [f"has only {width} x {height} pixels: photograph it from nearer, or scan it at 150 dpi"]
    if max(page.size) > STRIP * min(page.size):
        return ["is far longer than wide, too small to read as it is shown: cut it, or print it to a PDF, in pages"]
    page = ImageOps.contain(page, (LOOK, LOOK))
    paper = _paper(page)
    grey = np.asarray(page)
    ink = _without_noise(grey) < INK * paper
    if ink.mean() < EMPTY:
        return ["is empty, or too faint to be seen"]
    said = []
    depth = 1 - float(np.quantile(grey[ink] / paper[ink], 0.1))
    if _is_blurred(page):
        said.append("is blurred: hold the camera still and let it focus, or use a scanning app")
    elif depth < FAINT:
        said.append(f"is very faint (its ink is {depth:.0%} darker than the paper): write or scan it darker")
    if _waves(ink.mean(axis=0)) > SIDEWAYS * _waves(ink.mean(axis=1)):
        said.append("seems to lie on its side: turn it")
    return said


def look(files: list[Path]) -> Iterator[tuple[Path, int, Image.Image | None, list[str]]]:
    """Each page as (file, number in it, page, problems); a file that cannot be opened is one line without a page."""
    left = MOST
    for path in files:
        try:
            for number, page in enumerate(pages_of(path), 1):
                if not left:
                    yield path, number, None, [f"has more pages than are looked at ({MOST} in all): leave out the rest"]
                    return
                left -= 1
                yield path, number, page, problems(page)
        except ValueError as error:
            yield path, 0, None, [str(error)]


def written_files(folder: Path) -> list[Path]:
    """The PDFs and pictures in a folder, in the order of their names."""
    files = [path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in (*KINDS, *IPHONE)]
    return sorted((path for path in files if path.name != SHEET), key=lambda path: path.name)  # on Windows, too


def _of_pdf(path: Path) -> Iterator[Image.Image]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for index in range(min(len(document), MOST + 1)):
        page = document[index]
        drawn = page.render(scale=SIDE / max(*page.get_size(), 1), grayscale=True).to_pil().convert("L")
        drawn.info["pixels"] = _pixels(page, drawn.size)
        yield drawn


def _pixels(page: Any, drawn: tuple[int, int]) -> tuple[int, int]:
    """The pixels of the photograph that fills a page of a PDF; of other pages as many as are drawn."""
    import pypdfium2.raw

    objects = list(page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
    if len(objects) != 1:
        return drawn
    left, bottom, right, top = objects[0].get_bounds()
    width, height = page.get_size()
    return objects[0].get_px_size() if (right - left) * (top - bottom) > width * height / 2 else drawn


def _picture(path: Path) -> Image.Image:
    with warnings.catch_warnings(), Image.open(path, formats=["PNG", "JPEG", "WEBP"]) as image:
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image.draft("L", (SIDE, SIDE))
        pictures = getattr(image, "n_frames", 1) if image.format != "MPO" else 1  # a telephone's, with a small copy
        if image.mode[0] in "IF":
            image = _eight_bits(image)
        elif "transparency" in image.info or image.mode in ("LA", "RGBA"):
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
        upright = ImageOps.exif_transpose(image).convert("L")
    page = _fitted(upright) if max(upright.size) > SIDE else upright
    page.info["pictures"] = pictures
    return page


def _fitted(image: Image.Image) -> Image.Image:
    """Smaller, in proportion; of a line that is far longer than wide one pixel stays."""
    scale = SIDE / max(image.size)
    if min(image.size) * scale >= 1:
        return ImageOps.contain(image, (SIDE, SIDE))
    return image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))


def _eight_bits(image: Image.Image) -> Image.Image:
    """A picture of 16 bits or more, which Pillow would cut off at 255, between its darkest and brightest shade."""
    shades = np.asarray(image).astype(np.float64)
    darkest, brightest = float(shades.min()), float(shades.max())
    again = Image.fromarray(((shades - darkest) * (255 / max(brightest - darkest, 1))).astype(np.uint8))
    again.info.update({key: image.info[key] for key in ("exif",) if key in image.info})
    return again


def _paper(page: Image.Image) -> np.ndarray:
    """How bright the paper is at each pixel, so that a shadow on the paper is no ink."""
    small = page.resize((page.width // 8 or 1, page.height // 8 or 1), Image.Resampling.BOX)
    bright = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(3))
    return np.asarray(bright.resize(page.size, Image.Resampling.BILINEAR), dtype=np.float32).clip(1)


def _without_noise(grey: np.ndarray) -> np.ndarray:
    """Each pixel's median with its eight neighbours, which takes out the camera's noise; several times Pillow's speed.

    The median of nine is that of: the largest of the rows' least, the middle of their middles, the least of their
    largest.
    """
    padded, (height, width) = np.pad(grey, 1, mode="edge"), grey.shape
    row = [padded[:, x : x + width] for x in range(3)]
    least, middle, largest = (
        [of_rows[y : y + height] for y in range(3)] for of_rows in (_least(*row), _middle(*row), _largest(*row))
    )
    return _middle(_largest(*least), _middle(*middle), _least(*largest))


def _least(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    return np.minimum(np.minimum(a, b), c)


def _largest(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    return np.maximum(np.maximum(a, b), c)


def _middle(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    return np.maximum(np.minimum(a, b), np.minimum(np.maximum(a, b), c))


def _is_blurred(page: Image.Image) -> bool:
    """Whether even the steepest edges take little of the page's contrast in one pixel; in print they take all of it."""
    shades = np.array(page.histogram())
    contrast = max(_quantile(shades, 0.995) - _quantile(shades, 0.002), 1)
    level = np.asarray(page).astype(np.int16)
    across, down = level[1:-1, 2:] - level[1:-1, :-2], level[2:, 1:-1] - level[:-2, 1:-1]
    squares = np.square(across, dtype=np.int32)
    squares += np.square(down, dtype=np.int32)
    steep = squares >= (2 * BLURRED * contrast) ** 2  # these differences are over two pixels
    return int(np.count_nonzero(steep)) <= STEEPEST * squares.size


def _quantile(counts: np.ndarray, share: float) -> int:
    """The value below which this share of small whole numbers lies; counts: how often each of them occurs."""
    below = counts.cumsum()
    return int(np.searchsorted(below, share * below[-1]))


def _waves(profile: np.ndarray) -> float:
    """How much a profile of ink goes up and down: lines of writing make waves along their upright direction only."""
    width = 45
    smooth = np.convolve(profile, np.ones(width) / width, mode="same")
    return float(np.std(profile - smooth)) + 1e-9


def main(folder: Path, out: Path) -> None:
    """Draw every page and note what is to be said of it."""
    notes = []
    for path, number, page, said in look(written_files(folder)):
        note = {"file": path.name, "page": number, "problems": said, "picture": ""}
        if page is not None:
            note["picture"] = f"{len(notes) + 1:03d}.pgm"  # packed once only, by the grader, who says what is not there
            with suppress(OSError, ValueError):
                page.save(out / note["picture"], "PPM")
        notes.append(note)
        (out / "pages.json").write_text(json.dumps(notes), encoding="utf-8")  # what was done counts if it is ended


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
