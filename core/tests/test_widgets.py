"""Our widgets are Django's to the letter, but for its empty lines between options."""

import datetime as dt

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from core.widgets import Renderer

DJANGO, OURS = DjangoTemplates(), Renderer()
NASTY = "\"><script>alert('&')</script>"
CHOICES = [
    ("", "---"),
    (1, NASTY),
    ("b", lazystr("Bà con & bạn")),
    ("c", mark_safe("<b>đậm</b>")),
    (NASTY, "x"),
    ("Nhóm <1>", [(2, "hai"), (None, "không")]),
]
WIDGETS = [
    forms.TextInput(),
    forms.TextInput({"class": NASTY, "required": True, "hidden": False, "maxlength": 40}),
    forms.HiddenInput(),
    forms.NumberInput({"min": 0}),
    forms.PasswordInput(),
    forms.CheckboxInput({"data-x": 1.5}),
    forms.DateInput(format="%d/%m/%Y"),
    forms.Select({"class": "rộng"}, choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.Select({"multiple": False}, choices=[(True, "Có"), (False, "Không")]),
    forms.Select(choices=[(1, 1000), (2, dt.date(2026, 3, 1))]),
    forms.Textarea(),
    forms.RadioSelect(choices=CHOICES),
]
VALUES = [None, "", "1", 1, NASTY, mark_safe("&amp;"), True, False, 1234567, 1.5, ["1", "b"]]


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda one: type(one).__name__)
def test_markup_is_that_of_django(widget, value):
    given = {"name": f"ô-{NASTY}", "value": value, "attrs": {"id": "ô"}}

    ours, theirs = (widget.render(**given, renderer=one) for one in (OURS, DJANGO))

    assert ours.replace("\n\n", "\n") == theirs.replace("\n\n", "\n")


def test_option_for_nothing_is_said_in_words():
    field = forms.Select(choices=[("", "---------"), ("1", "Chi bộ 1")])

    html = field.render("unit", None, renderer=OURS)

    assert '<option value="" selected>chưa chọn</option>' in html


def test_forms_are_written_by_it():
    assert type(get_default_renderer()) is Renderer
