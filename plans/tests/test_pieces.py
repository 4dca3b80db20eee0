"""Pieces on the review page: split, merged, moved, added, by plain buttons of one form."""

import datetime as dt

import pytest
from django.urls import reverse

from core.workflow import TransitionRefusedError
from plans import expansion, pieces, review
from plans.models import Task
from plans.tests.factories import proposal
from plans.tests.test_office import sent, url
from units.models import Role, UnitGroup
from units.tests.factories import ReportingDutyFactory, UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(client, media):
    ward = WardFactory()
    client.force_login(member(Role.OFFICE, ward))
    return proposal("85-KH-DU.docx", ward=ward)


def texts(rows):
    return [row.text for row in rows.order_by("position")]


def change(plan, *changes):
    return review.save_draft(plan, review.Edits(pieces=list(changes)), seen_version=plan.version)


def test_an_empty_line_splits_what_was_just_typed(client, plan):
    item = plan.content_items.first()
    others = texts(plan.content_items)[1:]
    typed = {f"contentitem-{item.pk}-text": "Một phần.\r\n\r\nPhần hai.\n \nPhần ba."}

    response = client.post(
        url("plan_review", plan), sent(plan, **typed, do=f"split:contentitem:{item.pk}")
    )

    assert response.url == f"{url('plan_review', plan)}#noi-dung-{item.pk}"
    assert texts(plan.content_items) == ["Một phần.", "Phần hai.", "Phần ba.", *others]
    rows = list(plan.content_items.order_by("position")[:3])
    assert [row.node_id for row in rows] == [item.node_id] * 3
    assert [row.short_title for row in rows] == ["Một phần", "Phần hai", "Phần ba"]


def test_without_an_empty_line_nothing_is_split_and_nothing_lost(client, plan):
    item = plan.content_items.first()
    typed = {f"contentitem-{item.pk}-text": "Câu vừa gõ."}

    response = client.post(
        url("plan_review", plan), sent(plan, **typed, do=f"split:contentitem:{item.pk}")
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert ("Chưa có dòng trống" in page, "Câu vừa gõ." in page) == (True, True)
    plan.refresh_from_db()
    assert (plan.version, plan.content_items.count()) == (1, 5)


def test_splitting_a_task_keeps_who_does_it(plan):
    task = plan.tasks.select_related("lead").first()
    Task.objects.filter(pk=task.pk).update(text="Việc một.\n\nViệc hai.", person="Đồng chí Hoa")
    task.cooperating.add(plan.named_units.last())

    change(plan, pieces.split("task", task.pk))

    first, second = plan.tasks.order_by("position")[:2]
    assert (first.text, second.text) == ("Việc một.", "Việc hai.")
    assert (second.lead, second.person) == (task.lead, "Đồng chí Hoa")
    assert list(second.cooperating.all()) == [plan.named_units.last()]


def test_merging_joins_texts_and_paragraphs(plan):
    first, second = plan.content_items.select_related("node").order_by("position")[:2]
    last = second.node.paragraph
    text = f"{first.text}\n{second.text}"

    change(plan, pieces.merge("contentitem", second.pk))

    kept = plan.content_items.order_by("position").first()
    assert (kept.pk, kept.text, list(kept.paragraphs)[-1]) == (first.pk, text, last)
    assert plan.content_items.count() == 4


def test_a_cut_sentence_goes_on_when_merged():
    assert pieces._joined("Tuyên truyền", "hàng Việt.") == "Tuyên truyền hàng Việt."


@pytest.mark.parametrize("kind", ["contentitem", "task"])
def test_the_first_has_nothing_to_be_merged_into(plan, kind):
    first = pieces.KINDS[kind].objects.filter(plan=plan).order_by("position").first()

    with pytest.raises(TransitionRefusedError, match="Không có mục nào ở trước"):
        change(plan, pieces.merge(kind, first.pk))


@pytest.mark.parametrize("kind", pieces.TEXTS)
@pytest.mark.parametrize("to", pieces.TEXTS)
def test_a_row_moves_to_every_other_kind_with_its_place(client, plan, kind, to):
    item = plan.content_items.select_related("node").order_by("position")[1]
    if kind != "contentitem":
        change(plan, pieces.move("contentitem", item.pk, kind))
        plan.refresh_from_db()
    row = pieces.KINDS[kind].objects.get(plan=plan, text=item.text)

    response = client.post(url("plan_review", plan), sent(plan, do=f"move:{kind}:{row.pk}:{to}"))

    held = [
        name
        for name in pieces.TEXTS
        if pieces.KINDS[name].objects.filter(plan=plan, text=item.text, node=item.node).exists()
    ]
    assert (response.status_code, held) == (422 if to == kind else 302, [to])


def test_a_paragraph_of_the_source_becomes_a_row_at_its_place(client, plan):
    item = plan.content_items.select_related("node").order_by("position")[1]
    paragraph, text = item.node.paragraph, item.text
    item.delete()

    response = client.post(url("plan_review", plan), sent(plan, do=f"take:contentitem:{paragraph}"))

    assert response.url.endswith(f"#doan-{paragraph}")
    taken = plan.content_items.select_related("node").order_by("position")[1]
    assert (taken.node.paragraph, text in taken.text) == (paragraph, True)


@pytest.mark.parametrize(
    "asked",
    ["split:legalbasis:1", "move:task:1:plan", "take:contentitem:99999", "drop:task:1", "x",
     "merge:task:999999999"],
)  # fmt: skip
def test_what_no_button_says_is_refused(client, plan, asked):
    response = client.post(url("plan_review", plan), sent(plan, do=asked))

    plan.refresh_from_db()
    assert (response.status_code, plan.version) == (422, 1)


def test_a_row_of_another_plan_is_out_of_reach(client, plan):
    foreign = proposal("85-KH-DU.docx", ward=WardFactory()).content_items.first()

    response = client.post(
        url("plan_review", plan), sent(plan, do=f"move:contentitem:{foreign.pk}:task")
    )

    foreign.refresh_from_db()
    assert response.status_code == 422


def test_what_is_typed_in_the_boxes_becomes_rows_with_any_button(client, plan):
    unit = plan.named_units.first()
    typed = {
        "them-contentitem": "Nội dung thêm.\n\nNội dung nữa.",
        "them-target": "100% hộ dân biết.",
        "them-task": "Phát tờ rơi.",
        "them-lead": unit.printed_name,
        "them-legalbasis": "Chỉ thị số 28/CT-TTg ngày 26/10/2021 của Thủ tướng Chính phủ",
        "them-recipient": "- Lưu VPĐU.",
    }

    client.post(url("plan_review", plan), sent(plan, **typed, draft="1"))

    assert texts(plan.content_items)[-2:] == ["Nội dung thêm.", "Nội dung nữa."]
    assert texts(plan.targets) == ["100% hộ dân biết."]
    assert texts(plan.recipients)[-1] == "Lưu VPĐU."
    task, basis = plan.tasks.order_by("position").last(), plan.legal_bases.last()
    assert (task.text, task.lead) == ("Phát tờ rơi.", unit)
    assert (basis.document_type, basis.code, basis.issued_on, basis.issuer) == (
        "Chỉ thị", "28/CT-TTg", dt.date(2021, 10, 26), "Thủ tướng Chính phủ",
    )  # fmt: skip


def test_the_six_clear_fields_of_a_task_are_kept(client, plan):
    task, name = plan.tasks.first(), plan.named_units.last()
    typed = {
        "person": "Đồng chí Hoa", "authority": "Đảng ủy", "responsibility": "Chịu trách nhiệm",
        "deliverable": "Báo cáo", "lead": name.printed_name, "cooperating": "Đoàn phường; Hội phụ nữ",
    }  # fmt: skip

    client.post(
        url("plan_review", plan),
        sent(plan, **{f"task-{task.pk}-{key}": value for key, value in typed.items()}),
    )

    task.refresh_from_db()
    assert (task.person, task.authority, task.responsibility, task.deliverable, task.lead) == (
        "Đồng chí Hoa", "Đảng ủy", "Chịu trách nhiệm", "Báo cáo", name,
    )  # fmt: skip
    assert sorted(str(row) for row in task.cooperating.all()) == ["Hội phụ nữ", "Đoàn phường"]


def test_a_unit_that_was_typed_is_looked_at_before_it_is_confirmed(client, plan):
    typed = {"them-task": "Phát tờ rơi.", "them-lead": "Đoàn phường", "confirm": "1"}

    response = client.post(url("plan_review", plan), sent(plan, **typed))

    plan.refresh_from_db()
    assert (response.status_code, plan.status, plan.tasks.count()) == (422, "proposed", 9)
    assert "tên đơn vị mới gõ" in response.content.decode()


def test_a_stale_page_keeps_what_was_typed_in_a_row_that_is_gone(client, plan):
    item = plan.content_items.order_by("position")[1]
    typed = {"short_title": "Tên vừa gõ", "text": "Câu vừa gõ."}
    data = sent(plan, **{f"contentitem-{item.pk}-{key}": text for key, text in typed.items()})
    change(plan, pieces.merge("contentitem", item.pk))

    response = client.post(url("plan_review", plan), data)

    assert response.status_code == 409
    gone = [row for row in response.context["differences"] if row["label"] == "Dòng đã bị bỏ"]
    assert [row["mine"] for row in gone] == ["Tên vừa gõ", "Câu vừa gõ."]


def test_a_bad_field_does_not_hide_that_the_page_is_stale(client, plan):
    data = sent(plan, **{"plan-valid_from": "hôm nào"})
    change(plan)

    response = client.post(url("plan_review", plan), data)

    assert response.status_code == 409


def test_a_group_expands_to_units_that_owe_reports_then(plan):
    cells = [UnitFactory(parent=plan.owner, kind="residential_cell") for _ in range(3)]
    ReportingDutyFactory(unit=cells[0])
    ReportingDutyFactory(unit=cells[1], ends_on=dt.date(2026, 1, 1))
    group = UnitGroup.objects.create(
        owner=plan.owner, name="Các chi bộ", kinds=["residential_cell"]
    )

    found = [
        expansion.expand(plan.owner, [group], day)[group.pk]
        for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 1))
    ]

    assert found == [[cells[0].name, cells[1].name], [cells[0].name]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_review_page_takes_a_fixed_number_of_queries(client, plan, count,
                                                         django_assert_num_queries):  # fmt: skip
    change(plan, *(pieces.add("task", f"Việc {n}", lead=f"Đơn vị {n}") for n in range(count)))
    client.get(url("plan_review", plan))

    with django_assert_num_queries(17):
        response = client.get(url("plan_review", plan))

    assert len(response.context["review"].tasks) == 9 + count


def test_enter_keeps_a_draft(client, plan):
    page = client.get(url("plan_review", plan)).content.decode()

    buttons = [line for line in page.splitlines() if 'form="hieu-la"' in line]
    assert 'name="draft"' in buttons[0]


def test_pasted_text_is_read_and_kept_as_its_source(client, plan):
    text = "\n".join(plan.reading["paragraphs"])
    plan.tasks.all().delete()
    plan.delete()

    response = client.post(reverse("admin:plan_upload"), {"text": text})

    made = type(plan).objects.get()
    assert response.url == url("plan_review", made)
    assert (made.source.original_name, made.code) == ("van-ban.txt", "85-KH/ĐU")


def test_a_text_is_never_merged_into_one_that_is_left_out(plan):
    first, second, third = plan.content_items.order_by("position")[:3]
    plan.content_items.filter(pk=second.pk).update(is_left_out=True)

    change(plan, pieces.merge("contentitem", third.pk))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (third.text in first.text, third.text in second.text) == (True, False)


def test_merged_tasks_keep_both_products(plan):
    first, second = two_tasks(plan)
    Task.objects.filter(pk=first.pk).update(deliverable="Kế hoạch", person="")
    Task.objects.filter(pk=second.pk).update(deliverable="Báo cáo", person="Ông A")

    change(plan, pieces.merge("task", second.pk))

    first.refresh_from_db()
    assert (first.deliverable, first.person) == ("Kế hoạch; Báo cáo", "Ông A")


def test_products_too_long_for_one_task_are_not_merged(plan):
    first, second = two_tasks(plan)
    Task.objects.filter(pk=first.pk).update(deliverable="a" * 200)
    Task.objects.filter(pk=second.pk).update(deliverable="b" * 200)

    with pytest.raises(TransitionRefusedError, match="quá dài"):
        change(plan, pieces.merge("task", second.pk))

    assert Task.objects.filter(pk=second.pk).exists()


def two_tasks(plan):
    """Two tasks of one unit, one behind the other."""
    first = plan.tasks.order_by("position").first()
    plan.tasks.exclude(pk=first.pk).delete()
    position = first.position + 1
    return first, plan.tasks.create(lead=first.lead, text="Việc sau.", position=position)
