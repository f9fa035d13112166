"""The pages of figures beside a guide: what a career pays, and its outlook."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from facts.explorer.asked import Asked
from facts.explorer.asking import Explore
from facts.explorer.drawing import drawing_of
from facts.explorer.exporting import csv_of_outlook, csv_of_pay
from facts.explorer.linked_data import describe
from facts.explorer.listing import Explorer
from facts.explorer.outlook import Prospects
from facts.explorer.reading import Facts, careers_with, facts_of
from facts.models import Outlook, Salary
from guides.editions import PublicEdition, document_of, public_edition
from guides.linked_data import breadcrumbs
from guides.moves import leads_on
from portal.errors import error_response
from portal.visitors import page


@require_safe
@leads_on
def salaries(request: HttpRequest, slug: str) -> HttpResponse:
    """Who says what a career pays, side by side, and what of it applies to whoever asks.

    The page without a question is kept for visitors. A question that cannot be answered is a 400, so that
    nobody keeps or lists it: the page says what is wrong beside each field and keeps what was typed.
    """
    edition = public_edition(slug)
    facts = _facts(edition)
    key = f"{edition.key} {facts.key}"
    if not facts.pay:
        key += f" {edition.landscape}"  # it names other careers
        return page(request, key, "facts/pay-empty.html", lambda: _without_pay(edition, facts))
    form = Explore(request.GET, facts)
    if not form.is_asked:
        return page(request, key, "facts/salaries.html", lambda: _pay(edition, facts, form))
    context = _pay(edition, facts, form)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "facts/salaries.html", context, status=status)


@require_safe
@leads_on
def salaries_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of pay as CSV, under the filters and in the order of the page."""
    edition = public_edition(slug)
    facts = _facts(edition)
    form = Explore(request.GET, facts)
    asked = Asked.by(form)
    if form.errors:
        faults = " ".join(f"{name}: {error}" for name, errors in form.errors.items() for error in errors)
        return error_response(request, HTTPStatus.BAD_REQUEST, faults)
    explorer = Explorer(drawing_of(facts), asked)
    return _file(
        csv_of_pay([*explorer.in_sections, *explorer.compared], facts.today), f"{edition.slug}-salaries"
    )


@require_safe
@leads_on
def outlook(request: HttpRequest, slug: str) -> HttpResponse:
    """How demand for a career is said to change, and who is named to offer posts."""
    edition = public_edition(slug)
    facts = _facts(edition)
    key = f"{edition.key} {facts.key} {edition.landscape}"  # without an outlook it names other careers
    return page(request, key, "facts/outlook.html", lambda: _outlook(edition, facts))


@require_safe
@leads_on
def outlook_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The projections and the lists of names as CSV."""
    edition = public_edition(slug)
    return _file(csv_of_outlook(Prospects(_facts(edition))), f"{edition.slug}-outlook")


def _facts(edition: PublicEdition) -> Facts:
    return facts_of(UUID(document_of(edition.sha256)["id"]))


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-cache"
    return response


def _pay(edition: PublicEdition, facts: Facts, form: Explore) -> dict[str, Any]:
    asked = Asked.by(form)
    file = reverse("salaries-file", args=[edition.slug])
    return {
        **_beside(edition, "Pay"),
        "form": form,
        "explorer": Explorer(drawing_of(facts), asked),
        "file": file + asked.of_filters.removesuffix("?"),
        "linked_data": [
            _crumbs(edition, "Pay", "salaries"),
            describe(document_of(edition.sha256), facts.pay),
        ],
    }


def _without_pay(edition: PublicEdition, facts: Facts) -> dict[str, Any]:
    shown = {"others": careers_with(Salary), "has_outlook": bool(facts.outlook)}
    return {**_beside(edition, "Pay"), **shown}


def _outlook(edition: PublicEdition, facts: Facts) -> dict[str, Any]:
    prospects = Prospects(facts)
    return {
        **_beside(edition, "Outlook"),
        "prospects": prospects,
        "others": [] if prospects.has_any else careers_with(Outlook),
        "has_pay": bool(facts.pay),
        "linked_data": [_crumbs(edition, "Outlook", "outlook")],
    }


def _beside(edition: PublicEdition, title: str) -> dict[str, Any]:
    return {"edition": edition, "page_title": title}


def _crumbs(edition: PublicEdition, title: str, name: str) -> dict[str, Any]:
    return breadcrumbs(document_of(edition.sha256), (title, reverse(name, args=[edition.slug])))
