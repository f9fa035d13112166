"""The page of the search, its suggestions and the API."""

import re

import pytest
from django.urls import reverse

from guides.models import Guide
from tests.factories import CourseFactory, SectionFactory, SkillFactory, guide_with_path

SEARCH, SUGGESTIONS, API = reverse("search"), reverse("search-suggestions"), reverse("api-search")

pytestmark = pytest.mark.django_db

ODD = ["", " ", '"', "*", "'", "\x00", "AND", "a AND", "NEAR(", "<script>", "x" * 5_000, "%%%", "\\"]


def text(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def found(response):
    """Return the titles and addresses of the results, by the kinds that head them."""
    groups = re.findall(r'<section[^>]*"found-(\w+)">(.*?)</section>', response.content.decode(), re.DOTALL)
    link = re.compile(r'<h3><a href="([^"]+)">(.*?)</a></h3>', re.DOTALL)
    return {kind: [(text(title), url) for url, title in link.findall(group)] for kind, group in groups}


def notices(response):
    return [text(notice) for notice in re.findall(r'<p class="notice">(.*?)</p>', response.content.decode())]


def test_results_stand_in_groups_for_everybody(visitor, learner_client, guide):
    CourseFactory(title="Try bread", slug="bread")
    SkillFactory(name="Trying & failing", slug="trying")
    for client in (visitor, learner_client):
        assert found(client.get(SEARCH, {"q": "try"})) == {
            "step": [("Try", "/guides/data-baker/path/#step-try")],
            "course": [("Try bread", "/courses/bread/")],
            "skill": [("Trying &amp; failing", "/skills/trying/")],
        }


def test_parts_of_a_guide_name_it(visitor, guide):
    groups = visitor.get(SEARCH, {"q": "overview"}).content.decode()
    assert re.findall(r'<p class="meta"><span>(.*?)</span>', groups) == ["Data baker"]


def test_links_lead_to_what_was_found(visitor, guide):
    groups = [found(visitor.get(SEARCH, {"q": query})) for query in ("overview", "watch")]
    for _, address in [*groups[0]["section"], *groups[1]["step"]]:
        page, _, anchor = address.partition("#")
        assert visitor.get(page).content.decode().count(f'id="{anchor}"') == 1


def test_the_match_is_marked_and_what_staff_wrote_is_escaped(visitor):
    CourseFactory(title="Bread <b>&", provider=None, summary="White bread <script>x</script>")
    content = visitor.get(SEARCH, {"q": "BREA"}).content.decode()
    assert re.findall(r"<mark>.*?</mark>", content) == ["<mark>Bread</mark>", "<mark>bread</mark>"]
    assert ("<script>x" in content, "&lt;b&gt;&amp;" in content) == (False, True)


def test_five_of_a_kind_are_shown_and_all_on_a_page_of_their_own(visitor):
    CourseFactory.create_batch(21, provider=None)
    first = visitor.get(SEARCH, {"q": "course"})
    assert [len(hits) for hits in found(first).values()] == [5]
    assert '<a href="?q=course&amp;kind=course">All 21 courses</a>' in first.content.decode()
    pages = [visitor.get(SEARCH, {"q": "course", "kind": "course", "page": page}) for page in (1, 2, "x", 99)]
    assert [len(found(page)["course"]) for page in pages] == [20, 1, 20, 1]


def test_kinds_say_how_many_there_are(visitor):
    CourseFactory(title="Bread", provider=None)
    SkillFactory(name="Bread")
    content = visitor.get(SEARCH, {"q": "bread", "kind": "skill"}).content.decode()
    kinds = re.findall(r'<li><a href="(\?q=[^"]+)"([^>]*)>(.*?)</a></li>', content)
    assert [(href, bool(current), text(words)) for href, current, words in kinds] == [
        ("?q=bread", False, "Everything 2"),
        ("?q=bread&amp;kind=course", False, "Courses 1"),
        ("?q=bread&amp;kind=skill", True, "Skills 1"),
    ]


def test_a_typo_is_told(visitor):
    CourseFactory(title="Python", provider=None)
    response = visitor.get(SEARCH, {"q": "pyhton"})
    assert notices(response) == ["Nothing for “pyhton”; shown for “python”."]
    assert found(response) == {"course": [("Python", "/courses/python/")]}


def test_a_loose_answer_is_told(visitor):
    CourseFactory(title="Python", provider=None)
    assert notices(visitor.get(SEARCH, {"q": "python zymurgy"})) == [
        "Nothing has all of these words. This has some of them."
    ]


def test_nothing_found_says_what_to_try(visitor):
    content = visitor.get(SEARCH, {"q": "zymurgy"}).content.decode()
    assert ("Nothing for “zymurgy”" in content, "Try fewer words" in content) == (True, True)


def test_nothing_of_a_kind_leads_to_the_others(visitor):
    CourseFactory(title="Bread", provider=None)
    content = visitor.get(SEARCH, {"q": "bread", "kind": "guide"}).content.decode()
    assert "Nothing for “bread” among these" in content


@pytest.mark.parametrize("address", [SEARCH, SUGGESTIONS])
@pytest.mark.parametrize("query", ODD)
def test_odd_queries_are_answered(visitor, address, query):
    CourseFactory(title="Bread", provider=None)
    for kind in ("", "course", "nonsense\x00"):
        response = visitor.get(address, {"q": query, "kind": kind, "page": "\x00"})
        assert (response.status_code, "Bread" in response.content.decode()) == (200, False)


def test_the_page_is_not_to_be_found_by_searching(visitor):
    assert '<meta name="robots" content="noindex">' in visitor.get(SEARCH, {"q": "x"}).content.decode()


def test_no_draft_and_no_hidden_guide_is_shown(visitor, editor_client, guide):
    guide_with_path(title="Secret")
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=guide.editions.get().live_at)
    for client in (visitor, editor_client):
        for query in ("secret", "baker"):
            assert found(client.get(SEARCH, {"q": query})) == {}


@pytest.mark.parametrize("courses", [1, 3])
def test_the_page_costs_six_queries(visitor, courses, django_assert_num_queries):
    CourseFactory.create_batch(courses, provider=None)
    visitor.get(SEARCH, {"q": "course"})
    with django_assert_num_queries(6):  # states, versions of three parts, counts, hits
        visitor.get(SEARCH, {"q": "course"})


def test_only_reading_is_allowed(visitor):
    assert [visitor.post(address).status_code for address in (SEARCH, SUGGESTIONS, API)] == [405, 405, 405]


def test_suggestions_are_options(visitor):
    SkillFactory(name="Python & co", slug="python")
    response = visitor.get(SUGGESTIONS, {"q": "pyt"})
    assert " ".join(response.content.decode().split()) == (
        '<li role="option" id="site-search-1" aria-selected="false" data-href="/skills/python/">'
        '<span> <mark>Python</mark> &amp; co </span> <span class="kind">skill</span></li>'
    )
    assert response.cookies == {}


def test_one_sign_suggests_nothing(visitor):
    SkillFactory(name="Python")
    assert visitor.get(SUGGESTIONS, {"q": "p"}).content.strip() == b""


def test_the_header_has_a_box_and_the_page_its_own(visitor):
    for address in ("/", SEARCH):
        assert visitor.get(address).content.decode().count('id="site-search"') == 1


# --- The API ----------------------------------------------------------------------------------


def test_api_gives_what_was_found(visitor):
    CourseFactory(title="Learn Bread", slug="bread", provider=None, summary="White bread.")
    answer = visitor.get(API, {"q": "bread"}).json()
    assert answer == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "kind": "course",
                "title": "Learn Bread",
                "url": "http://127.0.0.1:8000/courses/bread/",
                "snippet": "course · White bread.",
                "within": "",
            }
        ],
        "counts": {"course": 1},
        "corrected": "",
        "is_loose": False,
    }


def test_api_narrows_to_kinds_and_comes_in_pages(visitor):
    CourseFactory.create_batch(3, provider=None)
    SkillFactory(name="Course design")
    params = {"q": "course", "kind": ["course", "guide"], "page_size": 2, "page": 2}
    answer = visitor.get(API, params).json()
    assert (answer["count"], len(answer["results"]), answer["counts"]) == (3, 1, {"course": 3, "skill": 1})


def test_api_tells_of_a_typo(visitor):
    CourseFactory(title="Python", provider=None)
    assert visitor.get(API, {"q": "pyhton"}).json()["corrected"] == "python"


@pytest.mark.parametrize(
    ("params", "name", "words"),
    [
        ({}, "q", "Say what to look for"),
        ({"q": "  "}, "q", "Say what to look for"),
        ({"q": "x", "kind": "nonsense"}, "kind", "There is no kind “nonsense”. Use some of guide,"),
        ({"q": "x", "sort": "title"}, "sort", "There is no such parameter. Use some of q, kind, page"),
        ({"q": "x", "page_size": "0"}, "page_size", "Must be a whole number"),
    ],
)
def test_api_refuses_what_it_does_not_know(visitor, params, name, words):
    response = visitor.get(API, params)
    [error] = response.json()["errors"]
    assert (response.status_code, error["attr"], error["detail"].startswith(words)) == (400, name, True)


@pytest.mark.parametrize("query", [query for query in ODD if query.strip()])
def test_api_answers_odd_queries(visitor, query):
    assert visitor.get(API, {"q": query}).json()["count"] == 0


def test_api_has_no_page_beyond_the_last(visitor):
    assert visitor.get(API, {"q": "x", "page": 2}).status_code == 404


@pytest.mark.parametrize("courses", [1, 3])
def test_api_costs_six_queries(visitor, courses, django_assert_num_queries):
    CourseFactory.create_batch(courses, provider=None)
    visitor.get(API, {"q": "course"})
    with django_assert_num_queries(6):  # states, versions of three parts, counts, hits
        visitor.get(API, {"q": "course"})


def test_questions_are_found_with_their_answers(visitor, db):
    guide = guide_with_path(title="Baker")
    body = "### Do bakers sleep?\n\nBefore midnight, mostly.\n\n### What they wear\n\nWhite."
    SectionFactory(guide=guide, slug="life", title="Life", body=body)
    guide.publish(by=None)
    found = visitor.get("/api/v1/search/", {"q": "sleep", "kind": "question"}).json()
    assert [(hit["title"], hit["url"].partition("#")[0][-14:]) for hit in found["results"]] == [
        ("Do bakers sleep?", "/guides/baker/")
    ]
    assert found["results"][0]["url"].endswith("#life-do-bakers-sleep")
