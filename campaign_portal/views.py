"""Where people land after signing in, and the probes of who watches the portal."""

from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from campaign_portal import health
from core.access import public, signed_in
from core.counting import counted
from core.models import OutboxMessage


@signed_in
@require_GET
def home_of_user(request: HttpRequest) -> HttpResponse:
    """The office for those who may enter it, the secretary's page for the others."""
    if request.user.has_perm("office.enter"):
        return redirect("admin:index")
    return redirect("reports:home")


@public
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when all that the portal leans on holds, 503 with the names of what does not."""
    wrong = health.failing()
    answer = {"ok": not wrong, "failing": wrong}
    response = JsonResponse(answer, status=503 if wrong else 200)
    if wrong:
        response.headers["Retry-After"] = "30"
    return response


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures of this process for a collector that has the token; a missing page without it."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not compare_digest(
        given.encode(), settings.METRICS_TOKEN.encode()
    ):
        raise Http404
    waiting = OutboxMessage.objects.due(timezone.now()).count()
    lines = [
        *counted(),
        f"portal_outbox_due {waiting}",
        f"portal_disk_free {health.free_share():.4f}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4")
