from typing import Any

from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

from units.models import WardProfile


class Command(BaseCommand):
    help = "In ra trang báo bảo trì, để máy chủ web đưa ra khi cổng đang cập nhật."

    def handle(self, **options: Any) -> None:
        profiles = WardProfile.objects.select_related("ward").order_by("ward__path")
        # The only ward of the portal; with several, no number is everyone's.
        profile = profiles.first() if profiles.count() == 1 else None
        self.stdout.write(render_to_string("maintenance.html", {"profile": profile}))
