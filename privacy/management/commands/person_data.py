from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from privacy import persons


class Command(BaseCommand):
    help = "Xuất mọi dữ liệu về một người có tài khoản, hoặc xóa những gì nêu tên người đó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="Tên đăng nhập.")
        parser.add_argument("--to", type=Path, help="Tệp JSON; bỏ trống thì in ra màn hình.")
        parser.add_argument("--erase", action="store_true", help="Xóa, không lấy lại được.")
        parser.add_argument("--by", help="Tên đăng nhập của người thực hiện việc xóa.")

    def handle(
        self, *, username: str, to: Path | None, erase: bool, by: str | None, **options: Any
    ) -> None:
        user = self._user(username)
        if erase:
            if not by:
                raise CommandError("Hãy ghi người thực hiện: --by TÊN-ĐĂNG-NHẬP.")
            persons.erase(user, by=self._user(by))
            self.stdout.write("Đã xóa những gì nêu tên người này; sổ xóa đã ghi.")
            return
        told = json.dumps(persons.everything_about(user), ensure_ascii=False, indent=2)
        if to is None:
            self.stdout.write(told)
        else:
            to.touch(mode=0o600)
            to.write_text(told)
            self.stdout.write(f"Đã ghi {to}. Chuyển cho người yêu cầu xong thì xóa tệp.")

    def _user(self, username: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{username}”.")
        return user
