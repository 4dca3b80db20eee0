"""Feeds, calendar, paper, and what machines ask for."""

from django.urls import path

from products.follow import calendar, crawlers, feeds, offline, paper

app_name = "follow"
urlpatterns = [
    path("tin/hang-viet.atom", feeds.goods, name="goods_feed"),
    path("tin/hoi-cho.atom", feeds.events, name="events_feed"),
    path("tin/hoi-cho.ics", calendar.all_events, name="calendar"),
    path("tin/hoi-cho/<slug:slug>.ics", calendar.event, name="event"),
    path("in/danh-sach/", paper.shopping_list, name="list"),
    path("in/<slug:paper>/<slug:slug>/", paper.sheet, name="paper"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-trang.xml", crawlers.sitemap_pages, name="sitemap_pages"),
    path("sitemap-hang-<int:number>.xml", crawlers.sitemap_goods, name="sitemap_goods"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("sw.js", offline.worker, name="worker"),
    path("khong-mang/", offline.no_network, name="offline"),
]
