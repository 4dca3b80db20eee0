"""One content of Plan 85 in three forms of the demonstration, through the real steps of two people."""

from __future__ import annotations

from typing import Any

from outreach.content import rich, workflow
from outreach.content.models import Article, Piece, Poster, ShortText
from plans.models import ContentItem, LegalInstrument
from plans.models import Status as PlanStatus
from units.models import Unit

BODY = """Cầm một món hàng trên tay, bà con có quyền biết rõ nó là gì, ai làm và làm ở đâu.

## Trước khi mua

- Xem nhãn: tên hàng, tên và địa chỉ cơ sở, ngày làm, hạn dùng.
- Hỏi nguồn gốc; hàng có mã QR thì quét thử.
- Xem giá niêm yết.

## Khi hàng không đúng như giới thiệu

1. Giữ hóa đơn hoặc ảnh chụp món hàng, nơi bán.
2. Nói với nơi bán trước.
3. Gọi tổng đài bảo vệ người tiêu dùng 1800.6838, không mất tiền.

> Người Việt Nam ưu tiên dùng hàng Việt Nam: chọn hàng rõ nơi làm cũng là giữ quyền của mình.

Xem thêm [quyền của người mua](/quyen-cua-toi/) và [hàng Việt phường giới thiệu](/hang-viet/)."""
MESSAGE = (
    "Bà con mua hàng nhớ ba việc: xem nhãn, hỏi nguồn gốc, giữ hóa đơn. Hàng không đúng như giới "
    "thiệu thì gọi 1800.6838, không mất tiền."
)
POSTER = "Xem nhãn trước khi mua\nHỏi nguồn gốc\nGiữ hóa đơn\nHàng không đúng: gọi 1800.6838, không mất tiền"


def load(ward: Unit, *, author: Any, approver: Any) -> None:
    """Nothing where the ward has no confirmed plan yet."""
    items = ContentItem.objects.filter(
        plan__owner=ward, plan__status=PlanStatus.CONFIRMED, is_left_out=False
    ).order_by("plan", "position")
    item = items.filter(text__contains="người tiêu dùng").first() or items.first()
    if item is None:
        return
    shared = {"owner": ward, "content_item": item, "author": author}
    article = Article(
        title="Ba việc cần nhớ khi mua hàng",
        summary="Xem nhãn, hỏi nguồn gốc, giữ hóa đơn; hàng không đúng thì gọi 1800.6838.",
        body=rich.from_text(BODY),
        **shared,
    )
    message = ShortText(title="Ba việc khi mua hàng", text=MESSAGE, **shared)
    poster = Poster(title="Mua hàng, nhớ ba việc", text=POSTER, article=article, **shared)
    bases = LegalInstrument.objects.filter(
        citations__plan=item.plan_id, status=LegalInstrument.Status.IN_FORCE
    ).distinct()[:1]
    for piece in (article, message, poster):
        _out(piece, list(bases), author, approver)


def _out(piece: Piece, bases: list[Any], author: Any, approver: Any) -> None:
    piece._history_user = author  # type: ignore[attr-defined]
    piece.save()
    piece.bases.set(bases)
    for step, actor in (
        (workflow.SUBMIT, author),
        (workflow.APPROVE, approver),
        (workflow.PUBLISH, author),
    ):
        piece = workflow.take(step, piece, actor=actor, seen_version=piece.version)
