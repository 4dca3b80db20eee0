"""Links to the sheets of a page: one where they were put together, else each of its parts."""

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join

from core.stylesheets import parts_of

register = template.Library()


@register.simple_tag
def stylesheet(name: str) -> Any:
    names = [name] if settings.STATIC_HASHED else parts_of(name)
    links = ((static(one),) for one in names)
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', links)
