from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import chain
from core.chain.sealing import heads


class Command(BaseCommand):
    help = (
        "Soát chuỗi mã băm của các bước; nếu có dòng bị sửa, xóa hay đổi chỗ thì nêu dòng đầu tiên."
    )

    def handle(self, **options: Any) -> None:
        broken = chain.check()
        if broken:
            raise CommandError("Chuỗi bị đứt. " + "; ".join(map(str, broken)) + ".")
        count = sum(sequence for sequence, _ in heads().values())
        self.stdout.write(f"Chuỗi nguyên vẹn: {count} dòng đã niêm.")
