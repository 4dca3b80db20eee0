import contextlib

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "nền chung"

    def ready(self) -> None:
        from core import checks  # noqa: F401, PLC0415  checks register themselves on import
        from core.chain import guard  # noqa: PLC0415  needs the models
        from core.files import erasing  # noqa: F401, PLC0415  registers how a picture is erased
        from core.storage import temp_folder  # noqa: PLC0415  needs the settings

        post_migrate.connect(guard.install, sender=self)
        with contextlib.suppress(OSError):  # Django refuses to start without the folder
            temp_folder()
