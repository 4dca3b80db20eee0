from django.urls import path

from bench.lean import office, views

urlpatterns = [
    path("submit/", views.submit, name="submit"),
    path("done/", views.done, name="done"),
    path("office/<int:number>/", office.page, name="office"),
]
