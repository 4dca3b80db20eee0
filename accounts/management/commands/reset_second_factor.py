"""For whoever lost the telephone and the recovery codes, the only administrator included."""

import logging
from typing import Any

from django.core.management import BaseCommand, CommandError

from accounts.models import User
from accounts.second_factor import remove_factors

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Bỏ mọi bước xác nhận thứ hai của một người và kết thúc các phiên của người đó."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username", help="Tên đăng nhập.")

    def handle(self, *, username: str, **options: Any) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Không có tài khoản nào tên “{username}”.")
        count = remove_factors(person)
        logger.warning("Second factor of account %s was reset by command", person.pk)
        self.stdout.write(
            f"Đã bỏ {count} bước xác nhận của {person}. Lần đăng nhập tới chỉ cần mật khẩu, "
            "rồi người đó đặt lại bước thứ hai ngay."
        )
