"""``manage.py seed_scale``: generated wards for benches and trials, never beside a real one."""

from __future__ import annotations

import resource
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaign_portal import scale
from core.text import format_number, parse_date


class Command(BaseCommand):
    help = (
        "Tạo phường mô phỏng để thử phần mềm với nhiều dữ liệu: đơn vị, kế hoạch và báo cáo nhiều "
        "tháng, như nhau mỗi lần chạy với cùng --seed và --until."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--wards", type=int, default=1, help="Số phường.")
        parser.add_argument("--units", type=int, default=150, help="Số đơn vị của mỗi phường.")
        parser.add_argument("--months", type=int, default=60, help="Số tháng báo cáo.")
        parser.add_argument("--seed", type=int, default=1, help="Số gieo: số khác, dữ liệu khác.")
        parser.add_argument(
            "--until", help="Dữ liệu như đang ở ngày này, ví dụ 20/11/2026; bỏ trống là hôm nay."
        )
        parser.add_argument(
            "--password", help="Mật khẩu chung của các tài khoản; bỏ trống thì không ai vào được."
        )

    def handle(
        self,
        *,
        wards: int,
        units: int,
        months: int,
        seed: int,
        until: str | None,
        password: str | None,
        **options: Any,
    ) -> None:
        try:
            built = scale.build(
                wards=wards,
                units=units,
                months=months,
                seed=seed,
                until=parse_date(until) if until else None,
                password=password,
                say=self._say,
            )
        except (ValueError, scale.RealDataError) as error:
            raise CommandError(str(error)) from error
        self._sum_up(built, has_password=bool(password))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _sum_up(self, built: scale.Built, *, has_password: bool) -> None:
        rows = [f"  {format_number(count):>12}  {name}" for name, count in built.rows.items()]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux: KiB
        lines = [
            f"Đã tạo {len(built.wards)} phường mô phỏng trong {built.seconds:.0f} giây, "
            f"dùng nhiều nhất {memory:.0f} MB bộ nhớ:",
            *rows,
        ]
        if has_password:
            code = built.wards[0].code.lower()
            lines += [f"Đăng nhập: {code}-vanphong, {code}-tuyengiao, {code}-cb001 và tiếp theo."]
        else:
            lines += ["Các tài khoản chưa có mật khẩu; thêm --password để vào xem."]
        self.stdout.write("\n".join(lines))
