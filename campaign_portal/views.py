"""Where people land after signing in, and the probe of the web server."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_safe

from core.access import public, signed_in


@signed_in
@require_GET
def home_of_user(request: HttpRequest) -> HttpResponse:
    """The office for those who may enter it, the secretary's page for the others."""
    if request.user.has_perm("office.enter"):
        return redirect("admin:index")
    return redirect("reports:home")


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; the connection's own error is a 500 otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
