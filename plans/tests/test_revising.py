"""A newer file of the same plan: what changed, what is taken, what reports keep."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.files import Kind, store_upload
from core.text import marked
from plans import comparing, likeness, pieces, proposals, review, revising
from plans.models import ContentItem, Plan, Revision, Status
from plans.reader import read_plan
from plans.tests.factories import DOCUMENTS, PlanFactory
from plans.tests.test_office import url
from units.models import Role
from units.tests.factories import WardFactory, member

pytestmark = pytest.mark.django_db
OLD = (DOCUMENTS / "62-KH-DU.txt").read_text()
JULY = dt.date(2026, 7, 1)


@pytest.fixture
def ward(media):
    return WardFactory()


@pytest.fixture
def office(client, ward):
    user = member(Role.OFFICE, ward)
    client.force_login(user)
    return user


def stored(text, name="ban.txt"):
    return store_upload(ContentFile(text.encode(), name=name), kinds=[Kind.DOCUMENT], user=None)


def read(text, ward):
    return read_plan(text.encode(), "ban.txt", ward_name=ward.name)


def proposed(ward):
    reading = read(OLD, ward)
    return proposals.propose(reading, ward=ward, stored_file=stored(OLD), user=None)


def newer(*, cut=None, swap=()):
    """The old text with a sentence replaced, and without the line that begins with ``cut``."""
    text = OLD.replace(*swap) if swap else OLD
    return "\n".join(line for line in text.splitlines() if not (cut and line.startswith(cut)))


def item_line(number):
    """How the source begins the content with ``number``."""
    reading = read(OLD, WardFactory())
    text, paragraph = reading.items("content")[number]
    return reading.paragraphs[paragraph].raw, text


def changes(plan, text):
    found = comparing.compare(plan, revising.as_stored(read(text, plan.owner)))
    return [(change.kind, change.what) for change in found.changes]


def take(plan, text, user, *, chosen=None, version=None):
    revision = revising.start(plan, stored(text, "ban-moi.txt"), user=user)
    reading = revising.read_again(revision, ward_name=plan.owner.name)
    plan.refresh_from_db()
    keys = {c.key for c in comparing.compare(plan, revising.as_stored(reading)).changes}
    return revising.take(
        revision,
        reading,
        chosen=keys if chosen is None else chosen,
        since=JULY,
        actor=user,
        seen_version=version or plan.version,
    )


def test_the_same_text_changes_nothing(ward):
    assert changes(proposed(ward), OLD + "\n") == []


def test_words_that_changed_are_marked():
    assert marked("họp ngày 20 hằng tháng", "họp ngày 25 hằng tháng nhé") == [
        ("same", "họp ngày"), ("old", "20"), ("new", "25"), ("same", "hằng tháng"), ("new", "nhé"),
    ]  # fmt: skip


def test_very_long_lists_and_texts_are_compared_in_time():
    first = [f"Việc số {number} của kế hoạch tuyên truyền" for number in range(1000)]
    second = [text.replace("tuyên truyền", "vận động") for text in first]
    words = " ".join(first)

    assert likeness.pairs(first, second) == {number: number for number in range(1000)}
    assert marked(words, words + " nữa") == [("old", words), ("new", words + " nữa")]


def test_a_changed_a_removed_and_an_added_content_are_told_apart(ward):
    plan = proposed(ward)
    line, text = item_line(0)
    gone, _ = item_line(1)
    words = text.split()
    text = newer(cut=gone[:30], swap=(line, line.replace(words[-1], "khác hẳn.")))

    assert changes(plan, text) == [("contentitem", "changed"), ("contentitem", "removed")]


def test_what_a_person_mended_is_no_change(ward):
    plan = proposed(ward)
    item = plan.content_items.first()
    review.save_draft(
        plan,
        review.Edits(
            head={"issue_place": "Nơi khác"},
            rows=[(item, {"text": "Viết lại hoàn toàn bằng lời khác."})],
            pieces=[pieces.add("contentitem", "Nội dung thêm tay.")],
        ),
        seen_version=1,
    )
    plan.refresh_from_db()

    assert changes(plan, OLD + "\n") == []


def test_what_was_moved_is_not_offered_again(ward):
    plan = proposed(ward)
    item = plan.content_items.first()
    move = pieces.move("contentitem", item.pk, "task")
    review.save_draft(plan, review.Edits(pieces=[move]), seen_version=1)

    assert changes(plan, OLD + "\n") == []


def test_rows_keep_their_keys_and_a_removed_content_counts_until_then(ward, office):
    plan = proposed(ward)
    since = review.Edits(head={"valid_from": dt.date(2026, 1, 1)})
    plan = review.confirm(plan, since, actor=office, seen_version=1)
    keys = list(plan.content_items.values_list("pk", flat=True))
    line, text = item_line(0)
    gone, _ = item_line(1)
    text = newer(cut=gone[:30], swap=(line, f"{line[:-1]} và kết quả."))

    done = take(plan, text, office)

    assert list(done.content_items.values_list("pk", flat=True)) == keys
    months = [dt.date(2026, 6, 1), JULY]
    held = [
        list(ContentItem.objects.in_force(ward, m).values_list("pk", flat=True)) for m in months
    ]
    assert held == [keys, [keys[0], *keys[2:]]]
    first = done.content_items.get(pk=keys[0])
    assert first.text.endswith("và kết quả.")
    assert first.node.text == first.text
    assert first.history.count() == 2
    assert done.steps.values_list("name", "from_status", "to_status", "actor").last() == (
        "revise", "confirmed", "confirmed", office.pk,
    )  # fmt: skip


def test_a_new_content_counts_from_then(ward, office):
    line, _ = item_line(1)
    whole = PlanFactory(owner=ward, status=Status.CONFIRMED, valid_to=None)
    whole.reading = revising.as_stored(read(newer(cut=line[:30]), ward))
    whole.save()

    take(whole, OLD, office)

    new = [c for c in ContentItem.objects.filter(plan=whole) if c.text in line]
    assert [c.counts_from for c in new] == [JULY]
    june, july = (
        ContentItem.objects.in_force(ward, month).filter(pk=new[0].pk).count()
        for month in (dt.date(2026, 6, 1), JULY)
    )
    assert (june, july) == (0, 1)


def test_only_what_was_ticked_is_taken(ward, office):
    plan = proposed(ward)
    gone, _ = item_line(1)
    before = plan.content_items.count()

    done = take(plan, newer(cut=gone[:30]), office, chosen=set())

    assert done.content_items.count() == before
    assert done.source.original_name == "ban-moi.txt"


def test_a_removed_row_of_a_proposal_goes(ward, office):
    plan = proposed(ward)
    gone, _ = item_line(1)
    before = plan.content_items.count()

    assert take(plan, newer(cut=gone[:30]), office).content_items.count() == before - 1


def test_a_wave_of_uploads_leaves_one_waiting(ward, office):
    plan = proposed(ward)

    first = revising.start(plan, stored("Một"), user=office)
    again = revising.start(plan, stored("Một"), user=office)
    second = revising.start(plan, stored("Hai"), user=office)

    assert first == again
    assert list(plan.revisions.values_list("pk", "state")) == [
        (first.pk, "dropped"), (second.pk, "waiting"),
    ]  # fmt: skip


def test_the_same_number_from_another_file_leads_to_the_comparison(client, ward, office):
    plan = proposed(ward)
    gone, text = item_line(1)

    response = client.post(
        reverse("admin:plan_upload"),
        {"file": ContentFile(newer(cut=gone[:30]).encode(), name="moi.txt")},
    )

    assert response.url == url("plan_revision", plan)
    page = client.get(response.url).content.decode()
    assert (text in page, "<del>" in page) == (True, True)


def test_a_plan_whose_number_changed_is_chosen_by_hand(client, ward, office):
    plan = proposed(ward)
    text = OLD.replace(plan.code.split("-")[0], "97", 1)
    form = {"file": ContentFile(text.encode(), name="moi.txt"), "revises": plan.pk}

    response = client.post(reverse("admin:plan_upload"), form)

    assert (response.url, Plan.objects.count()) == (url("plan_revision", plan), 1)
    foreign = PlanFactory()
    form = {"file": ContentFile(b"x" + text.encode(), name="a.txt"), "revises": foreign.pk}
    assert client.post(reverse("admin:plan_upload"), form).status_code == 422


def this_month():
    """As an officer types it."""
    month = revising.month_now()
    return f"{month.month}/{month.year}"


def test_taking_on_the_page_makes_both_files_known(client, ward, office):
    plan = proposed(ward)
    gone, _ = item_line(1)
    file = newer(cut=gone[:30])
    revising.start(plan, stored(file, "moi.txt"), user=office)
    page = url("plan_revision", plan)
    form = client.get(page).context["form"]
    data = {change.key: "on" for change in form.changes} | {
        "since": this_month(),
        "seen_version": 1,
    }
    data["seen_revision"] = plan.revisions.get().pk

    stale = client.post(page, data | {"seen_version": 9})
    bad = client.post(page, data | {"since": "bao giờ"})
    past = client.post(page, data | {"since": "1/2020"})
    done = client.post(page, data)
    again = client.post(page, data)

    shown = client.get(url("plan_detail", plan))
    statuses = [answer.status_code for answer in (stale, bad, past, done, again, shown)]
    assert statuses == [409, 422, 422, 302, 422, 200]
    assert "<b>Lấy bản mới</b>" in shown.content.decode()
    known = [proposals.known_plan(ward, proposals.digest(t.encode())) for t in (OLD, file)]
    assert known == [plan, plan]


def test_keeping_the_old_text_changes_nothing(client, ward, office):
    plan = proposed(ward)
    waiting = revising.start(plan, stored(OLD + "\nThêm."), user=office)
    data = {"drop": "1", "seen_version": 1, "seen_revision": waiting.pk}

    done = client.post(url("plan_revision", plan), data)

    plan.refresh_from_db()
    assert (done.status_code, plan.version, Revision.objects.get().state) == (302, 1, "dropped")


def test_the_page_opens_to_those_who_may_change_the_plan(client, ward):
    plan = proposed(ward)
    revising.start(plan, stored(OLD + "\nThêm."), user=None)
    page = url("plan_revision", plan)
    answers = [client.get(page).status_code]

    for user in (
        member(Role.OFFICE, ward), member(Role.LEADER, ward), member(Role.OFFICE, WardFactory()),
    ):  # fmt: skip
        client.force_login(user)
        answers.append(client.get(page).status_code)

    assert answers == [302, 200, 403, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_comparison_takes_a_fixed_number_of_queries(client, ward, office, count,
                                                        django_assert_num_queries):  # fmt: skip
    plan = proposed(ward)
    plan.tasks.filter(pk__in=plan.tasks.values("pk")[count:]).delete()
    revising.start(plan, stored(newer(cut=item_line(1)[0][:30])), user=office)
    client.get(url("plan_revision", plan))

    with django_assert_num_queries(10):
        client.get(url("plan_revision", plan))


@pytest.mark.parametrize("button", ["take", "drop"])
def test_a_file_that_took_the_place_of_the_one_seen_is_left_waiting(client, ward, office, button):
    plan = proposed(ward)
    seen = revising.start(plan, stored(OLD + "\nMột."), user=office)
    waiting = revising.start(plan, stored(OLD + "\nHai."), user=office)
    data = {"since": this_month(), "seen_version": 1, "seen_revision": seen.pk, button: "1"}

    response = client.post(url("plan_revision", plan), data)

    waiting.refresh_from_db()
    plan.refresh_from_db()
    assert (response.status_code, waiting.state, plan.version) == (409, "waiting", 1)


def test_a_file_that_made_its_own_plan_meanwhile_is_not_taken(client, ward, office):
    plan = proposed(ward)
    waiting = revising.start(plan, stored(OLD + "\nMột."), user=office)
    PlanFactory(owner=ward, source_sha256=waiting.source.sha256)
    data = {"since": this_month(), "seen_version": 1, "seen_revision": waiting.pk}

    response = client.post(url("plan_revision", plan), data)

    assert response.status_code == 422
    assert "đã được nạp thành một kế hoạch khác" in response.content.decode()
