"""The pages of one's own account that allauth does not answer as this portal needs."""

from http import HTTPStatus

from allauth.account import views as account
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def password_change(request: HttpRequest) -> HttpResponse:
    """allauth would send whoever has no password to a page that this portal has not got:
    passwords are given by the office.
    """
    if request.user.has_usable_password():
        return account.password_change(request)
    is_sent = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
    return render(request, "account/no_password.html", status=status)
