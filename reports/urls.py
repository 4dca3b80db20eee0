"""The secretary's pages, below /bao-cao/."""

from django.urls import path, register_converter

from reports import views
from reports.converters import MonthConverter

register_converter(MonthConverter, "month")

app_name = "reports"
PLACE = "<int:unit_pk>/<month:month>"
urlpatterns = [
    path("", views.home, name="home"),
    path(f"{PLACE}/noi-dung/", views.edit, {"part": "contents"}, name="contents"),
    path(f"{PLACE}/so-lieu/", views.edit, {"part": "counts"}, name="counts"),
    path(f"{PLACE}/ket-qua/", views.edit, {"part": "result"}, name="result"),
    path(f"{PLACE}/kho-khan/", views.edit, {"part": "difficulties"}, name="difficulties"),
    path(f"{PLACE}/kiem-tra/", views.check, name="check"),
    path(f"{PLACE}/bo-ban-sua/", views.discard, name="discard"),
    path(f"{PLACE}/da-nop/", views.receipt, name="receipt"),
    path(f"{PLACE}/khong-phat-sinh/", views.zero, name="zero"),
    path(f"{PLACE}/xem/", views.show, name="show"),
]
