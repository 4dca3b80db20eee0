"""Two wards with one of everything in each cell, and a person in every role of the first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.files import store_upload
from core.tests.factories import PictureFactory
from opinions.models import OpinionSetting
from plans.models import LegalInstrument, Plan
from products.models import Category, Producer, Product
from reports.models import (
    ConsolidatedReport,
    DeadlineRule,
    Extension,
    Holiday,
    Indicator,
    MonthlyReport,
    Photo,
    Submission,
)
from units.models import ReportingDuty, Role, Unit, UnitGroup
from units.tests.factories import (
    OPENED,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
    member,
)

MONTH = dt.date(2026, 3, 1)
WIDTH = 480  # of the picture that lies in the storage


@dataclass
class Place:
    """A ward and one of its cells; ``rows`` maps a model's label to its row of this place."""

    ward: Unit
    cell: Unit
    rows: dict[str, Any] = field(default_factory=dict)

    def unit_of(self, label: str) -> Unit:
        """The unit on which a right is asked for the row of ``label``."""
        if label == "accounts.user":
            return self.cell
        return self.rows[label].scope_unit


def build_place(ward: Unit | None = None) -> Place:
    """One row of every model that has an address; the ward's own rows only with a new ward."""
    owner = ward or WardFactory()
    cell = UnitFactory(parent=owner)
    place = Place(owner, cell)
    place.rows = {
        "units.unit": cell,
        "units.reportingduty": ReportingDuty.objects.create(unit=cell, starts_on=OPENED),
        "accounts.user": member(Role.SECRETARY, cell),
    }
    place.rows |= _reports_of(place)
    if ward is None:
        place.rows |= _rows_of_ward(owner)
    return place


def _reports_of(place: Place) -> dict[str, Any]:
    """A report that waits for review, with its deadline moved."""
    now = timezone.now()
    secretary = place.rows["accounts.user"]
    report = MonthlyReport.objects.create(
        unit=place.cell,
        ward=place.ward,
        month=MONTH,
        status="submitted",
        first_submitted_at=now,
        submitted_at=now,
        submitted_by=secretary,
        due_on=MONTH,
    )
    Submission.objects.create(
        report=report,
        number=1,
        key=uuid4(),
        receipt=f"THU-{report.pk}",
        content={},
        by=secretary,
        at=now,
    )
    moved = Extension.objects.create(
        unit=place.cell, month=MONTH, due_on=dt.date(2026, 3, 31), reason="Thử"
    )
    photo = _photo_of(report, secretary)
    return {
        "reports.monthlyreport": report,
        "reports.extension": moved,
        "reports.photo": photo,
    }


def _photo_of(report: MonthlyReport, secretary: Any) -> Photo:
    """Its smallest file lies in the storage, so that its address answers."""
    picture = PictureFactory(is_public=False)
    default_storage.save(picture.storage_name(WIDTH), ContentFile(b"RIFF"))
    return Photo.objects.create(report=report, picture=picture, key=uuid4(), by=secretary)


def _rows_of_ward(ward: Unit) -> dict[str, Any]:
    author = MembershipFactory(unit=ward, role=Role.EDITOR).user
    OpinionSetting.objects.create(
        ward=ward, is_open=True, statement="Văn bản số 01.", by=author, at=timezone.now()
    )
    category = Category.objects.create(owner=ward, name=f"Loại của {ward}", slug=f"loai-{ward.pk}")
    return {
        "units.unitgroup": UnitGroup.objects.create(owner=ward, name="Các chi bộ"),
        "units.wardprofile": ward.profile,
        "reports.indicator": Indicator.objects.create(
            owner=ward, code="thu", name="Thử", unit_of_measure="buổi", starts_on=OPENED
        ),
        "reports.holiday": Holiday.objects.create(
            owner=ward, day=dt.date(2031, 3, 5), name="Ngày thử"
        ),
        "reports.consolidatedreport": _document_of(ward, author),
        "reports.deadlinerule": DeadlineRule.objects.create(owner=ward, starts_on=OPENED),
        "products.category": category,
        "products.producer": Producer.objects.create(owner=ward, name="Cơ sở thử"),
        "products.product": Product.objects.create(
            owner=ward,
            category=category,
            name=f"Hàng thử {ward.pk}",
            summary="Một câu.",
            why_recommended="Để thử.",
            status=Product.Status.PUBLISHED,
        ),
        "plans.legalinstrument": LegalInstrument.objects.create(
            owner=ward, document_type="Chỉ thị", code="03-CT/TW"
        ),
        "plans.plan": Plan.objects.create(
            owner=ward,
            subject="thử",
            source=store_upload(
                SimpleUploadedFile("ke-hoach.txt", b"thu"), kinds=["document"], user=author
            ),
            source_sha256=f"{ward.pk:064}",
            reading={},
            created_by=author,
        ),
    }


def _document_of(ward: Unit, author: Any) -> ConsolidatedReport:
    """An official report that is still a draft, with its first text."""
    document = ConsolidatedReport.objects.create(
        owner=ward, kind="month", starts_on=MONTH, profile="PARTY_HD05", created_by=author
    )
    content = {"head": {}, "texts": {}, "picks": []}
    document.texts.create(number=1, content=content, by=author, at=timezone.now())
    return document


def build_people(place: Place) -> dict[str, Any]:
    """A user for every role in ``place``, and those who have none."""
    people = {role.value: member(role, place.ward) for role in Role if role != Role.SECRETARY}
    people["secretary"] = place.rows["accounts.user"]
    people["stranger"] = UserFactory()
    people["locked"] = MembershipFactory(
        unit=place.ward, role=Role.OFFICE, user=UserFactory(is_active=False)
    ).user
    return people


ADMIN_ROW = re.compile(
    r"(?P<lead>quan-tri/(?P<app>\w+)/(?P<model>\w+)/)<path:object_id>(?P<tail>/(?:change|history)/)$"
)
OLD_STATE = re.compile(r"quan-tri/(?P<app>\w+)/(?P<model>\w+)/\^\(\[\^/\]\+\)/history/")
OWN_ROW = re.compile(
    r"quan-tri/(?P<words>bao-cao/han-nop/gia-han|bao-cao/han-nop/ngay-nghi|bao-cao/van-ban|bao-cao|can-cu|don-vi|"
    r"ke-hoach|san-pham)/<int:pk>/"
)
SCREENS = (
    "bao-cao/<int:unit_pk>/",
    "quan-tri/bao-cao/o/<int:unit_pk>/",
    "y-kien/<int:unit_pk>/<month:month>/",
)
APP_INDEX = "quan-tri/^(?P<app_label>"
TRACE_CODE = "quan-tri/bao-cao/ma/<str:code>/"
WORDS = {
    "bao-cao": "reports.monthlyreport",
    "bao-cao/han-nop/gia-han": "reports.extension",
    "bao-cao/han-nop/ngay-nghi": "reports.holiday",
    "bao-cao/van-ban": "reports.consolidatedreport",
    "can-cu": "plans.legalinstrument",
    "don-vi": "units.unit",
    "ke-hoach": "plans.plan",
    "san-pham": "products.product",
}
# Addresses of single rows outside the office.
OTHERS: dict[str, Callable[[Place], str]] = {
    "hang-viet/<slug:slug>/": lambda place: f"hang-viet/{place.rows['products.product'].slug}/",
    "anh/<str:name>": lambda place: "anh/khong-co.webp",
    "vao/<str:token>/": lambda place: "vao/khong-co-the-nay/",
    "quan-tri/autocomplete/": lambda place: (
        "quan-tri/autocomplete/?app_label=units&model_name=reportingduty&field_name=unit"
    ),
}


def model_of(route: str) -> str | None:
    """The label of the model whose row ``route`` names; None for pages of no row."""
    if found := ADMIN_ROW.match(route) or OLD_STATE.match(route):
        return f"{found['app']}.{found['model']}"
    if found := OWN_ROW.match(route):
        return WORDS[found["words"]]
    if route == TRACE_CODE:
        return "reports.consolidatedreport"
    return "units.unit" if route.startswith(SCREENS) else None


def describes(route: str) -> bool:
    """Is it known how to make an address of ``route``?"""
    return (
        "<" not in route
        or route in OTHERS
        or route.startswith(APP_INDEX)
        or model_of(route) is not None
    )


def address(route: str, place: Place) -> str | None:
    """The address of ``route`` for the row of ``place``; None where ``place`` has no such row."""
    if route.startswith(APP_INDEX):
        return "/quan-tri/units/"
    if route in OTHERS:
        return "/" + OTHERS[route](place) if "products.product" in place.rows else None
    label = model_of(route)
    if label is None:
        return "/" + route
    row = place.rows.get(label)
    if row is None:
        return None
    if OLD_STATE.match(route):
        return f"/quan-tri/{label.replace('.', '/')}/{row.pk}/history/{row.history.first().pk}/"
    for part, value in (
        ("<str:key>", "outreach"),
        ("<str:figure>", "don-vi.ky"),
        ("<str:code>", getattr(row, "trace_code", "")),
        ("<path:object_id>", row.pk),
        ("<int:pk>", row.pk),
        ("<int:unit_pk>", row.pk),
        ("<month:month>", "2026-03"),
        ("<str:name>", place.rows["reports.photo"].picture.file_name(WIDTH)),
        ("<uuid:key>", place.rows["reports.photo"].key),
    ):
        route = route.replace(part, str(value))
    return "/" + route
