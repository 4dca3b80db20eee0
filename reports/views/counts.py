"""The screen of the numbers: last month beside each box, soft questions, single happenings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from core.text import previous_month
from reports import forms
from reports.answers import Answers, whole_box
from reports.forms import ADD, CountsForm, HappeningsForm, carried, figure_as_typed
from reports.models import Indicator
from reports.odd_numbers import OddNumber, odd_answers
from reports.views.place import BACK_TO_CHECK, Place, returned_notice

ROW = "buoi"
ASKED = "asked"


def context(request: HttpRequest, place: Place, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows of ``content``, the typed text of this screen or of the whole draft."""
    before = place.before()
    is_new = "counts" not in content
    typed = carried(place.paper.indicators, before) if is_new else content["counts"]
    form = CountsForm(place.paper, typed, before=place.examples())
    typed_rows = content.get("happenings") or {}
    is_adding = ROW in request.GET
    told = HappeningsForm(place.paper, typed_rows, blank=1 if is_adding or not typed_rows else 0)
    answers = _answers(place, content)
    is_understood = form.is_valid() and told.is_valid()
    odd = _odd(place, content, answers) if is_understood else []
    asked = {one.indicator.code: one for one in odd}
    rows = [
        _row(form, one, before, answers, asked.get(one.code), is_carried=is_new)
        for one in place.paper.indicators
    ]
    others = [row for row in rows if not row["indicator"].is_core]
    returned_at = (returned_notice(place) or {}).get("indicator")
    return {
        "form": form,
        "rows": [row for row in rows if row["indicator"].is_core],
        "others": others,
        "others_open": any(
            row["field"].value()
            or (row["whole"] and row["whole"].value())
            or row["question"]
            or row["indicator"].code == returned_at
            for row in others
        ),
        "previous": previous_month(place.month),
        "happenings": told if place.paper.held or told.numbers else None,
        "happenings_open": is_adding or bool(told.errors),
        "told_count": len(told.numbers),
        "questions": [
            row for row in rows if row["question"] and not row["question"]["is_answered"]
        ],
    }


def asks(request: HttpRequest, place: Place, screen: Mapping[str, Any]) -> bool:
    """Is there an odd number that was neither affirmed nor asked about on the page just sent?"""
    answers = _answers(place, screen)
    totals = answers.totals(place.paper.indicators)
    asked = set(request.POST.getlist(ASKED))
    return any(
        one.indicator.code not in answers.confirmed
        and _token(one, figure_as_typed(totals[one.indicator.code])) not in asked
        for one in _odd(place, screen, answers)
    )


def rows_url(request: HttpRequest) -> str:
    """The same screen with the happenings open, at the row that is to be filled."""
    kept = {ROW: "1"}
    if BACK_TO_CHECK in request.GET:
        kept[BACK_TO_CHECK] = request.GET[BACK_TO_CHECK]
    anchor = "buoi-moi" if request.POST[ROW] == ADD else "tung-buoi"
    return f"{request.path}?{urlencode(kept)}#{anchor}"


def _answers(place: Place, content: Mapping[str, Any]) -> Answers:
    return forms.read(place.paper, content).answers()


def _odd(place: Place, content: Mapping[str, Any], answers: Answers) -> list[OddNumber]:
    """Nothing is odd before somebody typed."""
    return odd_answers(answers, place.paper, place.past) if "counts" in content else []


def _row(
    form: CountsForm,
    indicator: Indicator,
    before: Mapping[str, int],
    answers: Answers,
    odd: OddNumber | None,
    *,
    is_carried: bool,
) -> dict[str, Any]:
    box = form[indicator.code]
    whole = form[whole_box(indicator.code)] if indicator.is_share else None
    code = indicator.code
    told = Answers(happenings=answers.happenings).totals(form.paper.indicators).get(code)
    notes = {
        "helptext": bool(box.help_text),
        "error": bool(box.errors),
        "before": code in before,
        "told": told is not None,
        "carried": is_carried and bool(box.value()),
    }
    described = " ".join(f"{box.auto_id}_{name}" for name, is_there in notes.items() if is_there)
    if described:
        box.field.widget.attrs["aria-describedby"] = described
    return {
        "field": box,
        "whole": whole,
        "indicator": indicator,
        "before": before.get(code),
        "told": told,
        "is_carried": notes["carried"],
        "question": _question(odd, answers, form) if odd else None,
    }


def _question(odd: OddNumber, answers: Answers, form: CountsForm) -> dict[str, Any]:
    code = odd.indicator.code
    number = figure_as_typed(answers.totals(form.paper.indicators)[code])
    return {
        "text": odd.question,
        "number": number,
        "token": _token(odd, number),
        "is_answered": code in answers.confirmed,
    }


def _token(odd: OddNumber, number: str) -> str:
    return f"{odd.indicator.code}={number}"
