"""Inputs and selects of forms, written by functions: Django takes a template for each option.

The markup is Django's own but for its empty lines, and a test holds both equal; only the option
for nothing is said in words instead of dashes. What is not here is rendered as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

HTML = "django/forms/widgets/"
OPTION = f"{HTML}select_option.html"
DASHES, NOTHING = BLANK_CHOICE_DASH[0][1], "chưa chọn"
SAME_AS_INPUT = (
    "text",
    "hidden",
    "number",
    "email",
    "url",
    "password",
    "date",
    "checkbox",
    "search",
)


class Renderer(DjangoTemplates):
    """Django's renderer, quicker where a widget is a plain input or a plain select."""

    def render(self, template_name: str, context: Any, request: Any = None) -> Any:
        write = WRITERS.get(template_name)
        written = write(context["widget"]) if write else None
        return super().render(template_name, context, request) if written is None else written


def _input(widget: Mapping[str, Any]) -> SafeString | None:
    value = widget["value"]
    told = "" if value is None else f' value="{_text(value)}"'
    head = f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"'
    return _safe(f"{head}{told}{_attrs(widget['attrs'])}>")


def _select(widget: Mapping[str, Any]) -> SafeString | None:
    """None where an option has a template of its own, or a label that is no text."""
    lines = [f'<select name="{_text(widget["name"])}"{_attrs(widget["attrs"])}>']
    for name, options, _ in widget["optgroups"]:
        if not all(_is_plain(option) for option in options):
            return None
        if name:
            lines.append(f'  <optgroup label="{_text(name)}">')
        lines += [_option(option) for option in options]
        if name:
            lines.append("  </optgroup>")
    return _safe("\n".join([*lines, "</select>"]))


def _is_plain(option: Mapping[str, Any]) -> bool:
    return option["template_name"] == OPTION and isinstance(option["label"], (str, Promise))


def _option(option: Mapping[str, Any]) -> str:
    value, attrs = _text(option["value"]), _attrs(option["attrs"])
    label = NOTHING if option["label"] == DASHES else option["label"]
    return f'  <option value="{value}"{attrs}>{conditional_escape(label)}</option>'


def _attrs(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _escaped(name: Any) -> str:
    return conditional_escape(name)


def _text(value: Any) -> str:
    """``{{ value|stringformat:'s' }}``: what was marked as safe stays so."""
    return conditional_escape(value if isinstance(value, str) else str(value))


def _safe(markup: str) -> SafeString:
    return mark_safe(markup)  # noqa: S308  each part was escaped above


WRITERS: dict[str, Callable[[Mapping[str, Any]], SafeString | None]] = {
    f"{HTML}select.html": _select,
    **{f"{HTML}{name}.html": _input for name in ("input", *SAME_AS_INPUT)},
}
