"""Figures that are old, so that somebody looks for newer ones."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from facts.admin.frame import CareerForm, needs, page_of, show
from facts.admin.rows import row_of
from facts.models import Outlook, Salary
from facts.models.figure import LATEST
from guides.models import Guide

PER_PAGE = 100


@needs("facts.view_salary")
def old_screen(request: HttpRequest) -> HttpResponse:
    """List old figures, those of a source together."""
    form = CareerForm(request.GET if "career" in request.GET else None)
    is_wrong = form.is_bound and not form.is_valid()
    career = form.cleaned_data["career"] if form.is_bound and not is_wrong else None
    page = page_of(request, [] if is_wrong else _old(career), PER_PAGE)
    return show(
        request,
        "old",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK,
        title="Old figures",
        tab="old",
        form=form,
        page=page,
        rows=[row_of(figure) for figure in page],
    )


def _old(career: Guide | None) -> list[Salary | Outlook]:
    """Return old figures by their sources, the oldest first and undated ones last."""
    wanted = {"guide": career} if career else {}
    salaries = Salary.objects.old().filter(**wanted).for_list()
    outlook = Outlook.objects.old().filter(**wanted).for_list()
    return sorted([*salaries, *outlook], key=_order)


def _order(figure: Salary | Outlook) -> tuple[str, int, int, str, int]:
    source, kind = figure.source, str(figure._meta.model_name)
    return source.publisher.casefold(), source.pk, figure.year or LATEST + 1, kind, figure.pk
