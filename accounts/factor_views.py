"""The pages of the second step: allauth's views, each with what this portal asks of it."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp.views import ActivateTOTPView, deactivate_totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.second_factor import (
    added,
    before_second_factor,
    end_sessions,
    has_factor,
    has_shown,
    new_key_when_shown,
)
from core.access import View, public, signed_in
from core.qr import qr_code

INDEX = "mfa_index"
AGAIN = "mfa_reauthenticate"


class _AppView(ActivateTOTPView):
    """Draws the QR code and writes the secret in groups of four for whoever types it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["code"] = qr_code(context["totp_url"])
        context["secret"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        added(self.request, _newest(self.request, Authenticator.Type.TOTP))
        return response


class _KeyView(webauthn.AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        added(self.request, _newest(self.request, Authenticator.Type.WEBAUTHN))
        return response


def _newest(request: HttpRequest, kind: str) -> Authenticator:
    return Authenticator.objects.filter(user_id=request.user.pk, type=kind).latest("pk")


def own(view: View) -> Any:
    """A page about one's own factors.

    Open before a factor was shown, as the way to the first one is here; but where there is one
    already, it is asked for. Without a password there is no first step to add a second to.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password():
            return render(request, "account/no_password.html")
        if not has_shown(request.session, request.user) and has_factor(request.user):
            return redirect(f"{reverse(AGAIN)}?next={request.path}")
        try:
            return view(request, *args, **kwargs)
        except Http404:  # a factor that is gone: the list says what there is
            return redirect(INDEX)

    return before_second_factor(signed_in(checked))


def again(view: View) -> Any:
    """A page that asks for a factor or the password once more."""
    rotated = new_key_when_shown(view)

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_usable_password() and not has_factor(request.user):
            return render(request, "account/no_password.html")
        return rotated(request, *args, **kwargs)

    return before_second_factor(signed_in(sensitive_post_parameters()(checked)))


@require_POST
@reauthentication_required(app="allauth.mfa")
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    end_sessions(request.user, but=request)
    messages.success(request, "Đã đăng xuất ở mọi máy khác.")
    return redirect(INDEX)


index = own(base.index)
app = own(_AppView.as_view())
app_off = own(deactivate_totp)
codes = own(recovery.view_recovery_codes)
new_codes = own(recovery.generate_recovery_codes)
keys = own(webauthn.list_webauthn)
add_key = own(_KeyView.as_view())
rename_key = own(webauthn.edit_webauthn)
remove_key = own(webauthn.remove_webauthn)
others_out = own(end_other_sessions)

password_again = again(account.reauthenticate)
code_again = again(base.reauthenticate)
key_again = again(webauthn.reauthenticate_webauthn)

enter_code = public(sensitive_post_parameters()(base.authenticate))
enter_by_key = public(webauthn.login_webauthn)
