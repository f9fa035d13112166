"""The path, the dashboard, and the tick: as a visitor, a learner and another learner meet them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.recording import Saying, record
from guides.models import Credit, Guide
from guides.progress import State
from tests.factories import (
    GuideFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    guide_with_path,
    published_guide,
    step_of,
)

HTMX = {"HX-Request": "true"}


def path_of(guide):
    return reverse("path", args=[guide.slug])


def say(client, guide, step, state="done", **options):
    address = reverse("say", args=[guide.slug, step_of(guide, step).pk])
    return client.post(address, {"state": state}, **options)


def hide(guide):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())


def done(user, guide, *steps):
    record(user, [Saying(step_of(guide, step).pk, State.DONE) for step in steps])


def said(user):
    """Return what `user` says, by the titles of steps."""
    return dict(user.step_states.values_list("step__title", "state"))


def shown(client, guide):
    """Return the state of each step on the path page, by slug and in the page's order."""
    content = client.get(path_of(guide)).content.decode()
    return {slug: state for state, slug in re.findall(r'<li class="step (\w+)" id="step-([\w-]+)"', content)}


def percent(client, address):
    content = client.get(address).content.decode()
    return int(re.search(r'class="percent[^"]*">(\d+)<small>', content)[1])


def parts(response):
    """Return the ids of the parts of the page that htmx is to put in place."""
    return re.findall(r'id="([\w-]+)" data-hx-swap-oob="true"', response.content.decode())


@pytest.fixture
def draft(db):
    """A guide that was never published."""
    return guide_with_path(title="Beekeeper")


def long_guide(steps):
    """Return a published guide with `steps` required steps."""
    guide = GuideFactory()
    for _ in range(steps // 3):
        StepFactory.create_batch(3, stage=StageFactory(guide=guide))
    guide.publish(by=None)
    return guide


# --- The path page -----------------------------------------------------------------------------


def test_path_of_a_visitor_links_each_step_to_the_sign_up(visitor, guide):
    content = visitor.get(path_of(guide)).content.decode()
    ticks = re.findall(r'<a class="tick" href="([^"]+)"', content)
    steps = [step_of(guide, title).pk for title in ("Read", "Try", "Watch", "Build")]
    assert ticks == [f"{reverse('account_signup')}?step={step}" for step in steps]


def test_path_of_a_visitor_posts_nothing(visitor, guide):
    content = visitor.get(path_of(guide)).content.decode()
    assert ('method="post"' in content, "csrf" in content) == (False, False)


def test_path_shows_a_learner_what_they_said(learner_client, learner, guide):
    done(learner, guide, "Try")
    assert shown(learner_client, guide) == {"read": "todo", "try": "done", "build": "todo", "watch": "todo"}
    assert percent(learner_client, path_of(guide)) == 33


def test_path_shows_nothing_of_another_learner(other_learner_client, learner, guide):
    done(learner, guide, "Read", "Try", "Build")
    assert set(shown(other_learner_client, guide).values()) == {"todo"}
    assert percent(other_learner_client, path_of(guide)) == 0


def test_path_names_what_is_next_and_what_is_left(learner_client, learner, guide):
    done(learner, guide, "Read")
    context = learner_client.get(path_of(guide)).context
    assert [step["title"] for step in context["next"]] == ["Try", "Build"]
    assert [left["title"] for left in context["remaining"]] == ["Try", "Build"]


@pytest.mark.parametrize("client", ["visitor", "learner_client"])
def test_path_has_the_sources_that_its_steps_name_or_cite(request, guide, client):
    for key in ("cited", "elsewhere"):
        SourceFactory(key=key)
    guide.sections.update(body="So [@elsewhere].")
    guide.steps.filter(title="Read").update(body="So [@cited].")
    step_of(guide, "Try").sources.add(SourceFactory(key="named"))
    guide.publish(by=None)
    content = request.getfixturevalue(client).get(path_of(guide)).content.decode()
    assert re.findall(r'<li id="source-([\w-]+)" value="(\d)">', content) == [("cited", "2"), ("named", "3")]
    assert set(re.findall(r'href="#source-([\w-]+)"', content)) == {"cited", "named"}


@pytest.mark.parametrize("steps", [3, 60])
def test_path_of_a_learner_costs_five_queries(learner_client, learner, steps, django_assert_num_queries):
    guide = long_guide(steps)
    with django_assert_num_queries(5):  # session, user, edition, states and the document
        learner_client.get(path_of(guide))


@pytest.mark.parametrize("steps", [3, 60])
def test_path_that_was_read_before_costs_a_learner_four_queries(
    learner_client, learner, steps, django_assert_num_queries
):
    guide = long_guide(steps)
    learner_client.get(path_of(guide))
    with django_assert_num_queries(4):  # session, user, edition and states
        learner_client.get(path_of(guide))


@pytest.mark.parametrize("steps", [3, 60])
def test_path_of_a_visitor_costs_two_queries_and_then_one(visitor, db, steps, django_assert_num_queries):
    guide = long_guide(steps)
    for count in (2, 1):
        with django_assert_num_queries(count):
            visitor.get(path_of(guide))


def test_path_of_a_draft_is_not_found(visitor, editor_client, draft):
    assert visitor.get(path_of(draft)).status_code == 404
    assert editor_client.get(path_of(draft)).status_code == 404


def test_hidden_path_is_kept_by_those_who_follow_it(
    visitor, learner_client, other_learner_client, learner, guide
):
    done(learner, guide, "Read")
    hide(guide)
    clients = (visitor, other_learner_client, learner_client)
    assert [client.get(path_of(guide)).status_code for client in clients] == [404, 404, 200]


def test_path_is_not_for_posts(learner_client, guide):
    assert learner_client.post(path_of(guide)).status_code == 405


# --- The tick ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["todo", "doing", "done", "skipped"])
def test_tick_sets_the_state_and_returns_to_the_step(learner_client, learner, guide, state):
    response = say(learner_client, guide, "Try", state)
    assert (response.status_code, response["Location"]) == (302, f"{path_of(guide)}#step-try")
    assert said(learner) == {"Try": state}
    assert shown(learner_client, guide)["try"] == state


def test_tick_returns_to_the_step_as_it_is_published(learner_client, guide):
    guide.steps.filter(slug="try").update(slug="seed")
    assert say(learner_client, guide, "Try")["Location"] == f"{path_of(guide)}#step-try"


@pytest.mark.parametrize(
    ("state", "detail"),
    [
        ("finished", "“finished” is no state of a step. Use one of todo, doing, done, skipped."),
        ("", "Say which state the step should have: one of todo, doing, done, skipped."),
    ],
)
def test_unknown_state_is_refused_with_a_message(learner_client, learner, guide, state, detail):
    response = say(learner_client, guide, "Try", state)
    assert (response.status_code, response.context["detail"]) == (400, detail)
    assert said(learner) == {}


def test_unknown_step_is_not_found(learner_client, guide):
    address = reverse("say", args=[guide.slug, "00000000-0000-4000-8000-000000000000"])
    assert learner_client.post(address, {"state": "done"}).status_code == 404


def test_malformed_step_is_not_found(learner_client, guide):
    address = f"{path_of(guide)}steps/nonsense/"
    assert learner_client.post(address, {"state": "done"}).status_code == 404


def test_step_that_was_never_published_is_not_found(learner_client, learner, guide):
    StepFactory(stage=guide.stages.first(), title="Weed")
    assert say(learner_client, guide, "Weed").status_code == 404
    assert said(learner) == {}


def test_step_of_another_guide_is_not_found(learner_client, guide):
    address = reverse("say", args=[guide.slug, step_of(published_guide(), "Read").pk])
    assert learner_client.post(address, {"state": "done"}).status_code == 404


def test_step_of_a_hidden_guide_is_found_by_those_who_follow_it(
    learner_client, other_learner_client, learner, guide
):
    done(learner, guide, "Read")
    hide(guide)
    assert say(other_learner_client, guide, "Try").status_code == 404
    assert say(learner_client, guide, "Try").status_code == 302


def test_tick_is_not_for_gets(learner_client, learner, guide):
    address = reverse("say", args=[guide.slug, step_of(guide, "Try").pk])
    assert learner_client.get(address, {"state": "done"}).status_code == 405
    assert said(learner) == {}


def test_tick_is_the_learners_own(learner_client, learner, other_learner, guide):
    say(learner_client, guide, "Try")
    assert (said(learner), said(other_learner)) == ({"Try": "done"}, {})


def test_first_tick_follows_by_itself(learner_client, learner, guide):
    say(learner_client, guide, "Read")
    assert list(learner.enrolments.active().values_list("guide__slug", flat=True)) == ["data-baker"]


def test_double_click_leaves_one_row_and_one_event(learner_client, learner, guide):
    for _ in range(2):
        say(learner_client, guide, "Read")
    assert (learner.step_states.count(), learner.step_events.count()) == (1, 1)


def test_last_of_two_tabs_has_the_last_word(learner_client, learner, guide):
    say(learner_client, guide, "Read", "done")
    say(learner_client, guide, "Read", "doing")
    assert said(learner) == {"Read": "doing"}
    assert list(learner.step_events.values_list("state", flat=True)) == ["done", "doing"]


def test_two_tabs_on_two_steps_lose_nothing(learner_client, learner, guide):
    say(learner_client, guide, "Read")
    say(learner_client, guide, "Build", "skipped")
    assert said(learner) == {"Read": "done", "Build": "skipped"}


# --- The tick by htmx --------------------------------------------------------------------------


def test_htmx_gets_the_stage_that_changed_and_the_progress(learner_client, guide):
    response = say(learner_client, guide, "Read", headers=HTMX)
    assert response.status_code == 200
    assert parts(response) == ["stage-learn", "progress"]


def test_htmx_gets_both_stages_when_the_learner_goes_on_in_the_next(learner_client, learner, guide):
    done(learner, guide, "Read")
    response = say(learner_client, guide, "Try", headers=HTMX)
    assert parts(response) == ["stage-learn", "stage-work", "progress"]


def test_htmx_gets_only_the_progress_when_nothing_changed(learner_client, learner, guide):
    done(learner, guide, "Read")
    assert parts(say(learner_client, guide, "Read", headers=HTMX)) == ["progress"]


def test_htmx_gets_what_the_whole_page_would_show(learner_client, guide):
    answer = say(learner_client, guide, "Read", headers=HTMX)
    states = re.findall(r'<li class="step (\w+)" id="step-([\w-]+)"', answer.content.decode())
    whole = [(state, slug) for slug, state in shown(learner_client, guide).items()]
    assert states == whole[:3] == [("done", "read"), ("todo", "try"), ("todo", "watch")]


def test_htmx_is_told_what_to_read_out(learner_client, guide):
    response = say(learner_client, guide, "Read", headers=HTMX)
    [announced] = re.findall(r'data-announce="([^"]+)"', response.content.decode())
    assert announced == "Read: Done. 33 percent, 1 of 3 requirements."


def test_htmx_is_told_of_an_unknown_state(learner_client, guide):
    assert say(learner_client, guide, "Read", "finished", headers=HTMX).status_code == 400


# --- The tick of a visitor ---------------------------------------------------------------------


def test_tick_of_a_visitor_goes_to_the_log_in_and_names_the_step(visitor, guide):
    response = say(visitor, guide, "Read")
    login = f"{reverse('account_login')}?step={step_of(guide, 'Read').pk}"
    assert (response.status_code, response["Location"]) == (302, login)


def test_tick_of_a_visitor_by_htmx_goes_to_the_log_in_too(visitor, guide):
    response = say(visitor, guide, "Read", headers=HTMX)
    login = f"{reverse('account_login')}?step={step_of(guide, 'Read').pk}"
    assert (response.status_code, response["HX-Redirect"]) == (200, login)


def test_other_state_of_a_visitor_goes_to_the_log_in_and_back_to_the_path(visitor, guide):
    response = say(visitor, guide, "Read", "skipped")
    assert response["Location"] == f"{reverse('account_login')}?next=%2Fguides%2Fdata-baker%2Fpath%2F"


# --- Follow and leave --------------------------------------------------------------------------


def follow(client, guide, verb="follow"):
    return client.post(reverse(f"{verb}-path", args=[guide.slug]))


def test_following_leads_to_the_path(learner_client, learner, guide):
    assert follow(learner_client, guide)["Location"] == path_of(guide)
    assert learner.enrolments.active().count() == 1


def test_leaving_leads_to_the_dashboard(learner_client, learner, guide):
    follow(learner_client, guide)
    assert follow(learner_client, guide, "leave")["Location"] == reverse("dashboard")
    assert learner.enrolments.active().count() == 0


def test_leaving_and_following_again_loses_nothing(learner_client, learner, guide):
    done(learner, guide, "Read", "Build")
    for verb in ("leave", "follow"):
        follow(learner_client, guide, verb)
    assert said(learner) == {"Read": "done", "Build": "done"}
    assert percent(learner_client, path_of(guide)) == 66
    assert learner.enrolments.count() == 1


def test_leaving_is_the_learners_own(learner_client, learner, other_learner, guide):
    for user in (learner, other_learner):
        done(user, guide, "Read")
    follow(learner_client, guide, "leave")
    assert other_learner.enrolments.active().count() == 1


def test_tick_after_leaving_follows_again(learner_client, learner, guide):
    done(learner, guide, "Read")
    follow(learner_client, guide, "leave")
    say(learner_client, guide, "Try")
    assert learner.enrolments.active().count() == 1


@pytest.mark.parametrize("verb", ["follow", "leave"])
def test_visitor_who_follows_or_leaves_goes_to_the_log_in(visitor, guide, verb):
    wanted = {"follow": "follow=data-baker", "leave": "next=%2Fguides%2Fdata-baker%2Fpath%2F"}[verb]
    response = visitor.post(reverse(f"{verb}-path", args=[guide.slug]))
    assert response["Location"] == f"{reverse('account_login')}?{wanted}"


@pytest.mark.parametrize("verb", ["follow", "leave"])
def test_following_and_leaving_are_not_for_gets(learner_client, guide, verb):
    assert learner_client.get(reverse(f"{verb}-path", args=[guide.slug])).status_code == 405


@pytest.mark.parametrize("verb", ["follow", "leave"])
def test_hidden_path_cannot_be_followed(learner_client, guide, verb):
    hide(guide)
    assert follow(learner_client, guide, verb).status_code == 404


def test_draft_cannot_be_followed(learner_client, draft):
    assert follow(learner_client, draft).status_code == 404


# --- The dashboard -----------------------------------------------------------------------------


def test_dashboard_of_a_visitor_leads_to_the_log_in(visitor):
    login = f"{reverse('account_login')}?next={reverse('dashboard')}"
    assert visitor.get(reverse("dashboard"))["Location"] == login


def test_dashboard_without_a_path_leads_to_the_guides(learner_client):
    content = learner_client.get(reverse("dashboard")).content.decode()
    assert f'<a class="button" href="{reverse("guides")}">Look through the guides</a>' in content


def test_dashboard_shows_the_same_percent_as_the_path(learner_client, learner, guide):
    done(learner, guide, "Read", "Try")
    assert percent(learner_client, reverse("dashboard")) == 66
    assert percent(learner_client, path_of(guide)) == 66


def test_dashboard_shows_nothing_of_another_learner(other_learner_client, learner, guide):
    done(learner, guide, "Read")
    context = other_learner_client.get(reverse("dashboard")).context
    assert (context["paths"], context["events"]) == ([], [])


def test_dashboard_shows_the_latest_ten_events_first(learner_client, learner, guide):
    for _ in range(6):
        done(learner, guide, "Read")
        record(learner, [Saying(step_of(guide, "Read").pk, None)])
    events = learner_client.get(reverse("dashboard")).context["events"]
    assert [event["words"] for event in events] == ["nothing said any more", "done"] * 5


def test_dashboard_names_steps_as_they_are_published(learner_client, learner, guide):
    done(learner, guide, "Read")
    guide.steps.filter(slug="read").update(slug="delve", title="Delve")
    content = learner_client.get(reverse("dashboard")).content.decode()
    assert f'<a href="{path_of(guide)}#step-read">Read</a>: done' in content
    assert "elve" not in content


def test_dashboard_names_steps_of_paths_that_were_left_as_they_are_published(learner_client, learner, guide):
    done(learner, guide, "Read")
    follow(learner_client, guide, "leave")
    guide.steps.filter(slug="read").update(slug="delve", title="Delve")
    [event] = learner_client.get(reverse("dashboard")).context["events"]
    assert (event["title"], event["slug"], event["guide"]) == ("Read", "read", "data-baker")


def test_dashboard_keeps_a_hidden_path(learner_client, learner, guide):
    done(learner, guide, "Read")
    hide(guide)
    assert percent(learner_client, reverse("dashboard")) == 33


@pytest.mark.parametrize("paths", [1, 3])
def test_dashboard_costs_the_same_for_one_path_and_for_three(
    learner_client, learner, paths, django_assert_num_queries
):
    for _ in range(paths):
        done(learner, published_guide(), "Read", "Try", "Build")
    with django_assert_num_queries(5):  # session, user, editions, states and events
        content = learner_client.get(reverse("dashboard")).content.decode()
    assert content.count("all met on") == paths


# --- Through the editions ----------------------------------------------------------------------


def test_new_names_and_a_new_order_keep_the_tick(learner_client, learner, guide):
    done(learner, guide, "Read")
    guide.steps.filter(slug="read").update(title="Delve", slug="delve", position=1_000_000)
    guide.publish(by=None)
    states = {"try": "todo", "watch": "todo", "delve": "done", "build": "todo"}
    assert list(shown(learner_client, guide).items()) == list(states.items())
    assert percent(learner_client, path_of(guide)) == 33


def test_another_stage_keeps_the_tick(learner_client, learner, guide):
    done(learner, guide, "Read")
    guide.steps.filter(slug="read").update(stage=guide.stages.get(slug="work"))
    guide.publish(by=None)
    assert shown(learner_client, guide)["read"] == "done"


def test_retired_step_is_named_and_keeps_its_percent(learner_client, learner, guide):
    done(learner, guide, "Read")
    step_of(guide, "Read").retire()
    guide.publish(by=None)
    response = learner_client.get(path_of(guide))
    assert [step["title"] for step in response.context["past"]] == ["Read"]
    assert "Done, and no longer part of the path" in response.content.decode()
    assert percent(learner_client, path_of(guide)) == 33


def test_retired_step_is_nothing_to_those_who_had_not_done_it(other_learner_client, guide):
    step_of(guide, "Read").retire()
    guide.publish(by=None)
    assert other_learner_client.get(path_of(guide)).context["past"] == []


def test_step_that_replaces_another_is_counted_from_it(learner_client, learner, guide):
    done(learner, guide, "Read")
    plough = StepFactory(stage=guide.stages.get(slug="learn"), title="Plough")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[plough])
    step_of(guide, "Read").retire()
    guide.publish(by=None)
    assert shown(learner_client, guide)["plough"] == "done"
    assert "Counted from Read:" in learner_client.get(path_of(guide)).content.decode()
    assert percent(learner_client, path_of(guide)) == 33


def test_own_word_stands_over_what_is_counted(learner_client, learner, guide):
    done(learner, guide, "Read")
    plough = StepFactory(stage=guide.stages.get(slug="learn"), title="Plough")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[plough])
    guide.publish(by=None)
    say(learner_client, guide, "Plough", "todo")
    assert shown(learner_client, guide)["plough"] == "todo"
    assert said(learner) == {"Read": "done", "Plough": "todo"}


def test_new_step_lowers_the_percent_and_not_the_completion(learner_client, learner, guide):
    done(learner, guide, "Read", "Try", "Build")
    StepFactory(stage=guide.stages.get(slug="work"), title="Store")
    guide.publish(by=None)
    content = learner_client.get(reverse("dashboard")).content.decode()
    assert percent(learner_client, path_of(guide)) == 75
    assert re.search(r"all met on [\w ]+, in edition (\d)", content)[1] == "1"


def test_working_copy_changes_nothing_for_anybody(visitor, learner_client, guide):
    before = shown(learner_client, guide)
    guide.steps.filter(slug="read").update(title="Secret", body="Secret")
    step_of(guide, "Try").retire()
    assert shown(learner_client, guide) == before
    assert "Secret" not in visitor.get(path_of(guide)).content.decode()


def test_path_of_a_renamed_guide_moves(learner_client, learner, guide):
    done(learner, guide, "Read")
    Guide.objects.filter(pk=guide.pk).update(slug="landscaper")
    Guide.objects.get(pk=guide.pk).publish(by=None)
    assert percent(learner_client, reverse("path", args=["landscaper"])) == 33


def test_same_step_of_another_guide_counts_there(learner_client, learner, guide):
    other = guide_with_path()
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step_of(other, "Build")])
    other.publish(by=None)
    done(learner, guide, "Read")
    assert shown(learner_client, other)["build"] == "done"
    assert percent(learner_client, path_of(other)) == 33
