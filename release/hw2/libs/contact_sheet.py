"""One picture of all written pages, small, with the numbers that "pages 2-3" in an answer will mean."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

COLUMNS, WIDTH, HEIGHT = 5, 220, 300  # of a page's place, in pixels
GAP, LABEL = 14, 44
_GOOD, _BAD = "black", "#b00020"


def draw_sheet(pages: list[tuple[str, Image.Image, list[str]]], target: Path) -> None:
    """Write the sheet. pages: (file, page, what is wrong with it) in the order in which they are numbered."""
    columns = min(COLUMNS, len(pages))
    rows = -(-len(pages) // columns)
    sheet = Image.new("RGB", (GAP + columns * (WIDTH + GAP), GAP + rows * (HEIGHT + LABEL + GAP)), "#d9d9d9")
    for index, (file, page, problems) in enumerate(pages):
        row, column = divmod(index, columns)
        corner = GAP + column * (WIDTH + GAP), GAP + row * (HEIGHT + LABEL + GAP)
        _place(sheet, corner, page)
        _label(sheet, corner, index + 1, file, bool(problems))
    part = target.with_suffix(".part")
    sheet.quantize(32).save(part, "PNG", optimize=True)
    part.replace(target)


def _place(sheet: Image.Image, corner: tuple[int, int], page: Image.Image) -> None:
    small = page.convert("L")
    small.thumbnail((WIDTH, HEIGHT))
    left, top = corner[0] + (WIDTH - small.width) // 2, corner[1] + LABEL + (HEIGHT - small.height) // 2
    sheet.paste(small.convert("RGB"), (left, top))


def _label(sheet: Image.Image, corner: tuple[int, int], number: int, file: str, bad: bool) -> None:
    draw = ImageDraw.Draw(sheet)
    colour = _BAD if bad else _GOOD
    draw.text(corner, f"page {number}{' !' if bad else ''}", fill=colour, font=_font(22))
    name = file if file.isascii() else f"(a file *.{file.rpartition('.')[2]})"  # the font has no Persian letters
    draw.text((corner[0], corner[1] + 26), name[:32], fill=colour, font=_font(13))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.load_default(size)
    except (TypeError, OSError):  # Pillow before 10.1, or without FreeType
        return ImageFont.load_default()
