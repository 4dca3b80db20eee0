"""Goods for tests, with declared values."""

import datetime as dt
import io

import factory
from factory.django import DjangoModelFactory
from PIL import Image

from core.files import store_picture
from products.models import (
    Category,
    Outlet,
    Producer,
    Product,
    Promotion,
    Recognition,
    Sale,
)
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


class RecognitionFactory(DjangoModelFactory):
    """OCOP, four stars, of 2025, checked, without a last day."""

    class Meta:
        model = Recognition

    programme = "ocop"
    year = 2025
    level = 4
    checked_on = dt.date(2026, 1, 5)


class OutletFactory(DjangoModelFactory):
    class Meta:
        model = Outlet

    owner = factory.SubFactory(WardFactory)
    name = factory.Sequence(lambda n: f"Cửa hàng số {n + 1}")
    address = "Số 1 phố Thử, thành phố Hà Nội"


class SaleFactory(DjangoModelFactory):
    class Meta:
        model = Sale


class PromotionFactory(DjangoModelFactory):
    """A fair of the first days of 2030, in public."""

    class Meta:
        model = Promotion

    owner = factory.SubFactory(WardFactory)
    title = "Phiên chợ hàng Việt"
    first_on = dt.date(2030, 1, 5)
    last_on = dt.date(2030, 1, 7)
    is_published = True
