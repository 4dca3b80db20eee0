"""What a leader opens on the phone, below /duyet/. The link's own address holds the token."""

from django.urls import path

from approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.ask_pin, name="ask_pin"),
    path("van-ban/", views.show, name="show"),
    path("tep/", views.file, name="file"),
    path("dong-y/", views.approve, name="approve"),
    path("tra-lai/", views.send_back, name="send_back"),
    path("<str:token>/", views.open_link, name="open_link"),
]
