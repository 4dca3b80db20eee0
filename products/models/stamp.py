"""One mark for the whole public catalogue: another one after every write of what its pages show.

What is kept of the catalogue in the memory of a process (:mod:`products.catalogue`) is good as
long as the mark is the same.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models


class CatalogueStamp(models.Model):
    """The one row, with key 1. A random value, so no two writes ever give the same mark."""

    value = models.CharField(max_length=24, editable=False)

    class Meta:
        verbose_name = "dấu của danh mục"
        verbose_name_plural = "dấu của danh mục"

    def __str__(self) -> str:
        return self.value


def touch() -> None:
    """The catalogue has changed."""
    CatalogueStamp.objects.update_or_create(pk=1, defaults={"value": secrets.token_urlsafe(12)})


class CatalogueQuerySet(models.QuerySet):
    """Writes of many rows at once change the catalogue too."""

    def update(self, **kwargs: Any) -> int:
        count = super().update(**kwargs)
        touch()
        return count

    def delete(self) -> Any:
        deleted = super().delete()
        touch()
        return deleted

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        created = super().bulk_create(*args, **kwargs)
        touch()
        return created

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        count = super().bulk_update(*args, **kwargs)
        touch()
        return count


class CatalogueModel(models.Model):
    """A row that stands on the public pages."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        touch()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        touch()
        return deleted
