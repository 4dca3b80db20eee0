from typing import Any

from django.core.management.base import BaseCommand

from outreach.content import clock


class Command(BaseCommand):
    help = (
        "Phát hành bài, áp phích đã đến giờ hẹn và rút xuống những gì hết hạn. "
        "Chạy mỗi phút; chạy hai lần cùng lúc cũng không phát hành lặp."
    )

    def handle(self, **options: Any) -> None:
        done = clock.run()
        self.stdout.write(
            f"Đã phát hành {done.published}, giữ lại {done.held_back}, rút xuống {done.withdrawn}."
        )
