from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from products.models import SuggestionContact
from products.residents import workflow


class Command(BaseCommand):
    help = (
        "Xóa cách liên hệ của người góp ý đã hết thời hạn giữ. Chạy mỗi đêm; chạy hai lần cũng"
        " không sao."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Chỉ đếm, không xóa.")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        if dry_run:
            count, verb = SuggestionContact.objects.over().count(), "Hết thời hạn, chưa xóa"
        else:
            count, verb = workflow.delete_over(), "Đã xóa"
        self.stdout.write(f"{verb}: {count} cách liên hệ.")
