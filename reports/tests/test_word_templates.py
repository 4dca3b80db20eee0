"""The ward's own Word templates of the report and of the proposal to commend."""

from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from docx.shared import Mm

from core import named_places
from core.docx import PARTY_HD05
from plans.models import TemplateKind, WordTemplate
from reports.exports import templates
from reports.exports.templates import official_values
from reports.models import ConsolidatedReport
from reports.official import annex
from reports.tests.factories import IndicatorFactory
from reports.tests.official import MARCH, given
from reports.workflow import consolidated
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
BODY = [
    "{{ trich_yeu }}",
    "{{ mo_dau }}",
    "{%p for doan in noi_dung %}",
    "{{ doan }}",
    "{%p endfor %}",
]
FITTING = [*BODY, "{{ bieu_so_lieu }}"]
PROPOSAL = ["MẪU RIÊNG", "{{ trich_yeu }}", *BODY[2:], "{{ tieu_chi }}"]


@pytest.fixture
def office(client, ward):
    user = member(Role.OFFICE, ward)
    client.force_login(user)
    return user


@pytest.fixture
def document(client, ward, unit, office):
    given(unit, MARCH, (IndicatorFactory(owner=ward, phrase="tổ chức … buổi tuyên truyền"), 7))
    chosen = {"ky": "2026-q1", "pham_vi": "phuong", "the_thuc": "PARTY_HD05"}
    client.post(reverse("admin:consolidated_create"), chosen)
    return ConsolidatedReport.objects.get()


def template(*lines, in_cell="", header=""):
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if in_cell:
        made.add_table(1, 1).cell(0, 0).text = in_cell
    made.sections[0].header.paragraphs[0].text = header
    made.sections[0].page_width, made.sections[0].left_margin = Mm(297), Mm(20)
    made.sections[0].right_margin = Mm(20)
    result = BytesIO()
    made.save(result)
    return result.getvalue()


def sent(data, name="Mẫu quý"):
    return {"name": name, "file": ContentFile(data, name="mau.docx")}


def opened(response):
    return docx.Document(BytesIO(response.content))


def words(response):
    return [paragraph.text for paragraph in opened(response).paragraphs]


@pytest.mark.parametrize(
    ("example", "places"),
    [
        (templates.official_example, templates.OFFICIAL),
        (templates.commendation_example, templates.COMMENDATION),
    ],
)
def test_the_examples_fit_and_name_every_place(example, places):
    data = example()

    assert named_places.problems(data, places) == []
    text = docx.Document(BytesIO(data)).element.xml
    assert [name for name in places.meanings if name not in text] == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (template(*FITTING, "{{ con_dau }}"), "Không có chỗ trống nào tên là “con_dau”."),
        (template(*FITTING, "{{ ky.__class__ }}"), "Mẫu ghi “ky.__class__”"),
        (template(*BODY), "Mẫu chưa có chỗ cho biểu tổng hợp số liệu"),
        (template(*FITTING, "Xem {{ bieu_so_lieu }}"), "“bieu_so_lieu” là biểu"),
        (template(*FITTING, in_cell="{{ bieu_so_lieu }}"), "“bieu_so_lieu” là biểu"),
        (template(*FITTING, header="{{ bieu_so_lieu }}"), "“bieu_so_lieu” là biểu"),
        (
            template(*FITTING, "{% for a in bieu_so_lieu %}{{ a }}{% endfor %}"),
            "“bieu_so_lieu” là biểu, không dùng trong câu for",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(data, sentence):
    found = named_places.problems(data, templates.OFFICIAL)

    assert [sentence in text for text in found] == [True]


def test_the_report_is_printed_with_prose_and_annex_of_one_source(document):
    draft = consolidated.draft_of(document)

    filled = named_places.filled(
        template(*FITTING), official_values(draft, PARTY_HD05, is_draft=True)
    )

    made = docx.Document(BytesIO(filled))
    text = [paragraph.text for paragraph in made.paragraphs]
    assert "- Tổ chức 07 buổi tuyên truyền." in text
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables] == [
        [list(table.head), *([cell.text for cell in row] for row in table.rows)]
        for table in annex.tables(draft.figures)
    ]
    assert "\ue000" not in made.element.xml
    width = sum(int(one.get(docx.oxml.ns.qn("w:w"))) for one in made.tables[0]._tbl.tblGrid)
    assert width == pytest.approx(257 * 56.7, abs=30)


def test_a_template_is_handed_in_tried_offered_and_used(client, ward, office, document):
    page = reverse("admin:consolidated_templates")

    handed_in = client.post(page, sent(template("MẪU RIÊNG", *FITTING)))

    kept = WordTemplate.objects.get()
    assert (handed_in.status_code, kept.kind, kept.owner) == (302, TemplateKind.OFFICIAL, ward)
    preview = words(client.get(page, {"xem": kept.pk}))
    assert (preview[0], "- Tổ chức 07 buổi tuyên truyền." in preview) == ("MẪU RIÊNG", True)
    desk = client.get(document.get_absolute_url()).content.decode()
    assert f"?the-thuc=mau-{kept.pk}" in desk
    word = reverse("admin:consolidated_word", args=[document.pk])
    assert words(client.get(word, {"the-thuc": f"mau-{kept.pk}"}))[0] == "MẪU RIÊNG"


def test_no_template_prints_a_wrong_number(client, office, document):
    client.post(reverse("admin:consolidated_templates"), sent(template(*FITTING)))
    kept = WordTemplate.objects.get()
    client.post(
        reverse("admin:consolidated_section", args=[document.pk, "outreach"]),
        {"text": "Tổ chức 70 buổi tuyên truyền.", "seen_version": document.version},
    )

    word = reverse("admin:consolidated_word", args=[document.pk])
    refused = client.get(word, {"the-thuc": f"mau-{kept.pk}"})
    preview = client.get(reverse("admin:consolidated_templates"), {"xem": kept.pk})

    assert refused.status_code == 422
    assert "70" not in "".join(words(preview))


def test_the_proposal_is_printed_in_the_ward_s_form(client, ward, office):
    client.post(reverse("admin:commend_templates"), sent(template(*PROPOSAL)))
    kept = WordTemplate.objects.get()

    response = client.get(reverse("admin:commend"), {"ky": "2026-Q1", "tep": f"mau-{kept.pk}"})

    assert kept.kind == TemplateKind.COMMENDATION
    text = words(response)
    assert text[:2] == ["MẪU RIÊNG", "đề nghị biểu dương các đơn vị, quý I/2026"]
    assert text[-1].startswith("Tiêu chí xem xét: ")


def test_templates_of_another_kind_or_ward_are_not_there(client, office, document):
    client.post(reverse("admin:commend_templates"), sent(template(*PROPOSAL)))
    kept = WordTemplate.objects.get()
    page = reverse("admin:consolidated_templates")
    word = reverse("admin:consolidated_word", args=[document.pk])

    other_kind = client.get(page, {"xem": kept.pk}).status_code
    usual = words(client.get(word, {"the-thuc": f"mau-{kept.pk}"}))
    client.force_login(member(Role.OFFICE, WardFactory()))
    foreign = client.get(reverse("admin:commend_templates"), {"xem": kept.pk}).status_code
    retired = client.post(reverse("admin:commend_templates"), {"retire": kept.pk}).status_code

    assert (other_kind, "MẪU RIÊNG" in usual, foreign, retired) == (404, False, 404, 404)


@pytest.mark.parametrize("name", ["consolidated_templates", "commend_templates"])
def test_only_who_may_change_documents_opens_the_page(client, ward, name):
    answers = {}
    for role in (Role.OFFICE, Role.PROPAGANDA, Role.LEADER, Role.SECRETARY):
        client.force_login(member(role, ward))
        answers[role] = client.get(reverse(f"admin:{name}")).status_code

    assert list(answers.values()) == [200, 200, 403, 403]
