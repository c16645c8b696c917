"""Reads pictures as they arrive, without decoding them: what they are, how large, and what is cut of them."""

from lacewing.kit.pictures.cutter import Cutter, Picture
from lacewing.kit.pictures.steps import (
    LARGEST_PIXELS,
    LARGEST_SIDE,
    PictureError,
    PictureFault,
    PictureKind,
)

__all__ = [
    "LARGEST_PIXELS",
    "LARGEST_SIDE",
    "Cutter",
    "Picture",
    "PictureError",
    "PictureFault",
    "PictureKind",
]
