"""What the ward tells, for anyone to read."""

from django.urls import path

from outreach.content import news

app_name = "news"
urlpatterns = [
    path("tin-tuc/", news.news, name="list"),
    path("tin-tuc/ap-phich/<int:pk>/", news.poster, name="poster"),
    path("tin-tuc/<slug:slug>/", news.article, name="article"),
    path("tin/tin-tuc.atom", news.feed, name="feed"),
]
