"""What anyone reads at /tin-tuc/, and what stays in the office."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from outreach.content import coverage
from outreach.models import Article, Poster
from outreach.tests.factories import WENT_OUT, ArticleFactory, PosterFactory
from plans import standing
from plans.models import LegalInstrument
from products.tests.factories import ProductFactory, a_picture
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def ward():
    return WardFactory()


def article(ward, **fields):
    fields = {"owner": ward, "status": "published", "published_at": WENT_OUT, **fields}
    return ArticleFactory(**fields)


@pytest.mark.parametrize("count", [1, 3])
def test_list_has_the_published_of_this_ward_in_a_fixed_number_of_queries(
    client, ward, count, django_assert_num_queries
):
    rows = [article(ward, title=f"Tin số {number}") for number in range(count)]
    hidden = ArticleFactory(owner=ward, title="Chưa đăng")
    elsewhere = article(WardFactory(), title="Phường khác")

    # mark of the catalogue, ward with its card, count, page, posters
    with django_assert_num_queries(5):
        response = client.get("/tin-tuc/")

    page = response.content.decode()
    assert list(response.context["page"]) == rows[::-1]
    assert hidden.title not in page
    assert elsewhere.title not in page
    assert "Set-Cookie" not in response.headers


def test_article_shows_text_pictures_goods_sources_and_bases(client, ward):
    goods = ProductFactory(owner=ward, name="Bánh cuốn")
    unpublished = ProductFactory(owner=ward, name="Hàng chưa duyệt", status="draft")
    row = article(
        ward,
        title="Chọn hàng",
        body="<h2>Mục</h2>\n<p>[ảnh 1]</p>\n<p>Lời.</p>",
        picture=a_picture(),
        picture_alt="Sạp hàng",
        picture_consent="Chị A đồng ý ngày 1/3/2026",
    )
    row.products.add(goods, unpublished)
    row.pictures.create(number=1, picture=a_picture(), alt="Tem", consent="Không có người")
    row.sources.create(title="Bộ Công Thương", url="https://moit.gov.vn/a", read_on=WENT_OUT)
    row.bases.add(
        LegalInstrument.objects.create(owner=ward, document_type="Chỉ thị", code="03-CT/TW")
    )

    page = client.get(row.get_absolute_url()).content.decode()

    for words in ("<h2>Mục</h2>", 'alt="Tem"', "Bánh cuốn", "https://moit.gov.vn/a", "03-CT/TW"):
        assert words in page
    for words in ("[ảnh 1]", "Hàng chưa duyệt", "Chị A đồng ý"):
        assert words not in page
    data = json.loads(re.search(r'ld\+json">(.+?)</script>', page)[1])
    assert (data["@type"], data["headline"]) == ("NewsArticle", "Chọn hàng")


@pytest.mark.parametrize("status", sorted(set(Article.Status.values) - {"published"}))
def test_what_is_not_published_is_missing(client, ward, status):
    for row in (
        ArticleFactory(owner=ward, status=status),
        PosterFactory(owner=ward, status=status),
    ):
        assert client.get(row.get_absolute_url()).status_code == 404


def test_reader_is_told_that_the_basis_was_replaced(client, ward):
    row = article(ward)
    new = LegalInstrument.objects.create(
        owner=ward, document_type="Nghị định", code="12/2027/NĐ-CP"
    )
    row.bases.add(
        LegalInstrument.objects.create(
            owner=ward,
            document_type="Nghị định",
            code="08/2018/NĐ-CP",
            status="replaced",
            successor=new,
        )
    )

    page = client.get(row.get_absolute_url()).content.decode()

    assert "Nghị định 08/2018/NĐ-CP đã được thay thế bằng Nghị định 12/2027/NĐ-CP." in page


def test_poster_prints_with_a_code_that_opens_its_article(client, ward):
    row = PosterFactory(owner=ward, status="published", article=article(ward, title="Chọn hàng"))

    page = client.get(row.get_absolute_url())

    assert page.context["address"] == "testserver/tin-tuc/chon-hang/"
    assert "Hỏi nguồn gốc" in page.content.decode()


def test_feed_has_the_whole_text(client, ward):
    article(ward, title="Một", body="<p>Toàn văn.</p>")
    ArticleFactory(owner=ward, title="Nháp")

    feed = ET.fromstring(client.get("/tin/tin-tuc.atom").content)

    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Một"]
    assert "<p>Toàn văn.</p>" in entries[0].findtext(f"{ATOM}summary")


def test_map_of_the_site_has_the_articles(client, ward):
    row = article(ward)
    hidden = ArticleFactory(owner=ward)

    text = client.get("/sitemap-trang.xml").content.decode()

    assert f"http://testserver{row.get_absolute_url()}<" in text
    assert hidden.get_absolute_url() not in text


def test_form_without_consent_note_is_refused_with_the_sentence(client, ward):
    client.force_login(member(Role.EDITOR, ward))
    row = ArticleFactory(owner=ward)
    picture = a_picture()
    Article.objects.filter(pk=row.pk).update(
        picture=picture, picture_alt="Sạp hàng", picture_consent="Đã hỏi"
    )
    url = reverse("admin:outreach_article_change", args=[row.pk])
    sent = _sent(client, url) | {"picture_consent": ""}

    response = client.post(url, sent)

    assert "ghi chú về sự đồng ý của người trong ảnh" in response.content.decode()


def test_text_typed_and_text_of_the_editor_are_kept_the_same(client, ward):
    officer = member(Role.EDITOR, ward)
    client.force_login(officer)
    kept = []
    for body in (
        "## Mục\n\n- a\n- **b**",
        "<h2 class=x>Mục</h2><ul><li><p>a</p></li><li><b>b</b></li></ul>",
    ):
        row = ArticleFactory(owner=ward)
        url = reverse("admin:outreach_article_change", args=[row.pk])
        response = client.post(url, _sent(client, url) | {"body": body})
        assert response.status_code == 302, response.content.decode()
        row.refresh_from_db()
        kept.append((row.body, row.version, row.history.latest().history_user))

    assert (
        kept == [("<h2>Mục</h2>\n<ul><li>a</li><li><strong>b</strong></li></ul>", 2, officer)] * 2
    )


def test_a_text_that_was_handed_in_is_not_changed_and_nothing_typed_is_lost(client, ward):
    client.force_login(member(Role.EDITOR, ward))
    row = ArticleFactory(owner=ward)
    url = reverse("admin:outreach_article_change", args=[row.pk])
    sent = _sent(client, url) | {"title": "Tên gõ sau"}
    Article.objects.filter(pk=row.pk).update(status="submitted")

    response = client.post(url, sent)

    page = response.content.decode()
    assert "đã là “Chờ duyệt” nên không sửa được nữa" in page
    assert "Tên gõ sau" in page
    row.refresh_from_db()
    assert row.title != "Tên gõ sau"


def test_zalo_text_is_at_most_500_letters(client, ward):
    client.force_login(member(Role.EDITOR, ward))
    item = ArticleFactory(owner=ward).content_item
    url = reverse("admin:outreach_shorttext_add") + f"?content_item={item.pk}"
    sent = {"content_item": item.pk, "title": "Tin", "text": "đ" * 501}

    assert "501 ký tự, nhiều hơn 500" in client.post(url, sent).content.decode()
    assert client.post(url, sent | {"text": "đ" * 500}).status_code == 302


def test_each_form_that_went_out_counts_once_in_its_month(ward):
    row = article(ward)
    for name in ("submit", "approve", "publish", "due"):
        step = row.steps.create(
            name=name, from_status="draft", to_status="published", actor=member(Role.OFFICE, ward)
        )
        type(step).objects.filter(pk=step.pk).update(created_at=WENT_OUT)
    month = WENT_OUT.date().replace(day=1)

    by_month = coverage.counter_of(Article)(ward, [row.content_item], [month])

    assert by_month == {row.content_item.pk: {month: 1}}
    counts = standing.counts_of(ward, [row.content_item], [month])
    assert counts[row.content_item.pk][month]["bài viết"] == 1
    assert Poster.noun in standing._sources


def test_content_page_lists_every_form_with_its_button(client, ward):
    client.force_login(member(Role.EDITOR, ward))
    row = article(ward, title="Bài đã ra")

    page = client.get(
        reverse("admin:outreach_content", args=[row.content_item.pk])
    ).content.decode()

    assert "Bài đã ra" in page
    for verb in ("Viết bài", "Soạn tin Zalo", "Làm áp phích"):
        assert verb in page


def _sent(client, url):
    """What a browser sends of the form at ``url`` when nothing was changed."""
    response = client.get(url)
    form = response.context["adminform"].form
    sent = {
        bound.html_name: bound.value()
        for bound in form
        if bound.value() not in (None, "") and bound.name != "upload"
    }
    sent["_seen"] = response.context["seen_token"]
    for inline in response.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        sent |= {bound.html_name: bound.value() for bound in management}
    return sent


def test_today_tells_the_second_person_and_not_the_author(client, ward):
    author, second = member(Role.OFFICE, ward), member(Role.PROPAGANDA, ward)
    ArticleFactory(owner=ward, author=author, status="submitted")
    article(ward, is_forced=True)

    pages = []
    for user in (author, second):
        client.force_login(user)
        pages.append(client.get("/quan-tri/").content.decode())

    assert ["bài viết chờ đồng chí duyệt" in page for page in pages] == [False, True]
    assert ["phát hành gấp, chờ kiểm tra" in page for page in pages] == [True, True]
    rows = client.get("/quan-tri/outreach/article/?viec=cho-toi-duyet").context["cl"].result_count
    assert rows == 1


def test_summary_is_text_in_the_feed_too(client, ward):
    article(ward, summary="Giá <b>tốt</b> & rõ")

    feed = client.get("/tin/tin-tuc.atom").content.decode()

    # Escaped as HTML, then as XML: a reader shows the signs and makes nothing bold.
    assert "&lt;p&gt;Giá &amp;lt;b&amp;gt;tốt&amp;lt;/b&amp;gt; &amp;amp; rõ&lt;/p&gt;" in feed


def test_who_looks_at_what_is_out_reads_it_as_it_is_shown(client, ward):
    row = article(ward, body="<h2>Mục một</h2><p>Lời rõ.</p>")
    client.force_login(member(Role.PROPAGANDA, ward))

    page = client.get(reverse("admin:outreach_article_change", args=[row.pk])).content.decode()

    assert "<h2>Mục một</h2>" in page
    assert "&lt;h2&gt;" not in page
    assert 'type="file"' not in page
