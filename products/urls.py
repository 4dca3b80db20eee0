from django.urls import path

from products import views

app_name = "products"
urlpatterns = [
    path("", views.home, name="home"),
    path("hang-viet/", views.product_list, name="list"),
    path("hang-viet/<slug:slug>/", views.detail, name="detail"),
]
