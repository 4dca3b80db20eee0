from django.urls import path

from core import views

app_name = "core"
urlpatterns = [path("anh/<str:name>", views.picture, name="picture")]
