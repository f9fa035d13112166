"""The screens of publishing: what is wrong, the difference, the moment, hiding."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from guides.lives import retire, same_as
from guides.models import Edition, Guide
from guides.publishing import publish, unpublish
from portal.admin.publish import MOMENT
from portal.log import change_of, words_of
from tests.factories import SectionFactory, StepFactory, guide_with_path, published_guide, step_of


def address(guide, name="publish"):
    return reverse(f"admin:guides_guide_{name}", args=[guide.pk])


def change(guide, title="Changed"):
    Guide.objects.filter(pk=guide.pk).update(title=title)


def post(client, guide, name="publish", **fields):
    """Post what the screen's form would send, with `fields` in it."""
    version = Guide.objects.values_list("version", flat=True).get(pk=guide.pk)
    form = {"version": version, "when": "now", "note": "", "zone": "UTC", **fields}
    return client.post(address(guide, name), form, follow=True)


def at(moment, zone="UTC"):
    """Return the fields of a moment, given as it is written in its zone."""
    date, time = moment.split(" ")
    return {"when": "at", "date": date, "time": time, "zone": zone}


def said(response):
    return [str(message) for message in response.context["messages"]]


def live(guide):
    return list(guide.editions.live().order_by("number").values_list("number", flat=True))


# --- Publishing now ----------------------------------------------------------------------------


def test_publish_makes_an_edition(publisher_client, publisher, guide):
    change(guide)
    post(publisher_client, guide, note="A better name")
    edition = guide.editions.get(number=2)
    assert (edition.title, edition.author, edition.note) == ("Changed", publisher, "A better name")


def test_publish_leaves_one_entry(publisher_client, publisher, guide):
    change(guide)
    post(publisher_client, guide)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (publisher, str(guide.pk))
    assert words_of(entry) == "Published edition 2."
    assert change_of(entry)["before"] == {"edition": 1}


def test_publish_over_an_older_version_is_refused(publisher_client, guide):
    change(guide)
    answer = post(publisher_client, guide, version=guide.version + 1)
    assert live(guide) == [1]
    assert [text.split(",")[0] for text in said(answer)] == ["“Changed” was changed while you worked on it"]


def test_publish_of_what_cannot_be_followed_says_why(publisher_client, guide):
    retire(guide, guide.steps.filter(optional=False), by=None)
    answer = post(publisher_client, guide)
    assert live(guide) == [1]
    assert "The path asks for nothing. Add a step that is not optional." in said(answer)


def test_a_note_that_is_too_long_is_refused_and_kept(publisher_client, guide):
    change(guide)
    answer = post(publisher_client, guide, note="x" * 301)
    assert answer.context["form"].errors.keys() == {"note"}
    assert ("x" * 301 in answer.text, live(guide)) == (True, [1])


def test_screen_links_to_where_it_can_be_mended(publisher_client, guide):
    section = SectionFactory(guide=guide, body="Says [@nobody].")
    answer = publisher_client.get(address(guide))
    [(_, link)] = answer.context["findings"]
    assert link == reverse("admin:guides_section_change", args=[section.pk])


def test_screen_shows_the_difference_and_the_impact(publisher_client, guide):
    change(guide)
    context = publisher_client.get(address(guide)).context
    assert (bool(context["comparison"]), context["impact"].followers) == (True, 0)


def test_screen_of_what_has_not_changed_offers_nothing(publisher_client, guide):
    answer = publisher_client.get(address(guide))
    assert "There is nothing to publish." in answer.text
    assert 'name="note"' not in answer.text


@pytest.mark.parametrize("steps", [1, 60])
def test_screen_costs_the_same_for_one_step_and_for_sixty(
    publisher_client, guide, steps, django_assert_num_queries
):
    StepFactory.create_batch(steps, stage=guide.stages.first())
    publisher_client.get(address(guide))
    with django_assert_num_queries(25):
        publisher_client.get(address(guide))


# --- At a moment -------------------------------------------------------------------------------


def test_schedule_takes_the_moment_in_its_zone(publisher_client, guide):
    change(guide)
    year = timezone.now().year + (timezone.now().month > 6)
    summer = f"{year}-07-01 09:30" if timezone.now().month <= 6 else f"{year}-06-01 09:30"
    post(publisher_client, guide, **at(summer, "Europe/Berlin"))
    local = datetime.fromisoformat(summer).replace(tzinfo=UTC)
    assert guide.editions.get(number=2).live_at == local - timedelta(hours=2)


def test_schedule_leaves_one_entry(publisher_client, guide):
    change(guide)
    post(publisher_client, guide, **at(f"{timezone.now() + timedelta(days=2):%Y-%m-%d %H:%M}"))
    moment = f"{guide.editions.get(number=2).live_at:{MOMENT}}"
    assert [words_of(entry) for entry in LogEntry.objects.all()] == [f"Scheduled edition 2 for {moment}."]


def test_publishing_in_place_of_a_schedule_says_so_in_the_log(publisher_client, guide):
    change(guide)
    post(publisher_client, guide, **at(f"{timezone.now() + timedelta(days=2):%Y-%m-%d %H:%M}"))
    post(publisher_client, guide)
    assert words_of(LogEntry.objects.first()) == "Published edition 3, which cancelled edition 2."


def test_moment_beside_now_is_asked_about(publisher_client, guide):
    change(guide)
    typed = at(f"{timezone.now() + timedelta(days=2):%Y-%m-%d %H:%M}") | {"when": "now"}
    answer = post(publisher_client, guide, **typed)
    assert answer.context["form"].errors == {
        "when": ["You gave a moment. Choose “At a moment”, or clear the date and the time."]
    }
    assert guide.editions.count() == 1


def test_end_of_the_calendar_is_refused(publisher_client, guide):
    change(guide)
    answer = post(publisher_client, guide, **at("9999-12-31 23:59", "America/New_York"))
    assert answer.context["form"].errors == {
        "date": ["This is more than a year ahead. Choose an earlier day."]
    }


def test_note_stays_when_somebody_was_faster(publisher_client, guide):
    change(guide)
    answer = post(publisher_client, guide, version=guide.version + 1, note="Clearer words")
    assert (answer.status_code, answer.context["form"]["note"].value()) == (409, "Clearer words")


@pytest.mark.parametrize(
    ("moment", "zone", "field", "why"),
    [
        ("2020-01-01 10:00", "UTC", "time", "has passed"),
        ("2999-01-01 10:00", "UTC", "date", "more than a year"),
        (" 10:00", "UTC", "date", "is needed"),
        ("2027-01-01 ", "UTC", "time", "is needed"),
        ("2027-01-01 10:00", "Mars/Olympus", "zone", "no time zone"),
        ("2027-03-28 02:30", "Europe/Berlin", "time", "put forward"),
        ("not-a-day 10:00", "UTC", "date", "valid date"),
    ],
)
def test_a_moment_that_is_none_is_refused(publisher_client, guide, moment, zone, field, why):
    change(guide)
    answer = post(publisher_client, guide, **at(moment, zone))
    [message] = answer.context["form"].errors[field]
    assert (why in message, guide.editions.count()) == (True, 1)


def test_publishing_says_that_it_cancels_what_was_scheduled(publisher_client, guide):
    change(guide)
    post(publisher_client, guide, **at(f"{timezone.now() + timedelta(days=2):%Y-%m-%d} 10:00"))
    change(guide, "First")
    answer = post(publisher_client, guide)
    assert [text[:20] for text in said(answer)] == ["Edition 2, scheduled", "Edition 3 of “First”"]
    assert live(guide) == [1, 3]


def test_cancel_takes_the_edition_back_and_leaves_one_entry(publisher_client, guide):
    change(guide)
    publish(guide, by=None, at=timezone.now() + timedelta(hours=1))
    publisher_client.post(address(guide, "cancel"))
    assert guide.editions.scheduled().count() == 0
    assert [words_of(entry) for entry in LogEntry.objects.all()] == ["Cancelled edition 2."]


def test_cancel_of_nothing_says_so(publisher_client, guide):
    answer = publisher_client.post(address(guide, "cancel"), follow=True)
    assert said(answer) == ["No edition is scheduled any more: it is live already, or was cancelled."]
    assert not LogEntry.objects.exists()


# --- Hiding ------------------------------------------------------------------------------------


def test_unpublish_hides_the_guide_and_leaves_one_entry(publisher_client, guide):
    post(publisher_client, guide, "unpublish")
    assert not Edition.objects.public().exists()
    assert [words_of(entry) for entry in LogEntry.objects.all()] == ["Unpublished."]


def test_unpublish_page_alone_hides_nothing(publisher_client, guide):
    publisher_client.get(address(guide, "unpublish"))
    assert Edition.objects.public().count() == 1


def test_unpublish_over_an_older_version_is_refused(publisher_client, guide):
    post(publisher_client, guide, "unpublish", version=guide.version + 1)
    assert Edition.objects.public().count() == 1


def test_a_hidden_guide_is_shown_again(publisher_client, guide):
    unpublish(guide)
    assert "Show again" in publisher_client.get(address(guide)).text
    post(publisher_client, guide)
    assert (Edition.objects.public().count(), live(guide)) == (1, [1])


def test_unpublish_of_a_draft_says_that_there_is_nothing(publisher_client, db):
    answer = post(publisher_client, guide_with_path(), "unpublish")
    assert said(answer) == ["The public does not see this guide: there is nothing to unpublish."]


# --- Linked guides -----------------------------------------------------------------------------


@pytest.fixture
def other(guide):
    other = published_guide(title="Other")
    same_as(step_of(guide, "Read"), step_of(other, "Read"), by=None)
    return other


def test_a_linked_guide_is_published_along(publisher_client, guide, other):
    post(publisher_client, guide, also=[str(other.pk)])
    assert (live(guide), live(other)) == ([1, 2], [1, 2])


def test_a_linked_guide_is_left_where_nobody_asks(publisher_client, guide, other):
    post(publisher_client, guide)
    assert (live(guide), live(other)) == ([1, 2], [1])


def test_a_linked_guide_with_edits_has_to_be_published_on_its_own(publisher_client, guide, other):
    change(other)
    answer = post(publisher_client, guide, also=[str(other.pk)])
    assert (answer.context["form"].errors.keys(), live(guide)) == ({"also"}, [1])
    assert "publish it on its own page" in answer.text
