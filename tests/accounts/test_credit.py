"""Credit as learners meet it: shown, declined, counted again, and kept when its step is retired."""

import re

import pytest
from django.urls import reverse

from accounts.credit import declined, past
from accounts.paths import editions_for, path_on
from accounts.recording import Saying, follow, record
from guides.lives import Part, retire, same_as, succeed
from guides.progress import State
from guides.publishing import unpublish
from tests.factories import published_guide, step_of

HTMX = {"HX-Request": "true"}


def path_for(user, guide):
    return path_on(editions_for(user).get(guide=guide), user)


def tell(user, guide, title, state=State.DONE):
    record(user, [Saying(step_of(guide, title).pk, state)])


def split(guide, title, *parts):
    """Publish the guide with `parts` in the place of a step."""
    succeed(guide, [step_of(guide, title)], [Part(part) for part in parts], by=None)
    guide.publish(by=None)


def row(client, guide, slug):
    """Return the row of a step on the page of the path."""
    content = client.get(reverse("path", args=[guide.slug])).content.decode()
    return re.search(rf'<li class="step \w+" id="step-{slug}">.*?</li>', content, re.DOTALL)[0]


def notice(client, guide, slug):
    """Return what the notice in the row of a step says, the words of its button and what it posts."""
    found = re.search(
        r'<div class="notice[^"]*credit"><div><p>(.*?)</p>(<button.*?)</div>', row(client, guide, slug)
    )
    if not found:
        return None
    return found[1], re.sub("<.*?>", "", found[2]), re.search(r'name="state" value="(\w+)"', found[2])[1]


def press(client, guide, title, state, **options):
    address = reverse("say", args=[guide.slug, step_of(guide, title).pk])
    return client.post(address, {"state": state}, **options)


COUNTED = ("Counted from Read: what you did there counts here.", "Do not count it", "todo")
NOT_COUNTED = ("Not counted from Read: you set another state yourself.", "Count it", "counted")


@pytest.fixture
def plough(learner, guide):
    """“Read” is done, and “Plough” has taken its place."""
    tell(learner, guide, "Read")
    split(guide, "Read", "Plough")
    return step_of(guide, "Plough")


# --- Declining ---------------------------------------------------------------------------------


def test_step_that_is_counted_offers_not_to_count_it(learner_client, guide, plough):
    assert notice(learner_client, guide, "plough") == COUNTED


def test_step_that_was_declined_is_to_do_and_offers_to_count_it(learner_client, learner, guide, plough):
    assert press(learner_client, guide, "Plough", "todo").status_code == 302
    assert path_for(learner, guide).progress.state(str(plough.pk)) == State.TODO
    assert notice(learner_client, guide, "plough") == NOT_COUNTED
    assert 'aria-label="Mark as done: Plough"' in row(learner_client, guide, "plough")


def test_step_that_was_declined_is_counted_again(learner_client, learner, guide, plough):
    press(learner_client, guide, "Plough", "todo")
    assert press(learner_client, guide, "Plough", "counted").status_code == 302
    assert notice(learner_client, guide, "plough") == COUNTED
    assert list(learner.step_states.values_list("step__title", flat=True)) == ["Read"]


def test_counting_again_brings_the_percent_back(learner_client, learner, guide, plough):
    percents = [path_for(learner, guide).progress.percent]
    for state in ("todo", "counted"):
        press(learner_client, guide, "Plough", state)
        percents.append(path_for(learner, guide).progress.percent)
    assert percents == [33, 25, 33]


def test_step_that_is_done_by_the_learners_own_word_says_nothing_of_credit(learner_client, guide, plough):
    press(learner_client, guide, "Plough", "done")
    assert notice(learner_client, guide, "plough") is None


@pytest.mark.parametrize("state", ["doing", "skipped"])
def test_step_that_has_another_state_offers_to_count_it(learner_client, guide, plough, state):
    press(learner_client, guide, "Plough", state)
    assert notice(learner_client, guide, "plough") == NOT_COUNTED


def test_step_that_nothing_counts_for_offers_nothing(learner_client, guide, plough):
    assert notice(learner_client, guide, "try") is None


def test_counting_again_what_nothing_counts_for_takes_the_state_back(learner_client, learner, guide):
    tell(learner, guide, "Try")
    press(learner_client, guide, "Try", "counted")
    assert path_for(learner, guide).progress.percent == 0


def test_htmx_is_told_that_it_is_counted_again(learner_client, guide, plough):
    press(learner_client, guide, "Plough", "todo")
    content = press(learner_client, guide, "Plough", "counted", headers=HTMX).content.decode()
    assert re.search(r'data-announce="(Plough: \w+)\.', content)[1] == "Plough: Done"


def test_visitor_is_offered_nothing(visitor, guide, plough):
    assert notice(visitor, guide, "plough") is None


def test_declined_steps_name_what_would_count(learner, guide, plough):
    tell(learner, guide, "Plough", State.TODO)
    assert declined(path_for(learner, guide)) == {str(plough.pk): (str(step_of(guide, "Read").pk),)}


def test_step_is_not_declined_when_what_would_count_is_not_done(learner, guide, plough):
    for title in ("Plough", "Read"):
        tell(learner, guide, title, State.TODO)
    assert declined(path_for(learner, guide)) == {}


# --- What is no longer part of the path --------------------------------------------------------


def kept(user, guide):
    return [(step["title"], step["counted_from"]) for step in past(path_for(user, guide))]


def test_past_steps_are_those_that_the_learner_did(learner, other_learner, guide, plough):
    assert (kept(learner, guide), kept(other_learner, guide)) == ([("Read", [])], [])


def test_past_step_that_is_counted_from_one_of_the_path_is_left_out(other_learner, guide, plough):
    tell(other_learner, guide, "Plough")
    assert kept(other_learner, guide) == []


def test_past_step_that_was_counted_says_from_what(learner, guide, plough):
    retire(guide, [plough], by=None)
    guide.publish(by=None)
    assert sorted(kept(learner, guide)) == [("Plough", ["Read"]), ("Read", [])]


def test_past_step_that_was_counted_from_another_guide_says_from_what(learner, guide):
    other = published_guide()
    other.steps.filter(title="Read").update(title="Read elsewhere")
    other.publish(by=None)
    same_as(step_of(guide, "Try"), step_of(other, "Read elsewhere"), by=None)
    guide.publish(by=None)
    tell(learner, other, "Read elsewhere")
    retire(guide, [step_of(guide, "Try")], by=None)
    guide.publish(by=None)
    assert kept(learner, guide) == [("Try", ["Read elsewhere"])]


def test_past_steps_of_a_hidden_guide_are_shown_to_its_followers(learner_client, learner, guide, plough):
    unpublish(guide)
    content = learner_client.get(reverse("path", args=[guide.slug])).content.decode()
    card = content.partition("Done, and no longer part of the path")[2].partition("</ul>")[0]
    assert re.sub(r"<[^>]+>", "", card).strip() == "Read"


def test_past_steps_are_shown_with_what_they_are_counted_from(learner_client, learner, guide, plough):
    retire(guide, [plough], by=None)
    guide.publish(by=None)
    content = learner_client.get(reverse("path", args=[guide.slug])).content.decode()
    assert 'Plough <span class="soft">counted from Read</span>' in content


def test_api_lists_the_same_past_steps(
    learner_client, other_learner_client, learner, other_learner, guide, plough
):
    tell(other_learner, guide, "Plough")
    follow(learner, guide.pk)
    found = [
        [step["title"] for step in client.get(f"/api/v1/me/paths/{guide.slug}/").json()["past"]]
        for client in (learner_client, other_learner_client)
    ]
    assert found == [["Read"], []]
