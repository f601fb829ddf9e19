"""Pictures are decoded and written anew, so that what reaches a browser is a picture and nothing else."""

import base64
import binascii
import io
import warnings
from typing import Any

from PIL import Image, ImageOps

PIXELS = 16_000_000  # that are decoded
PHOTOGRAPH = 200_000_000  # pixels of a JPEG, of which no more than it takes are decoded
RAW_BYTES = 40_000_000  # of one picture as it comes
BYTES = 4_000_000  # of one picture as it is kept
SIDE = 1600  # pixels that the longer side keeps
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}  # as which pictures are kept
KINDS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")  # that are read
_EFFORT = 3  # of 9, in packing a PNG: less time than the usual 6, for somewhat more bytes


class NotShown(ValueError):
    """Why a picture cannot be shown, as the end of a sentence about it."""


def shown(data: Any) -> tuple[str, str]:
    """A picture in base64 written anew: how it is kept, and itself. Raises NotShown."""
    text = "".join(map(str, data)) if isinstance(data, list | tuple) else data
    if not isinstance(text, str) or len(text) > RAW_BYTES * 4 // 3 + 1000:
        raise NotShown(f"is larger than {RAW_BYTES // 1_000_000} MB" if isinstance(text, str) else "is no picture")
    try:
        raw = base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError) as error:
        raise NotShown("is no picture") from error
    for kind in KINDS:
        for mime in ("image/jpeg",) if kind == "JPEG" else ("image/png", "image/jpeg"):
            if again := written_anew(raw, kind, FORMATS[mime]):
                return mime, base64.b64encode(again).decode("ascii")
    if raw[4:8] == b"ftyp":
        raise NotShown("is a HEIC or AVIF photograph, which browsers do not show: export it as JPEG")
    raise NotShown(f"is no picture that can be shown ({', '.join(KINDS)} of at most {PIXELS:,} pixels can)")


def picture(data: Any, mime: str) -> str | None:
    """The picture in base64, written anew in the same format; None when the bytes are no such picture."""
    if mime not in FORMATS or not isinstance(data, str) or len(data) > RAW_BYTES * 4 // 3 + 1000:
        return None
    try:
        again = written_anew(base64.b64decode(data, validate=False), FORMATS[mime])
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(again).decode("ascii") if again else None


def written_anew(raw: bytes, form: str, again: str = "") -> bytes | None:
    """The picture of this format decoded and encoded, in the format `again` if it is another.

    Formats are as Pillow calls them. None when the bytes are no such picture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _anew(raw, form, again or form)
    except Exception:  # whatever its bytes do to the decoder
        return None


def _anew(raw: bytes, form: str, again: str) -> bytes | None:
    with Image.open(io.BytesIO(raw), formats=[form]) as image:
        if form == "JPEG" and image.width * image.height <= PHOTOGRAPH:
            image.draft("L" if image.mode == "L" else "RGB", (SIDE, SIDE))
        if image.width * image.height > PIXELS:
            return None
        plain = "RGB" if form in ("JPEG", "PPM") else "RGBA"
        upright = ImageOps.exif_transpose(image)
        kept = upright.convert("L" if image.mode == "L" and plain == "RGB" else plain)
    if again == "JPEG" and kept.mode == "RGBA":
        kept = Image.alpha_composite(Image.new("RGBA", kept.size, "white"), kept).convert("RGB")
    kept.thumbnail((SIDE, SIDE))
    kept.info.clear()
    buffer = io.BytesIO()
    kept.save(buffer, again, compress_level=_EFFORT)
    return buffer.getvalue() if buffer.tell() <= BYTES else None
