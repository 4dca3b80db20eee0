"""The residents' own pages, as someone without an account meets them."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from products.models import PageRating, Suggestion, SuggestionContact
from products.residents import codes, guard, workflow
from products.tests.factories import ProductFactory
from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 28, 9, 0, tzinfo=dt.UTC)
GOODS, WRONG, RATE = "/gop-y/mat-hang/", "/gop-y/bao-sai/", "/gop-y/danh-gia/"
CANARY = "0912 888 777"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def stamp_of(client, path):
    return re.search(r'name="stamp" value="([^"]+)"', client.get(path).content.decode())[1]


def sent(client, clock, path=GOODS, *, wait=30, **fields):
    """Open the form, take ``wait`` seconds over it, send it."""
    fields.setdefault("stamp", stamp_of(client, path))
    clock.shift(wait)
    return client.post(path, fields)


def code_in(response):
    return re.fullmatch(r"/gop-y/ma/([0-9A-Z]{40})/\?moi=1", response["Location"])[1]


def errors(response):
    form = response.context["form"]
    return sorted(str(error) for errors in form.errors.values() for error in errors)


def test_suggestion_is_kept_and_its_code_shows_the_outcome(client, ward, clock):
    response = sent(client, clock, product_name="Mắm tép Hà Yên", text="Nhà làm, không phẩm màu.")

    code = code_in(response)
    kept = Suggestion.objects.get()
    assert (kept.owner, kept.kind, kept.product_name, kept.status) == (
        ward,
        "product",
        "Mắm tép Hà Yên",
        "received",
    )
    assert kept.code_hash == codes.hash_of(code)
    page = client.get(response["Location"]).content.decode()
    assert "Phường đã nhận góp ý của bạn" in page
    assert codes.grouped(code) in page


def test_code_is_found_as_people_type_it_and_a_wrong_one_is_told(client, ward, clock):
    code = code_in(sent(client, clock, product_name="Mắm tép"))

    typed = client.post("/gop-y/", {"code": f" {codes.grouped(code).lower()} "})
    wrong = client.post("/gop-y/", {"code": code[:-1] + ("0" if code[-1] != "0" else "1")})

    assert typed["Location"] == reverse("residents:outcome", args=[code])
    assert (wrong.status_code, errors(wrong)) == (
        422,
        ["Không thấy góp ý nào có mã này, mời xem lại từng chữ."],
    )


def test_code_of_another_ward_and_a_made_up_one_are_missing(client, ward, clock):
    code = code_in(sent(client, clock, product_name="Mắm tép"))
    Suggestion.objects.update(owner=WardFactory())

    assert client.get(f"/gop-y/ma/{code}/").status_code == 404
    assert client.get("/gop-y/ma/khong-co-ma-nay/").status_code == 404


def test_outcome_shows_the_answer_but_neither_the_text_nor_the_contact(client, ward, clock):
    response = sent(
        client, clock, product_name="Mắm", text="Chữ riêng", contact=CANARY, consent="on"
    )
    Suggestion.objects.update(answer="Phường sẽ xem.", answered_at=timezone.now())

    page = client.get(response["Location"]).content.decode()

    assert "Phường sẽ xem." in page
    assert ("Chữ riêng" in page, CANARY in page) == (False, False)


def test_form_sent_twice_is_one_message_and_other_words_another(client, ward, clock):
    stamp = stamp_of(client, GOODS)

    first = sent(client, clock, stamp=stamp, product_name="Mắm tép")
    again = sent(client, clock, stamp=stamp, product_name="Mắm tép")
    other = sent(client, clock, stamp=stamp, product_name="Mắm tôm")

    assert first["Location"] == again["Location"] != other["Location"]
    assert list(Suggestion.objects.order_by("pk").values_list("product_name", flat=True)) == [
        "Mắm tép",
        "Mắm tôm",
    ]


def test_same_words_from_one_network_are_told_and_from_two_both_kept(client, ward, clock):
    sent(client, clock, product_name="Mắm tép")

    again = sent(client, clock, product_name="Mắm tép")
    stamp = stamp_of(client, GOODS)
    clock.shift(30)
    elsewhere = client.post(
        GOODS, {"stamp": stamp, "product_name": "Mắm tép"}, REMOTE_ADDR="203.0.113.9"
    )

    assert again.status_code == 409
    assert 'value="Mắm tép"' in again.content.decode()
    assert elsewhere.status_code == 302
    assert Suggestion.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "wait", "status"),
    [
        ({}, 1, 422),  # too quick
        ({}, 25 * 3600, 422),  # too old
        ({"stamp": "lam-gia:x:y"}, 30, 422),
        ({"stamp": ""}, 30, 422),
        ({"empty": "https://spam.example"}, 30, 422),
    ],
)
def test_machine_is_kept_out_and_a_person_only_presses_again(
    client, ward, clock, fields, wait, status
):
    typed = {"product_name": "Mắm tép", "text": "Chữ đã gõ", **fields}

    refused = sent(client, clock, wait=wait, **typed)

    page = refused.content.decode()
    assert (refused.status_code, Suggestion.objects.count()) == (status, 0)
    assert ("Mắm tép" in page, "Chữ đã gõ" in page) == (True, True)
    again = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    clock.shift(30)
    pressed = client.post(GOODS, {**typed, "empty": "", "stamp": again})
    assert pressed.status_code == 302


def test_too_many_from_one_network_wait_and_lose_nothing(client, ward, clock):
    clock.move_to(START)
    for number in range(guard.MESSAGES):
        assert sent(client, clock, product_name=f"Hàng {number}").status_code == 302

    refused = sent(client, clock, product_name="Thêm một")

    assert refused.status_code == 429
    assert 'value="Thêm một"' in refused.content.decode()
    clock.shift(3600)
    assert sent(client, clock, product_name="Thêm một").status_code == 302


def test_network_is_no_address_and_no_key_names_it():
    assert [
        guard.network_of(a) for a in ("203.0.113.7", "2001:db8:1:2ff::1", "::ffff:203.0.113.7", "x")
    ] == [
        "203.0.113.0/24",
        "2001:db8:1:200::/56",
        "203.0.113.0/24",
        "?",
    ]


def test_nothing_of_the_sender_is_stored_with_the_message():
    names = {field.name for field in Suggestion._meta.concrete_fields}

    assert not {name for name in names if "address" in name or "ip" in name.split("_")}
    assert not hasattr(Suggestion, "history")


def test_contact_is_kept_with_consent_alone(client, ward, clock):
    without = sent(client, clock, product_name="Mắm", contact=CANARY)
    with_it = sent(client, clock, product_name="Mắm", contact=CANARY, consent="on")
    nothing = sent(client, clock, product_name="Bún", consent="on")

    assert without.status_code == 422
    assert "checked" not in client.get(GOODS).content.decode()
    assert (with_it.status_code, nothing.status_code) == (302, 302)
    row = SuggestionContact.objects.get()
    assert (row.contact, row.consent, row.consented_at, row.kept_until) == (
        CANARY,
        1,
        timezone.now() - dt.timedelta(seconds=30),
        dt.date(2027, 11, 28),
    )


def test_sender_takes_the_contact_back_by_the_link(client, ward, clock):
    response = sent(client, clock, product_name="Mắm", contact=CANARY, consent="on")
    link = reverse("residents:outcome", args=[code_in(response)])
    assert "Rút lại cách liên hệ" in client.get(link).content.decode()

    client.post(link)

    assert SuggestionContact.objects.count() == 0
    page = client.get(link).content.decode()
    assert "Phường đã xóa cách liên hệ của bạn ngày 28/11/2026" in page
    assert "Rút lại cách liên hệ" not in page


def test_looking_writes_nothing(client, ward, clock):
    response = sent(client, clock, product_name="Mắm", contact=CANARY, consent="on")

    client.get(response["Location"])
    client.get(RATE + "?muc=1")

    assert SuggestionContact.objects.count() == 1
    assert PageRating.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "page", "product"),
    [
        ("/hang-viet/gom/", "/hang-viet/gom/", "Gốm"),
        ("/hang-viet/nhap/", "/hang-viet/", None),
        ("/hang-viet/khong-co/", "/hang-viet/", None),
        ("/hang-viet/?q=com", "/hang-viet/", None),
        ("/quan-tri/", "/", None),
        ("/bao-cao/", "/", None),
        ("//khac.example/", "/", None),
        ("https://khac.example/", "/", None),
        ("javascript:alert(1)", "/", None),
        ("/" + "x" * 9000, "/", None),
    ],
)
def test_page_spoken_of_is_a_public_one_of_ours(client, ward, clock, path, page, product):
    ProductFactory(owner=ward, name="Gốm")
    ProductFactory(owner=ward, name="Nháp", status="draft")

    sent(client, clock, WRONG, kind="mistake", text="Sai số nhà", page=path)

    kept = Suggestion.objects.get()
    assert (kept.page, kept.product and kept.product.name) == (page, product)


def test_form_of_a_page_names_it_and_a_fake_is_chosen_by_its_link(client, ward):
    ProductFactory(owner=ward, name="Gốm")

    html = client.get(f"{WRONG}?trang=/hang-viet/gom/&viec=fake").content.decode()

    assert '<a href="/hang-viet/gom/">Gốm</a>' in html
    assert re.search(r'value="fake"[^>]* checked', html)


def test_ratings_are_sums_of_a_month(client, ward, clock):
    stamp = stamp_of(client, RATE)
    for _ in range(2):  # one form, pressed twice
        sent(client, clock, RATE, stamp=stamp, score="3", page="/hang-viet/")
    sent(client, clock, RATE, score="3", page="/hang-viet/")
    last = sent(client, clock, RATE, score="1", page="/khong-co/")

    assert list(
        PageRating.objects.order_by("pk").values_list("page", "month", "score", "count")
    ) == [("/hang-viet/", dt.date(2026, 11, 1), 3, 2), ("/", dt.date(2026, 11, 1), 1, 1)]
    assert client.get(last["Location"]).status_code == 200


@pytest.mark.parametrize("score", ["", "4", "0", "x", "9" * 40])
def test_rating_outside_the_three_is_asked_for_again(client, ward, clock, score):
    response = sent(client, clock, RATE, score=score)

    assert (response.status_code, PageRating.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("fields", "status", "kept"),
    [
        ({"product_name": "a" * 10_000}, 422, 0),
        ({"product_name": "Mắm", "text": "ồ" * 10_000}, 422, 0),
        ({"product_name": "Mắm\x00tép"}, 422, 0),
        ({"product_name": " \u200b "}, 422, 0),
        ({"product_name": "东西 вещь 🧂 ﷽"}, 302, 1),
        ({"product_name": "<script>alert(1)</script>"}, 302, 1),
        ({"product_name": "Mắm", "contact": "x" * 500, "consent": "on"}, 422, 0),
    ],
)
def test_bad_input_gets_its_sentence(client, ward, clock, fields, status, kept):
    response = sent(client, clock, **fields)

    assert (response.status_code, Suggestion.objects.count()) == (status, kept)
    if kept:
        page = client.get(response["Location"]).content.decode()
        assert "<script>alert" not in page
    else:
        assert "Chưa gửi được, mời bạn xem lại" in response.content.decode()


def test_lookup_of_bad_codes_has_its_sentence(client, ward):
    for code in ("", "a" * 10_000, "码", "O0I1LU" * 4):
        assert client.post("/gop-y/", {"code": code}).status_code == 422


def test_lost_cookie_loses_nothing_typed(ward, clock):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    refused = client.post(
        GOODS,
        {"product_name": "Mắm tép Hà Yên", "text": "Đã gõ", "stamp": "x"},
        HTTP_ORIGIN="http://testserver",
    )

    page = refused.content.decode()
    assert refused.status_code == 403
    assert "Gửi lại nội dung này" in page
    assert '<p class="typed">Đã gõ</p>' in page
    assert 'name="product_name" value="Mắm tép Hà Yên"' in page


def test_pages_are_kept_by_no_cache_and_read_no_session(client, ward, clock):
    client.cookies["sessionid"] = "x" * 32

    response = client.get(GOODS)

    assert "no-store" in response["Cache-Control"]
    assert set(response.cookies) == {"csrftoken"}


def test_portal_without_a_ward_has_none_of_it(client):
    assert {client.get(path).status_code for path in ("/gop-y/", GOODS, WRONG, RATE)} == {404}


@pytest.mark.parametrize("count", [1, 3])
def test_home_tells_what_came_of_it_in_a_fixed_number_of_queries(
    client, ward, count, django_assert_num_queries
):
    for number in range(count):
        made = ProductFactory(owner=ward, name=f"Từ bà con {number}")
        Suggestion.objects.create(
            owner=ward,
            kind="product",
            product_name="x",
            status="accepted",
            candidate=made,
            code_hash=f"{number:064}",
        )
    hidden = ProductFactory(owner=ward, name="Chưa đăng", status="draft")
    Suggestion.objects.create(
        owner=ward,
        kind="product",
        product_name="x",
        status="accepted",
        candidate=hidden,
        code_hash="a" * 64,
    )

    with django_assert_num_queries(2):  # the ward, the goods
        html = client.get("/gop-y/").content.decode()

    assert (f"Từ bà con {count - 1}" in html, "Chưa đăng" in html) == (True, False)


def test_time_over_hides_the_contact_and_the_command_deletes_it(
    client, ward, clock, capsys, django_capture_on_commit_callbacks
):
    from django.core.management import call_command

    sent(client, clock, product_name="Mắm", contact=CANARY, consent="on")
    sent(client, clock, product_name="Bún", contact="b@example.vn", consent="on")
    first = Suggestion.objects.get(product_name="Mắm")
    SuggestionContact.objects.filter(suggestion=first).update(kept_until=dt.date(2026, 11, 28))

    assert list(SuggestionContact.objects.held().values_list("contact", flat=True)) == [
        "b@example.vn"
    ]
    call_command("delete_contacts", dry_run=True)
    assert SuggestionContact.objects.count() == 2
    call_command("delete_contacts")
    call_command("delete_contacts")

    assert capsys.readouterr().out.splitlines() == [
        "Hết thời hạn, chưa xóa: 1 cách liên hệ.",
        "Đã xóa: 1 cách liên hệ.",
        "Đã xóa: 0 cách liên hệ.",
    ]
    first.refresh_from_db()
    assert (first.contact_ended, first.contact_ended_on) == ("expired", dt.date(2026, 11, 28))
    assert SuggestionContact.objects.count() == 1


def test_withdrawing_twice_is_no_error(ward, clock, client):
    sent(client, clock, product_name="Mắm", contact=CANARY, consent="on")
    suggestion = Suggestion.objects.get()

    assert [workflow.withdraw_contact(suggestion), workflow.withdraw_contact(suggestion)] == [
        True,
        False,
    ]
