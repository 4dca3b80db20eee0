"""A plan printed as a Word file, and read again from it."""

import datetime as dt
from io import BytesIO

import docx
import pytest

from core.docx import MTTQ, ND30, PARTY_HD05, PARTY_HD36, PROFILES
from plans.exports import default_profile, export_plan, file_name
from plans.models import LegalBasis, Plan, Status
from plans.reader import read_plan
from plans.tests.factories import DOCUMENTS, PlanFactory, proposal
from plans.tests.test_shared_documents import NAMES
from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db
UNCERTAIN = {"paragraph", "item_paragraphs", "confidence", "questions", "places"}


def meaning(value):
    """The reading without where it was read and how sure it is."""
    if isinstance(value, dict):
        return {key: meaning(entry) for key, entry in value.items() if key not in UNCERTAIN}
    return [meaning(entry) for entry in value] if isinstance(value, list) else value


def read_back(plan, **options):
    return meaning(read_plan(export_plan(plan, **options), "ra.docx").as_dict())


def printed(plan):
    """The words of the file, paragraph by paragraph, those of tables behind."""
    document = docx.Document(BytesIO(export_plan(plan)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


@pytest.fixture
def ward(media):
    return WardFactory()


def assert_same_plan(name, ward, profile=None):
    plan = proposal(name, ward=ward)
    reading = read_plan((DOCUMENTS / name).read_bytes(), name, ward_name=ward.name)

    assert read_back(plan, profile=profile) == meaning(reading.as_dict())


@pytest.mark.parametrize("name", [*NAMES, "85-KH-DU.docx"])
def test_reading_what_was_printed_gives_the_same_plan(name, ward):
    assert_same_plan(name, ward)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
@pytest.mark.parametrize("name", ["62-KH-DU.txt", "1157-KH-SCT.txt"])
def test_it_is_the_same_plan_in_every_profile(name, profile, ward):
    assert_same_plan(name, ward, profile)


@pytest.mark.parametrize(
    ("code", "issuer", "day", "profile"),
    [
        ("62-KH/ĐU", "ĐẢNG ỦY PHƯỜNG TÂN AN", dt.date(2026, 5, 27), PARTY_HD05),
        ("62-KH/ĐU", "ĐẢNG ỦY PHƯỜNG TÂN AN", dt.date(2026, 5, 26), PARTY_HD36),
        ("03-KH/CB", "CHI BỘ TỔ DÂN PHỐ SỐ 12", dt.date(2026, 6, 1), PARTY_HD05),
        ("121/KH-UBND", "ỦY BAN NHÂN DÂN PHƯỜNG TÂN AN", dt.date(2026, 6, 1), ND30),
        ("29/KH-MTTQ-BTT", "BAN THƯỜNG TRỰC", dt.date(2026, 6, 1), MTTQ),
        ("", "ỦY BAN MTTQ VIỆT NAM PHƯỜNG TÂN AN", None, MTTQ),
    ],
)
def test_the_profile_follows_organ_and_day(code, issuer, day, profile):
    plan = Plan(code=code, issuer=issuer, issued_on=day, reading={})

    assert default_profile(plan) is profile


def test_the_file_is_named_after_the_plan():
    assert file_name(Plan(code="85-KH/ĐU", reading={})) == "ke-hoach-85-kh-du.docx"


def test_the_draft_ends_with_the_confirmation(ward):
    plan = PlanFactory(owner=ward, status=Status.PROPOSED)

    draft = export_plan(plan)
    plan.status = Status.CONFIRMED

    heads = [docx.Document(BytesIO(data)).sections[0].header for data in (draft, export_plan(plan))]
    assert ["DỰ THẢO" in head._element.xml for head in heads] == [True, False]


def test_a_content_that_was_left_out_is_not_printed_and_numbers_close_up(ward):
    plan = proposal("62-KH-DU.txt", ward=ward)
    before = read_back(plan)["content_items"]
    plan.content_items.filter(position=2).update(is_left_out=True)

    text = printed(plan)

    assert read_back(plan)["content_items"] == [before[0], *before[2:]]
    assert f"2. {before[2]}" in text


def test_an_edited_content_is_printed_as_edited(ward):
    plan = proposal("62-KH-DU.txt", ward=ward)
    before = read_back(plan)["content_items"]
    plan.content_items.filter(position=1).update(text="Một câu mới.")

    assert read_back(plan)["content_items"] == ["Một câu mới.", *before[1:]]


def test_an_added_content_stands_at_the_end_of_its_section(ward):
    plan = proposal("62-KH-DU.txt", ward=ward)
    before = read_back(plan)["content_items"]
    plan.content_items.create(position=9, text="Nội dung thêm.", short_title="Thêm")

    assert read_back(plan)["content_items"] == [*before, "Nội dung thêm."]
    assert "5. Nội dung thêm." in printed(plan)


def test_splitting_and_merging_change_no_word(ward):
    plan = proposal("85-KH-DU.docx", ward=ward)
    before = read_back(plan)
    first, second = plan.content_items.all()[:2]
    half = first.text.index("; ") + 1
    plan.content_items.create(
        position=first.position, node=first.node, text=first.text[half:], short_title="Nửa sau"
    )
    plan.content_items.filter(pk=first.pk).update(text=first.text[:half])
    third = plan.content_items.get(position=3)
    second.text, second.last_paragraph = f"{second.text} {third.text}", third.node.paragraph
    second.save()
    third.delete()

    assert read_back(plan) == before


def test_tasks_are_changed_and_left_out_within_their_sentence(ward):
    plan = proposal("62-KH-DU.txt", ward=ward)
    plan.tasks.filter(position=1).update(text="Giúp Ban Thường vụ theo dõi")
    plan.tasks.filter(position=4).update(is_left_out=True)

    tasks = [task["text"] for unit in read_back(plan)["assignments"] for task in unit["tasks"]]

    assert tasks[:2] == [
        "Giúp Ban Thường vụ theo dõi",
        "định hướng nội dung cho đội ngũ báo cáo viên, tuyên truyền viên",
    ]
    assert len(tasks) == plan.tasks.count() - 1
    assert "Lãnh đạo UBND phường chỉ đạo" not in printed(plan)


def test_the_row_of_a_table_follows_its_task(ward):
    plan = proposal("1157-KH-SCT.txt", ward=ward)
    plan.tasks.filter(position=2).update(is_left_out=True)
    plan.content_items.filter(position=2).update(is_left_out=True)
    plan.tasks.filter(position=3).update(text="Rà soát điểm bán")
    plan.content_items.filter(position=3).update(text="Rà soát điểm bán")

    assert read_back(plan)["content_items"] == [
        "Xây dựng chuyên mục “Tự hào hàng Việt Nam”",
        "Rà soát điểm bán",
        "Kiểm tra hàng giả dịp cuối năm",
    ]


def test_bases_are_changed_left_out_and_added(ward):
    plan = proposal("62-KH-DU.txt", ward=ward)
    plan.legal_bases.filter(position=1).update(code="05-CT/TW", issued_on=dt.date(2026, 1, 9))
    plan.legal_bases.filter(position=2).update(is_left_out=True)
    LegalBasis.objects.create(
        plan=plan, position=9, document_type="Kế hoạch", code="20-KH/TU", subject="thị trường"
    )

    bases = [
        (b["document_type"], b["code"], b["issued_on"]) for b in read_back(plan)["legal_bases"]
    ]

    assert bases == [
        ("Chỉ thị", "05-CT/TW", "2026-01-09"),
        ("Kế hoạch", "15-KH/TU", "2027-01-20"),
        ("Chương trình công tác", None, None),
        ("Kế hoạch", "20-KH/TU", None),
    ]


def test_head_recipients_and_closing_are_those_of_the_plan(ward):
    plan = proposal("121-KH-UBND.txt", ward=ward)
    plan.code, plan.issued_on, plan.issue_place = "9/KH-UBND", dt.date(2026, 3, 10), "Bình An"
    plan.closing = "Trên đây là Kế hoạch./."
    plan.save()
    plan.recipients.filter(position=1).update(is_left_out=True)

    got = read_back(plan)

    assert (got["code"], got["issued_on"], got["issue_place"]) == (
        "9/KH-UBND", "2026-03-10", "Bình An",
    )  # fmt: skip
    assert (got["closing"], got["recipients"][0]) == (
        "Trên đây là Kế hoạch./.", "Sở Công Thương (để b/c)",
    )  # fmt: skip


def test_a_plan_attached_to_a_decision_is_printed_behind_it(ward):
    lines = printed(proposal("kind-decision.txt", ward=ward)).split("\n")

    places = [
        lines.index(text) for text in ("QUYẾT ĐỊNH", "QUYẾT ĐỊNH:", "KẾ HOẠCH", "I. MỤC TIÊU")
    ]
    assert places == sorted(places)
    assert lines[places[2] + 3].startswith("(Kèm theo Quyết định số 88/QĐ-UBND")
