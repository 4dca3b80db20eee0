"""The residents' own pages, below /gop-y/."""

from django.urls import path

from products.residents import pages

app_name = "residents"
urlpatterns = [
    path("", pages.home, name="home"),
    path("mat-hang/", pages.product, name="product"),
    path("bao-sai/", pages.mistake, name="mistake"),
    path("danh-gia/", pages.rate, name="rate"),
    path("cam-on/", pages.thanks, name="thanks"),
    path("ma/<str:code>/", pages.outcome, name="outcome"),
]
