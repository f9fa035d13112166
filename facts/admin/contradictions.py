"""Salary figures of different sources that differ by much."""

from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse

from facts.admin.frame import CareerForm, needs, page_of, show
from facts.admin.rows import Row, row_of
from facts.contradictions import THRESHOLD, Contradiction, contradictions
from facts.models import Salary
from guides.models import Guide

PER_PAGE = 50


@dataclass(frozen=True)
class Pair:
    """Two figures in words, and what they differ by in percent of the lower one."""

    lower: Row
    higher: Row
    percent: Decimal


class ContradictionsForm(CareerForm):
    """Of which career, and from which difference on."""

    percent = forms.DecimalField(
        label="Differ by more than, in percent",
        min_value=0,
        max_value=1000,
        max_digits=6,
        decimal_places=2,
        required=False,
        help_text="Of the lower one. Ranges differ by the gap between them, those that overlap by nothing.",
    )


@needs("facts.view_salary")
def contradictions_screen(request: HttpRequest) -> HttpResponse:
    """List pairs of figures that differ by more than a threshold, the greatest difference first."""
    form = ContradictionsForm(request.GET if {"percent", "career"} & request.GET.keys() else None)
    form.fields["percent"].initial = THRESHOLD
    is_wrong = form.is_bound and not form.is_valid()
    asked = form.cleaned_data if form.is_bound and not is_wrong else {}
    threshold = THRESHOLD if asked.get("percent") is None else asked["percent"]
    found = [] if is_wrong else _found(asked.get("career"), threshold)
    page = page_of(request, found, PER_PAGE)
    return show(
        request,
        "contradictions",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK,
        title="Contradictions",
        tab="contradictions",
        form=form,
        is_wrong=is_wrong,
        threshold=threshold,
        page=page,
        pairs=[Pair(row_of(each.lower), row_of(each.higher), each.percent) for each in page],
    )


def _found(career: Guide | None, threshold: Decimal) -> list[Contradiction]:
    salaries = Salary.objects.for_list()
    return contradictions(salaries.filter(guide=career) if career else salaries, threshold)
