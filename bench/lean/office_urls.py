from django.urls import path

from bench.lean import office

urlpatterns = [path("office/<int:number>/", office.page, name="office")]
