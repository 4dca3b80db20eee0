from typing import Any

from django.core.management.base import BaseCommand

from outreach.content import links


class Command(BaseCommand):
    help = (
        "Kiểm tra địa chỉ nguồn trong các bài đang đăng, chỉ ở máy chủ ghi trong LINK_CHECK_HOSTS. "
        "Chạy mỗi đêm."
    )

    def handle(self, **options: Any) -> None:
        counts = links.check_all()
        self.stdout.write(
            f"Mở được {counts['good']}, đã chuyển {counts['moved']},"
            f" không mở được {counts['broken']}, không được phép hỏi {counts['unknown']}."
        )
