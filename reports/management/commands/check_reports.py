from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.checks import problems


class Command(BaseCommand):
    help = "Kiểm tra báo cáo không phát sinh có số liệu và báo cáo lệch với lần nộp cuối."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for count, problem in enumerate(problems(), start=1):  # noqa: B007  told after the loop
            self.stdout.write(problem)
        if count:
            raise CommandError(f"Có {count} báo cáo cần xem lại.")
        self.stdout.write("Các báo cáo đều khớp.")
