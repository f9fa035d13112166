"""Publishing at a moment, taking that back, and hiding a guide."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guides.credits import linked_guides
from guides.document import parsed
from guides.editing import Outdated
from guides.lives import Part, retire, same_as, succeed
from guides.models import Edition, Guide, Step
from guides.publishing import (
    PublishingRefused,
    cancel,
    current_document,
    is_changed,
    next_document_of,
    publish,
    unpublish,
)
from guides.working_copy import content_of
from tests.factories import StepFactory, guide_with_path, published_guide, step_of

HOUR = timedelta(hours=1)


def change(guide, title="Changed"):
    Guide.objects.filter(pk=guide.pk).update(title=title)


def schedule(guide, title="Changed", after=HOUR):
    change(guide, title)
    return publish(guide, by=None, at=timezone.now() + after)


def time_passes():
    """Let the moment of every scheduled edition come."""
    Edition.objects.scheduled().update(live_at=timezone.now())


def read_by_the_public(guide):
    """Return the title that the public reads, None where it reads nothing."""
    return Edition.objects.public().filter(guide=guide).values_list("title", flat=True).first()


# --- Scheduling --------------------------------------------------------------------------------


def test_scheduled_edition_is_read_when_its_moment_comes(guide):
    schedule(guide)
    before = read_by_the_public(guide)
    time_passes()
    assert (before, read_by_the_public(guide)) == ("Data baker", "Changed")


def test_scheduled_edition_is_frozen_when_it_is_scheduled(guide):
    schedule(guide, "Frozen")
    change(guide, "Later")
    time_passes()
    assert read_by_the_public(guide) == "Frozen"


def test_scheduled_edition_keeps_its_new_steps_from_being_deleted(guide):
    StepFactory(stage=guide.stages.first(), title="New")
    schedule(guide)
    assert step_of(guide, "New").editions.count() == 1


def test_steps_of_a_scheduled_edition_are_published_when_its_moment_comes(guide):
    StepFactory(stage=guide.stages.first(), title="New")
    schedule(guide)
    before = Step.objects.published().filter(title="New").count()
    time_passes()
    assert (before, Step.objects.published().filter(title="New").count()) == (0, 1)


@pytest.mark.parametrize("after", [timedelta(0), -HOUR])
def test_a_moment_that_has_passed_is_refused(guide, after):
    with pytest.raises(PublishingRefused, match="moment has passed"):
        schedule(guide, after=after)
    assert guide.editions.count() == 1


def test_scheduling_without_a_change_is_refused(guide):
    with pytest.raises(PublishingRefused, match="Nothing has changed"):
        publish(guide, by=None, at=timezone.now() + HOUR)


def test_scheduling_over_an_older_version_is_refused(guide):
    guide.touch(by=None)
    with pytest.raises(Outdated):
        publish(guide, by=None, at=timezone.now() + HOUR, version=guide.version)


def test_publishing_first_cancels_what_is_scheduled(guide):
    scheduled = schedule(guide)
    change(guide, "First")
    publish(guide, by=None)
    time_passes()
    scheduled.refresh_from_db()
    assert (read_by_the_public(guide), scheduled.cancelled_at is not None) == ("First", True)


def test_publishing_what_was_current_cancels_what_is_scheduled(guide):
    schedule(guide)
    change(guide, "Data baker")
    edition = publish(guide, by=None)
    time_passes()
    assert (read_by_the_public(guide), edition.number) == ("Data baker", 1)


def test_scheduling_anew_cancels_what_is_scheduled(guide):
    schedule(guide, "One", after=HOUR)
    schedule(guide, "Two", after=2 * HOUR)
    assert list(guide.editions.scheduled().values_list("title", flat=True)) == ["Two"]


def test_a_refused_publishing_leaves_what_is_scheduled(guide):
    schedule(guide)
    retire(guide, guide.steps.all(), by=None)
    with pytest.raises(PublishingRefused):
        publish(guide, by=None)
    assert guide.editions.scheduled().count() == 1


def test_a_cancelled_edition_is_never_read(guide):
    edition = schedule(guide)
    cancelled = cancel(guide)
    Edition.objects.filter(pk=edition.pk).update(live_at=timezone.now())
    assert (cancelled, read_by_the_public(guide)) == (1, "Data baker")


def test_cancelling_when_the_moment_has_come_does_nothing(guide):
    schedule(guide)
    time_passes()
    assert (cancel(guide), read_by_the_public(guide)) == (0, "Changed")


def test_numbers_go_on_after_a_cancelled_edition(guide):
    schedule(guide)
    cancel(guide)
    change(guide, "Third")
    assert publish(guide, by=None).number == 3


def test_history_leaves_a_cancelled_edition_out(guide):
    StepFactory(stage=guide.stages.first(), title="Never seen")
    schedule(guide)
    cancel(guide)
    retire(guide, [step_of(guide, "Never seen")], by=None)
    document = parsed(publish(guide, by=None).document)
    assert document["past_steps"] == []


def test_credit_with_a_step_of_a_cancelled_edition_is_left_out(guide):
    [new] = succeed(guide, [step_of(guide, "Read")], [Part("Study")], by=None)
    schedule(guide)
    cancel(guide)
    retire(guide, [new], by=None)
    document = parsed(publish(guide, by=None).document)
    assert document["credits"] == []


def test_nothing_is_changed_after_what_is_current_was_published(guide):
    schedule(guide)
    guide.refresh_from_db()
    before = is_changed(guide)
    time_passes()
    assert (before, is_changed(guide)) == (True, False)


def test_document_of_the_working_copy_follows_the_current_edition(guide):
    schedule(guide)
    document = next_document_of(guide, content_of(guide), current_document(guide))
    assert (document["edition"], document["since"]) == (3, current_document(guide)["since"])


def test_an_address_that_is_scheduled_for_another_guide_is_taken(guide):
    Guide.objects.filter(pk=guide.pk).update(slug="baker")
    publish(guide, by=None, at=timezone.now() + HOUR)
    Guide.objects.filter(pk=guide.pk).update(slug="free")
    with pytest.raises(PublishingRefused, match="is scheduled for the address “baker”"):
        publish(guide_with_path(title="Baker", slug="baker"), by=None)


# --- Hiding ------------------------------------------------------------------------------------


def test_unpublish_hides_a_guide(guide):
    unpublish(guide)
    assert read_by_the_public(guide) is None


def test_unpublish_cancels_what_would_show_the_guide_again(guide):
    schedule(guide)
    assert unpublish(guide) == 1
    time_passes()
    assert read_by_the_public(guide) is None


def test_publish_shows_a_hidden_guide_again(guide):
    unpublish(guide)
    publish(guide, by=None)
    assert read_by_the_public(guide) == "Data baker"


def test_a_hidden_guide_is_shown_when_a_scheduled_edition_comes(guide):
    unpublish(guide)
    schedule(guide)
    before = read_by_the_public(guide)
    Edition.objects.scheduled().update(live_at=timezone.now())
    assert (before, read_by_the_public(guide)) == (None, "Changed")


def test_unpublish_after_that_hides_it_again(guide):
    unpublish(guide)
    schedule(guide)
    time_passes()
    unpublish(guide)
    assert read_by_the_public(guide) is None


# --- Guides that are linked --------------------------------------------------------------------


def linked(guide):
    return [(entry.guide.title, entry.is_edited) for entry in linked_guides(guide)]


@pytest.fixture
def other(guide):
    """Another guide, one step of which was recorded as the same as one of `guide`."""
    other = published_guide(title="Other")
    same_as(step_of(guide, "Read"), step_of(other, "Read"), by=None)
    return other


def test_a_linked_guide_is_offered_until_it_carries_the_record(guide, other):
    before = linked(guide)
    publish(other, by=None)
    assert (before, linked(guide)) == ([("Other", False)], [])


def test_a_linked_guide_with_edits_of_its_own_says_so(guide, other):
    change(other, "Edited")
    assert linked(guide) == [("Edited", True)]


def test_a_guide_that_was_never_published_is_not_offered(guide):
    draft = guide_with_path(title="Draft")
    same_as(step_of(guide, "Read"), step_of(draft, "Read"), by=None)
    assert linked(guide) == []


def test_a_guide_of_a_new_step_is_offered_before_that_is_published(guide):
    other = published_guide(title="Other")
    new = StepFactory(stage=guide.stages.first(), title="New")
    same_as(new, step_of(other, "Read"), by=None)
    assert linked(guide) == [("Other", False)]
