"""Goods for tests, with declared values."""

import io

import factory
from factory.django import DjangoModelFactory
from PIL import Image

from core.files import store_picture
from products.models import Category, Producer, Product
from units.tests.factories import WardFactory


def picture_bytes(size=(60, 45), kind="PNG"):
    """A small plain picture as a file holds it."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "#1f5c50").save(buffer, kind)
    return buffer.getvalue()


def a_picture(**kwargs):
    return store_picture(picture_bytes(), name="anh.png", **kwargs)


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    owner = factory.SubFactory(WardFactory)
    name = "Gốm sứ"
    drawing = Category.Drawing.POTTERY


class ProducerFactory(DjangoModelFactory):
    class Meta:
        model = Producer

    owner = factory.SubFactory(WardFactory)
    name = "Hợp tác xã Thử"


class ProductFactory(DjangoModelFactory):
    """Published goods of a ward, in the ward's kind "Gốm sứ" unless said otherwise."""

    class Meta:
        model = Product

    owner = factory.SubFactory(WardFactory)
    category = factory.LazyAttribute(
        lambda o: (
            Category.objects.filter(owner=o.owner, name="Gốm sứ").first()
            or CategoryFactory(owner=o.owner)
        )
    )
    name = factory.Sequence(lambda n: f"Hàng số {n + 1}")
    place = "Làng Thử, thành phố Hà Nội"
    summary = "Một câu."
    why_recommended = "Làng làm nghề lâu năm."
    status = Product.Status.PUBLISHED
