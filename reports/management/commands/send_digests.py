import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports import digests
from units.models import Unit

WEEKLY_DAY = 4  # Friday, so that it can be read out at the briefing of Monday


class Command(BaseCommand):
    help = (
        "Viết thư nhắc việc mỗi ngày cho văn phòng và bản tóm tắt tuần (thứ Sáu) cho lãnh đạo. "
        "Chạy lại trong ngày cũng không gửi lặp; send_outbox gửi đi."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--tuan", action="store_true", help="Viết bản tóm tắt tuần ngay hôm nay."
        )

    def handle(self, *, tuan: bool, **options: Any) -> None:
        today: dt.date = timezone.localdate()
        daily = weekly = 0
        for ward in Unit.objects.wards():
            daily += digests.queue_daily(ward, today)
            if tuan or today.weekday() == WEEKLY_DAY:
                weekly += digests.queue_weekly(ward, today)
        self.stdout.write(f"Thư nhắc việc: {daily}. Thư tóm tắt tuần: {weekly}.")
