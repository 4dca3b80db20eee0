from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core.files import cleaning


class Command(BaseCommand):
    help = (
        "Tìm tệp bỏ rơi quá 48 giờ (không có trong cơ sở dữ liệu, tệp tạm). Chỉ xóa khi có --delete;"
        " chạy hai lần cũng không sao."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--delete", action="store_true", help="Xóa những tệp đã tìm thấy.")

    def handle(self, *, delete: bool, **options: Any) -> None:
        found = cleaning.look()
        if delete:
            cleaning.remove(found)
        verb = "Đã xóa" if delete else "Tìm thấy, chưa xóa"
        self.stdout.write(
            f"{verb}: {len(found.orphans)} tệp không có trong cơ sở dữ liệu,"
            f" {len(found.unfinished)} tệp lưu dở, {len(found.temporary)} tệp tạm."
        )
        for count, words in (
            (len(found.unknown), "tệp lạ không phải do cổng đặt tên, không đụng tới"),
            (found.unused, "tệp không bản ghi nào dùng, không đụng tới"),
            (found.missing, "tệp có trong cơ sở dữ liệu nhưng mất trên đĩa, cần phục hồi"),
        ):
            if count:
                self.stdout.write(f"Để ý: {count} {words}.")
