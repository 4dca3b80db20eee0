"""The ward's own Word templates: what fits, what is refused, and the pages."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core import named_places
from core.docx import PARTY_HD05
from core.named_places import TemplateFailedError
from plans.exports import templates
from plans.models import Status, WordTemplate
from plans.tests.factories import PlanFactory, proposal
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
FITTING = ["{{ trich_yeu }}", "{%p for doan in noi_dung %}", "{{ doan }}", "{%p endfor %}"]


def template(*lines, header=""):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = header
    result = BytesIO()
    document.save(result)
    return result.getvalue()


def problems(data):
    return named_places.problems(data, templates.PLACES)


def in_use():
    return WordTemplate.objects.filter(retired_at=None)


def words(data):
    return [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]


@pytest.fixture
def ward(media):
    return WardFactory()


@pytest.fixture
def office(client, ward):
    user = member(Role.OFFICE, ward)
    client.force_login(user)
    return user


def sent(data, name="Mẫu của phường"):
    return {"name": name, "file": ContentFile(data, name="mau.docx")}


def test_the_example_fits():
    assert problems(templates.example(PARTY_HD05)) == []


def test_every_place_fits_as_the_page_writes_it():
    lines = [line for place in templates.PLACES.written for line in place.written.split("\n")]

    assert problems(template(*lines)) == []


REACHING = "chỉ được ghi tên chỗ trống"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{{ trích_yếu }}", "Có phải là “trich_yeu” không?"),
        ("{{ trich_yeux }}", "Không có chỗ trống nào tên là “trich_yeux”. Có phải là “trich_yeu”"),
        ("{{ con_dau }}", "Không có chỗ trống nào tên là “con_dau”. Mời đồng chí xem danh sách"),
        ("{{ nam ", "Mẫu viết sai dấu ngoặc"),
        ("{% if nam %}", "Mẫu viết sai dấu ngoặc"),
        ("{{ nam.__class__ }}", f"Mẫu ghi “nam.__class__”: {REACHING}"),
        ("{{ nam.__class__.__mro__[1].__subclasses__() }}", REACHING),
        ("{{ nam['__class__'] }}", f"Mẫu ghi “nam[…]”: {REACHING}"),
        ("{{ range(9) }}", REACHING),
        ("{{ ''.join(noi_nhan) }}", REACHING),
        ("{{ nam|attr('x') }}", f"Mẫu ghi “nam | attr”: {REACHING}"),
        ("{{ nam * 999999999 }}", "Mẫu có câu lệnh không được dùng"),
        ("{% set x = nam %}", "Mẫu có câu lệnh không được dùng"),
        ("{% include 'x' %}", "Mẫu có câu lệnh không được dùng"),
        ("{{ noi_nhan }}", "“noi_nhan” gồm nhiều đoạn"),
        ("{% for d in nam %}{{ d }}{% endfor %}", "“nam” chỉ là một dòng"),
        (
            "{% for a in noi_dung %}{% for b in noi_dung %}{{ b }}{% endfor %}{% endfor %}",
            "lồng trong câu for",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(line, sentence):
    found = problems(template(*FITTING, line))

    assert [sentence in text for text in found] == [True]


def test_the_head_of_the_pages_is_checked_too():
    found = problems(template(*FITTING, header="{{ nam.__class__ }}"))

    assert [REACHING in text for text in found] == [True]


def test_a_template_without_the_text_is_told_what_it_lacks():
    assert problems(template("Kế hoạch")) == [
        "Mẫu chưa có chỗ cho trích yếu: hãy thêm trich_yeu.",
        "Mẫu chưa có chỗ cho toàn bộ các mục, mỗi mục một đoạn: hãy thêm noi_dung.",
    ]


def test_a_template_is_filled_with_the_plan(ward):
    plan = proposal("62-KH-DU.txt", ward=ward)

    filled = words(templates.fill(templates.example(PARTY_HD05), plan, as_draft=True))

    assert filled[:5] == [
        "DỰ THẢO", "THÀNH ỦY HÀ NỘI", "ĐẢNG ỦY PHƯỜNG TÂN AN", "Số 62-KH/ĐU",
        "Tân An, ngày 05 tháng 02 năm 2027",
    ]  # fmt: skip
    assert "I. MỤC ĐÍCH, YÊU CẦU" in filled
    assert "- Lưu Văn phòng Đảng ủy" in filled


def test_texts_of_a_plan_are_never_read_as_code_or_xml(ward):
    plan = PlanFactory(owner=ward, subject="<w:p/> & {{ nam }} {% for %}")

    filled = words(templates.fill(template(*FITTING), plan, as_draft=False))

    assert filled[0] == "<w:p/> & {{ nam }} {% for %}"


def test_even_an_unchecked_template_reaches_nothing(ward):
    bad = template("{{ trich_yeu.__class__.__mro__[1].__subclasses__() }}")

    with pytest.raises(TemplateFailedError):
        templates.fill(bad, PlanFactory(owner=ward), as_draft=False)


def test_a_fitting_template_is_kept_offered_and_used(client, ward, office):
    plan = PlanFactory(owner=ward)

    response = client.post(reverse("admin:plan_templates"), sent(template("MẪU RIÊNG", *FITTING)))

    kept = WordTemplate.objects.get()
    assert (response.status_code, kept.owner, kept.created_by) == (302, ward, office)
    page = reverse("admin:plan_export", args=[plan.pk])
    assert "Mẫu của phường: Mẫu của phường" in client.get(page).content.decode()
    file = client.get(page, {"look": f"mau-{kept.pk}"})
    assert words(file.content)[:2] == ["MẪU RIÊNG", plan.subject]


def test_a_template_that_does_not_fit_is_not_kept(client, ward, office):
    response = client.post(reverse("admin:plan_templates"), sent(template("{{ la }}", *FITTING)))

    assert response.status_code == 422
    assert "Không có chỗ trống nào tên là “la”" in response.content.decode()
    assert WordTemplate.objects.count() == 0


@pytest.mark.parametrize("content", [b"khong phai word", b"PK\x03\x04hong"])
def test_a_file_that_is_no_word_file_is_refused_at_the_field(client, ward, office, content):
    response = client.post(reverse("admin:plan_templates"), sent(content))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]


def test_two_templates_in_use_do_not_share_a_name(client, ward, office):
    client.post(reverse("admin:plan_templates"), sent(template(*FITTING)))

    again = client.post(reverse("admin:plan_templates"), sent(template(*FITTING)))

    assert (again.status_code, WordTemplate.objects.count()) == (422, 1)


def test_a_template_is_retired_and_only_by_its_own_ward(client, ward, office):
    client.post(reverse("admin:plan_templates"), sent(template(*FITTING)))
    kept = WordTemplate.objects.get()
    page = reverse("admin:plan_templates")
    client.force_login(member(Role.OFFICE, WardFactory()))
    foreign = client.post(page, {"retire": kept.pk})
    client.force_login(office)

    own = client.post(page, {"retire": kept.pk})
    again = client.post(page, {"retire": kept.pk})

    assert (foreign.status_code, own.status_code, again.status_code) == (404, 302, 404)
    assert in_use().count() == 0


def test_a_template_of_another_ward_is_no_choice(client, ward, office):
    client.post(reverse("admin:plan_templates"), sent(template(*FITTING)))
    kept = WordTemplate.objects.get()
    other = WardFactory()
    client.force_login(member(Role.OFFICE, other))
    page = reverse("admin:plan_export", args=[PlanFactory(owner=other).pk])

    assert client.get(page, {"look": f"mau-{kept.pk}"}).status_code == 422


def test_the_file_is_downloaded_in_the_chosen_look(client, ward, office):
    plan = PlanFactory(owner=ward, status=Status.PROPOSED, code="62-KH/ĐU")
    page = reverse("admin:plan_export", args=[plan.pk])

    response = client.get(page, {"look": "ND30"})

    document = docx.Document(BytesIO(response.content))
    assert document.tables[0].cell(1, 0).text == "Số: 62-KH/ĐU"
    assert "DỰ THẢO" not in document.sections[0].header._element.xml
    assert response["Content-Disposition"] == 'attachment; filename="ke-hoach-62-kh-du.docx"'
    assert response["Cache-Control"] == "private, no-store"


def test_a_look_that_does_not_exist_is_refused(client, ward, office):
    page = reverse("admin:plan_export", args=[PlanFactory(owner=ward).pk])

    assert client.get(page, {"look": "WORD97"}).status_code == 422


def test_pages_open_to_those_who_may_and_to_nobody_else(client, ward):
    plan = PlanFactory(owner=ward)
    pages = [
        reverse("admin:plan_export", args=[plan.pk]),
        reverse("admin:plan_export", args=[plan.pk]) + "?look=ND30",
        reverse("admin:plan_templates"),
        reverse("admin:plan_templates") + "?vi-du=1",
    ]
    answers = {"anonymous": [client.get(page).status_code for page in pages]}

    for label, user in (
        ("office", member(Role.OFFICE, ward)),
        ("leader", member(Role.LEADER, ward)),
        ("secretary", member(Role.SECRETARY, ward)),
        ("outsider", member(Role.OFFICE, WardFactory())),
    ):
        client.force_login(user)
        answers[label] = [client.get(page).status_code for page in pages]

    assert answers == {
        "anonymous": [302, 302, 302, 302],
        "office": [200, 200, 200, 200],
        "leader": [200, 200, 403, 403],
        "secretary": [403, 403, 403, 403],
        "outsider": [404, 404, 200, 200],
    }


def changed_part(data, name, change):
    """The file with the part ``name`` as ``change`` makes it."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return result.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/document.xml", b"<a"),
        ("word/document.xml", b"<a/>"),
        ("word/styles.xml", b"<a>"),
        ("docProps/core.xml", b"<a"),
    ],
)
def test_a_damaged_template_is_told(name, content):
    data = changed_part(template(*FITTING), name, lambda part: content)

    assert problems(data) == [named_places.DAMAGED]


def test_a_template_nested_without_end_is_told():
    data = template(*FITTING, f"{{{{ {'not ' * 5000}nam }}}}")

    assert problems(data) == [named_places.DAMAGED]


@pytest.mark.parametrize("inside", [b"{<w:i/>" * 3_000, b"x" * 5_000_000])
def test_a_template_too_long_to_search_is_refused(inside):
    data = changed_part(
        template(*FITTING), "word/document.xml", lambda part: part.replace(b"</w:t>", inside, 1)
    )

    assert problems(data) == [named_places.LARGE]


def test_a_loop_that_swells_stops(media):
    plan = proposal("85-KH-DU.docx", ward=WardFactory())
    data = template(*FITTING[:2], "x" * 3_000_000 + "{{ doan }}", FITTING[3])
    assert problems(data) == []

    with pytest.raises(TemplateFailedError):
        templates.fill(data, plan, as_draft=True)


def test_what_only_fails_when_filled_is_told_at_once():
    assert problems(template(*FITTING, "{{ doan }}")) == [named_places.NOT_FILLED]
