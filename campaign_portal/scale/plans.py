"""The plans of a generated ward: a long programme, and a plan for each year."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from campaign_portal.scale.frame import Frame, morning
from campaign_portal.scale.tables import Table, create
from core.files import Kind, store_upload
from core.models import StoredFile
from plans import workflow
from plans.models import ContentItem, Plan, PlanNode, PlanStep, Recipient, Status
from units.models import Role

STARTS = (1, 20)  # month and day on which the plan of a year begins
PURPOSE = "Nâng cao nhận thức và trách nhiệm của cán bộ, đảng viên và Nhân dân trong việc dùng hàng Việt Nam."
CLOSING = "Trên đây là kế hoạch mô phỏng, sinh tự động để thử phần mềm, không phải văn bản thật."
FURTHER = (
    "Quán triệt Chỉ thị số 03-CT/TW của Ban Bí thư về Cuộc vận động",
    "Nêu gương của cán bộ, đảng viên trong mua sắm, tiêu dùng",
    "Ưu tiên hàng Việt Nam trong mua sắm công",
    "Bảo vệ quyền lợi người tiêu dùng",
    "Xây dựng và nhân rộng mô hình, điển hình",
)
YEARLY = (
    "Tuyên truyền tại sinh hoạt chi bộ, họp tổ dân phố",
    "Hưởng ứng Ngày Quyền của người tiêu dùng Việt Nam 15/3",
    "Giới thiệu sản phẩm OCOP và sản phẩm chủ lực",
    "Tuyên truyền chống hàng giả, hàng nhái, hàng không rõ nguồn gốc",
    "Vận động hộ kinh doanh ký cam kết, niêm yết giá",
    "Truy xuất nguồn gốc bằng mã QR",
    "Vận động bình chọn hàng Việt Nam được yêu thích",
    "Tham gia tháng khuyến mại, tuần hàng Việt",
)
# Contents that have their months.
SEASONAL = {"15/3": (3,), "bình chọn": (9, 10), "tháng khuyến mại": (7, 11)}


@dataclass(frozen=True)
class Text:
    """A plan before it belongs to a ward: its words, its time, its stored file."""

    code: str
    subject: str
    contents: tuple[str, ...]
    issued_on: dt.date
    ends_on: dt.date | None
    is_over: bool

    @property
    def paragraphs(self) -> list[tuple[str, str, str]]:
        """Role, numeral and words of each paragraph of the source."""
        role = PlanNode.Role
        lines = [
            (role.TYPE, "", "KẾ HOẠCH"),
            (role.SUBJECT, "", self.subject),
            (role.PURPOSE, "I", "MỤC ĐÍCH, YÊU CẦU"),
            (role.PURPOSE, "", PURPOSE),
            (role.CONTENT, "II", "NỘI DUNG"),
        ]
        lines += [
            (role.CONTENT, str(place), f"{words}.")
            for place, words in enumerate(self.contents, start=1)
        ]
        lines += [
            (role.IMPLEMENTATION, "III", "TỔ CHỨC THỰC HIỆN"),
            (role.IMPLEMENTATION, "1", "Các chi bộ trực thuộc báo cáo kết quả hằng tháng."),
            (role.CLOSING, "", CLOSING),
            (role.RECIPIENT, "", "- Các chi bộ trực thuộc,"),
        ]
        return lines

    @property
    def source(self) -> bytes:
        lines = [
            f"{numeral}. {words}" if numeral else words for _, numeral, words in self.paragraphs
        ]
        return "\n".join(lines).encode()


def texts(months: list[dt.date], until: dt.date) -> list[Text]:
    """The programme of the whole time, and the plan of each year that had begun by ``until``."""
    first = months[0]
    further = Text(
        "05-CTr/ĐU",
        "thực hiện Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam” nhiều năm (mô phỏng)",
        FURTHER,
        first,
        None,
        False,
    )
    start = first.year if first > dt.date(first.year, *STARTS) else first.year - 1
    yearly = []
    for year in range(start, until.year + 1):
        issued, ends = dt.date(year, *STARTS), dt.date(year + 1, *STARTS)
        if issued <= until:
            subject = f"tuyên truyền Cuộc vận động năm {year} (mô phỏng)"
            yearly.append(Text(f"{year % 100}-KH/ĐU", subject, YEARLY, issued, ends, ends <= until))
    return [further, *yearly]


def store(text: Text) -> StoredFile:
    """The file that ``text`` is read from; one for all wards, kept from an earlier build."""
    digest = hashlib.sha256(text.source).hexdigest()
    known = StoredFile.objects.clean().with_sha256(digest).first()
    if known is not None:
        return known
    name = f"ke-hoach-mo-phong-{text.issued_on.year}.txt"
    upload = ContentFile(text.source, name=name)
    return store_upload(upload, kinds=[Kind.DOCUMENT], user=None)


def write(frame: Frame, given: list[tuple[Text, StoredFile]]) -> None:
    """The plans of ``given`` as plans of the ward, confirmed, and closed where they are over."""
    officer = frame.staff[Role.PROPAGANDA]
    steps = Table(
        PlanStep, "plan_id", "name", "from_status", "to_status", "actor_id", "reason", "created_at"
    )
    for text, source in given:
        plan = _plan(frame, text, source, officer)
        _nodes(plan, text)
        Recipient.objects.create(
            plan=plan,
            position=1,
            text="Các chi bộ trực thuộc",
            group=frame.ward.groups.get(),
        )
        held = morning(text.issued_on)
        steps.add(
            plan.pk, workflow.CONFIRM.name, Status.PROPOSED, Status.CONFIRMED, officer.pk, "", held
        )
        if text.is_over and text.ends_on:
            over = morning(text.ends_on)
            steps.add(
                plan.pk,
                workflow.CLOSE.name,
                Status.CONFIRMED,
                Status.CLOSED,
                officer.pk,
                "Hết năm kế hoạch.",
                over,
            )
    steps.flush()


def _plan(frame: Frame, text: Text, source: StoredFile, officer: Any) -> Plan:
    return Plan.objects.create(
        owner=frame.ward,
        status=Status.CLOSED if text.is_over else Status.CONFIRMED,
        version=3 if text.is_over else 2,
        code=text.code,
        document_type="CHƯƠNG TRÌNH" if text.ends_on is None else "KẾ HOẠCH",
        issued_on=text.issued_on,
        issue_place=frame.ward.profile.place_name,
        issuer=frame.ward.profile.committee_name.upper(),
        superior=frame.ward.profile.superior_name.upper(),
        subject=text.subject,
        year=text.issued_on.year if text.ends_on else None,
        valid_from=text.issued_on,
        valid_to=text.ends_on,
        closing=CLOSING,
        source=source,
        source_sha256=source.sha256,
        reading={"paragraphs": text.source.decode().split("\n"), "questions": []},
        created_by=officer,
    )


def _nodes(plan: Plan, text: Text) -> None:
    """The text as a tree of two levels, and a content for each numbered item of part II."""
    sections: dict[str, PlanNode] = {}
    children = []
    for place, (role, numeral, words) in enumerate(text.paragraphs):
        is_section = numeral.isalpha()
        node = PlanNode(
            plan=plan,
            position=place,
            depth=0 if is_section or role not in sections else 1,
            numeral=numeral,
            heading=words if is_section else "",
            text="" if is_section else words,
            role=role,
            paragraph=place,
            last_paragraph=place,
        )
        if is_section:
            sections[role] = node
        else:
            children.append(node)
    PlanNode.objects.bulk_create(sections.values())
    for node in children:
        node.parent = sections.get(node.role)
    PlanNode.objects.bulk_create(children)
    contents = [node for node in children if node.role == PlanNode.Role.CONTENT]
    rows = [
        ContentItem(
            plan=plan, node=node, position=place, text=node.text, short_title=node.text.rstrip(".")
        )
        for place, node in enumerate(contents, start=1)
    ]
    create(ContentItem, rows, at=morning(text.issued_on))
