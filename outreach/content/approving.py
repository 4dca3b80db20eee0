"""A form of a content as a leader approves it from a link: the second person, by telephone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

import approvals.kinds
import approvals.rules
from approvals.kinds import Paragraph
from core.text import format_date
from outreach.content import kinds, rich, rules, workflow
from outreach.content.models import Article, ArticlePicture, Piece, Poster, Status
from outreach.content.rich.blocks import LISTS, Block, Item, Run


class PieceKind(approvals.kinds.Kind):
    """Any form that is handed in; its own steps keep two people apart (:mod:`.workflow`)."""

    effect = "văn phòng mới phát hành được"

    def __init__(self, form: kinds.Kind) -> None:
        self.form = form
        self.key, self.label = form.name, form.label
        self.asks = f"outreach.change_{form.name}"
        self.decides = f"outreach.approve_{form.name}"

    def rows(self) -> QuerySet[Any]:
        return self.form.model._default_manager.select_related("owner")

    def title(self, row: Piece) -> str:
        return f"{self.label[:1].upper()}{self.label[1:]}: {row.title}"

    def refusal(self, row: Piece) -> str:
        """What would stop the approval is the office's to mend, not the leader's."""
        if row.status != Status.SUBMITTED:
            return (
                f"{self.title(row)} đang ở trạng thái “{row.get_status_display()}”; "
                "chỉ trình lãnh đạo khi đang chờ duyệt."
            )
        return workflow.refusal_of(row)

    def refusal_for(self, row: Piece, leader: Any) -> str:
        if leader.pk not in rules.hands(row):
            return ""
        return (
            f"Đồng chí {leader} đã soạn hoặc sửa nội dung này nên không tự duyệt được. "
            "Đồng chí trình người khác."
        )

    def paragraphs(self, row: Piece) -> list[Paragraph]:
        """All that will be public, each picture with the note on consent, then what it rests on."""
        made = _of_article(row) if isinstance(row, Article) else _of_text(row)
        if bases := [str(basis) for basis in row.bases.all()]:
            made += [Paragraph("Căn cứ", is_heading=True), Paragraph("; ".join(bases))]
        if row.expires_on is not None:
            made.append(Paragraph(f"Hết hạn từ ngày {format_date(row.expires_on)}."))
        return made

    def approve(self, row: Piece, *, actor: Any, seen_version: int, reason: str) -> None:
        workflow.take(workflow.APPROVE, row, actor=actor, seen_version=seen_version, reason=reason)

    def send_back(self, row: Piece, *, actor: Any, seen_version: int, reason: str) -> None:
        workflow.take(workflow.RETURN, row, actor=actor, seen_version=seen_version, reason=reason)

    def address(self, row: Piece) -> str:
        return self.form.step_url(row.pk)


def register_all() -> None:
    for form in kinds.every():
        approvals.kinds.register(PieceKind(form))


def may_ask(user: Any, form: kinds.Kind, piece: Piece) -> bool:
    """Show the way to a leader: the piece waits for a second person, and ``user`` may ask one."""
    kind = approvals.kinds.get(form.name)
    waits = piece.status == Status.SUBMITTED
    return waits and kind is not None and approvals.rules.may_ask(user, kind, piece)


def _of_article(article: Article) -> list[Paragraph]:
    made = [Paragraph(article.summary), *_cover(article)]
    inside = {one.number: one for one in article.pictures.select_related("picture")}
    for block in rich.blocks_of(article.body):
        number = _place_of(block)
        made += [_inside(inside.pop(number))] if number in inside else _of_block(block)
    made += [_inside(picture) for picture in inside.values()]
    goods = [product.name for product in article.products.all()]
    if goods:
        made += [Paragraph("Hàng liên quan", is_heading=True), Paragraph("; ".join(goods))]
    sources = list(article.sources.all())
    if sources:
        made.append(Paragraph("Nguồn", is_heading=True))
        made += [Paragraph(" ".join((source.title, source.url)).strip()) for source in sources]
    return made


def _of_text(piece: Any) -> list[Paragraph]:
    """A text as it was typed: for Zalo, for the loudspeakers, or on a sheet with a picture."""
    cover = _cover(piece) if isinstance(piece, Poster) else []
    lines = [line for line in piece.text.split("\n") if line.strip()]
    return [*cover, *map(Paragraph, lines)]


def _cover(piece: Article | Poster) -> list[Paragraph]:
    if piece.picture is None:
        return []
    return [_picture(piece.picture, piece.picture_alt, piece.picture_consent)]


def _inside(row: ArticlePicture) -> Paragraph:
    return _picture(row.picture, row.alt, row.consent, row.caption)


def _picture(picture: Any, alt: str, consent: str, caption: str = "") -> Paragraph:
    lines = [caption, f"Sự đồng ý của người trong ảnh: {consent}"]
    return Paragraph("\n".join(filter(None, lines)), picture=picture, alt=alt)


def _place_of(block: Block) -> int | None:
    """The number of the picture whose place a paragraph "[ảnh 2]" is."""
    words = _words(block.runs) if block.kind == "p" else ""
    inner = words.removeprefix("[ảnh ").removesuffix("]")
    is_place = words == f"[ảnh {inner}]" and inner.isascii() and inner.isdigit()
    return int(inner) if is_place else None


def _of_block(block: Block) -> list[Paragraph]:
    if block.kind == "blockquote":
        return [part for inner in block.blocks for part in _of_block(inner)]
    if block.kind in LISTS:
        return [Paragraph(line) for line in _of_list(block)]
    return [Paragraph(_words(block.runs), is_heading=block.kind != "p")]


def _of_list(block: Block, deep: int = 0) -> Iterable[str]:
    for number, item in enumerate(block.items, start=1):
        sign = f"{number}." if block.kind == "ol" else "+" if deep else "-"
        yield f"{sign} {_words(item.runs)}"
        yield from _below(item, deep)


def _below(item: Item, deep: int) -> Iterable[str]:
    for inner in item.lists:
        yield from _of_list(inner, deep + 1)


def _words(runs: Iterable[Run]) -> str:
    """With the address behind the words of a link: whoever approves sees where it leads."""
    return "".join(
        f"{run.text} ({run.href})" if run.href and run.href != run.text else run.text
        for run in runs
    )
