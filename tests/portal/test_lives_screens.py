"""The screens that retire, put back, split, merge, replace and tie steps."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from guides.lives import retire
from guides.models import Credit, Guide, Step
from portal.log import change_of, words_of
from tests.factories import StepFactory, published_guide, step_of


def address(guide, name):
    return reverse(f"admin:guides_guide_{name}", args=[guide.pk])


def version_of(guide):
    return Guide.objects.values_list("version", flat=True).get(pk=guide.pk)


def post(client, guide, name, *titles, **fields):
    """Post the form of a screen for the steps with these titles."""
    steps = [step_of(guide, title).pk for title in titles]
    form = {"version": version_of(guide), "step": steps, **fields}
    return client.post(address(guide, name), form, follow=True)


def part(number, title, **fields):
    """Return the fields of a new step."""
    said = {"title": title, "body": "", "done_when": "", "effort_hours": "", **fields}
    return {f"part-{number}-{field}": value for field, value in said.items()}


def said(response):
    return [str(message) for message in response.context["messages"]]


def path_of(guide):
    steps = guide.steps.live().order_by("stage__position", "position", "slug")
    return list(steps.values_list("title", flat=True))


def entry():
    """Return the words of the only entry of the log, and what it says of before and after."""
    entry = LogEntry.objects.get()
    change = change_of(entry)
    return words_of(entry), change["before"]["steps"], change["after"]["steps"]


# --- Retiring and putting back -----------------------------------------------------------------


def test_retire_asks_first(publisher_client, guide):
    answer = publisher_client.get(address(guide, "retire"), {"step": step_of(guide, "Read").pk})
    assert [step.title for step in answer.context["steps"]] == ["Read"]
    assert path_of(guide) == ["Read", "Try", "Watch", "Build"]


def test_retire_takes_the_steps_off_and_leaves_one_entry(publisher_client, guide):
    post(publisher_client, guide, "retire", "Read", "Build")
    assert path_of(guide) == ["Try", "Watch"]
    assert entry() == ("Retired “Read” and “Build”.", ["Read", "Build"], [])


def test_put_back_leaves_one_entry(publisher_client, guide):
    retire(guide, [step_of(guide, "Read")], by=None)
    post(publisher_client, guide, "put_back", "Read")
    assert path_of(guide) == ["Try", "Watch", "Read", "Build"]
    assert entry() == ("Put “Read” back on the path.", [], ["Read"])


def test_put_back_of_a_step_whose_slug_is_taken_says_so(publisher_client, guide):
    retire(guide, [step_of(guide, "Read")], by=None)
    StepFactory(stage=guide.stages.first(), title="New", slug="read")
    answer = post(publisher_client, guide, "put_back", "Read")
    assert said(answer) == ["Another step of this guide has this slug."]


# --- Taking the place of others ----------------------------------------------------------------


def test_split_begins_with_what_the_step_says(publisher_client, guide):
    Step.objects.filter(pk=step_of(guide, "Try").pk).update(body="A text.", done_when="it works.")
    answer = publisher_client.get(address(guide, "split"), {"step": step_of(guide, "Try").pk})
    first, second = answer.context["forms"]
    assert (first["title"].value(), first["body"].value()) == ("Try", "A text.")
    assert (first["done_when"].value(), first["effort_hours"].value()) == ("it works.", 20)
    assert (second["title"].value(), second["body"].value()) == (None, None)


def test_split_makes_the_parts_and_leaves_one_entry(publisher_client, guide):
    post(publisher_client, guide, "split", "Try", parts=2, **part(0, "One"), **part(1, "Two"))
    assert path_of(guide) == ["Read", "One", "Two", "Watch", "Build"]
    assert entry() == ("Split “Try”.", ["Try"], ["One", "Two"])


def test_split_says_what_a_part_lacks_and_keeps_what_was_typed(publisher_client, guide):
    typed = {**part(0, "", body="Much text"), **part(1, "Two")}
    answer = post(publisher_client, guide, "split", "Try", parts=2, **typed)
    first, second = answer.context["forms"]
    assert (list(first.errors), list(second.errors)) == (["title"], [])
    assert first["body"].value() == "Much text"
    assert path_of(guide) == ["Read", "Try", "Watch", "Build"]


def test_another_part_keeps_what_was_typed_and_changes_nothing(publisher_client, guide):
    typed = {**part(0, "One"), **part(1, "")}
    answer = post(publisher_client, guide, "split", "Try", parts=2, more=1, **typed)
    titles = [form["title"].value() for form in answer.context["forms"]]
    assert (titles, answer.context["forms"][1].errors) == (["One", "", ""], {})
    assert not Credit.objects.exists()


def test_split_over_an_older_version_keeps_what_was_typed(publisher_client, guide, editor):
    version = version_of(guide)
    guide.touch(by=editor)
    typed = {**part(0, "One", body="Much text"), **part(1, "Two")}
    answer = post(publisher_client, guide, "split", "Try", parts=2, **typed, version=version)
    assert [text.split(",")[0] for text in said(answer)] == [
        f"“Data baker” was changed by {editor} while you worked on it"
    ]
    assert answer.context["forms"][0]["body"].value() == "Much text"
    assert path_of(guide) == ["Read", "Try", "Watch", "Build"]


def test_merge_begins_with_what_the_steps_say(publisher_client, guide):
    Step.objects.update(body="A text.")
    steps = [step_of(guide, title).pk for title in ("Read", "Try")]
    [form] = publisher_client.get(address(guide, "merge"), {"step": steps}).context["forms"]
    assert (form["title"].value(), form["body"].value()) == ("", "A text.\n\nA text.")
    assert form["effort_hours"].value() == 30


def test_merge_makes_one_step_and_leaves_one_entry(publisher_client, guide):
    post(publisher_client, guide, "merge", "Read", "Try", **part(0, "Study"))
    assert path_of(guide) == ["Study", "Watch", "Build"]
    assert entry() == ("Merged “Read” and “Try”.", ["Read", "Try"], ["Study"])


def test_merge_of_a_single_step_is_refused(publisher_client, guide):
    answer = post(publisher_client, guide, "merge", "Read", **part(0, "Study"))
    assert said(answer)[0].startswith("Choose at least 2 steps on the path")
    assert path_of(guide) == ["Read", "Try", "Watch", "Build"]


def test_replace_leaves_one_entry(publisher_client, guide):
    post(publisher_client, guide, "replace", "Read", **part(0, "Read on"))
    assert entry() == ("Replaced “Read”.", ["Read"], ["Read on"])


# --- The same in another guide -----------------------------------------------------------------


@pytest.fixture
def other(guide):
    return published_guide(title="Other", slug="other")


def test_same_as_asks_for_the_other_step_first(publisher_client, guide, other):
    answer = publisher_client.get(address(guide, "same_as"), {"step": step_of(guide, "Read").pk})
    labels = [label for value, label in answer.context["choice"].fields["other"].choices if value]
    assert labels == ["Other: Read", "Other: Try", "Other: Watch", "Other: Build"]
    assert "submit" not in answer.context


def test_same_as_shows_what_it_means_for_both_guides(publisher_client, guide, other):
    chosen = {"step": step_of(guide, "Read").pk, "other": step_of(other, "Read").pk}
    answer = publisher_client.get(address(guide, "same_as"), chosen)
    assert [str(each) for each, _ in answer.context["impacts"]] == ["Data baker", "Other"]
    assert not Credit.objects.exists()


def test_same_as_records_it_and_leaves_one_entry(publisher_client, guide, other):
    post(publisher_client, guide, "same_as", "Read", other=step_of(other, "Read").pk)
    assert Credit.objects.count() == 1
    assert entry()[0] == "Recorded that “Read” is the same as “Read” of “Other”."


def test_same_as_twice_says_that_it_is_recorded(publisher_client, guide, other):
    for _ in range(2):
        answer = post(publisher_client, guide, "same_as", "Read", other=step_of(other, "Read").pk)
    assert answer.context["choice"].errors["other"] == ["“Read” and “Read” count for each other already."]
    assert Credit.objects.count() == 1


# --- What is wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["retire", "put_back", "split", "merge", "replace", "same_as"])
@pytest.mark.parametrize("step", [None, "nonsense", "c0ffee00-0000-4000-8000-000000000000"])
def test_a_step_that_is_none_leads_back_to_the_path(publisher_client, guide, name, step):
    answer = publisher_client.get(address(guide, name), {"step": step} if step else {}, follow=True)
    assert answer.redirect_chain == [(address(guide, "outline"), 302)]
    assert said(answer)[0].startswith("Choose ")


@pytest.mark.parametrize("name", ["retire", "split", "replace", "same_as"])
def test_a_step_of_another_guide_leads_back_to_the_path(publisher_client, guide, other, name):
    answer = publisher_client.get(address(guide, name), {"step": step_of(other, "Read").pk})
    assert answer["Location"] == address(guide, "outline")


@pytest.mark.parametrize("steps", [3, 60])
def test_retire_costs_the_same_for_three_steps_and_for_sixty(
    publisher_client, guide, steps, django_assert_num_queries
):
    StepFactory.create_batch(steps, stage=guide.stages.first())
    chosen = {"step": [step.pk for step in guide.steps.all()[:3]]}
    publisher_client.get(address(guide, "retire"), chosen)
    with django_assert_num_queries(44):
        publisher_client.get(address(guide, "retire"), chosen)
