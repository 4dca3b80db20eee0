"""The office's queue of what residents say, its steps, and where a contact must never stand."""

import datetime as dt
import io
import logging
from itertools import product as pairs

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from core.workflow import StaleError, TransitionRefusedError
from products.models import Category, PageRating, Product, Suggestion, SuggestionContact
from products.residents import workflow
from products.residents.workflow import ACCEPT, ANSWER, DISMISS, STEPS, TAKE, open_steps, take
from products.tests.factories import CategoryFactory, ProductFactory
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/products/suggestion/"
CANARY = "0912888777"
LEGAL = {
    ("take", "received"): "checking",
    ("answer", "received"): "answered",
    ("answer", "checking"): "answered",
    ("answer", "answered"): "answered",
    ("accept", "received"): "accepted",
    ("accept", "checking"): "accepted",
    ("dismiss", "received"): "dismissed",
    ("dismiss", "checking"): "dismissed",
    ("reopen", "dismissed"): "checking",
}
ILLEGAL = sorted(set(pairs(STEPS, Suggestion.Status.values)) - set(LEGAL))


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def editor(ward):
    return member(Role.EDITOR, ward)


def suggestion_of(ward, number=1, status="received", *, actor=None, **fields):
    """A message; with the answer or candidate that its status asks for."""
    if status == "answered":
        fields |= {"answer": "Đã xem.", "answered_at": timezone.now(), "answered_by": actor}
    if status == "accepted":
        fields["candidate"] = ProductFactory(owner=ward, status="draft")
    fields = {"kind": "product", "product_name": "Mắm tép", "text": "Nhà làm.", **fields}
    return Suggestion.objects.create(
        owner=ward, status=status, code_hash=f"{ward.pk:032}{number:032}", **fields
    )


def with_contact(suggestion, until=dt.date(2099, 1, 1)):
    return SuggestionContact.objects.create(
        suggestion=suggestion,
        contact=CANARY,
        consent=1,
        consented_at=timezone.now(),
        kept_until=until,
    )


def kind_of(ward):
    return Category.objects.filter(owner=ward).first() or CategoryFactory(owner=ward)


def step_url(suggestion):
    return reverse("admin:suggestion_step", args=[suggestion.pk])


@pytest.mark.parametrize(("name", "status", "target"), [(*k, v) for k, v in LEGAL.items()])
def test_step_moves_the_message_and_is_recorded(ward, editor, name, status, target):
    suggestion = suggestion_of(ward, status=status, actor=editor)

    moved = take(
        STEPS[name],
        suggestion,
        actor=editor,
        seen_version=1,
        answer="Phường đã sửa.",
        reason="Trùng",
        category=kind_of(ward),
    )

    assert (moved.status, moved.version) == (target, 2)
    assert list(moved.steps.values_list("name", "from_status", "to_status", "actor")) == [
        (name, status, target, editor.pk)
    ]


@pytest.mark.parametrize(("name", "status"), ILLEGAL)
def test_step_is_refused_from_any_other_status(ward, editor, name, status):
    suggestion = suggestion_of(ward, status=status, actor=editor)
    goods = Product.objects.count()

    with pytest.raises(TransitionRefusedError):
        take(
            STEPS[name],
            suggestion,
            actor=editor,
            seen_version=1,
            answer="x",
            reason="x",
            category=kind_of(ward),
        )

    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.version, suggestion.steps.count()) == (status, 1, 0)
    assert Product.objects.count() == goods  # no candidate is left behind


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, Role.SECRETARY])
def test_who_only_reads_takes_no_step(ward, role):
    with pytest.raises(PermissionDenied):
        take(TAKE, suggestion_of(ward), actor=member(role, ward), seen_version=1)


def test_stale_step_is_refused(ward, editor):
    with pytest.raises(StaleError):
        take(TAKE, suggestion_of(ward), actor=editor, seen_version=7)


def test_answer_without_words_and_dismissal_without_reason_are_refused(ward, editor):
    for step in (ANSWER, DISMISS):
        with pytest.raises(TransitionRefusedError):
            take(step, suggestion_of(ward, number=len(step.name)), actor=editor, seen_version=1)


def test_accepted_suggestion_becomes_a_proposal_that_says_where_from(ward, editor):
    kind = kind_of(ward)
    suggestion = suggestion_of(ward)

    moved = take(ACCEPT, suggestion, actor=editor, seen_version=1, category=kind)

    made = moved.candidate
    day = timezone.localdate()
    assert (made.owner, made.name, made.category, made.status, made.author) == (
        ward,
        "Mắm tép",
        kind,
        "draft",
        editor,
    )
    assert made.sources == (
        f"Bà con giới thiệu ngày {day.day}/{day.month}/{day.year}, góp ý số {suggestion.pk}."
    )
    assert (moved.answer, moved.answered_by) == (workflow.THANKS, editor)


def test_second_suggestion_of_the_same_goods_joins_the_first(ward, editor):
    first = take(
        ACCEPT,
        suggestion_of(ward),
        actor=editor,
        seen_version=1,
        category=kind_of(ward),
    )

    second = take(
        ACCEPT, suggestion_of(ward, 2, product_name="MAM TEP"), actor=editor, seen_version=1
    )

    assert second.candidate == first.candidate
    assert Product.objects.count() == 1


def test_only_goods_become_a_candidate(ward, editor):
    suggestion = suggestion_of(ward, kind="mistake", product_name="")

    assert ACCEPT not in open_steps(suggestion, editor)
    with pytest.raises(TransitionRefusedError):
        take(
            ACCEPT,
            suggestion,
            actor=editor,
            seen_version=1,
            category=kind_of(ward),
        )


def test_answer_shortens_how_long_a_contact_is_kept(ward, editor):
    suggestion = suggestion_of(ward)
    with_contact(suggestion)

    take(ANSWER, suggestion, actor=editor, seen_version=1, answer="Đã sửa.")

    kept = SuggestionContact.objects.get().kept_until
    assert kept == timezone.localdate() + dt.timedelta(days=183)


@pytest.mark.parametrize("count", [1, 3])
def test_queue_has_a_fixed_number_of_queries(
    client, ward, editor, count, django_assert_num_queries
):
    for number in range(count):
        suggestion_of(ward, number, product=ProductFactory(owner=ward))
    suggestion_of(WardFactory(), product_name="Của phường khác")
    client.force_login(editor)

    # session and person; kept filters, counts and facets of the list, rows
    with django_assert_num_queries(9):
        html = client.get(LIST).content.decode()

    assert html.count("Góp ý ") >= count
    assert "Của phường khác" not in html


def test_queue_is_searched_without_marks_and_an_address_guesses_nothing(client, ward, editor):
    suggestion_of(ward, 1)
    suggestion_of(ward, 2, product_name="Bún khô")
    client.force_login(editor)

    found = client.get(LIST, {"q": "MAM tep"})
    guess = client.get(LIST, {"contact__contact__startswith": "0"})

    assert [row.product_name for row in found.context["cl"].result_list] == ["Mắm tép"]
    assert guess.status_code == 400


@pytest.mark.parametrize(("role", "sees"), [(Role.EDITOR, True), (Role.LEADER, False)])
def test_contact_is_shown_to_who_answers_alone(client, ward, role, sees):
    suggestion = suggestion_of(ward)
    with_contact(suggestion)
    client.force_login(member(role, ward))

    page = client.get(suggestion.get_absolute_url()).content.decode()

    assert ("Nhà làm." in page, CANARY in page) == (True, sees)


def test_contact_past_its_day_is_shown_to_nobody(client, ward, editor):
    suggestion = suggestion_of(ward)
    with_contact(suggestion, until=timezone.localdate())
    client.force_login(editor)

    assert CANARY not in client.get(suggestion.get_absolute_url()).content.decode()


def test_contact_stands_in_no_list_table_search_or_log(client, ward, editor, caplog):
    caplog.set_level(logging.DEBUG)
    suggestion = suggestion_of(ward)
    row = with_contact(suggestion)
    client.force_login(editor)

    pages = [
        client.get(path)
        for path in (
            "/",
            "/hang-viet/",
            "/gop-y/",
            "/quan-tri/",
            LIST,
            "/quan-tri/tim/?q=mam+tep",
            f"{LIST}?q=mam+tep",
            "/quan-tri/gop-y/danh-gia/",
        )
    ]
    table = client.post(f"{LIST}xuat/")

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(table))).active
    cells = [str(cell) for line in sheet.iter_rows(values_only=True) for cell in line]
    assert len(cells) > 6
    assert {page.status_code for page in pages} == {200}
    assert not any(CANARY in page.content.decode() for page in pages)
    assert not any(CANARY in cell or "Nhà làm" in cell for cell in cells)
    assert (str(suggestion), str(row)) == (
        f"góp ý số {suggestion.pk}",
        f"cách liên hệ của góp ý số {suggestion.pk}",
    )
    assert CANARY not in caplog.text


def test_office_answers_and_a_candidate_is_made_on_the_page(client, ward, editor):
    kind = kind_of(ward)
    suggestion = suggestion_of(ward)
    client.force_login(editor)

    no_kind = client.post(step_url(suggestion), {"step": "accept", "seen_version": 1})
    foreign_kind = client.post(
        step_url(suggestion),
        {"step": "accept", "seen_version": 1, "category": CategoryFactory().pk},
    )
    done = client.post(
        step_url(suggestion), {"step": "accept", "seen_version": 1, "category": kind.pk}
    )

    assert (no_kind.status_code, foreign_kind.status_code, done.status_code) == (422, 422, 302)
    suggestion.refresh_from_db()
    assert suggestion.candidate.category == kind
    page = client.get(done["Location"]).content.decode()
    assert reverse("admin:products_product_change", args=[suggestion.candidate_id]) in page


def test_stale_answer_keeps_what_was_written(client, ward, editor):
    suggestion = suggestion_of(ward)
    take(TAKE, suggestion, actor=member(Role.OFFICE, ward), seen_version=1)
    client.force_login(editor)

    response = client.post(
        step_url(suggestion), {"step": "answer", "seen_version": 1, "answer": "Lời đã viết"}
    )

    assert response.status_code == 409
    assert "Lời đã viết" in response.content.decode()
    assert 'name="seen_version" value="2"' in response.content.decode()


@pytest.mark.parametrize(("step", "status"), [("", 422), ("x", 422), ("accept\x00", 400)])
def test_unknown_step_is_told(client, ward, editor, step, status):
    client.force_login(editor)

    response = client.post(step_url(suggestion_of(ward)), {"step": step, "seen_version": 1})

    assert response.status_code == status


def test_foreign_message_is_missing_and_the_form_of_the_admin_leads_to_the_page(
    client, ward, editor
):
    foreign, own = suggestion_of(WardFactory()), suggestion_of(ward)
    client.force_login(editor)

    assert [
        client.get(foreign.get_absolute_url()).status_code,
        client.post(step_url(foreign), {"step": "take", "seen_version": 1}).status_code,
        client.get(f"{LIST}{foreign.pk}/change/").status_code,
    ] == [404, 404, 404]
    assert client.get(f"{LIST}{own.pk}/change/")["Location"] == own.get_absolute_url()


def test_today_counts_what_nobody_looked_at(client, ward, editor):
    suggestion_of(ward, 1)
    suggestion_of(ward, 2, status="checking")
    suggestion_of(WardFactory())
    client.force_login(editor)

    items = client.get(reverse("admin:index")).context["items"]

    assert [(i.count, i.url) for i in items if "bà con" in i.text] == [
        (1, f"{LIST}?status__exact=received")
    ]


def test_ratings_show_the_least_liked_page_first(client, ward, editor):
    month = timezone.localdate().replace(day=1)
    for owner, page, score, count in (
        (ward, "/", 3, 9),
        (ward, "/", 1, 1),
        (ward, "/hang-viet/", 1, 2),
        (WardFactory(), "/khac/", 1, 5),
    ):
        PageRating.objects.create(owner=owner, page=page, month=month, score=score, count=count)
    client.force_login(editor)

    lines = client.get("/quan-tri/gop-y/danh-gia/").context["lines"]

    assert [(line["page"], [n for _, n in line["counts"]], line["total"]) for line in lines] == [
        ("/hang-viet/", [0, 0, 2], 2),
        ("/", [9, 0, 1], 10),
    ]
