from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core import outbox


class Command(BaseCommand):
    help = "Gửi các thư đang chờ. Chạy mỗi phút; chạy hai lần cùng lúc cũng không gửi lặp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=100, help="Số thư nhiều nhất một lần.")

    def handle(self, *, limit: int, **options: Any) -> None:
        result = outbox.send_due(limit=limit)
        self.stdout.write(
            f"Đã gửi {result.sent} thư, {result.failed} thư sẽ gửi lại,"
            f" {result.given_up} thư thôi gửi."
        )
