from django.urls import path

from bench.lean import views

urlpatterns = [
    path("submit/", views.submit, name="submit"),
    path("done/", views.done, name="done"),
]
