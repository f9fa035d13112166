"""Every figure on every page: beside it stands who says it, and of when.

Guides cite their sources in the text (tests/guides/test_bundled_guide.py); here the pages are walked on which
figures stand that are rows of the database.
"""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import html

from guides.models import Edition, Source
from portal.preparation import CONTENT_DIR

pytestmark = pytest.mark.django_db  # pytest-django makes databases for tests that say so

FIGURE = re.compile(
    r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CAD|INR)\s)\s?\d|\b\d[\d,.]*\s?(?:%|per\s?cent\b)", re.IGNORECASE
)
DATE = re.compile(r"\b(?:19|20)\d\d\b|\bundated\b")
UNITS = ("tr", "li", "article", "p", "dd", "figure")  # what says all of one figure
SILENT = {"script", "style", "option", "template", "title"}
SCALES = ("thead", "caption")  # where a scale begins, and its marks, are nobody's figures


def figures_of(page):
    """Return each element of a page that is the smallest whole around a figure, with what is read of it."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in SILENT or list(element.iterancestors(*SCALES)):
            continue
        texts = [element.text or "", *(child.tail or "" for child in element)]
        if any(FIGURE.search(text) for text in texts):
            yield next((each for each in (element, *element.iterancestors()) if each.tag in UNITS), element)


def read(element):
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The publishers of all sources, and what a visitor gets at some addresses, with all that comes along."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_catalog", verbosity=0)
        call_command("load_content", *sorted(CONTENT_DIR.glob("*/")), verbosity=0)
        for command in ("load_facts", "load_hiring", "load_quiz"):
            call_command(command, verbosity=0)
        slugs = list(Edition.objects.public().order_by("slug").values_list("slug", flat=True))
        publishers = set(Source.objects.values_list("publisher", flat=True))
        pages = {address: page_at(address) for address in addresses(slugs)}
        transaction.set_rollback(True)
    return publishers, pages


def addresses(slugs):
    """Yield the pages that show figures, and those that show none of a source."""
    for slug in slugs:
        for tail in ("salaries/", "outlook/", "jobs/", "job-description/"):
            yield f"/guides/{slug}/{tail}"
        yield f"/guides/compare/?guide=machine-learning-engineer&guide={slug}"
    yield "/guides/machine-learning-engineer/salaries/?where=Seattle&level=senior"
    yield "/courses/machine-learning-specialization/"
    yield from (
        "/",
        "/guides/",
        "/courses/",
        "/certifications/",
        "/glossary/",
        "/quiz/",
        "/job-descriptions/",
    )


def page_at(address):
    response = Client().get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode())


def test_every_figure_has_its_source_and_its_date(site):
    publishers, pages = site
    bare = [
        (address, told)
        for address, page in pages.items()
        for told in map(read, figures_of(page))
        if not (any(publisher in told for publisher in publishers) and DATE.search(told))
    ]
    assert bare == []


def test_there_are_figures_to_look_at(site):
    found = {address: len(list(figures_of(page))) for address, page in site[1].items()}
    assert found["/guides/machine-learning-engineer/salaries/"] > 30
    assert found["/guides/machine-learning-engineer/outlook/"] > 3
    assert sum(found.values()) > 80
