"""The codes of the authenticator app's page, against those that the Python package qrcode draws."""

import hashlib

import pytest

from lacewing.kit.qr import qr_code

TEXT = "otpauth://totp/Lacewing:" + "abcdefghij" * 40
# By length: the version, and of qrcode's modules (level L, byte mode, mask 0) the same digest as of ours.
KNOWN = {
    1: (1, "c440381ea34cbac6"),
    17: (1, "8681bbfe340523f4"),
    18: (2, "ba7208832e35ccdf"),
    53: (3, "08e8f538cf34f083"),
    78: (4, "5f6f624c7ec52b80"),
    90: (5, "c8d3475c36b593cc"),
    106: (5, "6cd8f16c4f5b29c8"),
    134: (6, "831cbf15dfc430a3"),
    154: (7, "1d8accad68452d34"),
    160: (8, "98384bab2f67cdd6"),
    200: (9, "b6b872f218f6176f"),
    230: (9, "34fe88d41ab10005"),
    231: (10, "e57d946ff9c888d9"),
    271: (10, "405f3c7a88af0d34"),
}


@pytest.mark.parametrize("length", KNOWN)
def test_a_code_is_the_known_one(length: int) -> None:
    code = qr_code(TEXT[:length])

    assert code is not None
    assert (code.version, hashlib.sha256(code.path.encode()).hexdigest()[:16]) == KNOWN[length]


def test_what_is_too_long_has_none() -> None:
    assert qr_code(TEXT[:272]) is None


def test_bytes_are_counted_and_not_characters() -> None:
    code = qr_code("é" * 10)

    assert code is not None
    assert code.version == 2
