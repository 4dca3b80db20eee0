from django.urls import path

from products import views

app_name = "products"
urlpatterns = [
    path("", views.home, name="home"),
    path("hang-viet/", views.product_list, name="list"),
    path("hang-viet/<slug:slug>/", views.detail, name="detail"),
    path("hang-viet/<slug:slug>/anh-chia-se.jpg", views.card, name="card"),
    path("ma-vach/", views.barcode, name="barcode"),
    path("noi-lam/", views.makers, name="makers"),
    path("noi-lam/<slug:slug>/", views.maker, name="maker"),
    path("noi-ban/", views.outlets, name="outlets"),
    path("noi-ban/<slug:slug>/", views.outlet, name="outlet"),
    path("cong-nhan/", views.recognitions, name="recognitions"),
    path("hoi-cho/", views.promotions, name="promotions"),
    path("hoi-cho/<slug:slug>/", views.promotion, name="promotion"),
    path("quyen-cua-toi/", views.rights, name="rights"),
]
