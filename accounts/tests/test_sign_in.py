import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def user():
    return User.objects.create_user(
        "cb12", password=PASSWORD, full_name="Bí thư thử", phone="+84912345678"
    )


def _sign_in(client, login, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": login, "password": password})


@pytest.mark.parametrize(
    "login", ["cb12", " cb12 ", "0912 345 678", "+84912345678", "0912.345.678"]
)
def test_person_signs_in_by_name_or_telephone(client, user, login):
    response = _sign_in(client, login)

    assert response.headers["Location"] == reverse("home_of_user")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_wrong_password_is_said_in_one_sentence(client, user):
    response = _sign_in(client, "cb12", "sai-mat-khau-roi")

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "Tên đăng nhập, số điện thoại hoặc mật khẩu chưa đúng."
    ]


def test_unknown_name_is_answered_as_a_wrong_password(client, user):
    known, unknown = (_sign_in(client, name, "sai-mat-khau-roi") for name in ("cb12", "cb99"))

    assert known.context["form"].errors == unknown.context["form"].errors


def test_locked_account_does_not_enter(client, user):
    User.objects.update(is_active=False)

    _sign_in(client, "cb12")

    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client):
    assert client.get("/dang-ky/").status_code == 404


def test_password_is_changed_with_the_old_one(client, user):
    client.force_login(user)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "mat-khau-moi-cua-hoa",
            "password2": "mat-khau-moi-cua-hoa",
        },
    )

    user.refresh_from_db()
    assert user.check_password("mat-khau-moi-cua-hoa")


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 422)])
def test_account_without_a_password_is_told_so(client, user, method, status):
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    response = getattr(client, method)(reverse("account_change_password"))

    assert response.status_code == status
    assert "không có mật khẩu để đổi" in response.content.decode()


def test_account_with_a_password_changes_it(client, user):
    client.force_login(user)
    new = "mot-mat-khau-dai-khac"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    client.post(reverse("account_change_password"), typed)

    user.refresh_from_db()
    assert user.check_password(new)


def test_cookie_of_a_dead_session_is_left_to_the_browser(client, user):
    client.force_login(user)
    client.session.flush()

    response = client.get(reverse("reports:home"), headers={"accept": "application/json"})

    assert response.status_code == 401
    assert settings.SESSION_COOKIE_NAME not in response.cookies


def test_signing_out_takes_the_cookie_away(client, user):
    client.force_login(user)
    before = client.session.session_key

    client.post(reverse("account_logout"))
    client.get(reverse("account_login"))  # the farewell has been read, nothing is left to keep

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not Session.objects.filter(pk=before).exists()


@pytest.mark.parametrize(("headers", "is_renewed"), [({}, True), ({"X-Keep": "1"}, False)])
def test_page_fetched_beside_another_does_not_renew_the_token(client, user, headers, is_renewed):
    client.get(reverse("account_login"))

    response = client.get(reverse("account_login"), headers=headers)

    assert (settings.CSRF_COOKIE_NAME in response.cookies) is is_renewed
