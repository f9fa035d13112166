"""The guide that comes with the site, walked as a reader would: figures, citations, links."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from django.conf import settings
from django.test import Client

from guides.document import steps_of
from guides.editions import document_of
from guides.figures import FIGURE, bare_figures
from guides.loading.storing import load_folder
from guides.models import Guide

pytestmark = pytest.mark.django_db  # pytest-django makes databases for tests that say so

SLUG = "machine-learning-engineer"
GUIDE = f"/guides/{SLUG}/"
PATH = f"/guides/{SLUG}/path/"


class Page(HTMLParser):
    """The ids, links and citations of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.unnamed = Counter(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids[found["id"]] += 1
        if tag == "a":
            self.links.append(found["href"])
        if tag == "img" and "alt" not in found:
            self.unnamed.append(found)


@pytest.fixture(scope="module")
def bundled(django_db_setup, django_db_blocker):
    """The document of the bundled guide and the pages that a visitor reaches from it, by address."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_folder(settings.BASE_DIR / "guides" / "content" / SLUG)
        document = document_of(Guide.objects.get(slug=SLUG).editions.get().sha256)
        pages = walk(Client())
        transaction.set_rollback(True)
    return document, pages


def walk(client):
    """Return every page of the site that links lead to, from the guide on, and what did not answer.

    Of addresses that differ in their parameters alone, a few are asked: there is one for each filter.
    """
    pages, waiting, asked = {}, [GUIDE], Counter()
    while waiting:
        address = waiting.pop()
        path, _, parameters = address.partition("?")
        asked[path] += bool(parameters) and address not in pages
        if address in pages or asked[path] > 5:
            continue
        answer = client.get(address, follow=True)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        pages[address] = (answer.status_code, Page(answer.content.decode()) if is_page else None)
        if pages[address][1]:
            links = (urldefrag(urljoin(address, link))[0] for link in pages[address][1].links)
            waiting += [link for link in links if link.startswith("/")]
    return pages


def texts(document):
    return [*document["sections"], *steps_of(document)]


# --- Figures ----------------------------------------------------------------------------------


def test_every_figure_stands_beside_a_citation(bundled):
    bare = {text["slug"]: list(bare_figures(text["body"])) for text in texts(bundled[0])}
    assert {slug: found for slug, found in bare.items() if found} == {}


def test_what_a_step_asks_for_gives_no_figure(bundled):
    stages, steps = bundled[0]["stages"], steps_of(bundled[0])
    plain = [step["done_when"] for step in steps] + [stage["summary"] for stage in stages]
    assert [text for text in plain if FIGURE.search(text)] == []


def test_guide_gives_many_figures(bundled):
    found = Counter(text["slug"] for text in texts(bundled[0]) for _ in FIGURE.finditer(text["body"]))
    assert found["pay"] > 50
    assert found.total() > 100


# --- Citations and links ----------------------------------------------------------------------


def test_every_citation_leads_to_a_source_on_its_page(bundled):
    for address in (GUIDE, PATH):
        page = bundled[1][address][1]
        cited = {link[1:] for link in page.links if link.startswith("#source-")}
        assert cited - page.ids.keys() == set()
        assert len(cited) > 4


def test_every_source_leads_back_to_where_it_is_cited(bundled):
    page = bundled[1][GUIDE][1]
    back = {link[1:] for link in page.links if ".cites-" in link}
    assert back - page.ids.keys() == set()
    assert len(back) > 50


def test_every_link_of_the_site_answers(bundled):
    assert {address: status for address, (status, _) in bundled[1].items() if status != 200} == {}


def test_every_link_to_a_place_finds_it(bundled):
    lost = []
    for address, (_, page) in bundled[1].items():
        for link in page.links if page else ():
            target, place = urldefrag(urljoin(address, link))
            known = bundled[1].get(target, (None, None))[1]
            if place and known and place not in known.ids:
                lost.append((address, link))
    assert lost == []


def test_no_page_uses_an_id_twice(bundled):
    pages = [(address, page) for address, (_, page) in bundled[1].items() if page]
    assert [(address, name) for address, page in pages for name in page.ids if page.ids[name] > 1] == []


def test_every_picture_has_words(bundled):
    assert [picture["slug"] for picture in bundled[0]["pictures"] if len(picture["alt"]) < 40] == []
    assert bundled[1][GUIDE][1].unnamed == []


# --- What the guide holds ---------------------------------------------------------------------


def test_guide_is_written_in_full(bundled):
    words = sum(len(section["body"].split()) for section in bundled[0]["sections"])
    assert words >= 8000


def test_every_section_says_when_it_was_checked(bundled):
    assert [section["slug"] for section in bundled[0]["sections"] if not section["checked_on"]] == []


@pytest.mark.parametrize("field", ["body", "done_when", "effort_hours"])
def test_every_step_has(bundled, field):
    assert [step["slug"] for step in steps_of(bundled[0]) if not step[field]] == []


def test_every_step_has_two_paragraphs_or_more(bundled):
    short = [step["slug"] for step in steps_of(bundled[0]) if len(re.split(r"\n\s*\n", step["body"])) < 2]
    assert short == []


def test_every_course_and_certification_helps_with_a_step(bundled):
    for kind in ("courses", "certifications"):
        named = {slug for step in steps_of(bundled[0]) for slug in step[kind]}
        assert named == {offer["slug"] for offer in bundled[0][kind]}
