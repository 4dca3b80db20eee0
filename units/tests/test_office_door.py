"""Nobody enters the office by a password alone; only the demonstration is excused."""

import pytest
from django.urls import reverse

from accounts.second_factor import PROVED_AT
from accounts.tests.people import by_password_alone, enrol
from units.models import Role, WardProfile
from units.tests.factories import UnitFactory, WardFactory, member

pytestmark = pytest.mark.django_db


def _door(client, user):
    by_password_alone(client, user)
    return client.get(reverse("admin:index"))


def test_officer_without_a_factor_is_led_to_set_one_up(client):
    response = _door(client, member(Role.OFFICE, WardFactory()))

    assert response.headers["Location"] == f"{reverse('mfa_index')}?next=%2Fquan-tri%2F"


def test_officer_with_a_factor_is_asked_for_it(client):
    user = member(Role.OFFICE, WardFactory())
    enrol(user)

    response = _door(client, user)

    assert response.headers["Location"].startswith(reverse("mfa_reauthenticate"))


def test_script_of_an_officer_is_told_where_to_go(client):
    by_password_alone(client, member(Role.OFFICE, WardFactory()))

    response = client.get(reverse("admin:index"), headers={"accept": "application/json"})

    assert (response.status_code, response.json()["sign_in"]) == (401, reverse("mfa_index"))


def test_secretary_reports_by_password_alone(client):
    user = member(Role.SECRETARY, UnitFactory(parent=WardFactory()))
    by_password_alone(client, user)

    assert client.get(reverse("reports:home")).status_code == 200


def test_secretary_who_works_in_the_office_too_needs_the_factor_everywhere(client):
    ward = WardFactory()
    user = member(Role.SECRETARY, UnitFactory(parent=ward))
    member(Role.OFFICE, ward, user=user)
    by_password_alone(client, user)

    assert client.get(reverse("reports:home")).headers["Location"].startswith(reverse("mfa_index"))


def test_factor_of_another_person_opens_nothing(client):
    ward = WardFactory()
    user, other = member(Role.OFFICE, ward), member(Role.OFFICE, ward)
    by_password_alone(client, user)
    session = client.session
    session["second_factor"] = other.pk
    session.save()

    assert client.get(reverse("admin:index")).status_code == 302


@pytest.mark.parametrize(
    ("https", "is_demonstration", "status"),
    [(False, True, 200), (True, True, 302), (False, False, 302)],
)
def test_only_the_demonstration_on_a_trial_machine_is_excused(
    client, settings, https, is_demonstration, status
):
    user = member(Role.OFFICE, WardFactory(card__is_demonstration=is_demonstration))
    settings.HTTPS = https

    assert _door(client, user).status_code == status
    assert client.get(reverse("admin:index")).status_code == status  # remembered alike


def test_excuse_ends_with_a_task_in_a_real_ward(client):
    user = member(Role.OFFICE, WardFactory(card__is_demonstration=True))
    before = _door(client, user).status_code
    member(Role.OFFICE, WardFactory(), user=user)

    after = client.get(reverse("admin:index")).status_code

    assert (before, after) == (200, 302)


def test_excuse_ends_with_the_mark_of_the_ward(client):
    user = member(Role.OFFICE, WardFactory(card__is_demonstration=True))
    WardProfile.objects.update(is_demonstration=False)

    assert _door(client, user).status_code == 302


def test_who_set_a_factor_up_in_the_demonstration_is_asked_for_it(client):
    user = member(Role.OFFICE, WardFactory(card__is_demonstration=True))
    enrol(user)

    assert _door(client, user).status_code == 302


def _aged(client, user, seconds):
    client.force_login(user)
    session = client.session
    session[PROVED_AT] -= seconds
    session.save()


@pytest.mark.parametrize(("age", "status"), [(14 * 60, 200), (16 * 60, 302)])
def test_rights_are_given_after_asking_again(client, age, status):
    user = member(Role.ADMINISTRATOR, WardFactory())
    user.set_password("mot-mat-khau-dai")
    user.save()
    _aged(client, user, age)
    page = reverse("admin:accounts_user_add")

    response = client.get(page)

    assert response.status_code == status
    if status == 302:
        assert response.headers["Location"] == f"{reverse('account_reauthenticate')}?next=%2F" + (
            page[1:].replace("/", "%2F")
        )


def test_account_is_not_changed_by_a_form_that_lay_open_too_long(client):
    ward = WardFactory()
    user, other = member(Role.ADMINISTRATOR, ward), member(Role.OFFICE, ward)
    user.set_password("mot-mat-khau-dai")
    user.save()
    _aged(client, user, 46 * 60)

    response = client.post(
        reverse("admin:accounts_user_change", args=[other.pk]), {"full_name": "X"}
    )

    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))


def test_who_only_looks_is_not_asked_again(client):
    ward = WardFactory()
    user, other = member(Role.OFFICE, ward), member(Role.EDITOR, ward)
    user.set_password("mot-mat-khau-dai")
    user.save()
    _aged(client, user, 16 * 60)

    assert client.get(reverse("admin:accounts_user_change", args=[other.pk])).status_code == 200
