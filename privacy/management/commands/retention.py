from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from privacy import retention


class Command(BaseCommand):
    help = "Xóa những gì đã hết thời hạn lưu. Chạy mỗi đêm; --dry-run chỉ đếm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Chỉ đếm, không xóa.")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        counts = retention.due() if dry_run else retention.carry_out()
        verb = "Hết thời hạn, chưa xóa" if dry_run else "Đã xóa"
        for rule in retention.RULES:
            self.stdout.write(f"{verb}: {counts[rule.name]} {rule.words}.")
