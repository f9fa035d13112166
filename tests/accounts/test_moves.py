"""Paths whose guide has another slug now: readers are led on, and what learners post counts."""

import pytest
from django.urls import reverse

from accounts.recording import follow
from guides.models import Guide
from guides.publishing import unpublish
from tests.factories import guide_with_path, step_of

OLD, NEW = "data-baker", "baker"


@pytest.fixture
def moved(guide):
    """The guide “data-baker”, which is at “baker” now."""
    Guide.objects.filter(pk=guide.pk).update(slug=NEW)
    guide.publish(by=None)
    return guide


def post(client, verb, *args, **data):
    return client.post(reverse(verb, args=[OLD, *args]), data)


def path(client, slug):
    return client.get(reverse("path", args=[slug]))


def test_tick_at_an_old_slug_counts(learner_client, learner, moved):
    response = post(learner_client, "say", step_of(moved, "Try").pk, state="done")
    assert (response.status_code, response["Location"]) == (302, f"/guides/{NEW}/path/#step-try")
    assert list(learner.step_states.values_list("step__title", "state")) == [("Try", "done")]


def test_tick_by_htmx_at_an_old_slug_counts(learner_client, learner, moved):
    address = reverse("say", args=[OLD, step_of(moved, "Try").pk])
    response = learner_client.post(address, {"state": "done"}, headers={"HX-Request": "true"})
    assert (response.status_code, learner.step_states.count()) == (200, 1)
    assert f'formaction="/guides/{NEW}/path/steps/' in response.content.decode()


def test_following_at_an_old_slug_follows(learner_client, learner, moved):
    assert post(learner_client, "follow-path")["Location"] == f"/guides/{NEW}/path/"
    assert learner.enrolments.active().get().guide == moved


def test_leaving_at_an_old_slug_leaves(learner_client, learner, moved):
    follow(learner, moved.pk)
    assert post(learner_client, "leave-path")["Location"] == reverse("dashboard")
    assert learner.enrolments.active().count() == 0


def test_what_a_visitor_wanted_to_follow_is_followed(visitor, learner, moved):
    visitor.post(
        reverse("account_login"), {"login": learner.email, "password": "korrekt-pferd-9", "follow": OLD}
    )
    assert learner.enrolments.active().get().guide == moved


def test_tick_goes_to_the_guide_that_has_taken_the_slug(learner_client, learner, moved):
    other = guide_with_path(title="Other", slug=OLD)
    other.publish(by=None)
    assert post(learner_client, "say", step_of(moved, "Try").pk, state="done").status_code == 404
    assert post(learner_client, "say", step_of(other, "Try").pk, state="done").status_code == 302
    assert [state.step.guide for state in learner.step_states.all()] == [other]


def test_hidden_guide_at_an_old_slug_is_found_by_those_who_follow_it(
    visitor, learner_client, other_learner_client, learner, moved
):
    follow(learner, moved.pk)
    unpublish(moved)
    clients = (visitor, other_learner_client, learner_client)
    assert [path(client, OLD).status_code for client in clients] == [404, 404, 301]
    assert path(learner_client, NEW).status_code == 200
    step = step_of(moved, "Try").pk
    statuses = [post(client, "say", step, state="done").status_code for client in clients[1:]]
    assert statuses == [404, 302]


def test_old_slug_of_several_leads_to_who_had_it_last(learner_client, moved):
    other = guide_with_path(title="Other", slug=OLD)
    other.publish(by=None)
    Guide.objects.filter(pk=other.pk).update(slug="cook")
    other.publish(by=None)
    assert path(learner_client, OLD)["Location"] == "/guides/cook/path/"


def test_slug_that_nobody_ever_had_is_not_found(learner_client, moved):
    assert path(learner_client, "nobody").status_code == 404
    assert learner_client.post(reverse("follow-path", args=["nobody"])).status_code == 404


def test_the_api_answers_at_an_old_slug(learner_client, learner, moved):
    address = "/api/v1/me/paths/"
    followed = learner_client.post(address, {"guide": OLD}, content_type="application/json")
    assert (followed.status_code, followed.json()["guide"]) == (201, NEW)
    assert learner_client.get(f"{address}{OLD}/").status_code == 200
    assert learner_client.delete(f"{address}{OLD}/").status_code == 204
    assert learner_client.get(f"{address}{OLD}/").status_code == 404
