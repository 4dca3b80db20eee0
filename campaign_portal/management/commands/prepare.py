"""``make run``: tables, first data, and what to open."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from campaign_portal import setup
from units.models import Unit, WardProfile


class Command(BaseCommand):
    help = "Chuẩn bị cổng để chạy: tạo bảng, nạp dữ liệu lần đầu, in địa chỉ và tài khoản."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--empty", action="store_true", help="No demonstration data; ask.")
        parser.add_argument("--port", default="8000")
        for name in ("ward", "username", "full-name", "password"):
            parser.add_argument(f"--{name}", help="Answers a question of --empty beforehand.")

    def handle(self, *, empty: bool, port: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        if not Unit.objects.wards().exists():
            if empty:
                self._found(options)
            else:
                self.stdout.write("Đang nạp Kế hoạch 85 và dữ liệu trình diễn (chỉ lần đầu)…")
                setup.load_demonstration(today=timezone.localdate())
        self._say_where(f"http://localhost:{port}", empty=empty)

    def _found(self, options: dict[str, Any]) -> None:
        """The ward and its first administrator, asked for on the terminal where not given."""
        if not sys.stdin.isatty() and not all(
            options[name] for name in ("ward", "username", "password")
        ):
            raise CommandError("Cần --ward, --username và --password khi không có bàn phím để hỏi.")
        try:
            setup.found_portal(
                ward=options["ward"] or setup.ask_ward(),
                username=options["username"] or setup.ask_username(),
                full_name=options["full_name"] or options["username"] or setup.ask_full_name(),
                password=options["password"] or setup.ask_password(),
                today=timezone.localdate(),
            )
        except ValueError as error:
            raise CommandError(str(error)) from error

    def _say_where(self, base: str, *, empty: bool) -> None:
        lines = [
            "",
            "Cổng đã sẵn sàng. Bấm Ctrl+C để dừng.",
            f"  Trang công khai:      {base}/",
            f"  Trang của bí thư:     {base}/bao-cao/",
            f"  Văn phòng:            {base}/quan-tri/",
        ]
        if WardProfile.objects.filter(is_demonstration=True).exists():
            lines += ["", *setup.demonstration_accounts()]
        if not empty:
            lines += ["", "Bắt đầu một cổng trống của phường mình: make run EMPTY=1"]
        self.stdout.write("\n".join([*lines, ""]))
