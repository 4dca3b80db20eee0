"""``make run``: tables, first data, and what to open."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from campaign_portal import setup
from units.models import Unit, WardProfile


def _is_taken(port: int) -> bool:
    """Whether something answers there already, so that nobody is sent to another's pages."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Command(BaseCommand):
    help = "Chuẩn bị cổng để chạy: tạo bảng, nạp dữ liệu lần đầu, in địa chỉ và tài khoản."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--empty", action="store_true", help="No demonstration data; ask.")
        parser.add_argument("--port", help="Where it will be served; must be free.")
        for name in ("ward", "username", "full-name", "password"):
            parser.add_argument(f"--{name}", help="Answers a question of --empty beforehand.")

    def handle(self, *, empty: bool, port: str | None, **options: Any) -> None:
        if port and _is_taken(int(port)):
            raise CommandError(
                f"Số cổng {port} đang có chương trình khác dùng. Mời chạy lại với số khác, "
                f"ví dụ: make run {'EMPTY=1 ' if empty else ''}PORT={int(port) + 1}"
            )
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not Unit.objects.wards().exists():
            if empty:
                self._found(options)
            else:
                if settings.HTTPS:
                    raise CommandError(
                        "Dữ liệu trình diễn có mật khẩu ai cũng biết nên không nạp được khi HTTPS=on."
                    )
                self.stdout.write("Đang nạp Kế hoạch 85 và dữ liệu trình diễn (chỉ lần đầu)…")
                setup.load_demonstration(today=timezone.localdate())
        self._say_where(f"http://localhost:{port or 8000}", empty=empty)

    def _found(self, options: dict[str, Any]) -> None:
        """The ward and its first administrator, asked for on the terminal where not given."""
        if not sys.stdin.isatty() and not all(
            options[name] for name in ("ward", "username", "password")
        ):
            raise CommandError(
                "Không có bàn phím để hỏi. Mời chạy make run EMPTY=1 ở một cửa sổ dòng lệnh."
            )
        try:
            setup.found_portal(**self._answers(options), today=timezone.localdate())
        except ValueError as error:
            raise CommandError(str(error)) from error
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Đã dừng, chưa lập cổng nào.") from None
        self.stdout.write("Đã lập cổng. Việc tiếp theo: đăng nhập văn phòng và nạp kế hoạch.")

    def _answers(self, options: dict[str, Any]) -> dict[str, str]:
        ward = options["ward"] or self._ask(setup.ask_ward)
        username = options["username"] or self._ask(setup.ask_username)
        return {
            "ward": ward,
            "username": username,
            "full_name": options["full_name"]
            or options["username"]
            or self._ask(setup.ask_full_name),
            "password": options["password"] or self._ask(partial(setup.ask_password, username)),
        }

    def _ask(self, question: Callable[[], str]) -> str:
        """Ask until the answer can be used; says each time what is wrong with it."""
        while True:
            try:
                return question()
            except ValueError as error:
                self.stdout.write(f"  {error}")

    def _say_where(self, base: str, *, empty: bool) -> None:
        lines = [
            "",
            "Cổng đã sẵn sàng. Bấm Ctrl+C để dừng.",
            f"  Trang công khai:      {base}/",
            f"  Trang của bí thư:     {base}/bao-cao/",
            f"  Văn phòng:            {base}/quan-tri/",
        ]
        if WardProfile.objects.filter(is_demonstration=True).exists():
            lines += ["", *setup.demonstration_accounts(), "", *setup.demonstration_way_in(base)]
        if not empty:
            lines += ["", "Bắt đầu một cổng trống của phường mình: make run EMPTY=1 PORT=8001"]
        self.stdout.write("\n".join([*lines, ""]))
