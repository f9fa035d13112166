"""The pages of job descriptions: one with its form and its files, and all of them from A to Z."""

from http import HTTPStatus
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.editions import PublicEdition, document_of, public_edition
from guides.letters import by_letter
from guides.models import Edition
from guides.moves import leads_on
from hiring.form import PostingForm
from hiring.hints import hints_of
from hiring.models import JobDescription
from hiring.posting import Posting, Sample, posting_of
from hiring.writing import file_stem, html_of, markdown_of
from portal.errors import error_response
from portal.visitors import page

TEMPLATE = "hiring/job-description.html"
FORMATS = {
    "markdown": ("md", "text/markdown; charset=utf-8", markdown_of),
    "html": ("html", "text/html; charset=utf-8", html_of),
}
FORMAT = "as"  # the parameter that asks for a file


@require_safe
@leads_on
def job_description(request: HttpRequest, slug: str) -> HttpResponse:
    """The sample of a career; with what an employer filled in, which stands in the address; or as a file."""
    edition = public_edition(slug)
    found = JobDescription.objects.of_edition(edition.sha256)
    if found is None:
        return page(request, edition.key, "hiring/absent.html", lambda: _frame(edition))
    sample = found.sample(edition.title)
    asked = PostingForm.base_fields.keys() & request.GET.keys()
    form = _form(edition, sample, request.GET if asked else None)
    if FORMAT in request.GET and not form.errors:
        return _file(request, edition, posting_of(sample, form.said()))
    if asked:
        status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
        return render(request, TEMPLATE, _context(request, edition, sample, form), status=status)
    key = f"{edition.key} {sample}"
    return page(request, key, TEMPLATE, lambda: _context(request, edition, sample, form))


@require_safe
def job_descriptions(request: HttpRequest) -> HttpResponse:
    """All samples from A to Z."""
    public = Edition.objects.public().for_index().filter(guide__job_description__isnull=False)
    editions: list[Any] = list(public.annotate(sample=F("guide__job_description__summary")))
    key = " ".join(f"{edition.sha256} {edition.sample}" for edition in editions)
    return page(request, key, "hiring/list.html", lambda: {"letters": by_letter(editions)})


def _form(edition: PublicEdition, sample: Sample, said: Any) -> PostingForm:
    skills = {skill["slug"]: skill["name"] for skill in document_of(edition.sha256)["skills"]}
    levels = [level.partition(":")[0].strip() for level in sample.levels]
    return PostingForm(said, skills=skills, levels=levels, initial={"title": edition.title, "period": "year"})


def _context(
    request: HttpRequest, edition: PublicEdition, sample: Sample, form: PostingForm
) -> dict[str, Any]:
    """Return what the page shows: what can be shown of the form; the rest stays as the sample has it."""
    said = form.said()
    posting = posting_of(sample, said)
    query = request.GET.copy()
    for name in (FORMAT, *form.left_out()):
        query.pop(name, None)
    return {
        **_frame(edition),
        "form": form,
        "posting": posting,
        "hints": hints_of(said, posting),
        "levels": sample.levels,
        # Without words of an employer the page is kept for all, whatever else this one's address holds.
        "query": query.urlencode() if form.is_bound else "",
    }


def _frame(edition: PublicEdition) -> dict[str, Any]:
    return {"edition": edition, "page_title": "Job description"}


def _file(request: HttpRequest, edition: PublicEdition, posting: Posting) -> HttpResponse:
    asked = request.GET[FORMAT]
    if asked not in FORMATS:
        return error_response(
            request, HTTPStatus.BAD_REQUEST, f"There is no such file. Use {' or '.join(FORMATS)}."
        )
    ending, media_type, write = FORMATS[asked]
    response = HttpResponse(write(posting), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_stem(posting, edition.slug)}.{ending}"'
    return response
