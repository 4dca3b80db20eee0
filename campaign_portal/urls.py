"""Every address of the portal. Text in addresses is Vietnamese without marks."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path

from accounts.views import password_change
from campaign_portal import views
from core.access import public, signed_in
from outreach.content.news import news_lines
from products.follow.crawlers import add_lines
from products.views.home import add_part
from reports.quarter import quarter

add_part("quarter", quarter)
add_lines(news_lines)

urlpatterns = [
    # First, as many come here at once; the empty prefixes would be looked through before it.
    path("bao-cao/", include("reports.urls")),
    path("", include("products.urls")),
    path("", include("products.follow.urls")),
    path("", include("outreach.content.urls")),
    path("", include("outreach.events.urls")),
    path("", include("core.urls")),
    # Not below /bao-cao/: what the service worker keeps on the phone ends there.
    path("y-kien/", include("opinions.urls")),
    path("vao/", include("units.urls")),
    path("duyet/", include("approvals.urls")),
    path("gop-y/", include("products.residents.urls")),
    path("quan-tri/", admin.site.urls),
    path("dang-nhap/", public(account.login), name="account_login"),
    path("dang-xuat/", public(account.logout), name="account_logout"),
    path("mat-khau/", signed_in(password_change), name="account_change_password"),
    path("bao-mat/", include("accounts.urls")),
    path("tai-khoan-khoa/", public(account.account_inactive), name="account_inactive"),
    path("ve-trang-cua-toi/", views.home_of_user, name="home_of_user"),
    path("healthz", views.ready, name="healthz"),
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.page_not_found"
handler429 = "core.errors.too_many_requests"  # allauth asks for it
handler500 = "core.errors.server_error"
