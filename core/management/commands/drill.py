from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import backups
from core.backups import drilling, standing


class Command(BaseCommand):
    help = (
        "Diễn tập phục hồi: phục hồi bản sao lưu mới nhất vào một nơi tạm, so từng byte, mở các trang,"
        " thử bản hỏng, rồi dọn nơi tạm. Cổng đang chạy không bị ảnh hưởng."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, nargs="?", help="Một bản cụ thể; bỏ trống: lập bản mới."
        )
        parser.add_argument("--newest", action="store_true", help="Bản mới nhất trong BACKUP_DIR.")

    def handle(self, *, path: Path | None, newest: bool, **options: Any) -> None:
        folder = Path(settings.BACKUP_DIR)
        try:
            if newest:
                path = standing.newest(folder)
                if path is None:
                    raise CommandError(f"Chưa có bản sao lưu nào ở {folder}.")
            if path is None:
                made = backups.make(folder)
                standing.note_backup(made)
                path = made.path
            rows = drilling.drill(path)
        except (backups.BackupRefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        width = max(len(row.what) for row in rows)
        for row in rows:
            self.stdout.write(
                f"{row.what:<{width}}  {'đạt' if row.holds else 'KHÔNG ĐẠT'}  {row.told}"
            )
        if not all(row.holds for row in rows):
            raise CommandError("Diễn tập KHÔNG ĐẠT: bản sao lưu này chưa dùng được.")
        standing.note_drill(folder, drilling.made_at(path))
        self.stdout.write("Diễn tập đạt: bản sao lưu này phục hồi được, đúng từng byte.")
