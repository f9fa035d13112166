"""Restoring an edition in the studio: what it would change is seen first, and nothing is published."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from guides.lives import retire
from guides.models import Guide, Step
from portal.log import change_of, words_of
from tests.conftest import client_of
from tests.factories import UserFactory, guide_with_path, step_of


def screen(guide, number=1):
    return reverse("admin:guides_guide_restore", args=[guide.pk, number])


def words(response):
    return " ".join(response.content.decode().split())


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def staff_who_may(*permissions):
    """Return the browser of somebody on the staff who may do just this."""
    user = UserFactory(is_staff=True)
    for permission in permissions:
        app, _, codename = permission.partition(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return client_of(user)


@pytest.fixture
def edited(guide):
    """The guide after its edition 1: one step was renamed, one retired."""
    Step.objects.filter(title="Read").update(title="Skim")
    retire(guide, [step_of(guide, "Watch")], by=None)
    return Guide.objects.get(pk=guide.pk)


def path_of(guide):
    return sorted(guide.steps.live().values_list("title", flat=True))


def test_the_screen_shows_what_would_change_and_changes_nothing(edited, publisher_client):
    response = publisher_client.get(screen(edited))
    comparison = response.context["comparison"]
    assert [(part.title, part.verbs) for part in comparison.steps] == [
        ("Watch", ("added",)),
        ("Read", ("renamed",)),
    ]
    assert "Learners keep all that they did" in words(response)
    assert path_of(edited) == ["Build", "Skim", "Try"]
    assert Guide.objects.get(pk=edited.pk).version == edited.version


def test_the_form_restores_and_publishes_nothing(edited, publisher, publisher_client):
    response = publisher_client.post(screen(edited), {"version": edited.version}, follow=True)
    assert path_of(edited) == ["Build", "Read", "Try", "Watch"]
    assert edited.editions.count() == 1
    now = Guide.objects.get(pk=edited.pk)
    assert (now.version, now.changed_by) == (edited.version + 1, publisher)
    assert messages_of(response) == [
        "The working copy says what edition 1 says. "
        f'Readers see it once you <a href="/admin/guides/guide/{edited.pk}/publish/">publish</a>.'
    ]


def test_the_form_is_logged_once(edited, publisher, publisher_client):
    publisher_client.post(screen(edited), {"version": edited.version})
    (entry,) = LogEntry.objects.all()
    assert (entry.user, entry.object_id, words_of(entry)) == (
        publisher,
        str(edited.pk),
        "Restored edition 1 into the working copy.",
    )


def test_the_log_keeps_what_no_edition_has(edited, publisher_client):
    Step.objects.filter(title="Skim").update(body="Unpublished words.")
    publisher_client.post(screen(edited), {"version": edited.version})
    change = change_of(LogEntry.objects.get())
    assert change["before"]["step “Skim”: Text"] == "Unpublished words."
    assert (change["before"]["step “Skim”: Title"], change["after"]["step “Skim”: Title"]) == ("Skim", "Read")
    assert "step “Watch”: Title" not in change["before"]
    assert change["after"]["step “Watch”: Title"] == "Watch"
    assert "guide: Title" not in change["before"] | change["after"]


@pytest.mark.parametrize("version", ["-1", "", "one", "99999"])
def test_the_form_over_another_version_does_nothing(edited, publisher_client, version):
    response = publisher_client.post(screen(edited), {"version": version}, follow=True)
    assert response.request["PATH_INFO"] == screen(edited)
    assert ["was changed" in message for message in messages_of(response)] == [True]
    assert (path_of(edited), LogEntry.objects.count()) == (["Build", "Skim", "Try"], 0)


def test_the_screen_says_that_there_is_nothing_to_restore(guide, publisher_client):
    response = publisher_client.get(screen(guide))
    assert "There is nothing to restore" in words(response)
    assert 'name="version"' not in words(response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_slug_that_another_guide_took_is_told(guide, publisher_client, method):
    Guide.objects.filter(pk=guide.pk).update(slug="moved")
    guide_with_path(title="Thief", slug="data-baker")
    response = getattr(publisher_client, method)(screen(guide), {"version": guide.version})
    assert response.status_code == 409
    assert "The slug “data-baker” belongs to the guide “Thief” now." in words(response)
    assert (Guide.objects.get(pk=guide.pk).slug, LogEntry.objects.count()) == ("moved", 0)


def test_an_edition_that_is_not_there_is_not_found(guide, publisher_client):
    assert publisher_client.get(screen(guide, 2)).status_code == 404


def test_an_edition_of_another_guide_is_not_found(guide, publisher_client):
    assert publisher_client.get(screen(guide_with_path())).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_publish_may_not_restore(edited, method):
    client = staff_who_may("guides.view_guide", "guides.change_guide")
    assert getattr(client, method)(screen(edited), {"version": edited.version}).status_code == 403
    assert path_of(edited) == ["Build", "Skim", "Try"]


def test_who_may_publish_may_restore(edited):
    client = staff_who_may("guides.view_guide", "guides.publish_guide")
    assert client.get(screen(edited)).status_code == 200
    assert client.post(screen(edited), {"version": edited.version}).status_code == 302


def test_learners_and_visitors_are_sent_away(edited, visitor, learner_client):
    assert [client.get(screen(edited)).status_code for client in (visitor, learner_client)] == [302, 302]
