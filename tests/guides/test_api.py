"""Guides for clients of the API."""

import gzip
import hashlib
import json

import pytest
from django.utils import timezone

from guides.models import Guide
from tests.factories import guide_with_path, published_guide

GUIDES = "/api/v1/guides/"
PROBLEM = "application/problem+json"


def document_at(guide):
    return f"{GUIDES}{guide.slug}/"


def titles(response):
    return [guide["title"] for guide in response.json()["results"]]


def test_guide_in_the_list_says_what_it_is(visitor, guide):
    edition = guide.editions.get()
    assert visitor.get(GUIDES).json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "id": str(guide.pk),
                "slug": "data-baker",
                "title": "Data baker",
                "summary": "Does what the title says.",
                "edition": 1,
                "published_at": edition.live_at.isoformat().replace("+00:00", "Z"),
                "sha256": edition.sha256,
                "step_count": 4,
                "url": "http://testserver/api/v1/guides/data-baker/",
            }
        ],
    }


def test_guides_are_listed_by_title(visitor, learner_client, db):
    for title in ("Nurse", "Baker"):
        published_guide(title=title)
    for client in (visitor, learner_client):
        assert titles(client.get(GUIDES)) == ["Baker", "Nurse"]


def test_drafts_and_hidden_guides_are_not_listed(visitor, editor_client, guide):
    guide_with_path()
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())
    assert [titles(client.get(GUIDES)) for client in (visitor, editor_client)] == [[], []]


@pytest.mark.parametrize("guides", [1, 3])
def test_list_costs_two_queries(visitor, db, guides, django_assert_num_queries):
    for _ in range(guides):
        published_guide()
    with django_assert_num_queries(2):  # the count, and the editions
        assert len(titles(visitor.get(GUIDES))) == guides


def test_list_comes_in_pages(visitor, db):
    for title in ("A", "B", "C"):
        published_guide(title=title)
    first = visitor.get(GUIDES, {"page_size": 2})
    last = visitor.get(first.json()["next"])
    assert (titles(first), titles(last)) == (["A", "B"], ["C"])
    assert (first.json()["count"], last.json()["next"]) == (3, None)


@pytest.mark.parametrize("size", ["0", "201", "-1", "1.5", "many", "", "٣", "9" * 5000])
def test_nonsense_as_the_size_of_a_page_is_refused(visitor, db, size):
    response = visitor.get(GUIDES, {"page_size": size})
    said = "Must be a whole number from 1 to 200."
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    assert response.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": f"page_size: {said}",
        "errors": [{"code": "invalid", "detail": said, "attr": "page_size"}],
    }


@pytest.mark.parametrize("size", ["1", "200"])
def test_sizes_of_a_page_end_at_one_and_two_hundred(visitor, guide, size):
    assert titles(visitor.get(GUIDES, {"page_size": size})) == ["Data baker"]


@pytest.mark.parametrize("page", ["0", "2", "first"])
def test_page_that_is_not_there_is_not_found(visitor, guide, page):
    assert visitor.get(GUIDES, {"page": page}).status_code == 404


# --- The document ------------------------------------------------------------------------------


def test_document_is_sent_as_it_is_stored(visitor, learner_client, guide):
    edition = guide.editions.get()
    for client in (visitor, learner_client):
        content = client.get(document_at(guide)).content
        assert content == edition.document.encode()
        assert hashlib.sha256(content).hexdigest() == edition.sha256


def test_document_is_canonical_json(visitor, guide):
    content = visitor.get(document_at(guide)).content.decode()
    canonical = json.dumps(json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert content == canonical


def test_document_holds_what_its_description_says(visitor, guide):
    assert sorted(visitor.get(document_at(guide)).json()) == [
        *("certifications", "courses", "credited_steps", "credits", "edition", "former_slugs", "id"),
        *("occupation_codes", "past_requirements", "past_steps", "pictures", "sections", "since", "skills"),
        *("slug", "sources", "stages", "summary", "title"),
    ]


def test_document_has_the_digest_as_its_tag(visitor, guide):
    response = visitor.get(document_at(guide))
    assert (response["ETag"], response["Cache-Control"]) == (
        f'"{guide.editions.get().sha256}"',
        "no-cache",
    )


def test_document_that_the_client_has_is_not_sent_again(visitor, guide):
    tag = visitor.get(document_at(guide))["ETag"]
    response = visitor.get(document_at(guide), headers={"If-None-Match": tag})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


def test_document_of_another_edition_is_sent(visitor, guide):
    tag = visitor.get(document_at(guide))["ETag"]
    guide.sections.update(body="Another text.")
    guide.publish(by=None)
    response = visitor.get(document_at(guide), headers={"If-None-Match": tag})
    assert (response.status_code, response.json()["edition"]) == (200, 2)


def test_document_that_is_compressed_holds_the_same_bytes(visitor, guide):
    response = visitor.get(document_at(guide), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(response.content) == guide.editions.get().document.encode()


def test_document_of_a_visitor_costs_two_queries_and_then_one(visitor, guide, django_assert_num_queries):
    for count in (2, 1):  # which edition is public, and its document
        with django_assert_num_queries(count):
            visitor.get(document_at(guide))


def test_document_is_read_as_it_is_published(visitor, editor_client, guide):
    guide.sections.update(body="Secret")
    for client in (visitor, editor_client):
        assert b"Secret" not in client.get(document_at(guide)).content


@pytest.mark.parametrize("client", ["visitor", "learner_client", "editor_client"])
def test_draft_and_hidden_guide_are_not_found(request, guide, client):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())
    for other in (guide, guide_with_path()):
        response = request.getfixturevalue(client).get(document_at(other))
        assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
        assert response.json()["detail"] == (
            f"There is no guide “{other.slug}”. GET /api/v1/guides/ lists them."
        )


@pytest.mark.parametrize("slug", ["a%00b", "a%20b", "é", "a.json"])
def test_guide_under_a_slug_that_is_none_is_not_found(visitor, db, slug):
    response = visitor.get(f"{GUIDES}{slug}/")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_guides_are_not_changed_here(editor_client, guide, method):
    for address in (GUIDES, document_at(guide)):
        response = getattr(editor_client, method)(address)
        assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
        assert response["Allow"] == "GET, HEAD, OPTIONS"
