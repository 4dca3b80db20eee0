from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "dữ liệu cá nhân"

    def ready(self) -> None:
        from privacy import persons  # noqa: F401, PLC0415  registers how a person is erased
