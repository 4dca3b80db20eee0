"""The addresses of the office's pages on what goes out, with the action that each asks for."""

from __future__ import annotations

from functools import partial

from core.admin import OfficePage
from outreach.content import kinds
from outreach.content.models import Article, Poster
from outreach.content.office import contents, preview, steps

VIEW = "outreach.view_article"


def _previews() -> tuple[OfficePage, ...]:
    return tuple(
        OfficePage(
            route=f"tuyen-truyen/{kind.slug}/<int:pk>/xem-truoc/",
            name=f"{kind.name}_preview",
            view=partial(preview.preview_page, kind=kind),
            policy=f"outreach.view_{kind.name}",
            section="outreach",
        )
        for kind in kinds.every()
        if kind.model in (Article, Poster)
    )


PAGES: tuple[OfficePage, ...] = (
    OfficePage(
        route="tuyen-truyen/noi-dung/",
        name="outreach_contents",
        view=contents.contents_page,
        policy=VIEW,
        section="outreach",
        label="Nội dung cần tuyên truyền",
        order=10,
    ),
    OfficePage(
        route="tuyen-truyen/noi-dung/<int:pk>/",
        name="outreach_content",
        view=contents.content_page,
        policy=VIEW,
        section="outreach",
    ),
    *(page for kind in kinds.every() for page in steps.pages_of(kind)),
    *_previews(),
)
