"""One file sent twice at the same moment, with real threads. SQLite has one writer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from core.files import Kind, store_upload
from plans import proposals
from plans.models import Plan
from plans.reader import read_plan
from plans.tests.factories import upload
from units.tests.factories import WardFactory

pytestmark = [
    pytest.mark.threads,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row locks need PostgreSQL"),
]


def test_button_pressed_twice_gives_one_plan(media):
    ward = WardFactory()
    name = "85-KH-DU.docx"
    reading = read_plan(upload(name).read(), name, ward_name=ward.name)
    barrier = Barrier(2)

    def send(_):
        try:
            stored = store_upload(upload(name), kinds=[Kind.DOCUMENT], user=None)
            barrier.wait()
            return proposals.propose(reading, ward=ward, stored_file=stored, user=None).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(send, range(2)))

    assert made == [Plan.objects.get().pk] * 2
