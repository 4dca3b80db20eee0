"""For pages of other apps: the way to the page of opinions, where the ward has one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.urls import reverse

from opinions import rules
from opinions.models import OpinionSetting
from units.models import Unit

register = template.Library()


@register.simple_tag
def opinion_page(user: Any, unit: Unit, month: dt.date) -> str:
    """The address of the page for ``unit`` and ``month``; "" where opinions are switched off."""
    if not rules.may_write(user, unit) or not OpinionSetting.objects.is_open_for(unit):
        return ""
    return reverse("opinions:note", args=[unit.pk, month])
