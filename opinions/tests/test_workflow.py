import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from core.workflow import StaleError, TransitionRefusedError
from opinions import rules, workflow
from opinions.models import OpinionDecision, OpinionNote, OpinionReading, OpinionSetting
from opinions.tests.factories import MONTH, STATEMENT
from units.models import Role
from units.tests.factories import MembershipFactory, UnitFactory, UserFactory, WardFactory, member

PHONE = "Gọi 0912 345 678."


def test_note_keeps_what_was_said_and_no_report(send, unit, ward, secretary):
    note = send("Giá rau tăng.")

    kept = (note.unit, note.ward, note.month, note.topic, note.text, note.author)
    assert kept == (unit, ward, MONTH, "price", "Giá rau tăng.", secretary)
    related = {f.related_model for f in OpinionNote._meta.get_fields() if f.is_relation}
    assert related == {type(unit), type(secretary)}


def test_sent_twice_is_one_note_and_changed_is_another(send):
    key = uuid.uuid4()

    pks = [send(text, key=key).pk for text in ("Một.", "Một.", "Hai.")]

    assert len(set(pks)) == 2
    assert OpinionNote.objects.count() == 2


def test_nothing_is_taken_before_the_ward_opens(send, ward):
    OpinionSetting.objects.filter(ward=ward).update(is_open=False)

    with pytest.raises(TransitionRefusedError, match="chưa mở"):
        send()


def test_ward_without_a_decision_is_closed(unit, secretary):
    with pytest.raises(TransitionRefusedError, match="chưa mở"):
        workflow.send(unit, MONTH, topic="price", text="x", key=uuid.uuid4(), actor=secretary)


def test_personal_data_is_asked_about_and_may_be_affirmed(send):
    with pytest.raises(workflow.PersonalDataError) as question:
        send(PHONE)

    assert len(question.value.findings) == 1
    assert OpinionNote.objects.count() == 0
    assert send(PHONE, is_affirmed=True).is_affirmed is True


def test_affirming_without_a_question_is_not_noted(send):
    assert send("Giá rau tăng.", is_affirmed=True).is_affirmed is False


@pytest.mark.parametrize("text", ["MẬT", "Tối mật: giá rau tăng"])
def test_secret_is_refused_even_when_affirmed(send, text):
    with pytest.raises(TransitionRefusedError, match="không nhận thông tin mật"):
        send(text, is_affirmed=True)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECRETARY])
def test_only_the_units_own_secretary_writes(send, ward, role):
    other = member(Role.SECRETARY, UnitFactory(parent=ward))

    for actor in (member(role, ward), other):
        with pytest.raises(PermissionDenied):
            send(actor=actor)


def test_reading_is_recorded_with_who_and_how_many(send, ward, reader):
    first, second = send("Một."), send("Hai.", topic="fake")

    assert workflow.read(ward, MONTH, actor=reader) == [second, first]  # by topic
    assert workflow.read(ward, MONTH, topic="fake", actor=reader) == [second]

    readings = OpinionReading.objects.order_by("pk").values_list("by", "topic", "note_count")
    assert list(readings) == [(reader.pk, "", 2), (reader.pk, "fake", 1)]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROPAGANDA])
def test_other_roles_do_not_read(send, ward, role):
    send()

    with pytest.raises(PermissionDenied):
        workflow.read(ward, MONTH, actor=member(role, ward))
    assert OpinionReading.objects.count() == 0


def test_propaganda_of_elsewhere_and_of_all_wards_does_not_read(send, ward, unit):
    note = send()
    people = [
        member(Role.PROPAGANDA, WardFactory()),
        member(Role.PROPAGANDA, unit),
        MembershipFactory(role=Role.AUDITOR, unit=None).user,
        UserFactory(is_superuser=True, is_staff=True),
    ]

    for person in people:
        with pytest.raises(PermissionDenied):
            workflow.read(ward, MONTH, actor=person)
        assert list(OpinionNote.objects.visible_to(person)) == []
        assert not person.has_perm(rules.VIEW, note)


def test_ward_opens_with_a_statement_and_closes_and_both_are_kept(ward):
    leader = member(Role.LEADER, ward)

    workflow.decide(ward, is_open=True, statement=STATEMENT, actor=leader, seen_version=1)
    setting = workflow.decide(ward, is_open=False, statement="", actor=leader, seen_version=2)

    assert (setting.is_open, setting.version) == (False, 3)
    decisions = OpinionDecision.objects.order_by("pk").values_list("is_open", "statement")
    assert list(decisions) == [(True, STATEMENT), (False, "")]


@pytest.mark.parametrize("statement", ["", "Không mật."])
def test_opening_needs_a_real_statement(ward, statement):
    with pytest.raises(TransitionRefusedError, match="văn bản nào"):
        workflow.decide(
            ward,
            is_open=True,
            statement=statement,
            actor=member(Role.LEADER, ward),
            seen_version=1,
        )


def test_decision_on_an_old_page_is_stale(open_ward):
    with pytest.raises(StaleError):
        workflow.decide(
            open_ward,
            is_open=False,
            statement="",
            actor=member(Role.LEADER, open_ward),
            seen_version=7,
        )


@pytest.mark.parametrize("role", [Role.OFFICE, Role.PROPAGANDA, Role.EDITOR, Role.AUDITOR])
def test_others_do_not_open(ward, role):
    with pytest.raises(PermissionDenied):
        workflow.decide(
            ward, is_open=True, statement=STATEMENT, actor=member(role, ward), seen_version=1
        )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"month": "2026-03-02"}, "opinionnote_month_is_first_day"),
        ({"topic": "person"}, "opinionnote_topic_known"),
        ({"text": ""}, "opinionnote_is_not_empty"),
    ],
)
def test_database_refuses_a_wrong_note(send, change, name):
    note = send()

    with pytest.raises(IntegrityError, match=name):
        OpinionNote.objects.filter(pk=note.pk).update(**change)


def test_database_refuses_an_open_ward_without_statement(open_ward):
    with pytest.raises(IntegrityError, match="opinionsetting_open_has_statement"):
        OpinionSetting.objects.update(statement="")


def test_note_is_written_once_and_shows_no_text(send):
    note = send("Giá rau tăng.")

    with pytest.raises(TypeError):
        note.save()
    assert str(note) == f"ý kiến số {note.pk}"


def test_nothing_keeps_an_earlier_state_of_notes(db):
    tables = {t for t in connection.introspection.table_names() if "opinion" in t}

    assert tables == {
        "opinions_opinionnote",
        "opinions_opinionreading",
        "opinions_opinionsetting",
        "opinions_opiniondecision",
    }
