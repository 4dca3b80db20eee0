"""Events of the ward, for anyone to read."""

from django.urls import path

from outreach.events import public

app_name = "events"
urlpatterns = [
    path("su-kien/", public.events, name="list"),
    path("tin/su-kien.ics", public.events_ics, name="calendar"),
]
