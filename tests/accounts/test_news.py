"""What learners are told when a path has changed: once, on its page, and until then on the dashboard."""

import re

import pytest
from django.urls import reverse

from accounts.models import Enrolment
from accounts.recording import Saying, follow, record
from guides.lives import Part, succeed
from guides.models import Guide
from guides.progress import State
from guides.publishing import unpublish
from tests.factories import StageFactory, StepFactory, published_guide, step_of

DASHBOARD = reverse("dashboard")
LINE = "Changed since you last looked"


def path_of(guide):
    return reverse("path", args=[guide.slug])


def done(user, guide, *titles):
    record(user, [Saying(step_of(guide, title).pk, State.DONE) for title in titles])


def add(guide, title="Bake", stage="learn"):
    StepFactory(stage=guide.stages.get(slug=stage), title=title)
    return guide.publish(by=None)


def news(client, guide, **options):
    """Return what the page of the path tells of what has changed, as it is read; empty if nothing."""
    content = client.get(path_of(guide), **options).content.decode()
    found = re.search(r'<section class="notice news".*?</section>', content, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def seen(user):
    return user.enrolments.values_list("seen_edition__number", flat=True).get()


# --- The notice --------------------------------------------------------------------------------


def test_notice_is_shown_once(learner_client, learner, guide):
    done(learner, guide, "Read")
    add(guide)
    told = [bool(news(learner_client, guide)) for _ in range(3)]
    assert told == [True, False, False]


def test_notice_says_what_changed(learner_client, learner, guide):
    done(learner, guide, "Read")
    guide.steps.filter(title="Read").update(title="Read on")
    step_of(guide, "Watch").retire()
    add(guide)
    assert news(learner_client, guide) == (
        "This path has changed since you last looked: 1 new step, 1 retired, 1 rewritten. "
        "Nothing that you did is lost. "
        "Your percent is 25 now, it was 33: the path has 1 more requirement. "
        "Which steps New Bake Retired Watch Rewritten Read on"
    )


def test_notice_says_what_is_counted(learner_client, learner, guide):
    done(learner, guide, "Read", "Try", "Build")
    succeed(guide, [step_of(guide, "Read")], [Part("Skim"), Part("Study")], by=None)
    guide.publish(by=None)
    told = news(learner_client, guide)
    assert "2 new steps, 1 retired, 2 counted from what you did." in told
    assert (
        "“Skim” is counted from “Read”, which you did “Study” is counted from “Read”, which you did" in told
    )


def test_notice_says_how_a_step_is_asked_for(learner_client, learner, guide):
    follow(learner, guide.pk)
    guide.steps.filter(title="Watch").update(optional=False)
    guide.publish(by=None)
    assert news(learner_client, guide).endswith("Asked for “Watch” is required now")


def test_notice_leads_to_the_steps(learner_client, learner, guide):
    follow(learner, guide.pk)
    add(guide)
    content = learner_client.get(path_of(guide)).content.decode()
    assert '<dt>New</dt><dd><a href="#step-bake">Bake</a></dd>' in content
    assert content.count('id="step-bake"') == 1


def test_notice_tells_all_editions_since(learner_client, learner, guide):
    follow(learner, guide.pk)
    add(guide, "Bake")
    add(guide, "Taste")
    assert "2 new steps." in news(learner_client, guide)


def test_notice_escapes_what_staff_wrote(learner_client, learner, guide):
    follow(learner, guide.pk)
    StepFactory(stage=guide.stages.first(), title="<b>x</b>", slug="bold")
    guide.publish(by=None)
    assert "<b>x" not in learner_client.get(path_of(guide)).content.decode()


def test_text_of_the_guide_alone_is_no_news(learner_client, learner, guide):
    follow(learner, guide.pk)
    guide.sections.update(body="Other words.")
    guide.publish(by=None)
    assert (news(learner_client, guide), seen(learner)) == ("", 2)


def test_edition_that_waits_is_no_news(learner_client, learner, guide):
    follow(learner, guide.pk)
    StepFactory(stage=guide.stages.first(), title="Bake")
    assert (news(learner_client, guide), seen(learner)) == ("", 1)


def test_notice_is_the_learners_own(learner_client, other_learner_client, learner, other_learner, guide):
    for user in (learner, other_learner):
        follow(user, guide.pk)
    add(guide)
    news(learner_client, guide)
    assert (seen(learner), seen(other_learner)) == (2, 1)
    assert news(other_learner_client, guide)


def test_visitor_and_who_does_not_follow_are_told_nothing(visitor, learner_client, other_learner, guide):
    follow(other_learner, guide.pk)
    add(guide)
    assert (news(visitor, guide), news(learner_client, guide)) == ("", "")


def test_follower_of_a_hidden_guide_is_told(learner_client, learner, guide):
    follow(learner, guide.pk)
    add(guide)
    unpublish(guide)
    assert "1 new step." in news(learner_client, guide)


# --- What was seen -----------------------------------------------------------------------------


def test_who_begins_to_follow_has_seen_the_path_as_it_is(learner, other_learner, guide):
    add(guide)
    follow(learner, guide.pk)
    done(other_learner, guide, "Read")
    assert (seen(learner), seen(other_learner)) == (2, 2)


def test_tick_and_following_again_show_nothing(learner, guide):
    follow(learner, guide.pk)
    add(guide)
    done(learner, guide, "Read")
    follow(learner, guide.pk)
    assert seen(learner) == 1


def test_who_comes_back_is_told_what_changed(learner_client, learner, guide):
    follow(learner, guide.pk)
    learner.enrolments.leave()
    add(guide)
    follow(learner, guide.pk)
    assert "1 new step." in news(learner_client, guide)


def test_who_followed_before_this_was_known_is_told_nothing(learner_client, learner, guide):
    follow(learner, guide.pk)
    Enrolment.objects.update(seen_edition=None)
    add(guide)
    assert (news(learner_client, guide), seen(learner)) == ("", 2)


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}],
)
def test_page_that_is_fetched_ahead_does_not_use_the_notice_up(learner_client, learner, guide, headers):
    follow(learner, guide.pk)
    add(guide)
    assert news(learner_client, guide, headers=headers)
    assert seen(learner) == 1
    assert news(learner_client, guide)


def test_head_does_not_use_the_notice_up(learner_client, learner, guide):
    follow(learner, guide.pk)
    add(guide)
    assert learner_client.head(path_of(guide)).status_code == 200
    assert seen(learner) == 1


# --- Queries -----------------------------------------------------------------------------------


def long_guide(steps):
    guide = published_guide()
    StepFactory.create_batch(steps, stage=StageFactory(guide=guide))
    guide.publish(by=None)
    return guide


@pytest.mark.parametrize("steps", [3, 60])
def test_path_of_a_follower_costs_four_queries_and_one_more_for_the_notice(
    learner_client, learner, steps, django_assert_num_queries
):
    guide = long_guide(steps)
    follow(learner, guide.pk)
    with django_assert_num_queries(4):  # session, user, edition and states
        learner_client.get(path_of(guide))
    StepFactory.create_batch(steps, stage=StageFactory(guide=guide))
    guide.publish(by=None)
    with django_assert_num_queries(6):  # the new document, which is read once, and what was seen
        assert f"{steps} new steps" in news(learner_client, guide)
    with django_assert_num_queries(4):
        learner_client.get(path_of(guide))


@pytest.mark.parametrize("paths", [1, 3])
def test_dashboard_costs_the_same_when_paths_have_changed(
    learner_client, learner, paths, django_assert_num_queries
):
    for _ in range(paths):
        guide = published_guide()
        follow(learner, guide.pk)
        add(guide)
    learner_client.get(DASHBOARD)  # reads the documents, which are kept
    with django_assert_num_queries(5):  # session, user, editions, states and events
        content = learner_client.get(DASHBOARD).content.decode()
    assert content.count(LINE) == paths


# --- The dashboard -----------------------------------------------------------------------------


def test_dashboard_says_so_until_the_path_is_opened(learner_client, learner, guide):
    follow(learner, guide.pk)
    told = [LINE in learner_client.get(DASHBOARD).content.decode()]
    add(guide)
    told += [LINE in learner_client.get(DASHBOARD).content.decode() for _ in range(2)]
    learner_client.get(path_of(guide))
    told += [LINE in learner_client.get(DASHBOARD).content.decode()]
    assert told == [False, True, True, False]


def test_dashboard_says_nothing_of_what_changed_in_the_guide_alone(learner_client, learner, guide):
    follow(learner, guide.pk)
    Guide.objects.filter(pk=guide.pk).update(summary="Other words.")
    guide.publish(by=None)
    assert LINE not in learner_client.get(DASHBOARD).content.decode()
