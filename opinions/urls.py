"""The secretary's page of opinions, below /y-kien/, apart from the reports."""

from django.urls import path

from core import converters  # noqa: F401  knows <month:month>
from opinions import views

app_name = "opinions"
urlpatterns = [path("<int:unit_pk>/<month:month>/", views.note, name="note")]
