"""The addresses of the second step of signing in; named as allauth looks for them."""

from django.urls import path

from accounts import factor_views as views

urlpatterns = [
    path("", views.index, name="mfa_index"),
    path("ma/", views.enter_code, name="mfa_authenticate"),
    path("thiet-bi/vao/", views.enter_by_key, name="mfa_login_webauthn"),
    path("xac-nhan/mat-khau/", views.password_again, name="account_reauthenticate"),
    path("xac-nhan/ma/", views.code_again, name="mfa_reauthenticate"),
    path("xac-nhan/thiet-bi/", views.key_again, name="mfa_reauthenticate_webauthn"),
    path("ung-dung/", views.app, name="mfa_activate_totp"),
    path("ung-dung/bo/", views.app_off, name="mfa_deactivate_totp"),
    path("ma-du-phong/", views.codes, name="mfa_view_recovery_codes"),
    path("ma-du-phong/moi/", views.new_codes, name="mfa_generate_recovery_codes"),
    path("thiet-bi/", views.keys, name="mfa_list_webauthn"),
    path("thiet-bi/them/", views.add_key, name="mfa_add_webauthn"),
    path("thiet-bi/<int:pk>/ten/", views.rename_key, name="mfa_edit_webauthn"),
    path("thiet-bi/<int:pk>/bo/", views.remove_key, name="mfa_remove_webauthn"),
    path("may-khac/", views.others_out, name="others_out"),
]
