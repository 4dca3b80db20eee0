"""A table of units and people: dry run, writing in one step, taking it back, running it again."""

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.imports import ImportStaleError, TableError, read_table
from core.models import ExportLog, StoredFile
from core.sheets import write_sheet
from core.workflow import TransitionRefusedError
from units import changes, exports, handover, imports, links
from units.imports.columns import chosen, find_header
from units.models import Membership, ReportingDuty, Role, Unit, UnitGroup, UnitImport, UnitName
from units.tests.factories import UnitFactory, UserFactory, WardFactory, card, member
from units.tests.sheets import HEADER, upload, workbook

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 10)
AN, BE = "+84912345678", "+84987654321"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(dt.datetime(2026, 7, 10, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def ward():
    return WardFactory()


@pytest.fixture
def officer(ward):
    return member(Role.OFFICE, ward)


def kept(ward, officer, *rows, header=HEADER, **kwargs):
    return imports.keep(ward, upload(workbook(header, *rows, **kwargs)), user=officer)


def planned(one, actor, choices=None, wanted=None):
    with one_file(one) as file:
        header = find_header(read_table(file))
    columns = chosen(header, wanted or {})
    return imports.plan(one.ward, header, columns, actor=actor, today=TODAY, choices=choices)


def one_file(one):
    from core.files import open_stored

    return open_stored(one.source)


def applied(one, actor, choices=None):
    shown = planned(one, actor, choices)
    return imports.apply(one, lambda: planned(one, actor, choices), seen=shown.seen, actor=actor)


def secretary(unit, name, phone=None):
    return member(Role.SECRETARY, unit, user=UserFactory(full_name=name, phone=phone))


def only(plan):
    assert len(plan.rows) == 1
    row = plan.rows[0]
    return row.state, row.sentences, row.errors


# -- The dry run --------------------------------------------------------------


def test_a_new_unit_with_its_secretary_is_told(ward, officer):
    one = kept(ward, officer, (1, "Chi bộ Trường Mầm non", "Nguyễn Văn An", "ĐT: 0912 345 678"))

    assert only(planned(one, officer)) == (
        "new",
        [
            "Mở Chi bộ Trường Mầm non (chi bộ trường học) từ 10/7/2026, báo cáo từ tháng 7/2026.",
            "Bí thư: Nguyễn Văn An, 0912 345 678.",
        ],
        [],
    )


def test_a_dry_run_writes_nothing(ward, officer):
    one = kept(ward, officer, (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678"))
    before = (Unit.objects.count(), User.objects.count())

    planned(one, officer)

    assert (Unit.objects.count(), User.objects.count()) == before


def test_what_stands_already_is_left(ward, officer):
    unit = UnitFactory(parent=ward, name="Chi bộ 1")
    secretary(unit, "Nguyễn Văn An", AN)
    one = kept(ward, officer, (1, "CHI BỘ 1", "đ/c Nguyễn Văn An", 912345678))

    assert only(planned(one, officer)) == ("same", [], [])


def test_a_title_and_brackets_in_an_account_are_no_other_person(ward, officer):
    unit = UnitFactory(parent=ward, name="Chi bộ 1")
    secretary(unit, "Bí thư Nguyễn Văn An (tạm thời)", AN)
    one = kept(ward, officer, (1, "Chi bộ 1", "Bí thư Nguyễn Văn An (tạm thời)", "0912345678"))

    assert only(planned(one, officer)) == ("same", [], [])


def test_a_changed_code_and_number_are_told(ward, officer):
    unit = UnitFactory(parent=ward, name="Chi bộ 1", code="CB1")
    secretary(unit, "Nguyễn Văn An", AN)
    header = ("Mã", "Tên đơn vị", "Bí thư", "SĐT")
    one = kept(ward, officer, ("CB01", "Chi bộ 1", "Nguyễn Văn An", "0987654321"), header=header)

    assert only(planned(one, officer)) == (
        "changed",
        [
            "Mã: “CB1” thành “CB01”.",
            "Số điện thoại của Nguyễn Văn An: 0912 345 678 thành 0987 654 321.",
        ],
        [],
    )


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (
            (1, "Chi bộ 1", "Lê Thị Bé", "0987654321"),
            "Đang ghi bí thư là Nguyễn Văn An; đổi sang Lê Thị Bé thì dùng bước Bàn giao bí thư.",
        ),
        (
            (1, "Chi bộ 1", "Nguyễn Văn An", "0912 345"),
            "Ô D2: Số điện thoại này chưa đúng, hãy nhập số di động 10 chữ số (ví dụ: 0912 345 678) "
            "hoặc số cố định kèm mã vùng (ví dụ: 024 3868 1234). Người không nhập.",
        ),
        (
            (1, "Chi bộ Khu phố Đống Đaa", "Nguyễn Văn Ân", "0911111111"),
            "Ô B2: gần giống “Chi bộ Khu phố Đống Đa” đang có. Nếu là một, đồng chí ghi đúng tên đó; "
            "nếu không, mở ở trang Mở đơn vị.",
        ),
        (
            (1, "Chi bộ 2", "Lê Thị Bé", "0912345678"),
            "Ô D2: số 0912 345 678 đang là của Nguyễn Văn An.",
        ),
        (
            (1, "Chi bộ 2", "A B; C D; E F; G H", None),
            "Có 4 người trong một đơn vị, giống danh sách đảng viên; cổng chỉ giữ bí thư. Người "
            "không nhập.",
        ),
        (
            (1, "Chi bộ 2", "Lê Thị Bé", "0900000001"),
            "Ô D2: số 0900 000 001 đã có ở một tài khoản ngoài phường.",
        ),
    ],
)
def test_each_doubt_has_its_row_cell_and_sentence(ward, officer, row, error):
    unit = UnitFactory(parent=ward, name="Chi bộ 1")
    UnitFactory(parent=ward, name="Chi bộ Khu phố Đống Đa")
    secretary(unit, "Nguyễn Văn An", AN)
    secretary(UnitFactory(parent=WardFactory()), "Người Xa", "+84900000001")

    plan = planned(kept(ward, officer, row), officer)

    assert plan.rows[0].number == 2
    assert plan.rows[0].errors == [error]


def test_a_unit_that_ends_later_still_stands(ward, officer):
    UnitFactory(parent=ward, name="Chi bộ 1", closed_on=dt.date(2026, 8, 1))
    one = kept(ward, officer, (1, "Chi bộ 1"), (2, "Chi bộ 2"))

    assert [row.state for row in planned(one, officer).rows] == ["same", "new"]


def test_a_unit_told_twice_is_read_once(ward, officer):
    one = kept(ward, officer, (1, "Chi bộ 1"), (2, "chi bo 1"))

    rows = planned(one, officer).rows

    assert [row.state for row in rows] == ["new", "error"]
    assert rows[1].errors == ["Trùng đơn vị với dòng 2, dòng này không nhập."]


@pytest.mark.parametrize(
    "written",
    ["Chi bộ TDP số 2", "CB TDP 02", "chi bo tdp 2", "Chi bộ Tổ dân phố 2", "CB tổ dân phố số 2"],
)
def test_a_short_form_is_the_unit_that_stands(ward, officer, written):
    for number in (2, 12, 20):
        UnitFactory(parent=ward, name=f"Chi bộ Tổ dân phố số {number}")
    UnitFactory(parent=ward, name="Tổ dân phố số 2", kind=Unit.Kind.RESIDENTIAL_GROUP)
    one = kept(ward, officer, (1, written), (2, "Chi bộ Tổ dân phố số 2"))

    rows = planned(one, officer).rows

    assert [(row.state, row.errors) for row in rows] == [
        ("same", []),
        ("error", ["Trùng đơn vị với dòng 2, dòng này không nhập."]),
    ]


def test_a_short_form_of_two_units_is_guessed_for_neither(ward, officer):
    for name in ("Chi bộ TDP 2", "Chi bộ Tổ dân phố số 2"):
        UnitFactory(parent=ward, name=name)
    one = kept(ward, officer, (1, "CB tổ dân phố 2"))

    assert planned(one, officer).rows[0].state == "error"


def test_two_writings_of_a_new_unit_are_one(ward, officer):
    one = kept(ward, officer, (1, "Chi bộ Tổ dân phố số 26"), (2, "CB TDP 26"))

    assert [row.state for row in planned(one, officer).rows] == ["new", "error"]


def test_a_code_of_another_unit_is_no_new_name(ward, officer):
    UnitFactory(parent=ward, name="Chi bộ 1", code="CB1")
    one = kept(ward, officer, ("CB1", "Chi bộ Mùa Xuân"), header=("Mã", "Tên đơn vị"))

    assert planned(one, officer).rows[0].errors == [
        "Ô A2: mã “CB1” đang là của Chi bộ 1. Nếu đơn vị đó đổi tên thì ghi ở bước Đổi tên đơn vị."
    ]


def test_sums_sections_and_numbering_are_no_units(ward, officer):
    one = kept(
        ward,
        officer,
        ("(1)", "(2)", "(3)", "(4)"),
        ("I", "Khối dân cư"),
        (1, "Chi bộ Công an", "Nguyễn Văn An", "0912345678"),
        ("Cộng", None, None, None, 30),
        ("Tổng cộng: 1",),
    )

    assert [row.name for row in planned(one, officer).rows] == ["Chi bộ Công an"]


def test_two_people_of_a_cell_wait_until_somebody_chooses(ward, officer):
    one = kept(
        ward,
        officer,
        (1, "Chi bộ 1", "Nguyễn Văn An (BT) - Lê Thị Bé (PBT)", "0912345678 / 0987654321"),
    )

    row = planned(one, officer).rows[0]
    first = planned(one, officer, {"nguoi-2": "1"}).rows[0]
    both = planned(one, officer, {"nguoi-2": "tat-ca"}).rows[0]

    assert row.errors == ["Ô C2 có 2 người, đồng chí chọn ai là người báo cáo."]
    assert [value for value, _ in row.choices] == ["1", "2", "tat-ca"]
    assert first.sentences[1:] == ["Bí thư: Nguyễn Văn An, 0912 345 678."]
    assert len(both.sentences) == 3


def test_a_row_without_a_unit_goes_on_with_the_one_above(ward, officer):
    one = kept(
        ward,
        officer,
        (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678"),
        (None, None, "Lê Thị Bé", "0987654321"),
        merge=("B2:B3",),
    )

    rows = planned(one, officer, {"nguoi-2": "2"}).rows

    assert len(rows) == 1
    assert rows[0].sentences[1:] == ["Bí thư: Lê Thị Bé, 0987 654 321."]


def test_a_cell_with_a_formula_names_itself(ward, officer):
    one = kept(ward, officer, (1, "Chi bộ 1"), formulas=[("C2", "=A1")])

    assert planned(one, officer).rows[0].errors[0].startswith("Ô C2: ô có công thức")


@pytest.mark.parametrize("count", [1, 3])
def test_a_dry_run_has_a_fixed_number_of_queries(ward, officer, count, django_assert_num_queries):
    for number in range(count):
        unit = UnitFactory(parent=ward, name=f"Chi bộ {number}")
        secretary(unit, f"Người {number}", f"+8491234567{number}")
    one = kept(ward, officer, *((n, f"Chi bộ {n}", f"Người {n}") for n in range(count)))
    with one_file(one) as file:
        header = find_header(read_table(file))

    # units, names, secretaries, numbers, the officer's memberships, whom they reach and whom not
    with django_assert_num_queries(7):
        imports.plan(ward, header, header.columns, actor=officer, today=TODAY)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LEADER, Role.OFFICE])
@pytest.mark.parametrize("is_here", [True, False])
def test_the_number_of_who_does_more_is_not_changed_by_a_file(ward, officer, role, is_here):
    person = secretary(UnitFactory(parent=ward, name="Chi bộ 1"), "Nguyễn Văn An", AN)
    member(role, ward if is_here else WardFactory(), user=person)
    one = kept(ward, officer, (1, "Chi bộ 1", "Nguyễn Văn An", "0987654321"))

    assert only(planned(one, officer)) == (
        "error",
        [],
        [
            "Ô D2: Nguyễn Văn An còn nhiệm vụ khác ngoài bí thư, số điện thoại là tên đăng nhập của "
            "tài khoản đó; nhờ quản trị sửa ở mục Tài khoản."
        ],
    )


def test_a_duty_that_is_over_keeps_no_number(ward, officer):
    person = secretary(UnitFactory(parent=ward, name="Chi bộ 1"), "Nguyễn Văn An", AN)
    member(Role.LEADER, ward, user=person, ends_on=TODAY)
    one = kept(ward, officer, (1, "Chi bộ 1", "Nguyễn Văn An", "0987654321"))

    assert planned(one, officer).rows[0].state == "changed"


def test_the_ward_s_administrator_changes_the_number_of_its_leader(ward):
    person = secretary(UnitFactory(parent=ward, name="Chi bộ 1"), "Nguyễn Văn An", AN)
    member(Role.LEADER, ward, user=person)
    keeper = member(Role.ADMINISTRATOR, ward)
    one = kept(ward, keeper, (1, "Chi bộ 1", "Nguyễn Văn An", "0987654321"))

    assert planned(one, keeper).rows[0].state == "changed"


# -- Writing ------------------------------------------------------------------


def test_an_import_writes_units_people_and_duties(ward, officer):
    one = kept(ward, officer, (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678"))

    done = applied(one, officer)

    unit = Unit.objects.get(name="Chi bộ 1")
    person = User.objects.get(phone=AN)
    assert (unit.ward, unit.opened_on, unit.kind) == (ward, TODAY, "residential_cell")
    assert list(unit.duties.values_list("starts_on", flat=True)) == [dt.date(2026, 7, 1)]
    assert links.people_of(unit) == [person]
    assert not person.has_usable_password()
    assert (done.applied_by, len(done.entries), len(done.source_sha256)) == (officer, 2, 64)


def test_the_same_file_again_changes_nothing(ward, officer):
    rows = [
        (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678"),
        (2, "Chi bộ Y tế", "Lê Thị Bé", "0987.654.321"),
    ]
    applied(kept(ward, officer, *rows), officer)

    again = kept(ward, officer, *rows)

    plan = planned(again, officer)
    assert ({row.state for row in plan.rows}, plan.entries) == ({"same"}, [])


def test_the_same_file_waiting_is_kept_once(ward, officer):
    data = workbook(HEADER, (1, "Chi bộ 1"))

    first = imports.keep(ward, upload(data), user=officer)
    second = imports.keep(ward, upload(data), user=officer)

    assert (first, StoredFile.objects.count()) == (second, 1)


def test_one_secretary_of_two_units_has_one_account(ward, officer):
    rows = [(n, f"Chi bộ {n}", "Nguyễn Văn An", "0912345678") for n in (1, 2)]

    applied(kept(ward, officer, *rows), officer)

    assert User.objects.get(phone=AN).memberships.count() == 2


def test_a_bad_table_keeps_nothing(ward, officer):
    with pytest.raises(TableError):
        imports.keep(ward, upload(workbook(("Sản phẩm",), ("Mắm",))), user=officer)

    assert (UnitImport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_was_shown_must_still_be_so(ward, officer):
    one = kept(ward, officer, (1, "Chi bộ 1"))
    seen = planned(one, officer).seen
    UnitFactory(parent=ward, name="Chi bộ 1")

    with pytest.raises(ImportStaleError):
        imports.apply(one, lambda: planned(one, officer), seen=seen, actor=officer)

    assert UnitImport.objects.get().applied_at is None


@pytest.mark.parametrize("stands", [False, True])
def test_a_number_that_is_given_away_at_this_moment_writes_nothing(ward, officer, stands):
    if stands:
        secretary(UnitFactory(parent=ward, name="Chi bộ 1"), "Nguyễn Văn An")
    one = kept(ward, officer, (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678"))
    seen = planned(one, officer).seen
    before = (Unit.objects.count(), Membership.objects.count())

    def looked_at_then_taken():
        shown = planned(one, officer)
        UserFactory(phone=AN)
        return shown

    with pytest.raises(TransitionRefusedError, match="Số 0912 345 678 vừa được ghi cho một tài"):
        imports.apply(one, looked_at_then_taken, seen=seen, actor=officer)

    assert (Unit.objects.count(), Membership.objects.count()) == before
    assert UnitImport.objects.get().applied_at is None


# -- Taking it back -----------------------------------------------------------


@pytest.fixture
def done(ward, officer):
    unit = UnitFactory(parent=ward, name="Chi bộ 1", code="CB1")
    secretary(unit, "Nguyễn Văn An", AN)
    header = ("Mã", "Tên đơn vị", "Bí thư", "SĐT")
    rows = [
        ("CB01", "Chi bộ 1", "Nguyễn Văn An", "0911111111"),
        ("CB2", "Chi bộ 2", "Lê Thị Bé", "0987654321"),
    ]
    return applied(kept(ward, officer, *rows, header=header), officer)


def test_an_import_is_taken_back_whole(ward, officer, done):
    refused = imports.undo(done, actor=officer)

    done.refresh_from_db()
    assert (refused, done.undone_by) == ([], officer)
    assert Unit.objects.get(depth=2).code == "CB1"
    assert not User.objects.filter(full_name="Lê Thị Bé").exists()
    assert User.objects.get(full_name="Nguyễn Văn An").phone == AN
    assert (UnitName.objects.count(), ReportingDuty.objects.count()) == (0, 0)
    ward.refresh_from_db()
    assert ward.numchild == 1


def test_after_taking_back_it_may_come_again(ward, officer, done):
    imports.undo(done, actor=officer)
    with one_file(done) as file:
        again = imports.keep(ward, upload(file.read()), user=officer)

    applied(again, officer)

    assert Unit.objects.get(code="CB2").name == "Chi bộ 2"


def _give_card(done, new, officer):
    card(new)
    return (
        "Dòng 3: đã có việc khác dựa vào (việc về đường vào, đường vào của đơn vị), không bỏ được."
    )


def _rename(done, new, officer):
    new.name = "Chi bộ Hai"
    new.save()
    return "Dòng 3: Chi bộ Hai đã sửa sau khi nhập, không bỏ được."


def _group(done, new, officer):
    UnitGroup.objects.create(owner=new.ward, name="Cụm").members.add(new)
    return "Dòng 3: Chi bộ 2 đã ở trong một nhóm đơn vị, không bỏ được."


def _below(done, new, officer):
    UnitFactory(parent=new, name="Tổ đảng 1")
    return "Dòng 3: Chi bộ 2 đã có đơn vị bên dưới, không bỏ được."


def _code(done, new, officer):
    Unit.objects.filter(code="CB01").update(code="CB-1")
    return "Dòng 2: mã của Chi bộ 1 đã sửa lại sau đó, không bỏ được."


def _number(done, new, officer):
    User.objects.filter(full_name="Nguyễn Văn An").update(phone="+84922222222")
    return "Dòng 2: số điện thoại của Nguyễn Văn An đã sửa lại sau đó, không bỏ được."


def _leads_now(done, new, officer):
    member(Role.LEADER, new.ward, user=User.objects.get(full_name="Nguyễn Văn An"))
    return (
        "Dòng 2: Nguyễn Văn An còn nhiệm vụ khác ngoài bí thư, số điện thoại là tên đăng nhập của "
        "tài khoản đó; nhờ quản trị sửa ở mục Tài khoản."
    )


def _taken_number(done, new, officer):
    UserFactory(phone=AN)
    return "Dòng 2: số cũ của Nguyễn Văn An nay là của người khác, không bỏ được."


def _came_in(done, new, officer):
    User.objects.filter(full_name="Lê Thị Bé").update(last_login=timezone.now())
    return "Dòng 3: Lê Thị Bé đã vào cổng sau khi nhập, không bỏ được."


def _new_phone_of_new(done, new, officer):
    User.objects.filter(full_name="Lê Thị Bé").update(phone="+84933333333")
    return "Dòng 3: tài khoản của Lê Thị Bé đã sửa sau khi nhập, không bỏ được."


@pytest.mark.parametrize(
    "later",
    [
        _give_card,
        _rename,
        _group,
        _below,
        _code,
        _number,
        _leads_now,
        _taken_number,
        _came_in,
        _new_phone_of_new,
    ],
)
def test_what_depends_on_a_row_keeps_the_whole_import(ward, officer, done, later):
    new = Unit.objects.get(code="CB2")
    sentence = later(done, new, officer)
    before = (Unit.objects.count(), User.objects.count(), Membership.objects.count())

    refused = imports.undo(done, actor=officer)

    done.refresh_from_db()
    assert sentence in refused
    assert done.undone_at is None
    assert (Unit.objects.count(), User.objects.count(), Membership.objects.count()) == before


def test_a_change_written_in_the_book_keeps_the_unit(ward, officer, done):
    new = Unit.objects.get(code="CB2")
    asked = handover.HandOver(new, "Trần Văn Cam", "+84944444444", dt.date(2026, 7, 11))
    with time_machine.travel(dt.datetime(2026, 7, 11, 2, tzinfo=dt.UTC), tick=False):
        shown = handover.preview(asked, actor=officer, today=dt.date(2026, 7, 11))
        handover.carry_out(asked, actor=officer, seen=shown.seen)

        refused = imports.undo(done, actor=officer)

    assert "Dòng 3: nhiệm vụ của Lê Thị Bé đã sửa sau khi nhập, không bỏ được." in refused
    assert new.changes.get().kind == changes.Kind.HAND_OVER


def test_it_is_not_taken_back_twice(ward, officer, done):
    imports.undo(done, actor=officer)

    assert imports.undo(done, actor=officer) == ["Lần nhập này chưa ghi, hoặc đã bỏ rồi."]


# -- Out and in again ---------------------------------------------------------


def test_an_export_is_read_back_unchanged(ward, officer):
    names = ["Chi bộ 1", "=SUM(A1)", "Chi bộ Trường Mầm non Hoa Sen", "_x0041_", "Tổ dân phố số 2"]
    for number, name in enumerate(names):
        unit = UnitFactory(parent=ward, name=name, code=f"0{number}", short_name=f"+{number}")
        secretary(unit, f"Người Thứ {number}", f"+8491234567{number}")
    two = UnitFactory(parent=ward, name="Chi bộ Hai Người")
    secretary(two, "Nguyễn Văn An", BE)
    secretary(two, "Lê Thị Bé")
    file = io.BytesIO()

    count = write_sheet(
        file, name="a", columns=exports.COLUMNS, rows=exports.rows(ward), heading=["Đơn vị"]
    )
    plan = planned(imports.keep(ward, upload(file.getvalue()), user=officer), officer)

    assert (count, len(plan.rows)) == (6, 6)
    assert [(row.name, row.errors, row.entries) for row in plan.rows if row.state != "same"] == []


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn An, phụ trách", "Trần Văn Cam và Lê Thị Bé", "Bí thư", "An / Bé - Cam"]
)
def test_an_account_with_a_sign_of_two_people_is_read_back_as_one(ward, officer, name):
    unit = UnitFactory(parent=ward, name="Chi bộ 1")
    secretary(unit, name, AN)
    secretary(unit, "Lê Thị Bé", BE)
    file = io.BytesIO()
    write_sheet(file, name="a", columns=exports.COLUMNS, rows=exports.rows(ward))

    plan = planned(imports.keep(ward, upload(file.getvalue()), user=officer), officer)

    assert only(plan) == ("same", [], [])


# -- The pages ----------------------------------------------------------------


@pytest.fixture
def office(client, officer):
    client.force_login(officer)
    return client


def sent(office, *rows):
    file = upload(workbook(HEADER, *rows))
    return office.post(reverse("admin:unit_imports"), {"file": file})


def test_the_pages_lead_from_the_file_to_the_undo(office, ward):
    shown = office.get(sent(office, (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678")).url)
    one = UnitImport.objects.get()
    address = reverse("admin:unit_import", args=[one.pk])

    written = office.post(address, {"seen": shown.context["plan"].seen})
    page = office.get(address).content.decode()
    undone = office.post(reverse("admin:unit_import_undo", args=[one.pk]))

    assert (shown.status_code, written.status_code, undone.status_code) == (200, 302, 302)
    assert "1 đơn vị mới, 1 bí thư" in page
    assert one.source_sha256 in page
    assert not Unit.objects.filter(name="Chi bộ 1").exists()


def test_a_stale_dry_run_is_told(office, ward):
    shown = office.get(sent(office, (1, "Chi bộ 1")).url)
    UnitFactory(parent=ward, name="Chi bộ 1")
    address = reverse("admin:unit_import", args=[UnitImport.objects.get().pk])

    response = office.post(address, {"seen": shown.context["plan"].seen})

    assert response.status_code == 409
    assert "nội dung khác bản đã xem trước" in response.content.decode()


def test_columns_and_people_are_chosen_in_the_address(office, ward):
    url = sent(office, (1, "Chi bộ 1", "Nguyễn Văn An; Lê Thị Bé", None, None, "0912345678")).url

    response = office.get(url, {"cot-phone": "5", "nguoi-2": "1"})

    assert [row.sentences[1:] for row in response.context["plan"].rows] == [[]]
    response = office.get(url, {"cot-phone": "khong", "nguoi-2": "1"})
    assert response.context["plan"].rows[0].sentences[1:] == ["Bí thư: Nguyễn Văn An."]
    assert 'name="nguoi-2" value="1"' in response.content.decode()
    assert UnitImport.objects.get().entries == []


def test_a_refused_undo_names_the_rows(office, ward):
    url = sent(office, (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678")).url
    office.post(url, {"seen": office.get(url).context["plan"].seen})
    card(Unit.objects.get(name="Chi bộ 1"))

    response = office.post(reverse("admin:unit_import_undo", args=[UnitImport.objects.get().pk]))

    assert response.status_code == 422
    assert "Dòng 2: đã có việc khác dựa vào" in response.content.decode()


def test_an_import_that_wrote_nothing_has_nothing_to_take_back(office, ward):
    sent(office, (1, "Chi bộ 1", "Nguyễn Văn An", "0912345678"))
    one = UnitImport.objects.get()

    response = office.post(reverse("admin:unit_import_undo", args=[one.pk]), follow=True)

    assert response.redirect_chain == [(reverse("admin:unit_import", args=[one.pk]), 302)]
    assert "chưa ghi dòng nào nên không có gì để bỏ" in response.content.decode()


def test_another_kind_of_file_is_refused_on_the_page(office):
    response = office.post(reverse("admin:unit_imports"), {"file": upload(b"x", "a.csv")})

    assert response.status_code == 422
    assert "Chỉ nhận bảng Excel (.xlsx)" in response.content.decode()


def test_an_import_of_another_ward_is_not_there(office, ward):
    other = WardFactory()
    foreign = kept(other, member(Role.OFFICE, other), (1, "Chi bộ xa"))

    assert office.get(reverse("admin:unit_import", args=[foreign.pk])).status_code == 404
    assert office.post(reverse("admin:unit_import_undo", args=[foreign.pk])).status_code == 404
    assert list(office.get(reverse("admin:unit_imports")).context["page"]) == []


def test_the_export_is_a_file_of_the_own_ward(office, ward):
    UnitFactory(parent=ward, name="Chi bộ 1")
    UnitFactory(parent=WardFactory(), name="Chi bộ xa")

    assert office.get(reverse("admin:unit_export")).status_code == 405
    assert not ExportLog.objects.exists()

    response = office.post(reverse("admin:unit_export"))

    table = read_table(io.BytesIO(response.getvalue()))[0]
    assert [line.text(2) for line in table.lines] == ["", "Tên đơn vị", "Chi bộ 1"]
    assert list(ExportLog.objects.values_list("name", "row_count")) == [("Đơn vị", 1)]
    assert "don-vi-2026-07-10.xlsx" in response["Content-Disposition"]
