"""From a reading to rows, and from decisions to a confirmed plan."""

import datetime as dt

import pytest

from accounts.models import User
from core.workflow import StaleError, TransitionRefusedError
from plans import demonstration, proposals, review, workflow
from plans.models import Assignment, ContentItem, LegalBasis, Plan, PlanNode, Status, Task
from plans.tests.factories import PlanFactory, proposal
from plans.titles import short_title
from units.models import Role, Unit, UnitGroup
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db


def test_plan_85_becomes_rows_that_point_to_their_place(phuong_liet):
    plan = proposal("85-KH-DU.docx", ward=phuong_liet)

    assert (plan.status, plan.code, plan.issued_on) == (
        "proposed",
        "85-KH/ĐU",
        dt.date(2023, 3, 22),
    )
    assert (plan.valid_from, plan.valid_to) == (dt.date(2023, 3, 22), dt.date(2024, 1, 1))
    counts = [m.objects.filter(plan=plan).count() for m in (LegalBasis, ContentItem, Task)]
    assert counts == [5, 5, 9]
    item = plan.content_items.first()
    assert item.node.text == item.text
    assert item.node.parent.heading == "NỘI DUNG TUYÊN TRUYỀN"
    assert plan.recipients.count() == 7


def test_old_names_are_matched_on_the_day_of_the_plan(phuong_liet):
    plan = proposal("85-KH-DU.docx", ward=phuong_liet)

    found = {name.printed_name: str(name.target) for name in plan.named_units.all()}

    assert found == {
        "UBND phường": "Ủy ban nhân dân phường",
        "Tuyên giáo Đảng ủy": "Ban Xây dựng Đảng",
        "Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường": (
            "Ủy ban Mặt trận Tổ quốc Việt Nam phường"
        ),
        "Các chi bộ trực thuộc": "Các chi bộ trực thuộc",
    }


def test_a_name_that_the_tree_lacks_is_offered_as_new(media):
    plan = proposal("85-KH-DU.docx", ward=WardFactory())

    choices = [(n.choice, n.new_kind) for n in plan.named_units.all()]

    assert choices == [
        ("new_unit", "government"),
        ("new_unit", "committee"),
        ("new_unit", "front"),
        ("new_group", ""),
    ]


def test_a_person_is_kept_as_a_person(media):
    plan = proposal("05-KH-CB.docx", ward=WardFactory())

    assert [(t.person, t.lead.choice) for t in plan.tasks.select_related("lead")] == [
        ("Đồng chí Bí thư chi bộ", "none"),
        ("Đồng chí Phó Bí thư", "none"),
    ]


def test_a_known_file_gives_the_plan_that_it_made(phuong_liet):
    first = proposal("85-KH-DU.docx", ward=phuong_liet)

    again = proposal("85-KH-DU.docx", ward=phuong_liet)

    assert again == first
    assert PlanNode.objects.filter(plan=first).count() == first.nodes.count()


def test_the_same_plan_from_another_file_is_told(phuong_liet):
    first = proposal("85-KH-DU.docx", ward=phuong_liet)
    Plan.objects.filter(pk=first.pk).update(source_sha256="0" * 64)

    with pytest.raises(proposals.KnownPlanError) as refusal:
        proposal("85-KH-DU.docx", ward=phuong_liet)

    assert refusal.value.plan == first


def test_confirming_makes_new_units_once_and_assigns(media):
    ward = WardFactory()
    user = member(Role.OFFICE, ward)
    plan = proposal("85-KH-DU.docx", ward=ward)

    done = review.confirm(plan, review.Edits(), actor=user, seen_version=1)

    assert (done.status, done.version) == (Status.CONFIRMED, 2)
    assert list(Unit.objects.under(ward).exclude(depth=1).values_list("name", flat=True)) == [
        "UBND phường",
        "Tuyên giáo Đảng ủy",
        "Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường",
    ]
    assert list(UnitGroup.objects.values_list("name", flat=True)) == ["Các chi bộ trực thuộc"]
    assert Assignment.objects.filter(task__plan=plan).count() == 9
    assert [(s.name, s.actor) for s in done.steps.all()] == [("confirm", user)]


def test_who_may_not_make_units_cannot_confirm_a_plan_that_needs_them(media):
    ward = WardFactory()
    plan = proposal("85-KH-DU.docx", ward=ward)

    with pytest.raises(TransitionRefusedError, match="không được tạo đơn vị mới"):
        review.confirm(plan, review.Edits(), actor=member(Role.PROPAGANDA, ward), seen_version=1)

    plan.refresh_from_db()
    assert (plan.status, plan.version, plan.steps.count()) == ("proposed", 1, 0)


def test_cooperating_units_are_assigned_beside_the_lead(media):
    plan = proposal("1157-KH-SCT.txt", ward=WardFactory())

    review.confirm(plan, review.Edits(), actor=member(Role.OFFICE, plan.owner), seen_version=1)

    given = Assignment.objects.filter(task__plan=plan, task__position=3)
    assert [(a.role, str(a.target)) for a in given.order_by("pk")] == [
        ("lead", "Phòng QLTM"),
        ("cooperating", "UBND cấp xã"),
        ("cooperating", "Sở NN&MT"),
    ]


def test_a_draft_is_kept_only_while_proposed_and_unseen_changes_are_told(phuong_liet):
    plan = proposal("85-KH-DU.docx", ward=phuong_liet)
    edits = review.Edits(head={"issue_place": "Phương Liệt mới"})

    review.save_draft(plan, edits, seen_version=1)
    with pytest.raises(StaleError):
        review.save_draft(plan, edits, seen_version=1)
    Plan.objects.filter(pk=plan.pk).update(status=Status.CONFIRMED)
    with pytest.raises(TransitionRefusedError):
        review.save_draft(plan, edits, seen_version=2)

    plan.refresh_from_db()
    assert (plan.issue_place, plan.version) == ("Phương Liệt mới", 2)


def test_discarding_drops_a_proposal_and_nothing_else(phuong_liet):
    plan = proposal("85-KH-DU.docx", ward=phuong_liet)

    proposals.discard(plan, seen_version=1)

    assert Plan.objects.count() == 0
    plan = proposal("85-KH-DU.docx", ward=phuong_liet)
    Plan.objects.filter(pk=plan.pk).update(status=Status.CONFIRMED)
    with pytest.raises(TransitionRefusedError):
        proposals.discard(plan, seen_version=1)


LEGAL = {
    ("confirm", "proposed"): "confirmed",
    ("extend", "confirmed"): "confirmed",
    ("extend", "closed"): "confirmed",
    ("close", "confirmed"): "closed",
    ("approve", "proposed"): "confirmed",
    ("send_back", "proposed"): "proposed",
}
OF_LEADERS = ("approve", "send_back")


@pytest.mark.parametrize("name", workflow.STEPS)
@pytest.mark.parametrize("status", Status.values)
def test_steps_follow_their_table(name, status):
    plan = PlanFactory(status=status)
    role = Role.LEADER if name in OF_LEADERS else Role.OFFICE
    user, step = member(role, plan.owner), workflow.STEPS[name]
    taken = {"actor": user, "seen_version": 1, "reason": "Theo Kế hoạch mới"}

    if (name, status) not in LEGAL:
        with pytest.raises(TransitionRefusedError):
            workflow.perform(step, plan, **taken)
        return

    moved = workflow.perform(step, plan, **taken)
    assert (moved.status, moved.version) == (LEGAL[name, status], 2)
    assert list(moved.steps.values_list("name", "from_status", "actor")) == [
        (name, status, user.pk)
    ]


def test_the_demonstration_is_plan_85_extended_to_today_and_says_so(phuong_liet):
    plan = demonstration.load(phuong_liet, user=User.objects.get(username="tuyengiao"))

    assert (plan.status, plan.valid_from, plan.valid_to) == (
        "confirmed",
        dt.date(2023, 3, 22),
        None,
    )
    assert plan.extension_note.startswith("Dữ liệu trình diễn")
    assert ContentItem.objects.in_force(phuong_liet, dt.date(2026, 11, 1)).count() == 5


@pytest.mark.parametrize(
    "text",
    [
        "Tuyên truyền " + "chủ trương của Đảng, chính sách, pháp luật " * 5,
        "“" + "Kỷ cương, trách nhiệm " * 9 + "”",
        "a" * 300,
    ],
)
def test_short_titles_fit_a_phone(text):
    title = short_title(text)

    assert len(title) <= 92
    assert title.count("“") == title.count("”")
