"""Goods as residents will meet them, before they are approved."""

import pytest
from django.urls import reverse

from products.tests.factories import ProductFactory, a_picture
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
PAGES = ("product_preview", "product_preview_phone", "product_preview_card")


@pytest.fixture
def draft(client):
    ward = WardFactory()
    client.force_login(member(Role.EDITOR, ward))
    return ProductFactory(owner=ward, name="Gốm Thử", status="draft", picture=a_picture())


def test_a_draft_is_shown_as_the_public_page(client, draft):
    text = client.get(reverse("admin:product_preview_phone", args=[draft.pk])).content.decode()

    assert "Xem trước, chưa đăng." in text
    assert "<h1>Gốm Thử</h1>" in text
    assert '<meta name="robots" content="noindex">' in text
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_the_card_is_a_picture(client, draft):
    response = client.get(reverse("admin:product_preview_card", args=[draft.pk]))

    assert (response["Content-Type"], response.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_the_page_leads_to_all_faces(client, draft):
    text = client.get(reverse("admin:product_preview", args=[draft.pk])).content.decode()

    assert reverse("admin:product_preview_phone", args=[draft.pk]) in text
    assert reverse("admin:product_preview_card", args=[draft.pk]) in text
    assert "người dân chưa thấy" in text


@pytest.mark.parametrize("name", PAGES)
def test_goods_of_another_ward_are_missing(client, draft, name):
    foreign = ProductFactory(status="draft")

    assert client.get(reverse(f"admin:{name}", args=[foreign.pk])).status_code == 404
