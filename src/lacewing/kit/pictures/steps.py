"""What the reader of a format asks for, byte by byte or by the chunk; it never holds more than a header."""

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

LARGEST_SIDE = 16_384
LARGEST_PIXELS = 64_000_000
MOST_PARTS = 20_000


class PictureKind(StrEnum):
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"

    @property
    def suffix(self) -> str:
        return {PictureKind.PNG: "png", PictureKind.JPEG: "jpg", PictureKind.WEBP: "webp"}[self]


class PictureFault(StrEnum):
    NOT_A_PICTURE = "not_a_picture"
    BROKEN = "picture_broken"
    TOO_LARGE = "picture_too_large"


class PictureError(ValueError):
    def __init__(self, fault: PictureFault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Take:
    """So many bytes, given to the reader and not passed on."""

    count: int


@dataclass(frozen=True, slots=True)
class Emit:
    """These bytes go on."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Pass:
    """The next so many bytes go on as they are."""

    count: int


@dataclass(frozen=True, slots=True)
class Drop:
    """The next so many bytes are left out."""

    count: int


@dataclass(frozen=True, slots=True)
class PassScan:
    """The coded data of a JPEG, up to the next marker."""


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int


Value = TypeVar("Value")
Step = Take | Emit | Pass | Drop | PassScan
Reading = Generator[Step, bytes, Value]
Reader = Reading[Size]


def checked(width: int, height: int) -> Size:
    if width < 1 or height < 1:
        raise broken()
    if max(width, height) > LARGEST_SIDE or width * height > LARGEST_PIXELS:
        limits = f"{LARGEST_SIDE} pixels a side or {LARGEST_PIXELS // 10**6} megapixels"
        raise PictureError(PictureFault.TOO_LARGE, f"The picture is larger than {limits}.")
    return Size(width, height)


def broken() -> PictureError:
    return PictureError(PictureFault.BROKEN, "The picture is broken or cut off.")


class Parts:
    """A picture of more parts than any program writes is refused: each costs a step."""

    def __init__(self) -> None:
        self._count = 0

    def next(self) -> None:
        self._count += 1
        if self._count > MOST_PARTS:
            raise broken()
