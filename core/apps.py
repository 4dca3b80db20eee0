import contextlib

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "nền chung"

    def ready(self) -> None:
        from core import checks  # noqa: F401, PLC0415  checks register themselves on import
        from core.storage import temp_folder  # noqa: PLC0415  needs the settings

        with contextlib.suppress(OSError):  # Django refuses to start without the folder
            temp_folder()
