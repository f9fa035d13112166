"""Guides that are published again because more counts on their paths than when they were published."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guides.editions import document_of
from guides.lives import same_as
from guides.loading.catching_up import NOTE, catch_up
from guides.models import Guide
from guides.publishing import publish, unpublish
from tests.factories import published_guide, step_of


@pytest.fixture
def baker(db):
    """A published guide; another that was published later says that a step is the same as one of its own."""
    guide, other = published_guide(title="Baker"), published_guide(title="Miller")
    same_as(step_of(other, "Build"), step_of(guide, "Build"), by=None)
    other.publish(by=None)
    return Guide.objects.get(pk=guide.pk)


def records(guide):
    return document_of(guide.editions.order_by("-number")[0].sha256)["credits"]


def test_guide_takes_up_the_credit_that_it_lacks(baker):
    assert (records(baker), catch_up()) == ([], [baker])
    assert [{*record["old"], *record["new"]} for record in records(baker)] == [
        {str(step.pk) for guide in Guide.objects.all() for step in guide.steps.filter(title="Build")}
    ]
    assert baker.editions.order_by("-number")[0].note == NOTE


def test_guides_that_lack_nothing_are_left_alone(baker):
    catch_up()
    published_guide(title="Smith")
    assert catch_up() == []
    assert sorted(Guide.objects.values_list("title", "editions__number")) == [
        *(("Baker", 1), ("Baker", 2), ("Miller", 1), ("Miller", 2), ("Smith", 1))
    ]


def test_guide_with_edits_is_left_to_staff(baker):
    baker.title = "Master baker"
    baker.save()
    assert catch_up() == []


def test_hidden_guide_stays_hidden(baker):
    unpublish(baker)
    assert catch_up() == []
    assert not baker.editions.public().exists()


def test_edition_that_waits_for_its_moment_still_comes(baker):
    publish(baker, by=None, at=timezone.now() + timedelta(days=1))
    assert catch_up() == []
    assert baker.editions.scheduled().count() == 1


def test_guide_that_was_never_published_is_not_published_now(baker):
    draft = published_guide(title="Smith")
    Guide.objects.filter(pk=draft.pk).update(title="Smith")
    assert catch_up() == [baker]


def test_credit_that_staff_recorded_and_did_not_publish_is_left_to_them(baker, editor):
    third = published_guide(title="Smith")
    same_as(step_of(third, "Read"), step_of(baker, "Read"), by=editor)
    assert catch_up() == []


def test_credit_that_an_edition_carries_is_not_taken_away(baker):
    catch_up()
    carried = records(baker)
    baker.steps.get(title="Build").credits.all().delete()
    assert catch_up() == []
    assert records(baker) == carried
