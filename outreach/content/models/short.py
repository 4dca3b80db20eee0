"""The two short forms: a text for Zalo groups, and a poster on A4 with a QR code."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from simple_history.models import HistoricalRecords

from core.models import Picture
from core.workflow import StepRecord
from outreach.content.models.article import (
    ALT_HELP,
    CONSENT_HELP,
    PICTURE_FAULT,
    Article,
)
from outreach.content.models.piece import Piece, PieceQuerySet

MOST_LETTERS = 500
POSTER_LETTERS = 700


class ShortText(Piece):
    """What a cell copies into its Zalo group: people send it, so people say that it was sent."""

    noun = "tin Zalo"

    text = models.TextField(
        "lời nhắn", help_text=f"Nhiều nhất {MOST_LETTERS} ký tự, kể cả địa chỉ."
    )

    history = HistoricalRecords(m2m_fields=["bases"], excluded_fields=["search"])
    objects = PieceQuerySet.as_manager()

    class Meta(Piece.Meta):
        verbose_name = "tin Zalo"
        verbose_name_plural = "tin Zalo"
        constraints = [
            *Piece.Meta.constraints,
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(Length("text"), MOST_LETTERS),
                name="shorttext_is_short",
                violation_error_message=f"Tin Zalo dài nhất {MOST_LETTERS} ký tự.",
            ),
        ]


class ShortTextStep(StepRecord):
    shorttext = models.ForeignKey(
        ShortText, on_delete=models.PROTECT, related_name="steps", verbose_name="tin Zalo"
    )


class Poster(Piece):
    """One sheet of A4; ``title`` is its headline. The code leads to ``article``, else to the news."""

    noun = "áp phích"
    is_automatic = True

    text = models.TextField("lời", help_text="Mỗi dòng một ý, chữ to; nhiều nhất 700 ký tự.")
    article = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="posters",
        verbose_name="mã QR mở bài",
    )
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ảnh",
    )
    picture_alt = models.CharField("ảnh có gì", max_length=200, blank=True, help_text=ALT_HELP)
    picture_consent = models.CharField(
        "sự đồng ý", max_length=300, blank=True, help_text=CONSENT_HELP
    )

    history = HistoricalRecords(m2m_fields=["bases"], excluded_fields=["search"])
    objects = PieceQuerySet.as_manager()

    class Meta(Piece.Meta):
        verbose_name = "áp phích"
        verbose_name_plural = "áp phích"
        constraints = [
            *Piece.Meta.constraints,
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(Length("text"), POSTER_LETTERS),
                name="poster_fits_its_sheet",
                violation_error_message=f"Lời của áp phích dài nhất {POSTER_LETTERS} ký tự.",
            ),
            models.CheckConstraint(
                condition=Q(picture__isnull=True) | ~Q(picture_alt="") & ~Q(picture_consent=""),
                name="poster_picture_has_alt_and_consent",
                violation_error_message=PICTURE_FAULT,
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("news:poster", args=[self.pk])


class PosterStep(StepRecord):
    poster = models.ForeignKey(
        Poster, on_delete=models.PROTECT, related_name="steps", verbose_name="áp phích"
    )
