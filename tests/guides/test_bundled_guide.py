"""The guides that come with the site, walked as a reader would: figures, citations, links."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.text import slugify

from guides.document import steps_of
from guides.editions import document_of
from guides.figures import FIGURE, bare_figures
from guides.mentions import cited_keys
from guides.models import Edition
from portal.preparation import CONTENT_DIR

pytestmark = pytest.mark.django_db  # pytest-django makes databases for tests that say so

FIRST = "machine-learning-engineer"  # written in full; the others are short and meet it
FOLDERS = sorted(folder for folder in CONTENT_DIR.iterdir() if folder.is_dir())
SLUGS = [folder.name for folder in FOLDERS]
WORDS = {FIRST: (8000, 20000)}
SHORT = (900, 1700)


def address_of(slug):
    return f"/guides/{slug}/"


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
def site(django_db_setup, django_db_blocker):
    """The documents of the bundled guides by slug, and the pages that a visitor reaches, by address."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", *FOLDERS, verbosity=0)
        documents = {edition.slug: document_of(edition.sha256) for edition in Edition.objects.public()}
        pages = walk(Client())
        transaction.set_rollback(True)
    return documents, pages


@pytest.fixture
def pages(site):
    return site[1]


@pytest.fixture(params=SLUGS)
def document(site, request):
    """The document of each bundled guide."""
    return site[0][request.param]


@pytest.fixture
def first(site):
    return site[0][FIRST]


def walk(client):
    """Return every page of the site that links lead to, from the guide on, and what did not answer.

    Of addresses that differ in their parameters alone, a few are asked: there is one for each filter.
    """
    pages, waiting, asked = {}, [address_of(FIRST)], Counter()
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


def test_every_figure_stands_beside_a_citation(document):
    bare = {text["slug"]: list(bare_figures(text["body"])) for text in texts(document)}
    assert {slug: found for slug, found in bare.items() if found} == {}


def test_what_a_step_asks_for_gives_no_figure(document):
    stages, steps = document["stages"], steps_of(document)
    plain = [step["done_when"] for step in steps] + [stage["summary"] for stage in stages]
    assert [text for text in [document["summary"], *plain] if FIGURE.search(text)] == []


def test_first_guide_gives_many_figures(first):
    found = Counter(text["slug"] for text in texts(first) for _ in FIGURE.finditer(text["body"]))
    assert found["pay"] > 50
    assert found.total() > 100


# --- Citations and links ----------------------------------------------------------------------


@pytest.mark.parametrize("tail", ["", "path/"])
def test_every_citation_leads_to_a_source_on_its_page(document, pages, tail):
    page = pages[f"{address_of(document['slug'])}{tail}"][1]
    cited = cited_on(page)
    assert cited - page.ids.keys() == set()
    assert bool(cited) == bool(cited_keys(text["body"] for text in (part_of(document, tail))))


def part_of(document, tail):
    return steps_of(document) if tail else document["sections"]


def cited_on(page):
    return {link[1:] for link in page.links if link.startswith("#source-")}


def test_every_source_leads_back_to_where_it_is_cited(document, pages):
    page = pages[address_of(document["slug"])][1]
    back = {link[1:] for link in page.links if ".cites-" in link}
    assert back - page.ids.keys() == set()
    assert len(back) >= len(cited_on(page)) > 1


def test_first_guide_cites_much(pages):
    on_guide, on_path = (pages[address][1] for address in (address_of(FIRST), f"{address_of(FIRST)}path/"))
    assert min(len(cited_on(page)) for page in (on_guide, on_path)) > 4
    assert len({link for link in on_guide.links if ".cites-" in link}) > 50


def test_every_source_of_a_guide_is_cited_or_named(document):
    named = {key for step in steps_of(document) for key in step["sources"]}
    passed_on = {source["key"] for source in document["sources"] if source["cited_by"]}
    cited = cited_keys(text["body"] for text in texts(document))
    assert {source["key"] for source in document["sources"]} - cited - named - passed_on == set()


def test_every_link_of_the_site_answers(pages):
    assert {address: status for address, (status, _) in pages.items() if status != 200} == {}


def test_every_link_to_a_place_finds_it(pages):
    lost = []
    for address, (_, page) in pages.items():
        for link in page.links if page else ():
            target, place = urldefrag(urljoin(address, link))
            known = pages.get(target, (None, None))[1]
            if place and known and place not in known.ids:
                lost.append((address, link))
    assert lost == []


def test_no_page_uses_an_id_twice(pages):
    found = [(address, page) for address, (_, page) in pages.items() if page]
    assert [(address, name) for address, page in found for name in page.ids if page.ids[name] > 1] == []


def test_every_picture_has_words(document, pages):
    assert [picture["slug"] for picture in document["pictures"] if len(picture["alt"]) < 40] == []
    assert pages[address_of(document["slug"])][1].unnamed == []


# --- What the guides hold ---------------------------------------------------------------------


def test_every_folder_is_a_public_guide(site):
    assert sorted(site[0]) == SLUGS


def test_guide_is_as_long_as_it_is_meant_to_be(document):
    least, most = WORDS.get(document["slug"], SHORT)
    words = sum(len(section["body"].split()) for section in document["sections"])
    assert least <= words <= most


def test_every_section_says_when_it_was_checked(document):
    assert [section["slug"] for section in document["sections"] if not section["checked_on"]] == []


@pytest.mark.parametrize("field", ["body", "done_when", "effort_hours", "skills"])
def test_every_step_has(document, field):
    without = [step["slug"] for step in steps_of(document) if not step[field]]
    assert without == (NAMELESS.get(document["slug"], []) if field == "skills" else [])


NAMELESS = {FIRST: ["high-school-diploma"]}  # what school teaches is no skill of the catalog


def test_every_step_has_two_paragraphs_or_more(document):
    short = [step["slug"] for step in steps_of(document) if len(re.split(r"\n\s*\n", step["body"])) < 2]
    assert short == []


def test_every_course_and_certification_helps_with_a_step(document):
    for kind in ("courses", "certifications"):
        named = {slug for step in steps_of(document) for slug in step[kind]}
        assert named == {offer["slug"] for offer in document[kind]}


def test_every_word_of_the_glossary_is_used(document):
    (words,) = [section["body"] for section in document["sections"] if section["kind"] == "words"]
    used = {place for text in texts(document) for place in re.findall(r"\(#(term-[^)]+)\)", text["body"])}
    terms = re.findall(r"^(.+)\n: ", words, re.MULTILINE)
    assert {f"term-{slugify(term)}" for term in terms} - used == set()


# --- What the short guides hold ---------------------------------------------------------------


@pytest.fixture(params=[slug for slug in SLUGS if slug != FIRST])
def short(site, request):
    """The document of each short guide."""
    return site[0][request.param]


def test_short_guide_has_the_sections_that_pages_ask_for(short):
    kinds = {section["slug"]: section["kind"] for section in short["sections"]}
    assert kinds == {
        "overview": "overview",
        "duties": "work",
        "skills-and-tools": "skills",
        "neighbours": "work",
        "ways-in": "ways-in",
        "questions": "questions",
        "words": "words",
    }


def test_short_guide_begins_its_duties_with_a_list(short):
    (duties,) = [section["body"] for section in short["sections"] if section["slug"] == "duties"]
    assert duties.startswith("### Duties\n\n- ")
    assert len(duties.split("\n\n")[1].splitlines()) >= 6


def test_short_guide_answers_five_questions_or_more(short):
    (questions,) = [section["body"] for section in short["sections"] if section["kind"] == "questions"]
    assert len(re.findall(r"^### .+\?$", questions, re.MULTILINE)) >= 5


def test_short_guide_has_a_path_of_its_own(short):
    assert 12 <= len(steps_of(short)) <= 20
    assert 4 <= len(short["stages"]) <= 6
    assert [step["slug"] for step in steps_of(short) if not 80 <= len(step["body"].split()) <= 170] == []
