"""Pictures that look alike are told by 64 bits."""

import io
import random

import pytest
from PIL import Image, ImageOps

from core.files import pictures
from core.files.picture_child import likeness
from core.tests.factories import picture_bytes

ALL_BITS = (1 << 64) - 1


def _scene(size=(1200, 800)):
    """Light and dark patches, as a photo has."""
    small = Image.frombytes("L", (12, 8), random.Random(1).randbytes(96))
    return small.resize(size, Image.Resampling.BICUBIC).convert("RGB")


def _apart(one, other):
    return ((likeness(one) ^ likeness(other)) & ALL_BITS).bit_count()


def _saved_anew(image, size):
    buffer = io.BytesIO()
    image.resize(size).save(buffer, "JPEG", quality=30)
    return Image.open(buffer)


def test_copy_that_is_smaller_and_saved_badly_stays_near():
    assert _apart(_scene(), _saved_anew(_scene(), (480, 320))) <= 6


@pytest.mark.parametrize("change", [ImageOps.mirror, ImageOps.flip, ImageOps.invert])
def test_other_picture_is_far(change):
    assert _apart(_scene(), change(_scene())) > 20


def test_picture_of_one_colour_has_no_likeness():
    assert likeness(Image.new("RGB", (100, 100), (9, 9, 9))) is None


def test_child_tells_the_likeness_within_the_database_s_range():
    buffer = io.BytesIO()
    _scene().save(buffer, "PNG")

    found = pictures.variants(io.BytesIO(buffer.getvalue()), "image/png").likeness

    assert found == likeness(_scene())
    assert -(2**63) <= found < 2**63
    assert pictures.variants(io.BytesIO(picture_bytes()), "image/png").likeness is None
