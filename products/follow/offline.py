"""The portal on the home screen of a phone, and its visited public pages without a network.

The worker keeps only pages below :data:`KEPT` whose answer says that any cache may keep it: no
page of the office, of secretaries, of links and none of the residents' forms ever is.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.access import public
from products.follow.answers import open_to_all
from products.public import ward_or_404

# The front page itself, and all below the others.
FRONT = "/"
KEPT = (
    "/hang-viet/",
    "/noi-lam/",
    "/noi-ban/",
    "/cong-nhan/",
    "/hoi-cho/",
    "/quyen-cua-toi/",
    "/tin-tuc/",
    "/in/",
    "/khong-mang/",
)
ICONS = (
    ("img/icons/hang-viet-192.png", "192x192", "any"),
    ("img/icons/hang-viet-512.png", "512x512", "any"),
    ("img/icons/hang-viet-day-512.png", "512x512", "maskable"),
)
NEEDED = ("js/public/kept.js",)  # by the page that stands for others when there is no network
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


@open_to_all
def manifest(request: HttpRequest) -> HttpResponse:
    ward = ward_or_404(request)
    return JsonResponse(
        {
            "name": f"Hàng Việt – {ward.name}",
            "short_name": "Hàng Việt",
            "lang": "vi",
            "start_url": FRONT,
            "scope": FRONT,
            "display": "minimal-ui",
            "background_color": "#fbf8f1",
            "theme_color": "#fbf8f1",
            "icons": [
                {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for path, sizes, purpose in ICONS
            ],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: at the root, because a worker serves nothing above its own address."""
    kept: dict[str, object] = {"front": FRONT, "below": KEPT, "missing": reverse("follow:offline")}
    kept["files"] = [static(path) for path in NEEDED]
    text = f'importScripts("{static("js/public/worker.js")}");\nserve({json.dumps(kept)});\n'
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers=headers)


@open_to_all
def no_network(request: HttpRequest) -> HttpResponse:
    """What stands instead of a page that the phone has not; it lists those that it has."""
    return render(request, "products/follow/offline.html")
