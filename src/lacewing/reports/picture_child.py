"""Decodes one picture and makes it anew, in a process that may not do much and may be killed.

A program of its own, run by path and never imported: it knows nothing of Lacewing. The picture comes on
standard input; a line (width, height, the sizes of what follows), the new picture and its thumbnail go out.
"""

import io
import os
import resource
import sys
import warnings

from PIL import Image, WebPImagePlugin  # noqa: F401 - the latter registers itself

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 30
LARGEST_PIXELS = 64_000_000
THUMBNAIL = (480, 480)
PLAIN = {"PNG": {"1", "L", "P"}, "JPEG": {"L"}, "WEBP": set()}
OPTIONS: dict[str, dict[str, int]] = {
    "PNG": {"compress_level": 6},
    "JPEG": {"quality": 90},
    "WEBP": {"quality": 90, "method": 3},
}


def main() -> int:
    _confine()
    form = sys.argv[1]
    given = sys.stdin.buffer.read()
    made, thumbnail, size = _remake(given, form)
    head = f"{size[0]} {size[1]} {len(made)} {len(thumbnail)}\n"
    sys.stdout.buffer.write(head.encode())
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.write(thumbnail)
    sys.stdout.buffer.flush()
    return 0


def _confine() -> None:
    """Before a byte of the picture is read."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.nice(10)


def _remake(given: bytes, form: str) -> tuple[bytes, bytes, tuple[int, int]]:
    """The first frame alone, in plain colours: nothing else of the file is carried over."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
    with Image.open(io.BytesIO(given), formats=[form]) as opened:
        opened.load()
        mode = _mode(opened, form)
        plain = opened if opened.mode == mode else opened.convert(mode)
    plain.info.clear()
    made = _saved(plain, form)
    small = plain if mode in {"RGB", "RGBA"} else plain.convert("RGB")
    size = plain.size
    small.thumbnail(THUMBNAIL)
    return made, _saved(small, "WEBP"), size


def _mode(image: Image.Image, form: str) -> str:
    """As it is, where that is plain; a palette or a grey picture would grow threefold."""
    if image.has_transparency_data and form != "JPEG":
        return "RGBA"
    return image.mode if image.mode in PLAIN[form] else "RGB"


def _saved(image: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **OPTIONS[form])
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
