"""Pictures are decoded and written anew, so that what reaches a browser is a picture and nothing else."""

import base64
import binascii
import io
import warnings
from typing import Any

from PIL import Image

PIXELS = 16_000_000
BYTES = 4_000_000  # of one picture as it comes and as it is kept
SIDE = 1600  # pixels that the longer side keeps
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}
_EFFORT = 3  # of 9, in packing a PNG: less time than the usual 6, for somewhat more bytes


def picture(data: Any, mime: str) -> str | None:
    """The picture in base64, written anew in the same format; None when the bytes are no such picture."""
    if mime not in FORMATS or not isinstance(data, str) or len(data) > BYTES * 4 // 3 + 1000:
        return None
    try:
        again = written_anew(base64.b64decode(data, validate=False), FORMATS[mime])
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(again).decode("ascii") if again else None


def written_anew(raw: bytes, form: str, again: str = "") -> bytes | None:
    """The picture of this format decoded and encoded, in the format `again` if it is another.

    PNG, JPEG and PPM, as Pillow calls them. None when the bytes are no such picture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _anew(raw, form, again or form)
    except (OSError, ValueError, SyntaxError, MemoryError, Warning, Image.DecompressionBombError):
        return None


def _anew(raw: bytes, form: str, again: str) -> bytes | None:
    with Image.open(io.BytesIO(raw), formats=[form]) as image:
        if image.width * image.height > PIXELS:
            return None
        plain = "RGBA" if form == "PNG" else "L" if image.mode == "L" else "RGB"
        kept = image.convert(plain)
    kept.thumbnail((SIDE, SIDE))
    kept.info.clear()
    buffer = io.BytesIO()
    kept.save(buffer, again, compress_level=_EFFORT)
    return buffer.getvalue() if buffer.tell() <= BYTES else None
