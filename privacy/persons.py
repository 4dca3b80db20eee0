"""All that is held about a person with an account: given out, or erased.

Found by the database's own structure, so that a table which is added later is not forgotten:
every row that points to the account, whatever app it is of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from accounts.second_factor import remove_factors
from core import erasures

KIND = "accounts.user"
ERASED_NAME = "(đã xóa)"
# What is no data of the person: secrets, and keys for searching.
LEFT_OUT = {
    *("password", "pin", "nonce", "token_hash", "code_hash", "key"),
    *("search", "hash", "sequence"),
}
# Not even for the officer who gives the copy out: the text of notes, the seed of a second factor.
CLOSED = {"opinions.OpinionNote": {"text"}, "mfa.Authenticator": {"data"}}
MAX_ROWS = 20_000  # of one table


def everything_about(user: User) -> dict[str, Any]:
    """The account and each row that points to it, by the names that the office uses."""
    held = {
        model._meta.label: {
            "tên": str(model._meta.verbose_name_plural),
            "vì": sorted({str(field.verbose_name) for field in fields}),
            "dòng": rows,
        }
        for model, fields in _pointing()
        if (rows := _rows_of(model, fields, user))
    }
    return {
        "lập lúc": timezone.localtime().isoformat(timespec="seconds"),
        "tài khoản": _told(user),
        "dữ liệu": held,
    }


def _pointing() -> Iterator[tuple[type[models.Model], list[models.Field]]]:
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
        fields = [
            field
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is User
        ]
        if fields:
            yield model, fields


def _rows_of(
    model: type[models.Model], fields: list[models.Field], user: User
) -> list[dict[str, Any]]:
    mine = models.Q()
    for field in fields:
        mine |= models.Q(**{field.name: user})
    rows = model._base_manager.filter(mine).order_by("pk")[:MAX_ROWS]
    return [_told(row) for row in rows]


def _told(row: models.Model) -> dict[str, Any]:
    closed = CLOSED.get(row._meta.label, set()) | LEFT_OUT
    return {
        str(field.verbose_name): _value(row, field)
        for field in row._meta.concrete_fields
        if field.name not in closed
    }


def _value(row: models.Model, field: models.Field) -> Any:
    value = field.value_from_object(row)
    if field.choices and value is not None:
        return str(dict(field.flatchoices).get(value, value))
    return value if isinstance(value, int | float | bool | dict | list | None) else str(value)


@transaction.atomic
def erase(user: User, *, by: Any) -> None:
    """Take what names ``user`` out of the account, for good; what was done officially stays.

    Reports and steps are the ward's records and keep pointing to the account, which has no name
    any more. The account is closed, its posts end today, nobody is signed in with it. Noted on the
    ledger, so that a restore does it again.
    """
    _erase(user)
    erasures.note(KIND, {"pk": user.pk}, by=by)


def _erase(user: User) -> None:
    user.full_name = ERASED_NAME
    user.username = f"da-xoa-{user.pk}"
    user.phone, user.email, user.is_active = None, "", False
    user.set_unusable_password()
    user.save()
    today = timezone.localdate()
    for held in user.memberships.filter(models.Q(ends_on=None) | models.Q(ends_on__gt=today)):
        held.ends_on = max(today, held.starts_on)
        held.save()
    remove_factors(user)  # and every session


def _erase_again(what: dict[str, Any]) -> None:
    for user in User.objects.filter(pk=what["pk"]):
        _erase(user)


erasures.register(KIND, _erase_again)
