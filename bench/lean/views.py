"""The least Django that takes a report: one form and five row forms, one transaction, a redirect."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from bench.lean.models import Audit, Line, Report

ROWS = 5


class ReportForm(forms.Form):
    month = forms.DateField()
    result = forms.CharField(max_length=2000, required=False)
    difficulties = forms.CharField(max_length=2000, required=False)


class LineForm(forms.Form):
    indicator = forms.IntegerField(min_value=1)
    value = forms.IntegerField(min_value=0, max_value=10_000_000)
    note = forms.CharField(max_length=200, required=False)


@login_required
@require_POST
def submit(request: HttpRequest) -> HttpResponse:
    form = ReportForm(request.POST)
    lines = [LineForm(request.POST, prefix=str(number)) for number in range(ROWS)]
    if not all([form.is_valid(), *(line.is_valid() for line in lines)]):
        return HttpResponseBadRequest("invalid")
    data = form.cleaned_data
    with transaction.atomic():
        report, _ = Report.objects.update_or_create(
            unit=request.user.unit,
            month=data["month"],
            defaults={
                "status": "submitted",
                "result": data["result"],
                "difficulties": data["difficulties"],
                "submitted_at": timezone.now(),
            },
        )
        Line.objects.bulk_create(Line(report=report, **line.cleaned_data) for line in lines)
        Audit.objects.create(report=report, actor=request.user, action="submit")
    return redirect("done")


def done(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")
