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

from approvals.models import ApprovalRequest
from core.files import store_upload
from core.history import KINDS
from core.models import ExportLog
from core.tests.factories import PictureFactory
from opinions.models import OpinionSetting
from outreach.models import (
    Airing,
    Article,
    Bulletin,
    Event,
    Poster,
    ShortText,
    Slot,
    SpokenWord,
    Voice,
)
from plans.models import ContentItem, LegalInstrument, Plan, Task, TaskFile
from privacy.models import PersonalRequest
from products import imports as products_imports
from products.models import (
    Category,
    Outlet,
    Producer,
    Product,
    Promotion,
    Recognition,
    Sale,
    Suggestion,
)
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
from units import imports
from units.models import ReportingDuty, Role, Unit, UnitGroup
from units.tests.factories import (
    OPENED,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    WardFactory,
    member,
)
from units.tests.sheets import HEADER, upload, workbook

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
        if label == "core.exportlog":
            return self.ward
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
        "units.unitimport": imports.keep(
            ward, upload(workbook(HEADER, (1, "Chi bộ Thử", "Người Thử"))), user=author
        ),
        "reports.indicator": Indicator.objects.create(
            owner=ward, code="thu", name="Thử", unit_of_measure="buổi", starts_on=OPENED
        ),
        "outreach.event": Event.objects.create(
            owner=ward, title="Việc thử", held_on=MONTH, created_by=author
        ),
        "reports.holiday": Holiday.objects.create(
            owner=ward, day=dt.date(2031, 3, 5), name="Ngày thử"
        ),
        "reports.consolidatedreport": _document_of(ward, author),
        "reports.deadlinerule": DeadlineRule.objects.create(owner=ward, starts_on=OPENED),
        "products.category": category,
        "products.producer": Producer.objects.create(owner=ward, name="Cơ sở thử"),
        **_goods_of(ward, category, author),
        "products.suggestion": Suggestion.objects.create(
            owner=ward, kind="product", product_name="Hàng bà con", code_hash=f"{ward.pk:064}"
        ),
        "core.exportlog": ExportLog.objects.create(
            user=author, name="Đơn vị", columns="Tên", row_count=1, wards=f",{ward.path},"
        ),
        "privacy.personalrequest": PersonalRequest.objects.create(owner=ward, kind="view"),
        "plans.legalinstrument": LegalInstrument.objects.create(
            owner=ward, document_type="Chỉ thị", code="03-CT/TW"
        ),
        **_plan_of(ward, author),
    }


def _goods_of(ward: Unit, category: Category, author: Any) -> dict[str, Any]:
    """One kind of goods with its recognition, sold in a shop, and a list that waits."""
    product = Product.objects.create(
        owner=ward,
        category=category,
        name=f"Hàng thử {ward.pk}",
        summary="Một câu.",
        why_recommended="Để thử.",
        status=Product.Status.PUBLISHED,
    )
    outlet = Outlet.objects.create(owner=ward, name=f"Cửa hàng {ward.pk}", address="Số 1")
    Sale.objects.create(product=product, outlet=outlet)
    table = workbook(("Tên cơ sở", "Địa chỉ"), (f"Cơ sở mới {ward.pk}", "Số 2"))
    return {
        "products.product": product,
        "products.outlet": outlet,
        "products.recognition": Recognition.objects.create(
            product=product, programme="ocop", year=2025, level=4
        ),
        "products.promotion": Promotion.objects.create(
            owner=ward, title=f"Hội chợ {ward.pk}", first_on=MONTH, last_on=MONTH
        ),
        "products.productimport": products_imports.keep(
            ward, upload(table, "Hàng.xlsx"), None, user=author
        ),
    }


def _plan_of(ward: Unit, author: Any) -> dict[str, Any]:
    """A proposed plan with what grew from it."""
    plan = Plan.objects.create(
        owner=ward,
        subject="thử",
        source=store_upload(
            SimpleUploadedFile("ke-hoach.txt", b"thu"), kinds=["document"], user=author
        ),
        source_sha256=f"{ward.pk:064}",
        reading={},
        created_by=author,
    )
    item = ContentItem.objects.create(plan=plan, position=1, text="Thử.", short_title="Thử")
    held = Plan.objects.create(
        owner=ward,
        subject="thử, đã xác nhận",
        status="confirmed",
        valid_from=OPENED,
        source=plan.source,
        source_sha256=f"{ward.pk + 1_000_000:064}",
        reading={},
    )
    task = Task.objects.create(plan=held, position=1, text="Việc thử.")
    return {
        "plans.plan": plan,
        "plans.contentitem": item,
        "plans.task": task,
        **_forms_of(ward, item),
        "plans.taskfile": TaskFile.objects.create(task=task, file=plan.source, by=author),
        "approvals.approvalrequest": _asked_of(plan, author),
    }


def _forms_of(ward: Unit, item: ContentItem) -> dict[str, Any]:
    """One draft of each form of a content, and what is public of the ward beside."""
    shared = {"owner": ward, "content_item": item, "title": "Bản thử"}
    bulletin = Bulletin.objects.create(text="Thử.", syllables=1, seconds=1, **shared)
    slot = Slot.objects.create(owner=ward, name="Chiều", starts_at=dt.time(16, 30), minutes=5)
    return {
        "outreach.bulletin": bulletin,
        "outreach.slot": slot,
        "outreach.airing": Airing.objects.create(
            owner=ward, bulletin=bulletin, slot=slot, day=MONTH
        ),
        "outreach.spokenword": SpokenWord.objects.create(owner=ward, written="A", spoken="a"),
        "outreach.voice": Voice.objects.create(owner=ward),
        "outreach.article": Article.objects.create(summary="Thử.", body="<p>Thử.</p>", **shared),
        "outreach.shorttext": ShortText.objects.create(text="Thử.", **shared),
        "outreach.poster": Poster.objects.create(text="Thử.", **shared),
    }


def _asked_of(plan: Plan, author: Any) -> ApprovalRequest:
    """A link for a leader, still open."""
    return ApprovalRequest.objects.create(
        owner=plan.owner,
        kind="plan",
        target=plan.pk,
        title=str(plan),
        target_version=plan.version,
        leader=member(Role.LEADER, plan.owner),
        made_by=author,
        expires_at=timezone.now() + dt.timedelta(days=3),
        token_hash=f"{plan.pk:064}",
    )


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
HISTORY = re.compile(r"quan-tri/lich-su/(?P<slug>[a-z-]+)/<int:pk>/")
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
    "bao-cao/tinh-hai-lan": "outreach.event",
    "bao-cao/van-ban": "reports.consolidatedreport",
    "can-cu": "plans.legalinstrument",
    "do-phu": "plans.contentitem",
    "gop-y": "products.suggestion",
    "don-vi": "units.unit",
    "don-vi/nhap": "units.unitimport",
    "ke-hoach": "plans.plan",
    "nhiem-vu": "plans.task",
    "nhiem-vu/tep": "plans.taskfile",
    "san-pham": "products.product",
    "san-pham/nhap": "products.productimport",
    "tuyen-truyen/ap-phich": "outreach.poster",
    "tuyen-truyen/bai-viet": "outreach.article",
    "tuyen-truyen/ban-tin-loa": "outreach.bulletin",
    "tuyen-truyen/hoat-dong": "outreach.event",
    "tuyen-truyen/loa/ban-tin": "outreach.bulletin",
    "tuyen-truyen/loa/luot-phat": "outreach.airing",
    "tuyen-truyen/noi-dung": "plans.contentitem",
    "tuyen-truyen/tin-zalo": "outreach.shorttext",
    "trinh-duyet": "approvals.approvalrequest",
    "trinh-duyet/tao/<slug:kind>": "plans.plan",
}
OWN_ROW = re.compile(
    rf"quan-tri/(?P<words>{'|'.join(sorted(WORDS, key=len, reverse=True))})/<int:pk>/"
)
# Addresses of single rows outside the office.
OTHERS: dict[str, Callable[[Place], str]] = {
    "hang-viet/<slug:slug>/": lambda place: f"hang-viet/{place.rows['products.product'].slug}/",
    "hang-viet/<slug:slug>/anh-chia-se.jpg": lambda place: (
        f"hang-viet/{place.rows['products.product'].slug}/anh-chia-se.jpg"
    ),
    "noi-lam/<slug:slug>/": lambda place: "noi-lam/co-so-thu/",
    "noi-ban/<slug:slug>/": lambda place: f"noi-ban/cua-hang-{place.ward.pk}/",
    "hoi-cho/<slug:slug>/": lambda place: f"hoi-cho/hoi-cho-{place.ward.pk}/",
    "bao-mat/thiet-bi/<int:pk>/ten/": lambda place: "bao-mat/thiet-bi/1/ten/",
    "bao-mat/thiet-bi/<int:pk>/bo/": lambda place: "bao-mat/thiet-bi/1/bo/",
    "anh/<str:name>": lambda place: "anh/khong-co.webp",
    "vao/<str:token>/": lambda place: "vao/khong-co-the-nay/",
    "duyet/<str:token>/": lambda place: "duyet/khong-co-duong-dan-nay/",
    "tin-tuc/<slug:slug>/": lambda place: "tin-tuc/khong-co/",
    "tin-tuc/ap-phich/<int:pk>/": lambda place: "tin-tuc/ap-phich/1/",
    "in/<slug:paper>/<slug:slug>/": lambda place: (
        f"in/ap-phich/{place.rows['products.product'].slug}/"
    ),
    "tin/hoi-cho/<slug:slug>.ics": lambda place: "tin/hoi-cho/khong-co.ics",
    "sitemap-hang-<int:number>.xml": lambda place: "sitemap-hang-1.xml",
    "gop-y/ma/<str:code>/": lambda place: "gop-y/ma/khong-co-ma-nay/",
    "quan-tri/tuyen-truyen/loa/nam/<int:year>/": lambda place: (
        "quan-tri/tuyen-truyen/loa/nam/2026/"
    ),
    "quan-tri/autocomplete/": lambda place: (
        "quan-tri/autocomplete/?app_label=units&model_name=reportingduty&field_name=unit"
    ),
}


def model_of(route: str) -> str | None:
    """The label of the model whose row ``route`` names; None for pages of no row."""
    if found := ADMIN_ROW.match(route):
        return f"{found['app']}.{found['model']}"
    if found := HISTORY.match(route):
        return KINDS[found["slug"]].model._meta.label_lower
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
    if HISTORY.match(route):
        state = row.history.first().pk if hasattr(row, "history") else ""
        return f"/{route.replace('<int:pk>', str(row.pk))}?ban={state}&tu={state}&den={state}"
    for part, value in (
        ("<str:key>", "outreach"),
        ("<str:figure>", "don-vi.ky"),
        ("<str:code>", getattr(row, "trace_code", "")),
        ("<path:object_id>", row.pk),
        ("<int:pk>", row.pk),
        ("<int:unit_pk>", row.pk),
        ("<month:month>", "2026-03"),
        ("<slug:kind>", "plan"),
        ("<slug:paper>", "nhan-ke"),
        ("<str:name>", place.rows["reports.photo"].picture.file_name(WIDTH)),
        ("<uuid:key>", place.rows["reports.photo"].key),
    ):
        route = route.replace(part, str(value))
    return "/" + route
