"""Columns with the folded text of others, by which rows are found without marks."""

from __future__ import annotations

from typing import Any

from django.db import models

from core.text import fold

BATCH = 500


class SearchKeyField(models.CharField):
    """``sources`` are the columns whose texts it holds, folded; written with the row, in bulk too."""

    def __init__(self, *, sources: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.sources = tuple(sources)
        super().__init__(**{"max_length": 600, "editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"sources": self.sources}

    def pre_save(self, model_instance: Any, add: bool) -> str:
        text = " ".join(str(getattr(model_instance, name) or "") for name in self.sources)
        key = fold(text)[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class FoundModel(models.Model):
    """A model with a column ``search`` that no partial save leaves behind."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search"}
        super().save(*args, **kwargs)


def fill_keys(apps: Any, app_label: str, name: str) -> None:
    """For migrations: the keys of the rows that are there."""
    model = apps.get_model(app_label, name)
    column = model._meta.get_field("search")
    rows = list(model._base_manager.only("pk", *column.sources))
    for row in rows:
        column.pre_save(row, add=False)
    model._base_manager.bulk_update(rows, ["search"], batch_size=BATCH)
