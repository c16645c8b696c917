"""Pictures are read as they arrive: nothing is decoded, only the picture goes on, nothing takes long."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from lacewing.kit.pictures import Cutter, Picture, PictureError, PictureFault, PictureKind
from tests.pictures import SECRET, bomb, claimed_png, picture, png_chunk, with_jpeg_segment, with_png_chunk

EXIF = Image.Exif()
EXIF[0x010E] = SECRET.decode()

KINDS = {
    "PNG": picture(),
    "PNG with a palette": picture(mode="P"),
    "JPEG": picture("JPEG"),
    "progressive JPEG": picture("JPEG", progressive=True, size=(400, 300)),
    "CMYK JPEG": picture("JPEG", mode="CMYK"),
    "JPEG with restarts": picture("JPEG", restart_marker_rows=1, size=(400, 300)),
    "WebP": picture("WEBP"),
    "lossless WebP": picture("WEBP", lossless=True),
    "WebP with alpha": picture("WEBP", mode="RGBA"),
    "animated WebP": picture("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 30), "red")]),
}
SECRETIVE = {
    "tEXt": with_png_chunk(picture(), b"tEXt", b"Comment\0" + SECRET),
    "iTXt": with_png_chunk(picture(), b"iTXt", b"Comment\0\0\0\0\0" + SECRET),
    "eXIf": with_png_chunk(picture(), b"eXIf", SECRET),
    "iCCP": with_png_chunk(picture(), b"iCCP", SECRET),
    "unknown chunk": with_png_chunk(picture(), b"prVt", SECRET),
    "long tRNS": with_png_chunk(picture(), b"tRNS", SECRET * 20),
    "after IEND": picture() + SECRET,
    "APP1": picture("JPEG", exif=EXIF),
    "APP13": with_jpeg_segment(picture("JPEG"), 0xED, SECRET),
    "JFXX": with_jpeg_segment(picture("JPEG"), 0xE0, b"JFXX\0" + SECRET),
    "COM": picture("JPEG", comment=SECRET),
    "after EOI": picture("JPEG") + SECRET,
    "WebP's EXIF": picture("WEBP", exif=EXIF),
    "WebP's XMP": picture("WEBP", xmp=SECRET),
    "after RIFF": picture("WEBP") + SECRET,
}


def cut(data: bytes, chunk: int = 1 << 16) -> tuple[bytes, Picture]:
    cutter = Cutter()
    kept = bytearray(b"".join(cutter.feed(data[at : at + chunk]) for at in range(0, len(data), chunk)))
    found = cutter.finish()
    for at, patch in found.patches:
        kept[at : at + len(patch)] = patch
    return bytes(kept), found


def fault(data: bytes) -> PictureFault:
    with pytest.raises(PictureError) as refused:
        cut(data)
    return refused.value.fault


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_a_picture_looks_as_it_did(data: bytes) -> None:
    kept, found = cut(data)
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(kept))

    assert (found.width, found.height) == before.size == after.size
    assert after.get_format_mimetype() == found.kind
    assert not ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox()


@pytest.mark.parametrize("data", SECRETIVE.values(), ids=SECRETIVE)
def test_what_a_picture_says_beside_itself_is_cut(data: bytes) -> None:
    assert SECRET in data
    kept, _ = cut(data)

    assert SECRET not in kept
    Image.open(io.BytesIO(kept)).load()


@pytest.mark.parametrize("data", [*KINDS.values(), *SECRETIVE.values()], ids=[*KINDS, *SECRETIVE])
@pytest.mark.parametrize("chunk", [1, 7])
def test_it_does_not_matter_in_which_pieces_it_comes(data: bytes, chunk: int) -> None:
    assert cut(data, chunk) == cut(data)


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
def test_what_is_cut_off_is_broken(data: bytes) -> None:
    whole, _ = cut(data)
    for length in (12, len(whole) // 2, len(whole) - 1):
        assert fault(whole[:length]) is PictureFault.BROKEN


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 20,
        b"RIFF\0\0\0\0WAVE",
    ],
)
def test_what_is_no_picture_is_told_so(data: bytes) -> None:
    assert fault(data) is PictureFault.NOT_A_PICTURE


@pytest.mark.parametrize(
    ("width", "height", "wanted"),
    [
        (16_385, 1, PictureFault.TOO_LARGE),
        (10_000, 10_000, PictureFault.TOO_LARGE),
        (0x7FFFFFFF, 0x7FFFFFFF, PictureFault.TOO_LARGE),
        (0, 1, PictureFault.BROKEN),
    ],
)
def test_a_size_that_is_claimed_is_judged_by_the_header(
    width: int, height: int, wanted: PictureFault
) -> None:
    assert fault(claimed_png(width, height)) is wanted


def test_a_picture_that_is_a_page_too_is_no_page_afterwards() -> None:
    page = b"<html><script>alert(1)</script></html>"
    kept, found = cut(with_png_chunk(picture(), b"tEXt", page) + page)

    assert found.kind is PictureKind.PNG
    assert b"script" not in kept


@pytest.mark.parametrize(
    "data",
    [
        picture()[:33] + png_chunk(b"aaAa", b"") * 800_000,
        b"\xff\xd8\xff" + b"\xff" * 10_000_000,
        b"\xff\xd8" + b"\xff\xfe\x00\x02" * 2_500_000,
        picture("WEBP", lossless=True)[:12] + b"VP8L\0\0\0\0" * 1_000_000,
        bomb(),
    ],
    ids=["chunks", "fill bytes", "comments", "frames", "bomb"],
)
def test_ten_megabytes_of_anything_are_read_at_once(data: bytes) -> None:
    begun = time.process_time()
    cutter = Cutter()
    try:
        for at in range(0, len(data), 1 << 16):
            cutter.feed(data[at : at + (1 << 16)])
    except PictureError:
        pass
    assert time.process_time() - begun < 0.5


@given(st.sampled_from([*KINDS.values()]), st.data())
def test_whatever_comes_is_a_picture_or_refused(data: bytes, draw: st.DataObject) -> None:
    changed = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 5))):
        changed[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        kept, found = cut(bytes(changed))
    except PictureError:
        return
    assert len(kept) <= len(data)
    assert 0 < found.width * found.height <= 64_000_000


@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\xff\xff\0\0WEBP"]), st.binary(max_size=400)
)
def test_noise_after_a_signature_is_refused(signature: bytes, noise: bytes) -> None:
    fault(signature + noise)
