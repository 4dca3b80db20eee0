"""The office's one search: what stands first, what is never shown, what odd input does."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.files import store_upload
from core.finding import Asked, find
from outreach.tests.factories import (
    ArticleFactory,
    BulletinFactory,
    PosterFactory,
    ShortTextFactory,
)
from plans.models import ContentItem, LegalInstrument, Plan, Task
from products.models import Category, Producer, Product
from reports.models import MonthlyReport
from units.models import Role, UnitName
from units.tests.factories import MembershipFactory, UnitFactory, UserFactory, WardFactory, member

pytestmark = pytest.mark.django_db
URL = "/quan-tri/tim/"
KINDS = {
    "Tổ dân phố số": "residential_group",
    "Chi bộ Trường": "school_cell",
    "Chi bộ Công an": "forces_cell",
}
UNITS = [
    *((f"Chi bộ Tổ dân phố số {n}", f"Chi bộ {n}", f"CB{n:02}") for n in (1, 2, 3, 12, 21, 112)),
    *((f"Tổ dân phố số {n}", f"TDP {n}", "") for n in (3, 12)),
    ("Chi bộ Trường Mầm non Hoa Sữa", "", ""),
    ("Chi bộ Trường Tiểu học Phương Liệt", "", ""),
    ("Chi bộ Trường Trung học cơ sở Phương Liệt", "", ""),
    ("Chi bộ Công an phường", "", ""),
    ("Chi bộ Trạm Y tế", "", ""),
    ("Hội Cựu chiến binh phường", "", ""),
    ("Hội Liên hiệp Phụ nữ phường", "", ""),
    ("Ban Công tác Mặt trận Tổ dân phố số 3", "", ""),
    ("Ủy ban nhân dân phường", "", ""),
    ("Văn phòng Đảng ủy", "", ""),
    ("Ban Xây dựng Đảng", "", ""),
]


@pytest.fixture
def ward():
    with time_machine.travel("2026-11-28 09:00+07:00", tick=False):
        yield _fill(WardFactory(name="Phường Phương Liệt"))


def _fill(ward):
    """Declared rows of every kind; nobody in them is meant to be a real person."""
    units = {}
    for name, short, code in UNITS:
        kind = next((KINDS[start] for start in KINDS if name.startswith(start)), "residential_cell")
        units[name] = UnitFactory(parent=ward, name=name, short_name=short, code=code, kind=kind)
    UnitName.objects.create(
        unit=units["Ban Xây dựng Đảng"],
        name="Ban Tuyên giáo Đảng ủy",
        valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2025, 7, 1),
    )
    cell = units["Chi bộ Tổ dân phố số 12"]
    people = (
        ("Người thử Hoàng", "bi-thu-12", "+84912345678", cell, Role.SECRETARY),
        (
            "Người mẫu Hoang",
            "bi-thu-1",
            "+84987654321",
            units["Chi bộ Tổ dân phố số 1"],
            Role.SECRETARY,
        ),
        ("Cán bộ Đặng Thử", "van-phong-1", "+842438641234", ward, Role.OFFICE),
    )
    for full_name, username, phone, unit, role in people:
        user = UserFactory(full_name=full_name, username=username, phone=phone)
        MembershipFactory(user=user, unit=unit, role=role)
    _write_plans(ward)
    _write_goods(ward)
    _write_what_goes_out(ward)
    MonthlyReport.objects.create(unit=cell, ward=ward, month=dt.date(2026, 4, 1))
    return ward


def _write_plans(ward):
    author = MembershipFactory(unit=ward, role=Role.EDITOR, user__username="bien-tap").user
    for number, (code, subject, issued) in enumerate(
        (
            (
                "85-KH/ĐU",
                "tuyên truyền Cuộc vận động Người Việt Nam ưu tiên dùng hàng Việt Nam",
                2023,
            ),
            ("12-KH/ĐU", "chuyển đổi số trong công tác Đảng", 2026),
        )
    ):
        plan = Plan.objects.create(
            owner=ward,
            code=code,
            subject=subject,
            issued_on=dt.date(issued, 3, 5),
            source=store_upload(
                SimpleUploadedFile("k.txt", b"thu"), kinds=["document"], user=author
            ),
            source_sha256=f"{ward.pk:032}{number:032}",
            reading={},
        )
    texts = ("Nhận diện hàng giả, hàng nhái", "Quyền của người tiêu dùng")
    for place, text in enumerate(texts):
        ContentItem.objects.create(plan=plan, position=place, text=text, short_title=text)
    Task.objects.create(plan=plan, position=1, text="Tổ chức phiên chợ hàng Việt tại nhà văn hóa")
    for kind, code, issuer, subject in (
        ("Chỉ thị", "03-CT/TW", "Ban Bí thư", "tăng cường sự lãnh đạo đối với Cuộc vận động"),
        ("Nghị định", "30/2020/NĐ-CP", "Chính phủ", "công tác văn thư"),
        ("Kế hoạch", "124-KH/TU", "Thành ủy Hà Nội", "thực hiện Chỉ thị 03"),
    ):
        LegalInstrument.objects.create(
            owner=ward, document_type=kind, code=code, issuer=issuer, subject=subject
        )


def _write_what_goes_out(ward):
    for factory, title in (
        (ArticleFactory, "Ba việc cần nhớ"),
        (PosterFactory, "Nhãn thật, hàng thật"),
        (ShortTextFactory, "Mời xem hội chợ"),
        (BulletinFactory, "Quầy hàng Việt"),
    ):
        factory(owner=ward, content_item=ContentItem.objects.first(), title=title)


def _write_goods(ward):
    kind = Category.objects.create(owner=ward, name="Đồ ăn", slug=f"do-an-{ward.pk}")
    maker = Producer.objects.create(
        owner=ward, name="Hợp tác xã Mễ Trì", place="phường Từ Liêm", phone="+84904000111"
    )
    Producer.objects.create(owner=ward, name="Cơ sở Gốm Chi", place="xã Bát Tràng")
    for name, place in (
        ("Cốm làng Vòng", "phường Cầu Giấy"),
        ("Nước mắm Cát Hải", "đặc khu Cát Hải"),
        ("Chè Thái Nguyên", "tỉnh Thái Nguyên"),
        ("Bánh đậu xanh", "tỉnh Hải Dương cũ"),
        ("Gốm Bát Tràng", "xã Bát Tràng"),
    ):
        Product.objects.create(
            owner=ward, category=kind, producer=maker, name=name, place=place, summary="Một câu."
        )


TABLE = [
    # Units: short forms, numbers as wholes, with and without marks, codes, old names
    ("cb 12", "Chi bộ Tổ dân phố số 12"),
    ("CB12", "Chi bộ Tổ dân phố số 12"),
    ("cb12", "Chi bộ Tổ dân phố số 12"),
    ("chi bộ 12", "Chi bộ Tổ dân phố số 12"),
    ("chi bo 12", "Chi bộ Tổ dân phố số 12"),
    ("Chi bộ tdp số 12", "Chi bộ Tổ dân phố số 12"),
    ("cb tdp 12", "Chi bộ Tổ dân phố số 12"),
    ("cb 1", "Chi bộ Tổ dân phố số 1"),
    ("cb 01", "Chi bộ Tổ dân phố số 1"),
    ("cb 2", "Chi bộ Tổ dân phố số 2"),
    ("cb 21", "Chi bộ Tổ dân phố số 21"),
    ("cb 112", "Chi bộ Tổ dân phố số 112"),
    ("tdp 3", "Tổ dân phố số 3"),
    ("tổ dân phố số 3", "Tổ dân phố số 3"),
    ("to dan pho 12", "Tổ dân phố số 12"),
    ("cb tdp 3", "Chi bộ Tổ dân phố số 3"),
    ("mầm non", "Chi bộ Trường Mầm non Hoa Sữa"),
    ("mam non", "Chi bộ Trường Mầm non Hoa Sữa"),
    ("mn hoa sua", "Chi bộ Trường Mầm non Hoa Sữa"),
    ("HOA SỮA", "Chi bộ Trường Mầm non Hoa Sữa"),
    ("thcs", "Chi bộ Trường Trung học cơ sở Phương Liệt"),
    ("th phuong liet", "Chi bộ Trường Tiểu học Phương Liệt"),
    ("cb ca", "Chi bộ Công an phường"),
    ("công an", "Chi bộ Công an phường"),
    ("trạm y tế", "Chi bộ Trạm Y tế"),
    ("yt", "Chi bộ Trạm Y tế"),
    ("ccb", "Hội Cựu chiến binh phường"),
    ("phu nu", "Hội Liên hiệp Phụ nữ phường"),
    ("bctmt 3", "Ban Công tác Mặt trận Tổ dân phố số 3"),
    ("ubnd", "Ủy ban nhân dân phường"),
    ("vp du", "Văn phòng Đảng ủy"),
    ("tuyên giáo", "Ban Xây dựng Đảng"),
    ("tg du", "Ban Xây dựng Đảng"),
    ("phuong liet", "Phường Phương Liệt"),
    # People: names with exact marks first, the telephone in any notation
    ("Hoàng", "Người thử Hoàng"),
    ("hoang thu", "Người thử Hoàng"),
    ("dang thu", "Cán bộ Đặng Thử"),
    ("bi-thu-12", "Người thử Hoàng"),
    ("0912345678", "Người thử Hoàng"),
    ("0912 345 678", "Người thử Hoàng"),
    ("+84 912.345.678", "Người thử Hoàng"),
    ("84912345678", "Người thử Hoàng"),
    ("0912-345-678", "Người thử Hoàng"),
    ("345678", "Người thử Hoàng"),
    ("024 3864 1234", "Cán bộ Đặng Thử"),
    # Plans and bases: by number and symbol in any writing, by words
    ("85-KH/ĐU", "Kế hoạch 85-KH/ĐU, 5/3/2023"),
    ("85 kh du", "Kế hoạch 85-KH/ĐU, 5/3/2023"),
    ("85kh/đu", "Kế hoạch 85-KH/ĐU, 5/3/2023"),
    ("kế hoạch 85", "Kế hoạch 85-KH/ĐU, 5/3/2023"),
    ("kh 12", "Kế hoạch 12-KH/ĐU, 5/3/2026"),
    ("chuyen doi so", "Kế hoạch 12-KH/ĐU, 5/3/2026"),
    ("03-CT/TW", "Chỉ thị 03-CT/TW"),
    ("3 ct tw", "Chỉ thị 03-CT/TW"),
    ("chi thi 03", "Chỉ thị 03-CT/TW"),
    ("30/2020/nd-cp", "Nghị định 30/2020/NĐ-CP"),
    ("nghi dinh 30", "Nghị định 30/2020/NĐ-CP"),
    ("124 kh tu", "Kế hoạch 124-KH/TU"),
    ("văn thư", "Nghị định 30/2020/NĐ-CP"),
    ("hang gia", "Nhận diện hàng giả, hàng nhái"),
    ("người tiêu dùng", "Quyền của người tiêu dùng"),
    ("phien cho", "Tổ chức phiên chợ hàng Việt tại nhà văn hóa"),
    # Reports: by unit and month
    ("cb 12 tháng 4", "Chi bộ Tổ dân phố số 12, tháng 4/2026"),
    ("cb 12 thang 4", "Chi bộ Tổ dân phố số 12, tháng 4/2026"),
    ("cb12 t4", "Chi bộ Tổ dân phố số 12, tháng 4/2026"),
    ("báo cáo chi bộ 12 tháng 4/2026", "Chi bộ Tổ dân phố số 12, tháng 4/2026"),
    ("cb 12 4/2026", "Chi bộ Tổ dân phố số 12, tháng 4/2026"),
    ("cb 12 tháng 12", "Chi bộ Tổ dân phố số 12, tháng 12/2025"),
    ("mam non thang 11", "Chi bộ Trường Mầm non Hoa Sữa, tháng 11/2026"),
    ("tháng 4", "Tổng hợp tháng 4/2026"),
    # Goods and makers
    ("cốm", "Cốm làng Vòng"),
    ("com lang vong", "Cốm làng Vòng"),
    ("nuoc mam", "Nước mắm Cát Hải"),
    ("NƯỚC MẮM", "Nước mắm Cát Hải"),
    ("chè", "Chè Thái Nguyên"),
    ("banh dau", "Bánh đậu xanh"),
    ("gốm", "Gốm Bát Tràng"),
    ("htx me tri", "Hợp tác xã Mễ Trì"),
    ("0904 000 111", "Hợp tác xã Mễ Trì"),
    # What goes out, of every form
    ("ba viec can nho", "Ba việc cần nhớ"),
    ("nhan that", "Nhãn thật, hàng thật"),
    ("moi xem hoi cho", "Mời xem hội chợ"),
    ("Quầy hàng Việt", "Quầy hàng Việt"),
]


@pytest.mark.parametrize(("typed", "first"), TABLE)
def test_first_hit_is_what_was_meant(ward, typed, first):
    user = member(Role.OFFICE, ward, user__full_name="Ai Đó", user__username="x")

    groups = find(user, Asked.of(typed))

    assert groups[0].rows[0].title == first


def test_exact_marks_stand_first_and_the_others_follow(ward):
    user = member(Role.OFFICE, ward)

    titles = {
        group.label: [row.title for row in group.rows] for group in find(user, Asked.of("hoàng"))
    }

    assert titles["Người"] == ["Người thử Hoàng", "Người mẫu Hoang"]


def test_old_name_says_that_it_is_one(ward):
    (group, *_) = find(member(Role.OFFICE, ward), Asked.of("tuyên giáo"))

    assert "tên gọi khác: Ban Tuyên giáo Đảng ủy" in group.rows[0].line


def test_report_that_is_missing_leads_to_its_cell(ward):
    (group, *_) = find(member(Role.OFFICE, ward), Asked.of("cb 1 tháng 4"))

    assert group.rows[0].line == "Chưa có báo cáo"
    assert group.rows[0].url.endswith("/2026-04/")


# -- What is never shown ------------------------------------------------------


def _texts(client, **asked):
    return client.get(URL, asked).content.decode()


def test_nothing_of_a_foreign_ward_is_found(client, ward):
    client.force_login(member(Role.ADMINISTRATOR, WardFactory()))

    found = {
        typed: client.get(URL, {"q": typed}).context["groups"]
        for typed, first in TABLE
        if not first.startswith("Tổng hợp")
    }

    assert {typed: groups for typed, groups in found.items() if groups} == {}


def test_secretary_has_no_search(client, ward):
    client.force_login(MonthlyReport.objects.get().unit.memberships.get().user)

    assert client.get(URL, {"q": "cb 12"}).status_code == 403


@pytest.mark.parametrize("role", [Role.PROPAGANDA, Role.EDITOR])
@pytest.mark.parametrize("typed", ["hoàng", "0912345678", "345678", "bi-thu-12", "cb 12"])
def test_who_may_not_see_people_finds_none(client, ward, role, typed):
    client.force_login(member(role, ward))

    assert "Người thử Hoàng" not in _texts(client, q=typed)


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR])
def test_who_sees_people_without_accounts_sees_no_telephone(client, ward, role):
    client.force_login(member(role, ward))

    by_name, by_phone = _texts(client, q="hoàng"), _texts(client, q="0912345678")

    assert "Người thử Hoàng" in by_name
    assert "0912 345 678" not in by_name
    assert "Người thử Hoàng" not in by_phone


def test_who_keeps_accounts_elsewhere_sees_no_telephone_here(client, ward):
    reader = member(Role.AUDITOR, ward)
    MembershipFactory(user=reader, unit=WardFactory(), role=Role.OFFICE)
    client.force_login(reader)

    by_name, by_phone = _texts(client, q="hoàng"), _texts(client, q="345678")

    assert "Người thử Hoàng" in by_name
    assert "0912 345 678" not in by_name
    assert "Người thử Hoàng" not in by_phone


def test_duty_elsewhere_is_not_told(client, ward):
    there = WardFactory(name="Phường Xa Lạ")
    user = UserFactory(full_name="Người hai nơi")
    MembershipFactory(user=user, unit=ward)
    MembershipFactory(user=user, unit=there, starts_on=dt.date(2026, 1, 1))
    client.force_login(member(Role.OFFICE, ward))

    assert "Người hai nơi" in _texts(client, q="người hai nơi")
    assert "Xa Lạ" not in _texts(client, q="người hai nơi")
    assert "Xa Lạ" not in _texts(client, q="xa la")


def test_every_hit_opens(client, ward):
    client.force_login(member(Role.ADMINISTRATOR, ward))

    answers = {}
    for typed, _ in TABLE[::4]:
        for group in client.get(URL, {"q": typed}).context["groups"]:
            for row in group.rows:
                answers[row.url] = client.get(row.url.partition("#")[0]).status_code

    assert {url: status for url, status in answers.items() if status not in (200, 302)} == {}


@pytest.mark.parametrize("role", [Role.LEADER, Role.EDITOR])
def test_every_hit_of_a_reader_opens(client, ward, role):
    client.force_login(member(role, ward))

    answers = set()
    for typed in ("cb 12", "hoàng", "85", "03 ct", "cốm", "hàng giả", "cb 12 tháng 4"):
        for group in client.get(URL, {"q": typed}).context["groups"]:
            answers |= {client.get(row.url.partition("#")[0]).status_code for row in group.rows}

    assert answers <= {200, 302}


# -- Odd input and figures ----------------------------------------------------

ODD = [
    "",
    " ",
    "%",
    "_",
    "%%%%",
    "'",
    '"',
    "' OR 1=1 --",
    "\\",
    "(",
    "[a-z]*",
    "a" * 10_000,
    "1" * 10_000,
    "1 " * 5_000,
    "ắ" * 1_500,
    "中文 搜索",
    "поиск",
    "بحث ١٢",
    "²³",
    "🙂",
    "\u202e\u200b",
    "tháng 13",
    "t99",
    "tháng 4/9999",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("typed", ODD)
def test_odd_input_is_answered(client, ward, typed):
    client.force_login(member(Role.OFFICE, ward))

    page = client.get(URL, {"q": typed})

    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("typed", ["%", "_", "%%%%", "'", '"', "\\", "(", "🙂"])
def test_signs_alone_find_nothing(ward, typed):
    assert find(member(Role.OFFICE, ward), Asked.of(typed)) == []


def test_nul_is_refused(client, ward):
    client.force_login(member(Role.OFFICE, ward))

    assert client.get(f"{URL}?q=a%00b").status_code == 400


def test_list_alone_comes_for_the_dialog(client, ward):
    client.force_login(member(Role.OFFICE, ward))

    page = client.get(URL, {"q": "cb 12", "phan": "1"}).content.decode()

    assert "Chi bộ Tổ dân phố số 12" in page
    assert "<html" not in page


@pytest.mark.parametrize("count", [50, 150])
@pytest.mark.parametrize("typed", ["cb 12", "cb tháng 4", "0912345678", "a"])
def test_search_asks_at_most_fifteen_queries(
    client, ward, count, typed, django_assert_max_num_queries
):
    cells = [UnitFactory(parent=ward) for _ in range(count)]
    for cell in cells[:20]:
        member(Role.SECRETARY, cell)
    client.force_login(member(Role.OFFICE, ward))
    client.get(URL)

    with django_assert_max_num_queries(15):
        client.get(URL, {"q": typed})


@pytest.mark.parametrize("model", ["article", "poster", "shorttext", "bulletin"])
def test_lists_of_what_goes_out_are_searched_without_marks(client, ward, model):
    client.force_login(member(Role.EDITOR, ward))
    url = reverse(f"admin:outreach_{model}_changelist")

    counts = [
        client.get(url, {"q": typed}).context["cl"].result_count
        for typed in ("hang", "NHO", "cho", "khong co")
    ]

    assert (
        counts
        == {
            "article": [0, 1, 0, 0],
            "poster": [1, 0, 0, 0],
            "shorttext": [0, 0, 1, 0],
            "bulletin": [1, 0, 0, 0],
        }[model]
    )


def test_search_has_a_place_on_every_office_page(client, ward):
    client.force_login(member(Role.EDITOR, ward))

    page = client.get(reverse("admin:index")).content.decode()

    assert (page.count('role="search"'), "find-dialog" in page) == (3, True)
