"""The secretary's pages, below /bao-cao/."""

from django.urls import path

from core import converters  # noqa: F401  knows <month:month>
from reports import views

app_name = "reports"
PLACE = "<int:unit_pk>/<month:month>"
urlpatterns = [
    path("", views.home, name="home"),
    path(f"{PLACE}/noi-dung/", views.edit, {"part": "contents"}, name="contents"),
    path(f"{PLACE}/so-lieu/", views.edit, {"part": "counts"}, name="counts"),
    path(f"{PLACE}/ket-qua/", views.edit, {"part": "result"}, name="result"),
    path(f"{PLACE}/kho-khan/", views.edit, {"part": "difficulties"}, name="difficulties"),
    path(f"{PLACE}/kiem-tra/", views.check, name="check"),
    path(f"{PLACE}/nop/", views.send, name="send"),
    path(f"{PLACE}/bo-ban-sua/", views.discard, name="discard"),
    path(f"{PLACE}/da-nop/", views.receipt, name="receipt"),
    path(f"{PLACE}/khong-phat-sinh/", views.zero, name="zero"),
    path(f"{PLACE}/xem/", views.show, name="show"),
]
