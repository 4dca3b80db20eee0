from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import backups, erasures
from core.backups import restoring


class Command(BaseCommand):
    help = (
        "Phục hồi từ một bản sao lưu. Trước đó cả bản được đọc và so từng byte; bản hỏng thì không có"
        " gì bị thay đổi. Dừng cổng trước khi chạy."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="Tệp sao lưu (.age).")
        parser.add_argument("--replace", action="store_true", help="Thay dữ liệu đang có.")
        parser.add_argument(
            "--exact", action="store_true", help="Chỉ để thử: giữ nguyên như bản sao lưu."
        )
        parser.add_argument(
            "--keys-to",
            type=Path,
            default=Path(settings.BASE_DIR) / ".env.restored",
            help="Nơi ghi các khóa khác với khóa đang dùng.",
        )

    def handle(
        self, *, path: Path, replace: bool, exact: bool, keys_to: Path, **options: Any
    ) -> None:
        known = erasures.known() | erasures.beside(path)
        try:
            done = backups.restore(path, replace=replace, exact=exact)
        except (backups.BackupRefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Đã phục hồi bản lập lúc {done.manifest.made_at}: {done.manifest.row_count} dòng,"
            f" {done.written} tệp ghi lại, {done.kept} tệp đã có sẵn."
        )
        if not exact:
            again = erasures.apply_again(known)
            self.stdout.write(
                f"Đã xóa lại {again} mục mà người dân và cán bộ yêu cầu xóa trước đó."
            )
        if done.keys:
            restoring.write_keys(done.keys, keys_to)
            self.stdout.write(
                f"Khóa của cổng cũ ghi ở {keys_to}: hãy chép vào .env rồi xóa tệp này."
            )
        self.stdout.write("Việc tiếp theo: chạy manage.py clean_files, rồi mở lại cổng.")
