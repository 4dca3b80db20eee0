from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

PATIENCE = "5s"
BUSY = (
    "Có việc khác đang giữ bảng quá lâu nên chưa đổi được cơ sở dữ liệu; những bước đã xong"
    " vẫn giữ. Hãy chạy lại lệnh này."
)


class Command(migrate.Command):
    """Django's, which does not let the portal wait behind it.

    A change of a table that waits for a lock makes every later reader of that table wait too:
    after five seconds it gives way. See ``docs/decisions/0035-changes-without-downtime.md``.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [PATIENCE])
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if "lock timeout" in str(error):
                raise CommandError(BUSY) from error
            raise
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
