"""Whether the links of sources still lead somewhere, and a button that has it looked at."""

from django.contrib import messages
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from facts.admin.frame import needs, page_of, show
from facts.models import LinkCheck
from facts.tasks import check_links, is_checking
from guides.admin.staff import staff
from guides.models import Source

PER_PAGE = 100
FIRST = (LinkCheck.Verdict.DEAD, LinkCheck.Verdict.UNCLEAR)


@needs("facts.view_salary")
def links_screen(request: HttpRequest) -> HttpResponse:
    """List the sources that have a link, dead ones first."""
    page = page_of(request, _sources(), PER_PAGE)
    checks = {check.source_id: check for check in LinkCheck.objects.current().filter(source__in=list(page))}
    return show(
        request,
        "links",
        title="Links of sources",
        tab="links",
        page=page,
        rows=[(source, checks.get(source.pk)) for source in page],
        dead=LinkCheck.objects.dead().count(),
        is_checking=is_checking(),
        may_check=staff(request).has_perm("facts.change_salary"),
    )


@require_POST
@needs("facts.change_salary")
def check_screen(request: HttpRequest) -> HttpResponse:
    """Have all links looked at, in the background."""
    if is_checking():
        messages.info(request, "The links are being looked at already.")
    else:
        check_links.enqueue()
        messages.success(request, "The links will be looked at. Open this page again in some minutes.")
    return redirect("admin:facts_links")


def _sources() -> QuerySet[Source]:
    """Return sources with a link, by what was found there: dead, unclear, and the rest."""
    found = [
        When(link_check__verdict=verdict, link_check__url=F("url"), then=Value(rank))
        for rank, verdict in enumerate(FIRST)
    ]
    rank = Case(*found, default=Value(len(FIRST)), output_field=IntegerField())
    return Source.objects.exclude(url="").order_by(rank, "publisher", "title", "pk")
