"""The desk: draw, edit, choose, finalise, sign, withdraw, trace."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from approvals import kinds, requests
from approvals.workflow import APPROVE, decide
from core.docx import PROFILES
from reports import workflow
from reports.approving import ConsolidatedKind
from reports.models import (
    ConsolidatedReport,
    ConsolidatedSource,
    DocumentStatus,
    MonthlyReport,
    Status,
)
from reports.official import freezing
from reports.tests.factories import IndicatorFactory, owing_unit
from reports.tests.official import FEBRUARY, JANUARY, MARCH, accepted, given, handed, number
from reports.workflow import consolidated
from units.models import Role
from units.tests.factories import WardFactory, member

NOW = dt.datetime(2026, 4, 2, 9, tzinfo=dt.UTC)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _in_april(time_machine_at):
    time_machine_at(NOW)


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


@pytest.fixture
def sessions(ward):
    return IndicatorFactory(owner=ward, phrase="tổ chức … buổi tuyên truyền")


@pytest.fixture
def report(ward, unit, sessions):
    """March of one unit, accepted; it says something in every text."""
    made = accepted(
        unit, MARCH, result="Câu một.\nCâu hai.", difficulties="Thiếu tờ rơi.",
        recommendations="Cấp thêm tờ rơi.",
    )  # fmt: skip
    number(made, sessions, 5)
    handed(made)
    return made


@pytest.fixture
def document(client, ward, officer, report):
    client.force_login(officer)
    client.post(reverse("admin:consolidated_create"), _chosen())
    return ConsolidatedReport.objects.get()


def _chosen(**fields):
    return {"ky": "2026-q1", "pham_vi": "phuong", "the_thuc": "PARTY_HD05"} | fields


def _url(name, document, *args):
    return reverse(f"admin:consolidated_{name}", args=[document.pk, *args])


def _edit(client, document, text, key="outreach", version=None, **more):
    version = version or document.version
    return client.post(
        _url("section", document, key), {"text": text, "seen_version": version} | more
    )


def _finalise(client, document):
    page = client.get(_url("page", document))
    sent = {"seen_version": document.version, "seen_figures": page.context["seen_figures"]}
    response = client.post(_url("finalise", document), sent)
    document.refresh_from_db()
    return response


def _words(response):
    """All texts of the Word file, those of tables included."""
    made = Document(BytesIO(response.content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return [one.text for one in made.paragraphs] + cells


# -- Drawn --------------------------------------------------------------------


def test_draft_is_drawn_with_its_first_version(document, officer):
    assert (document.status, document.version, document.created_by) == ("draft", 1, officer)
    assert [(one.number, one.by) for one in document.texts.all()] == [(1, officer)]


def test_second_click_opens_the_one_that_stands(client, document):
    response = client.post(reverse("admin:consolidated_create"), _chosen())

    assert response.url == document.get_absolute_url()
    assert ConsolidatedReport.objects.count() == 1


def test_nothing_accepted_is_no_document(client, ward, officer, unit, sessions):
    given(unit, MARCH, (sessions, 2), status=Status.SUBMITTED)
    client.force_login(officer)

    response = client.post(reverse("admin:consolidated_create"), _chosen())

    assert response.status_code == 422
    assert consolidated.NOTHING_ACCEPTED in response.content.decode()
    assert not ConsolidatedReport.objects.exists()


@pytest.mark.parametrize("wrong", [{"ky": "2031-q9"}, {"pham_vi": "khoi-999"}, {"the_thuc": "X"}])
def test_choice_that_is_not_offered_is_refused(client, ward, officer, report, wrong):
    client.force_login(officer)

    response = client.post(reverse("admin:consolidated_create"), _chosen(**wrong))

    assert response.status_code == 422
    assert not ConsolidatedReport.objects.exists()


def test_page_reads_as_the_document(client, document):
    page = client.get(_url("page", document)).content.decode()

    for words in ("Tổ chức ", ">05</a> buổi tuyên truyền", "BIỂU SỐ 01. TỔNG HỢP SỐ LIỆU", "quý I"):
        assert words in page


@pytest.mark.parametrize("count", [1, 3])
def test_pages_have_a_fixed_number_of_queries(
    client, ward, document, sessions, count, django_assert_num_queries
):
    for _ in range(count):
        given(owing_unit(ward), MARCH, (sessions, 1))
    elsewhere = WardFactory()
    given(owing_unit(elsewhere), MARCH, (IndicatorFactory(owner=elsewhere), 9))
    client.get(_url("page", document))  # the message of the draft is read
    # session, person, document, text, templates of the ward, ten for the figures
    with django_assert_num_queries(15):
        page = client.get(_url("page", document))
    with django_assert_num_queries(11):
        figure = client.get(_url("figure", document, "sessions.ky"))

    assert f"{5 + count:02}</a> buổi" in page.content.decode()
    assert len(figure.context["rows"]) == count + 1


def test_reader_sees_and_may_not_write(client, ward, document):
    client.force_login(member(Role.LEADER, ward))

    page = client.get(_url("page", document))

    assert "Sửa lời văn" not in page.content.decode()
    assert client.get(_url("word", document)).status_code == 200
    assert _edit(client, document, "Khác").status_code == 403


def test_another_ward_s_document_is_missing(client, document):
    client.force_login(member(Role.OFFICE, WardFactory()))

    for url in (
        _url("page", document),
        _url("word", document),
        _url("figure", document, "sessions.ky"),
        _url("section", document, "outreach"),
        reverse("admin:consolidated_code", args=[document.trace_code]),
    ):
        assert client.get(url).status_code == 404


# -- Edited -------------------------------------------------------------------


def test_edited_sentence_becomes_a_version(client, document):
    _edit(client, document, "Đã tổ chức 05 buổi tuyên truyền, không khí sôi nổi.")

    document.refresh_from_db()
    assert (document.version, document.texts.count()) == (2, 2)
    assert "sôi nổi" in "".join(_words(client.get(_url("word", document))))


def test_wrong_number_is_told_and_no_file_is_drawn(client, document):
    _edit(client, document, "Tổ chức 50 buổi tuyên truyền.")
    document.refresh_from_db()

    page = client.get(_url("page", document)).content.decode()

    assert "“50”" in page
    assert [client.get(_url(name, document)).status_code for name in ("word", "annex")] == [
        422,
        422,
    ]
    assert _finalise(client, document).status_code == 422
    assert document.is_draft


def test_own_sentence_can_be_given_up_for_the_figures(client, document):
    _edit(client, document, "Tổ chức 50 buổi tuyên truyền.")
    document.refresh_from_db()

    _edit(client, document, "Tổ chức 50 buổi tuyên truyền.", **{"lay-lai": "1"})

    document.refresh_from_db()
    assert document.texts.last().content["texts"] == {}


def test_stale_sentence_is_told_with_both_texts(client, document):
    _edit(client, document, "Người kia viết 05 buổi tuyên truyền.")

    response = _edit(client, document, "Tôi viết 05 buổi tuyên truyền.", version=1)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Người kia viết" in page
    assert "Tôi viết" in page
    assert document.texts.count() == 2


def test_stale_head_is_told_with_both_texts(client, document):
    head = document.texts.get().content["head"]
    client.post(_url("head", document), head | {"place": "Nơi kia", "seen_version": 1})

    response = client.post(_url("head", document), head | {"place": "Nơi này", "seen_version": 1})

    assert response.status_code == 409
    assert "Nơi kia" in response.content.decode()
    assert 'value="Nơi này"' in response.content.decode()


@pytest.mark.parametrize(("text", "status"), [("a" * 20_001, 422), ("chữ\x00ẩn", 400)])
def test_text_that_cannot_be_kept_has_its_sentence(client, document, text, status):
    response = _edit(client, document, text)

    assert response.status_code == status
    assert document.texts.count() == 1


def test_hidden_signs_and_long_sentences_are_printed_clean(client, document):
    _edit(client, document, "\u202eTổ chức 05 buổi\u200b tuyên truyền. " + "dài " * 4900)

    words = _words(client.get(_url("word", document)))

    assert any(one.startswith("- Tổ chức 05 buổi tuyên truyền. dài") for one in words)


def test_chosen_sentences_are_ordered_and_left_out(client, document, unit):
    page = client.get(_url("pick", document))
    first, second = [one.name for one in page.context["candidates"]]
    client.post(
        _url("pick", document),
        {
            "cau": [first, second],
            f"thu-tu-{first}": "2",
            f"thu-tu-{second}": "1",
            "seen_version": 1,
        },
    )

    good = client.get(_url("page", document)).context["draft"].sections["good"].text
    assert good.split("\n")[1:] == [f"Câu hai ({unit.name}).", f"Câu một ({unit.name})."]

    client.post(_url("pick", document), {"cau": [first], "seen_version": 2})
    good = client.get(_url("page", document)).context["draft"].sections["good"].text
    assert good.split("\n")[1:] == [f"Câu một ({unit.name})."]


def test_stale_choice_keeps_its_ticks(client, document):
    name = client.get(_url("pick", document)).context["candidates"][0].name
    client.post(_url("pick", document), {"cau": [], "seen_version": 1})

    response = client.post(_url("pick", document), {"cau": [name], "seen_version": 1})

    assert response.status_code == 409
    assert [one.place is not None for one in response.context["candidates"]] == [True, False]


# -- Files --------------------------------------------------------------------


@pytest.mark.parametrize("profile", PROFILES)
def test_word_file_in_every_form_says_the_same_numbers(client, document, profile):
    words = _words(client.get(f"{_url('word', document)}?the-thuc={profile}"))

    assert "- Tổ chức 05 buổi tuyên truyền." in words
    assert "BIỂU SỐ 01. TỔNG HỢP SỐ LIỆU" in words
    assert {"Buổi tuyên truyền", "buổi", "5"} <= set(words)


def test_annex_of_word_and_excel_are_equal(client, document, ward, report):
    number(report, IndicatorFactory(owner=ward, code="homes", roll_up="share"), 2, 3)
    book = load_workbook(BytesIO(client.get(_url("annex", document)).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]

    table = Document(BytesIO(client.get(_url("word", document)).content)).tables[2]
    printed = [[cell.text for cell in row.cells] for row in table.rows]

    assert rows[0] == printed[0]
    shown = [[str(value).replace(".", ",") for value in row] for row in rows[1:]]
    assert shown == [[text.removesuffix("%") or text for text in row] for row in printed[1:]]
    assert "66,7%" in printed[2]


def test_footer_of_the_annex_has_code_and_picture(client, document):
    made = Document(BytesIO(client.get(_url("word", document)).content))

    first, annex = made.sections[0], made.sections[-1]
    assert document.trace_code in annex.footer.paragraphs[0].text
    assert (
        len(annex.footer.part.inline_shapes if hasattr(annex.footer.part, "inline_shapes") else [1])
        == 1
    )
    assert "".join(one.text for one in first.footer.paragraphs) == ""
    assert annex.orientation == 1


def test_leader_s_approval_by_link_is_stamped_on_the_word_file(client, ward, officer, document):
    leader = member(Role.LEADER, ward, user__full_name="Nguyễn Văn An")
    _finalise(client, document)
    kind = kinds.get(ConsolidatedKind.key)
    asked, _, _ = requests.make(
        kind, document, leader=leader, actor=officer, seen_version=document.version
    )
    decide(asked, APPROVE, seen_version=asked.version, reason="", device="x")

    made = Document(BytesIO(client.get(_url("word", document)).content))

    foot = made.sections[-1].footer.paragraphs[0].text
    stamp = "Đồng chí Nguyễn Văn An đã duyệt lúc 16:00 ngày 2/4/2026, qua đường dẫn."
    assert foot.endswith(f"{document.trace_code}. {stamp}")


def test_code_leads_the_office_to_the_document(client, document):
    response = client.get(reverse("admin:consolidated_code", args=[document.trace_code.lower()]))

    assert response.url == f"{document.get_absolute_url()}#bieu"
    client.logout()
    response = client.get(reverse("admin:consolidated_code", args=[document.trace_code]))
    assert response.url.startswith(reverse("account_login"))


# -- Finalised ----------------------------------------------------------------


def test_finalised_document_stays_whatever_comes(client, document, report, unit, sessions, ward):
    _finalise(client, document)
    MonthlyReport.objects.filter(pk=report.pk).update(version=report.version + 1)
    report.values.update(value=9)
    late = given(owing_unit(ward), FEBRUARY, (sessions, 7))

    page = client.get(_url("page", document)).content.decode()
    changes = client.get(_url("changes", document)).context["since"]

    assert ">05</a> buổi tuyên truyền" in page
    assert "02 báo cáo thay đổi sau khi chốt" in page
    assert {one.report: one.words for one in changes.reports} == {
        late: "tiếp nhận sau khi chốt",
        report: "sửa lại rồi tiếp nhận sau khi chốt",
    }
    assert [(one.window, one.was, one.is_now) for one in changes.numbers] == [
        ("trong kỳ", "05", "16"),
        ("tháng 2/2026", "–", "07"),
        ("tháng 3/2026", "05", "09"),
    ]
    assert "- Tổ chức 05 buổi tuyên truyền." in _words(client.get(_url("word", document)))


def test_finalised_paper_keeps_the_month_of_its_day(client, document, officer, time_machine_at):
    _finalise(client, document)
    client.logout()  # a session of the office ends the same day
    time_machine_at(dt.datetime(2026, 5, 10, 9, tzinfo=dt.UTC))
    client.force_login(officer)

    words = _words(client.get(_url("word", document)))

    assert any("tháng 4 năm 2026" in text for text in words)


def test_lines_that_appear_or_vanish_are_told_with_a_dash(client, document, report, unit, ward):
    banners = IndicatorFactory(owner=ward, code="banners", name="Băng rôn")
    _finalise(client, document)
    report.values.all().delete()
    number(accepted(unit, FEBRUARY), banners, 3)

    changes = client.get(_url("changes", document))

    assert [
        (one.name, one.window, one.was, one.is_now) for one in changes.context["since"].numbers
    ] == [
        ("Buổi tuyên truyền", "trong kỳ", "05", "–"),
        ("Buổi tuyên truyền", "tháng 3/2026", "05", "–"),
        ("Băng rôn", "trong kỳ", "–", "03"),
        ("Băng rôn", "tháng 2/2026", "–", "03"),
    ]
    assert 'data-label="Nay">03</td>' in changes.content.decode()
    words = _words(client.get(_url("word", document)))
    assert ("Buổi tuyên truyền" in words, "Băng rôn" in words) == (True, False)


def test_number_of_another_span_that_changed_is_told_too(client, document, unit, sessions):
    """Of the year before: no report of the span changed, and the comparison did."""
    _finalise(client, document)
    given(unit, dt.date(2025, 3, 1), (sessions, 2))

    page = client.get(_url("page", document))

    assert [(one.window, one.was, one.is_now) for one in page.context["since"].numbers] == [
        ("cùng kỳ năm trước", "–", "02")
    ]
    assert "01 số liệu thay đổi sau khi chốt" in page.content.decode()


def test_finalising_notes_the_reports_and_their_versions(client, document, report):
    accepted(owing_unit(document.owner), MARCH, Status.SUBMITTED)

    _finalise(client, document)

    assert list(ConsolidatedSource.objects.values_list("report", "version")) == [
        (report.pk, report.version)
    ]
    assert freezing.is_untouched(document)
    page = client.get(reverse("admin:report_page", args=[report.pk])).content.decode()
    assert "Đã tổng hợp trong" in page


def test_figures_that_changed_since_the_page_are_told_first(client, document, sessions, ward):
    seen = client.get(_url("page", document)).context["seen_figures"]
    given(owing_unit(ward), MARCH, (sessions, 1))

    sent = {"seen_version": 1, "seen_figures": seen}
    response = client.post(_url("finalise", document), sent)

    assert response.status_code == 409
    assert ConsolidatedReport.objects.get().is_draft


def test_finalised_text_is_not_edited(client, document):
    _finalise(client, document)

    assert _edit(client, document, "Khác").status_code == 422
    assert document.texts.count() == 1


def test_touched_snapshot_is_told(client, document):
    _finalise(client, document)
    document.snapshot["head"]["place"] = "Nơi khác"
    document.save(update_fields=["snapshot"])

    page = client.get(_url("page", document)).content.decode()

    assert "Số liệu đã chốt không còn nguyên" in page


def test_signed_paper_is_kept_unchanged(client, document, officer):
    _finalise(client, document)
    sent = {"file": SimpleUploadedFile("ky.pdf", PDF), "seen_version": document.version}
    client.post(_url("sign", document), sent)

    response = client.get(_url("signed", document))

    assert b"".join(response.streaming_content) == PDF
    document.refresh_from_db()
    assert [step.name for step in document.steps.all()] == ["finalise", "sign"]


@pytest.mark.parametrize(
    ("name", "data"), [("ky.docx", b"PK"), ("ky.txt", b"chu"), ("ky.pdf", b"x")]
)
def test_other_files_are_no_signed_paper(client, document, name, data):
    _finalise(client, document)

    sent = {"file": SimpleUploadedFile(name, data), "seen_version": document.version}
    response = client.post(_url("sign", document), sent)

    assert response.status_code == 422
    document.refresh_from_db()
    assert document.signed is None


def test_other_signed_paper_needs_a_reason(client, document):
    _finalise(client, document)
    for reason, status in (("", 302), ("", 422), ("Nhầm tệp", 302)):
        document.refresh_from_db()
        sent = {"file": SimpleUploadedFile("ky.pdf", PDF), "seen_version": document.version}
        response = client.post(_url("sign", document), sent | {"reason": reason})
        assert response.status_code == status


def test_withdrawn_document_makes_room_for_another(client, document):
    assert client.post(_url("withdraw", document), {"seen_version": 1}).status_code == 422
    client.post(_url("withdraw", document), {"seen_version": 1, "reason": "Sai kỳ"})

    client.post(reverse("admin:consolidated_create"), _chosen())

    assert sorted(ConsolidatedReport.objects.values_list("status", flat=True)) == [
        DocumentStatus.DRAFT, DocumentStatus.WITHDRAWN,
    ]  # fmt: skip


def test_new_document_takes_over_the_head(client, document):
    head = document.texts.get().content["head"] | {"position": "PHÓ BÍ THƯ", "seen_version": 1}
    client.post(_url("head", document), head)

    client.post(reverse("admin:consolidated_create"), _chosen(ky="2026-03"))

    newest = ConsolidatedReport.objects.first()
    kept = newest.texts.get().content["head"]
    assert newest.span.slug == "2026-q1" or kept["position"] == "PHÓ BÍ THƯ"


# -- Traced -------------------------------------------------------------------


def test_figure_tells_reports_hand_ins_and_people(client, document, report, reviewer):
    report.steps.create(
        name="accept", from_status="submitted", to_status="accepted", actor=reviewer
    )

    page = client.get(_url("figure", document, "sessions.ky")).content.decode()

    for words in (report.unit.name, f"THU-{report.pk}", str(report.submitted_by), str(reviewer)):
        assert words in page


@pytest.mark.parametrize(
    "figure",
    ["sessions.so-sanh", "sessions.luy-ke", "sessions.2026-03", "don-vi.ky", "noi-dung.ky"],
)
def test_every_kind_of_figure_has_its_page(client, document, figure):
    assert client.get(_url("figure", document, figure)).status_code == 200


@pytest.mark.parametrize("figure", ["sessions.x", "unknown.ky", "sessions", "sessions.2025-03"])
def test_figure_that_is_none_is_missing(client, document, figure):
    assert client.get(_url("figure", document, figure)).status_code == 404


def test_trace_says_what_the_frozen_document_says(client, document, report):
    _finalise(client, document)
    report.values.update(value=9)

    page = client.get(_url("figure", document, "sessions.ky")).content.decode()

    assert "Văn bản đã chốt ghi 05" in page


def test_real_amendment_shows_as_a_change(client, ward, officer, unit, sessions, reviewer):
    made = given(unit, JANUARY, (sessions, 1))
    client.force_login(officer)
    client.post(reverse("admin:consolidated_create"), _chosen())
    document = ConsolidatedReport.objects.get()
    _finalise(client, document)

    workflow.review(
        workflow.REOPEN, made, actor=reviewer, seen_version=made.version, reason="Sai số"
    )

    since = freezing.since(document)
    assert [one.words for one in since.reports] == ["mở lại, hiện không còn tính"]
