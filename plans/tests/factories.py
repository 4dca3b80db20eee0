"""Plans for tests, with declared values; and the shared documents as proposals."""

import datetime as dt
from pathlib import Path

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from core.files import Kind, store_upload
from core.models import StoredFile
from plans import proposals
from plans.models import ContentItem, Plan, Status
from plans.reader import read_plan
from units.tests.factories import WardFactory

DOCUMENTS = Path(__file__).parent / "documents"
SIGNED = dt.date(2026, 1, 15)


class SourceFactory(DjangoModelFactory):
    """The row of a file; its content is not written."""

    class Meta:
        model = StoredFile

    original_name = factory.Sequence(lambda n: f"ke-hoach-{n}.docx")
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    size = 1000
    content_type = "text/plain"
    state = StoredFile.State.CLEAN


class PlanFactory(DjangoModelFactory):
    """A plan of 2026 that is in force all that year."""

    class Meta:
        model = Plan

    owner = factory.SubFactory(WardFactory)
    status = Status.CONFIRMED
    code = factory.Sequence(lambda n: f"{n + 1}-KH/ĐU")
    issuer = "ĐẢNG ỦY PHƯỜNG"
    subject = "tuyên truyền dùng hàng Việt Nam năm 2026"
    year = 2026
    issued_on = SIGNED
    valid_from = SIGNED
    valid_to = dt.date(2027, 1, 1)
    source = factory.SubFactory(SourceFactory)
    source_sha256 = factory.SelfAttribute("source.sha256")
    reading = factory.LazyFunction(lambda: {"paragraphs": ["KẾ HOẠCH"], "questions": []})


class ContentItemFactory(DjangoModelFactory):
    class Meta:
        model = ContentItem

    plan = factory.SubFactory(PlanFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Tuyên truyền nội dung thứ {n + 1}.")
    short_title = factory.Sequence(lambda n: f"Nội dung thứ {n + 1}")


def upload(name):
    """A shared document as an upload."""
    return ContentFile((DOCUMENTS / name).read_bytes(), name=name)


def proposal(name, *, ward, user=None):
    """The proposed plan that a shared document makes in ``ward``."""
    file = upload(name)
    reading = read_plan(file.read(), name, ward_name=ward.name)
    stored = store_upload(file, kinds=[Kind.DOCUMENT], user=user)
    return proposals.propose(reading, ward=ward, stored_file=stored, user=user)
