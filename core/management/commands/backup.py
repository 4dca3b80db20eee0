from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core import backups, erasures
from core.backups import sealing, standing


class Command(BaseCommand):
    help = (
        "Sao lưu cơ sở dữ liệu, tệp và khóa vào một tệp đã mã hóa, rồi đọc lại cả tệp để chắc là dùng"
        " được."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="Thư mục, nếu khác BACKUP_DIR.")
        parser.add_argument(
            "--keep-days", type=int, help="Xóa bản cũ hơn chừng này ngày, sau khi có bản mới."
        )
        parser.add_argument(
            "--new-key", action="store_true", help="Chỉ in ra một khóa sao lưu mới."
        )
        parser.add_argument("--check", type=Path, help="Chỉ kiểm tra một bản sao lưu đã có.")

    def handle(
        self,
        *,
        to: Path | None,
        keep_days: int | None,
        new_key: bool,
        check: Path | None,
        **options: Any,
    ) -> None:
        if new_key:
            self.stdout.write(f"BACKUP_KEY={sealing.new_key()}")
            return
        try:
            if check:
                self._say("Bản sao lưu nguyên vẹn", backups.verify(check))
                return
            erasures.keep_all()
            made = backups.make(to or Path(settings.BACKUP_DIR))
        except (backups.BackupRefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        standing.note_backup(made)
        self._say(f"Đã sao lưu: {made.path}", made.manifest)
        if keep_days:
            oldest = timezone.now() - dt.timedelta(days=keep_days)
            gone = standing.remove_older(made.path.parent, oldest, keep=made.path)
            self.stdout.write(f"Đã xóa {gone} bản cũ hơn {keep_days} ngày.")

    def _say(self, what: str, manifest: backups.Manifest) -> None:
        self.stdout.write(
            f"{what}. {len(manifest.tables)} bảng, {manifest.row_count} dòng,"
            f" {len(manifest.file_names)} tệp."
        )
        for name in manifest.doubtful:
            self.stderr.write(f"Để ý: tệp {name} đã hỏng hoặc mất từ trước khi sao lưu.")
