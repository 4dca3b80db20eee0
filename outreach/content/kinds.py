"""The forms in which a content goes out, for the pages that show them side by side.

Another form, such as the loudspeaker's bulletin, registers itself with :func:`register`; its
office list and form are its admin's, its page of steps comes from ``office.pages.pages_of``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from outreach.content.models import Article, Piece, Poster, ShortText


@dataclass(frozen=True)
class Kind:
    """``slug`` stands in the addresses of the office, ``verb`` on the button that begins one."""

    model: type[Piece]
    slug: str
    verb: str
    preview: str = ""  # template of what people will see, included in the page of steps

    @property
    def name(self) -> str:
        return self.model._meta.model_name or ""

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def plural(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def step_name(self) -> str:
        return f"{self.name}_step"

    def step_url(self, pk: int) -> str:
        return reverse(f"admin:{self.step_name}", args=[pk])

    @property
    def add_url(self) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.name}_add")

    @property
    def list_url(self) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.name}_changelist")


_KINDS: dict[type[Piece], Kind] = {}


def register(kind: Kind) -> None:
    _KINDS[kind.model] = kind


def every() -> list[Kind]:
    return list(_KINDS.values())


def kind_of(piece: Piece) -> Kind:
    return _KINDS[type(piece)]


register(Kind(Article, "bai-viet", "Viết bài", "outreach/content/office/_article.html"))
register(Kind(ShortText, "tin-zalo", "Soạn tin Zalo", "outreach/content/office/_shorttext.html"))
register(Kind(Poster, "ap-phich", "Làm áp phích", "outreach/content/office/_poster.html"))
