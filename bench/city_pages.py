"""``python -m bench.city_pages ROUNDS``: milliseconds of coverage, comparison and search of the
first generated ward of the database, one line of JSON a round asked for on the standard input."""

from __future__ import annotations

import json
import sys
import time

import django

django.setup()

from django.test import Client  # noqa: E402  after the settings
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.tests.people import signed_in_whole  # noqa: E402
from units.models import Unit  # noqa: E402

WORDS = ("cb 12", "hang viet", "0912", "cb 12 thang 4", "nguyen thi")


def pages() -> dict[str, str]:
    today = timezone.localdate()
    long = {"so-lieu": "dung-han", "hang": "don-vi", "cot": "nam"}
    long |= {"tu": f"{today.year - 4}-01", "den": f"{today.year}-{today.month:02}"}
    found = {
        "Độ phủ": reverse("admin:coverage"),
        "Độ phủ, 60 tháng": reverse("admin:coverage", query={"so-thang": "60"}),
        "So sánh": reverse("admin:report_pivot"),
        "So sánh năm năm": reverse("admin:report_pivot", query=long),
    }
    found |= {f"Tìm “{word}”": reverse("admin:find", query={"q": word}) for word in WORDS}
    return found


def officer() -> Client:
    ward = Unit.objects.wards().order_by("path")[0]
    client = Client(headers={"host": "127.0.0.1"})
    signed_in_whole(client, User.objects.get(username=f"{ward.code.lower()}-vanphong"))
    return client


def main() -> None:
    client, asked = officer(), pages()
    for address in asked.values():
        client.get(address, secure=True)
    for _ in sys.stdin:
        times = {}
        for name, address in asked.items():
            begun = time.perf_counter()
            response = client.get(address, secure=True)
            times[name] = (time.perf_counter() - begun) * 1000
            if response.status_code != 200:
                raise SystemExit(f"{name}: {response.status_code}")
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
