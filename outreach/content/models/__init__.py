"""The forms of a content, and what they share."""

from outreach.content.models.article import (
    ALT_HELP,
    CONSENT_HELP,
    PICTURE_FAULT,
    PLACE,
    Article,
    ArticlePicture,
    ArticleSource,
    ArticleStep,
)
from outreach.content.models.piece import OPEN, ROAD, Piece, PieceQuerySet, Status
from outreach.content.models.short import (
    MOST_LETTERS,
    Poster,
    PosterStep,
    ShortText,
    ShortTextStep,
)

__all__ = [
    "ALT_HELP",
    "CONSENT_HELP",
    "MOST_LETTERS",
    "OPEN",
    "PICTURE_FAULT",
    "PLACE",
    "ROAD",
    "Article",
    "ArticlePicture",
    "ArticleSource",
    "ArticleStep",
    "Piece",
    "PieceQuerySet",
    "Poster",
    "PosterStep",
    "ShortText",
    "ShortTextStep",
    "Status",
]
