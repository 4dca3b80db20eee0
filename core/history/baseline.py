"""The first state of rows that are older than their history."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

REASON = "Bản có sẵn khi bắt đầu ghi lịch sử"
BATCH = 500


def write_baseline(apps: Any, app_label: str, name: str, *, many: str = "") -> None:
    """For migrations: one state of each row of a model, or its first change would have no before.

    ``many`` is its column of several rows, where the history keeps that too.
    """
    model, history = (apps.get_model(app_label, one) for one in (name, f"Historical{name}"))
    kept = {field.attname for field in history._meta.concrete_fields}
    columns = [f.attname for f in model._meta.concrete_fields if f.attname in kept]
    now = timezone.now()
    states = history._base_manager.bulk_create(
        [
            history(history_date=now, history_type="+", history_change_reason=REASON, **values)
            for values in model._base_manager.values(*columns)
        ],
        batch_size=BATCH,
    )
    if many:
        _write_many(apps.get_model(app_label, f"Historical{name}_{many}"), model, many, states)


def _write_many(history: Any, model: Any, many: str, states: list[Any]) -> None:
    through = getattr(model, many).through
    keys = {state.id: state.pk for state in states}
    columns = [field.attname for field in through._meta.concrete_fields]
    owner = f"{model._meta.model_name}_id"
    history._base_manager.bulk_create(
        [
            history(history_id=keys[values[owner]], **values)
            for values in through._base_manager.values(*columns)
        ],
        batch_size=BATCH,
    )
