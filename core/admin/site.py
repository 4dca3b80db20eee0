"""The office: Django's admin site with our own pages in the same navigation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from core.access import policy
from core.admin.counting import with_numbers
from core.admin.parts import NavItem, NavSection, OfficePage, TodayItem, TodayMeter
from core.admin.rows import OfficeModelAdmin

ENTER = "office.enter"
CATCH_ALL = r"(?P<url>.*)$"
SECTIONS = {
    "today": ("Hôm nay", "today"),
    "reports": ("Báo cáo", "reports"),
    "plans": ("Kế hoạch", "plans"),
    "outreach": ("Tuyên truyền", "outreach"),
    "products": ("Sản phẩm", "products"),
    "units": ("Đơn vị", "units"),
    "system": ("Hệ thống", "system"),
}
# What Django's own model pages do, by the tail of their URL name: to read, to write.
MODEL_PAGES = {
    "changelist": ("view", "view"),
    "export": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "history": ("view", "view"),
}


class OfficeSite(admin.AdminSite):
    site_header = site_title = "Văn phòng"
    index_title = "Hôm nay"
    site_url = "/"
    enable_nav_sidebar = False
    index_template = "admin/index.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages: list[OfficePage] = []
        self.today: list[Callable[[HttpRequest], list[TodayItem]]] = []
        self.meters: list[Callable[[HttpRequest], list[TodayMeter]]] = []

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only lists of ours: those that libraries bring know nothing of scope."""
        if admin_class is not None and issubclass(admin_class, OfficeModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Nothing: the navigation is ``office_nav``."""
        return []

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        return redirect("admin:index")

    def add_pages(self, *pages: OfficePage) -> None:
        self.pages.extend(pages)

    def add_today(self, items: Callable[[HttpRequest], list[TodayItem]]) -> None:
        self.today.append(items)

    def add_meters(self, meters: Callable[[HttpRequest], list[TodayMeter]]) -> None:
        self.meters.append(meters)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_perm(ENTER)

    def get_urls(self) -> list[Any]:
        own = [
            path(page.route, self._own_view(page), name=page.name)
            for page in sorted(self.pages, key=lambda page: page.route)
        ]
        return own + [_declare(pattern) for pattern in _kept(super().get_urls())]

    def _own_view(self, page: OfficePage) -> Any:
        """Behind the office's door, then the page's own action, which is the declared policy."""
        return policy(page.policy)(policy(ENTER)(page.view))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        return context | {"office_nav": self._navigation(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        told = [item for source in self.today for item in source(request)]
        items = [item for item in with_numbers(told, request.user) if item.count]
        items.sort(key=lambda item: -item.weight)
        meters = [meter for source in self.meters for meter in source(request)]
        context = {"items": items, "meters": meters, "today": timezone.localdate()}
        return super().index(request, context | (extra_context or {}))

    def _navigation(self, request: HttpRequest) -> list[NavSection]:
        """The sections in which this person has something to open."""
        sections = {key: NavSection(key, *texts) for key, texts in SECTIONS.items()}
        here = request.path
        index = reverse("admin:index")
        sections["today"].items.append(NavItem("Hôm nay", index, here == index))
        for page in self.pages:
            if page.label and request.user.has_perm(page.policy):
                url = reverse(f"admin:{page.name}")
                sections[page.section].items.append(
                    NavItem(page.label, url, here == url, page.order)
                )
        for model, model_admin in self._registry.items():
            section = getattr(model_admin, "office_section", "system")
            if section in sections and model_admin.has_view_permission(request):
                url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
                sections[section].items.append(
                    NavItem(
                        getattr(model_admin, "office_label", "")
                        or str(model._meta.verbose_name_plural).capitalize(),
                        url,
                        here.startswith(url),
                        getattr(model_admin, "office_order", 80),
                    )
                )
        for section in sections.values():
            section.items.sort(key=lambda item: item.order)
            section.is_current = section.key == self._section_of(request)
        return [section for section in sections.values() if section.items]

    def _section_of(self, request: HttpRequest) -> str:
        """Where the page stands, also one that the navigation does not list."""
        name = request.resolver_match.url_name if request.resolver_match else None
        for page in self.pages:
            if page.name == name:
                return page.section
        for model, model_admin in self._registry.items():
            if name and name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
                return getattr(model_admin, "office_section", "system")
        return "today"


def _kept(patterns: list[Any]) -> list[Any]:
    """Without the admin's sign-in, password and catch-all pages, which allauth has, and deletion."""
    unwanted = {"login", "logout", "password_change", "password_change_done", "view_on_site"}
    return [
        pattern
        for pattern in patterns
        if getattr(pattern, "name", None) not in unwanted and str(pattern.pattern) != CATCH_ALL
    ]


def _declare(pattern: Any) -> Any:
    """Give the admin's own routes the policy that their model pages ask for anyway."""
    if hasattr(pattern, "url_patterns"):
        # Without deletion, and without the redirect of an address that Django once used.
        kept = [child for child in pattern.url_patterns if child.name and not _is_deletion(child)]
        pattern.url_patterns = [_declare(child) for child in kept]
        return pattern
    read = write = ENTER
    for tail, (read_verb, write_verb) in MODEL_PAGES.items():
        if pattern.name and pattern.name.endswith(f"_{tail}"):
            app_label, model = pattern.name.removesuffix(f"_{tail}").split("_", 1)
            read, write = f"{app_label}.{read_verb}_{model}", f"{app_label}.{write_verb}_{model}"
            break
    pattern.callback = policy(read, write=write)(policy(ENTER)(pattern.callback))
    pattern.callback.login_url = None  # not the admin's own page, which is not there
    return pattern


def _is_deletion(pattern: Any) -> bool:
    return pattern.name.endswith("_delete")


def office_render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render an office page in the frame of the site."""
    return render(
        request, template, {**admin.site.each_context(request), **(context or {})}, status=status
    )
