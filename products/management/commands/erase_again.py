from typing import Any

from django.core.management.base import BaseCommand

from products.residents import workflow


class Command(BaseCommand):
    help = (
        "Sau khi phục hồi từ bản sao lưu: xóa lại những cách liên hệ đã xóa trước đó theo sổ xóa"
        " (ERASURES_FILE). Chạy hai lần cũng không sao."
    )

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Đã xóa lại: {workflow.erase_again()} cách liên hệ.")
