"""What must hold before the portal starts, and what must hold in production."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.urls import URLPattern, URLResolver, get_resolver


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the portal with its pattern, in order."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern


@register(Tags.urls)
def every_view_has_a_policy(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"The view of “{route}” declares no policy.",
            hint="Put @public, @signed_in or @policy(…) of core.access on it.",
            id="portal.E001",
        )
        for route, pattern in routes()
        if not getattr(pattern.callback, "policy", "")
    ]


@register(Tags.security, deploy=True)
def cache_is_shared(app_configs: Any, **kwargs: Any) -> list[Warning]:
    backend = settings.CACHES["default"]["BACKEND"]
    if "locmem" in backend or "dummy" in backend:
        return [
            Warning(
                "Sign-in limits need a cache that all processes share.",
                hint="Leave CACHE_URL empty (database) or name a Redis.",
                id="portal.W001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def uploads_stay_on_one_disk(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """A move between disks is a copy, and Django's copy cuts short silently on a full disk."""
    temp_dir = settings.FILE_UPLOAD_TEMP_DIR
    media = Path(settings.MEDIA_ROOT)
    if not temp_dir or not media.exists():
        return []
    if os.stat(temp_dir).st_dev != os.stat(media).st_dev:  # noqa: PTH116
        return [Warning("UPLOAD_TEMP_DIR is on another disk than MEDIA_ROOT.", id="portal.W002")]
    return []


@register(Tags.security, deploy=True)
def https_is_on(app_configs: Any, **kwargs: Any) -> list[Warning]:
    if settings.HTTPS:
        return []
    return [Warning("HTTPS is off: cookies travel in the clear.", id="portal.W003")]
