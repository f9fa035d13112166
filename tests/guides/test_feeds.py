"""New editions as RSS."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from guides.models import Edition
from tests.factories import published_guide

SITE = "http://127.0.0.1:8000"


def items_of(client, address="/feed/"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    items = ElementTree.fromstring(answer.content).findall("channel/item")  # noqa: S314 (our own)
    return [{part.tag: part.text for part in item} for item in items]


def republish(guide, **fields):
    guide.title = f"{guide.title}, anew"
    for field, value in fields.items():
        setattr(guide, field, value)
    guide.save()
    return guide.publish(by=None)


def test_edition_is_an_item(guide, visitor):
    edition = guide.editions.get()
    (item,) = items_of(visitor)
    assert item.pop("pubDate").endswith("+0000")
    assert item == {
        "title": "Data baker, edition 1",
        "link": f"{SITE}/guides/data-baker/",
        "description": edition.summary,
        "guid": f"urn:uuid:{edition.pk}",
    }


def test_newest_edition_comes_first(guide, visitor):
    republish(guide)
    assert [item["title"] for item in items_of(visitor)] == [
        "Data baker, anew, edition 2",
        "Data baker, edition 1",
    ]


def test_what_the_editor_noted_is_the_description(guide, visitor, editor):
    guide.title = "Baker of data"
    guide.save()
    guide.publish(by=editor, note="A better title.")
    assert items_of(visitor)[0]["description"] == "A better title."


def test_old_edition_leads_to_the_address_of_today(guide, visitor):
    republish(guide, slug="baker")
    assert {item["link"] for item in items_of(visitor)} == {f"{SITE}/guides/baker/"}


def test_edition_of_tomorrow_is_not_told(guide, visitor):
    Edition.objects.update(live_at=timezone.now() + timedelta(days=1))
    assert items_of(visitor) == []


def test_hidden_guide_is_not_told(guide, visitor):
    guide.unpublished_at = timezone.now()
    guide.save()
    assert items_of(visitor) == []


def test_feed_of_a_guide_holds_its_own(guide, visitor):
    published_guide(title="Cook", slug="cook")
    assert [item["title"] for item in items_of(visitor, "/feed/cook/")] == ["Cook, edition 1"]


def test_feed_of_no_guide_is_not_found(visitor, db):
    assert visitor.get("/feed/nobody/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_feed_takes_one_query(count, visitor, db, django_assert_num_queries):
    for number in range(count):
        published_guide(title=f"Cook {number}", slug=f"cook-{number}")
    with django_assert_num_queries(1):
        visitor.get("/feed/")
