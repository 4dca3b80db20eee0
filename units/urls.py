"""The way in of a unit's phone, below /vao/. The address on the card holds the token, no other."""

from django.urls import path

from units import views

app_name = "units"
urlpatterns = [
    path("", views.ask_pin, name="ask_pin"),
    path("chon-nguoi/", views.choose, name="choose"),
    path("doi-nguoi/", views.switch, name="switch"),
    path("<str:token>/", views.open_link, name="open_link"),
]
