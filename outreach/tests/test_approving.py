"""A leader is the second person, from a link: what is shown, what a decision does, who cannot."""

import pytest
from django.urls import reverse

from approvals import kinds, requests, workflow
from core.tests.factories import PictureFactory
from core.workflow import StaleError, TransitionRefusedError
from outreach.content.models import ArticlePicture, ArticleSource, Status
from outreach.content.workflow import STEPS, take
from outreach.tests.factories import (
    ArticleFactory,
    BulletinFactory,
    PosterFactory,
    ShortTextFactory,
)
from plans.models import LegalInstrument
from units.models import Role
from units.tests.factories import MembershipFactory, WardFactory, member

pytestmark = pytest.mark.django_db
BODY = (
    "<h2>Xem nhãn</h2><p>Xem <strong>nhãn</strong> ở <a href='https://vi.du/nhan'>đây</a>.</p>"
    "<p>[ảnh 1]</p><ul><li>Hạn dùng<ul><li>còn ít nhất một tháng</li></ul></li></ul>"
    "<ol><li>Hỏi người bán</li></ol><blockquote><p>Chọn kỹ.</p></blockquote>"
)
FORMS = {
    "article": ArticleFactory,
    "shorttext": ShortTextFactory,
    "poster": PosterFactory,
    "bulletin": BulletinFactory,
}


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


@pytest.fixture
def leader(ward):
    return member(Role.LEADER, ward)


@pytest.fixture
def article(ward, officer):
    return ArticleFactory(owner=ward, author=officer, status=Status.SUBMITTED)


def asked(piece, officer, leader):
    kind = kinds.get(piece._meta.model_name)
    version = piece.version
    return requests.make(kind, piece, leader=leader, actor=officer, seen_version=version)[0]


def decide(request, step, reason=""):
    words = {"seen_version": request.version, "reason": reason, "device": "iPhone, Zalo"}
    return workflow.decide(request, step, **words)


@pytest.mark.parametrize("name", FORMS)
def test_author_asks_and_the_leader_approves_any_form(ward, officer, leader, name):
    piece = FORMS[name](owner=ward, author=officer, status=Status.SUBMITTED)

    decide(asked(piece, officer, leader), workflow.APPROVE)

    piece.refresh_from_db()
    step = piece.steps.get()
    assert (piece.status, step.name, step.actor) == (Status.APPROVED, "approve", leader)
    assert step.reason == f"Duyệt qua đường dẫn do {officer} gửi; máy: iPhone, Zalo."


def test_return_goes_back_to_the_author_with_the_leader_s_words(officer, leader, article):
    decide(asked(article, officer, leader), workflow.RETURN, "Thiếu giờ mở cửa.")

    article.refresh_from_db()
    step = article.steps.get()
    assert (article.status, step.name, step.actor) == (Status.RETURNED, "return", leader)
    assert step.reason.startswith("Thiếu giờ mở cửa.\nTrả lại qua đường dẫn")


@pytest.mark.parametrize("status", sorted(set(Status.values) - {Status.SUBMITTED}))
def test_only_what_is_handed_in_is_put_before_a_leader(ward, officer, leader, status):
    article = ArticleFactory(owner=ward, author=officer, status=status)

    with pytest.raises(TransitionRefusedError, match="chỉ trình lãnh đạo khi đang chờ duyệt"):
        asked(article, officer, leader)


def test_what_rests_on_a_replaced_instrument_is_the_office_s_to_mend(officer, leader, article):
    basis = LegalInstrument.objects.create(
        owner=article.owner, document_type="Nghị định", code="08/2018/NĐ-CP", status="replaced"
    )
    article.bases.add(basis)

    with pytest.raises(TransitionRefusedError, match=r"Căn cứ Nghị định 08/2018/NĐ-CP"):
        asked(article, officer, leader)


@pytest.mark.parametrize("hand", ["author", "history"])
def test_leader_who_wrote_a_word_is_not_asked(ward, officer, leader, article, hand):
    MembershipFactory(user=leader, unit=ward, role=Role.EDITOR)
    if hand == "author":
        article.author = leader
    else:
        article._history_user = leader
    article.save()

    with pytest.raises(TransitionRefusedError, match="nên không tự duyệt được"):
        asked(article, officer, leader)
    assert article.steps.count() == 0


def test_article_that_went_back_meanwhile_is_not_decided_on(officer, leader, article):
    request = asked(article, officer, leader)
    take(STEPS["return"], article, actor=officer, seen_version=1, reason="Sai số")

    with pytest.raises(TransitionRefusedError, match="đã được sửa"):
        decide(request, workflow.APPROVE)

    article.refresh_from_db()
    assert article.status == Status.RETURNED


def test_stale_article_is_not_put_before_a_leader(officer, leader, article):
    with pytest.raises(StaleError):
        requests.make(kinds.get("article"), article, leader=leader, actor=officer, seen_version=2)


def test_leader_sees_every_word_and_picture_that_will_be_public(ward, officer, article):
    basis = LegalInstrument.objects.create(owner=ward, document_type="Chỉ thị", code="03-CT/TW")
    picture = PictureFactory()
    article.body, article.picture = BODY, PictureFactory()
    article.picture_alt, article.picture_consent = "Gian hàng", "Không có người."
    article.save()
    article.bases.add(basis)
    ArticlePicture.objects.create(
        article=article,
        number=1,
        picture=picture,
        alt="Nhãn",
        consent="Đã hỏi.",
        caption="Nhãn tốt",
    )
    ArticleSource.objects.create(
        article=article, title="Báo", url="https://vi.du/bao", read_on=article.created_at.date()
    )

    shown = kinds.get("article").paragraphs(article)

    assert [(part.text, part.is_heading, part.alt) for part in shown] == [
        ("Phường giới thiệu hàng Việt.", False, ""),
        ("Sự đồng ý của người trong ảnh: Không có người.", False, "Gian hàng"),
        ("Xem nhãn", True, ""),
        ("Xem nhãn ở đây (https://vi.du/nhan).", False, ""),
        ("Nhãn tốt\nSự đồng ý của người trong ảnh: Đã hỏi.", False, "Nhãn"),
        ("- Hạn dùng", False, ""),
        ("+ còn ít nhất một tháng", False, ""),
        ("1. Hỏi người bán", False, ""),
        ("Chọn kỹ.", False, ""),
        ("Nguồn", True, ""),
        ("Báo https://vi.du/bao", False, ""),
        ("Căn cứ", True, ""),
        ("Chỉ thị 03-CT/TW", False, ""),
    ]
    assert [part.picture for part in shown if part.picture] == [article.picture, picture]


@pytest.mark.parametrize(
    ("status", "role", "is_shown"),
    [
        (Status.SUBMITTED, Role.OFFICE, True),
        (Status.DRAFT, Role.OFFICE, False),
        (Status.SUBMITTED, Role.EDITOR, False),  # links are made by those who keep the plans
    ],
)
def test_page_of_steps_leads_to_the_leader(client, ward, status, role, is_shown):
    article = ArticleFactory(owner=ward, status=status)
    client.force_login(member(role, ward))

    page = client.get(reverse("admin:article_step", args=[article.pk])).content.decode()

    assert (reverse("admin:approval_ask", args=["article", article.pk]) in page) == is_shown


@pytest.mark.parametrize("kind", kinds.every(), ids=lambda kind: kind.key)
def test_every_kind_says_what_approving_does(kind):
    assert (bool(kind.label), bool(kind.effect)) == (True, True)
