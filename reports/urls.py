"""The secretary's pages, below /bao-cao/."""

from django.urls import path

from core import converters  # noqa: F401  knows <month:month>
from reports import views

app_name = "reports"
PLACE = "<int:unit_pk>/<month:month>"
urlpatterns = [
    # First: on the last evening everyone hands in, and each line before it is tried.
    path(f"{PLACE}/nop/", views.send, name="send"),
    path("", views.home, name="home"),
    path("co-chu/", views.text_size, name="text_size"),
    path("<int:unit_pk>/12-thang/", views.year, name="year"),
    path("sw.js", views.worker, name="worker"),
    path("dang-giu/", views.held, name="held"),
    path(f"{PLACE}/noi-dung/", views.edit, {"part": "contents"}, name="contents"),
    path(f"{PLACE}/so-lieu/", views.edit, {"part": "counts"}, name="counts"),
    path(f"{PLACE}/ket-qua/", views.edit, {"part": "result"}, name="result"),
    path(f"{PLACE}/kho-khan/", views.edit, {"part": "difficulties"}, name="difficulties"),
    path(f"{PLACE}/kiem-tra/", views.check, name="check"),
    path(f"{PLACE}/luu/", views.save, name="save"),
    path(f"{PLACE}/trang-thai/", views.state, name="state"),
    path(f"{PLACE}/anh/", views.photos_page, name="photos"),
    path(f"{PLACE}/anh/<str:name>", views.photo, name="photo"),
    path(f"{PLACE}/anh/<uuid:key>/go/", views.remove_photo, name="remove_photo"),
    path(f"{PLACE}/bo-ban-sua/", views.discard, name="discard"),
    path(f"{PLACE}/da-nop/", views.receipt, name="receipt"),
    path(f"{PLACE}/khong-phat-sinh/", views.zero, name="zero"),
    path(f"{PLACE}/xem/", views.show, name="show"),
    path(f"{PLACE}/in/", views.print_page, name="print"),
    path(f"{PLACE}/bien-nhan.png", views.receipt_picture, name="receipt_picture"),
    path(f"{PLACE}/van-ban/", views.text, name="text"),
    path(f"{PLACE}/to-viet-tay/", views.sheet, name="sheet"),
    path(f"{PLACE}/bao-cao.docx", views.word, name="word"),
    path(f"{PLACE}/xac-nhan-nop-ho/", views.confirm_helper, name="confirm_helper"),
]
