"""The edition that everybody may read: what is written out in SQL is what the queryset says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from guides.editions import public_edition
from guides.models import Edition
from tests.factories import published_guide

SLUGS = ("baker", "cook", "smith", "tailor", "weaver", "nobody")


def republished(guide, **fields):
    for field, value in {"summary": "Anew.", **fields}.items():
        setattr(guide, field, value)
    guide.save()
    return guide.publish(by=None)


@pytest.fixture
def guides(db):
    """Guides that are published once, again, again for tomorrow, under another slug, and hidden."""
    made = {slug: published_guide(slug=slug, title=slug) for slug in ("baker", "cook", "smith", "tailor")}
    republished(made["cook"])
    tomorrow = republished(made["smith"])
    Edition.objects.filter(pk=tomorrow.pk).update(live_at=timezone.now() + timedelta(days=1))
    republished(made["tailor"], slug="weaver")
    hidden = published_guide(slug="hidden", title="hidden")
    hidden.unpublished_at = timezone.now()
    hidden.save()
    return made


def found(slug):
    try:
        edition = public_edition(slug)
    except Http404:
        return None
    return edition.sha256, edition.number, edition.slug, edition.title, edition.live_at


@pytest.mark.parametrize("slug", [*SLUGS, "hidden", "ba", "' OR 1=1 --"])
def test_public_edition_is_what_the_queryset_finds(guides, slug):
    fields = ("sha256", "number", "slug", "title", "live_at")
    assert found(slug) == Edition.objects.public().filter(slug=slug).values_list(*fields).first()


def test_public_edition_of_each_kind(guides):
    numbers = {slug: found(slug) and found(slug)[1] for slug in SLUGS}
    assert numbers == {"baker": 1, "cook": 2, "smith": 1, "tailor": None, "weaver": 2, "nobody": None}


def test_moment_of_an_edition_is_a_part_of_its_key(guides):
    before = public_edition("baker").key
    Edition.objects.filter(slug="baker").update(live_at=datetime(2026, 1, 2, tzinfo=UTC))
    assert public_edition("baker").key != before


def test_page_shows_when_its_edition_went_live(guides, visitor):
    visitor.get("/guides/baker/")
    Edition.objects.filter(slug="baker").update(live_at=datetime(2026, 1, 2, tzinfo=UTC))
    assert "2 January 2026" in visitor.get("/guides/baker/").content.decode()
