from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "nền chung"

    def ready(self) -> None:
        from core import checks  # noqa: F401, PLC0415  checks register themselves on import
