"""Two people at one form: nothing that was saved is saved over by somebody who has not seen it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from guides.models import Guide, Step
from guides.outline import Path, arrange
from tests.conftest import client_of
from tests.factories import SectionFactory, SkillFactory, StepFactory, step_of
from tests.guides.studio import fields_of, form_of, forms_in, screen
from tests.threads import at_once

ROUNDS = 200

PARTS = pytest.mark.parametrize(
    ("part", "field"),
    [
        ("guide", "summary"),
        ("section", "body"),
        ("stage", "summary"),
        ("step", "body"),
    ],
)


def part_of(guide, part):
    return guide if part == "guide" else getattr(guide, f"{part}s").first()


def opened(client, thing):
    """Return what the form of `thing` would send as it stands, opened now."""
    return fields_of(client.get(screen(thing)))


def save(client, thing, fields, **typed):
    return client.post(screen(thing), {**fields, **typed, "_continue": "Save and continue editing"})


def stored(thing, name):
    return getattr(type(thing).objects.get(pk=thing.pk), name)


def clashes(response):
    return {clash.label: (clash.stored, clash.typed) for clash in form_of(response).conflict.clashes}


@pytest.fixture
def step(guide):
    step = step_of(guide, "Read")
    Step.objects.filter(pk=step.pk).update(body="Read the book.", done_when="read")
    return step


# --- Refusing ----------------------------------------------------------------------------------


@PARTS
def test_second_of_two_saves_nothing_and_sees_both(editor_client, publisher_client, guide, part, field):
    thing = part_of(guide, part)
    fields = opened(editor_client, thing)
    save(publisher_client, thing, opened(publisher_client, thing), **{field: "Theirs."})
    version = Guide.objects.get(pk=guide.pk).version
    response = save(editor_client, thing, fields, **{field: "Mine."})
    assert list(clashes(response).values()) == [("Theirs.", "Mine.")]
    assert fields_of(response)[field] == "Mine."
    assert (stored(thing, field), Guide.objects.get(pk=guide.pk).version) == ("Theirs.", version)


@PARTS
def test_refused_form_is_saved_over_when_it_is_sent_again(
    editor_client, publisher_client, guide, part, field
):
    thing = part_of(guide, part)
    fields = opened(editor_client, thing)
    save(publisher_client, thing, opened(publisher_client, thing), **{field: "Theirs."})
    again = fields_of(save(editor_client, thing, fields, **{field: "Mine."}))
    assert save(editor_client, thing, again).status_code == 302
    assert stored(thing, field) == "Mine."


def test_conflict_is_met_again_where_a_third_has_saved(editor_client, publisher_client, step):
    fields = opened(editor_client, step)
    save(publisher_client, step, opened(publisher_client, step), body="Theirs.")
    again = fields_of(save(editor_client, step, fields, body="Mine."))
    save(publisher_client, step, opened(publisher_client, step), body="Theirs again.")
    response = save(editor_client, step, again)
    assert (clashes(response)["Text"], stored(step, "body")) == (("Theirs again.", "Mine."), "Theirs again.")


def test_conflict_says_who_saved_and_when(editor_client, publisher_client, publisher, step):
    fields = opened(editor_client, step)
    save(publisher_client, step, opened(publisher_client, step), body="Theirs.")
    entry = LogEntry.objects.get()
    response = save(editor_client, step, fields, body="Mine.")
    conflict = form_of(response).conflict
    assert (conflict.by, conflict.at) == (publisher.email, entry.action_time)
    assert f"{publisher.email} saved this while you worked on it, on " in response.text


def test_conflict_with_what_nobody_logged_is_told(editor_client, step):
    fields = opened(editor_client, step)
    Step.objects.filter(pk=step.pk).update(body="Loaded.")
    response = save(editor_client, step, fields, body="Mine.")
    assert "This was saved while you worked on it" in response.text
    assert clashes(response) == {"Text": ("Loaded.", "Mine.")}


def test_both_texts_stand_side_by_side_with_their_words_marked(editor_client, publisher_client, step):
    fields = opened(editor_client, step)
    save(publisher_client, step, opened(publisher_client, step), body="Read the old book.")
    page = save(editor_client, step, fields, body="Read the book slowly.").text
    assert ("Read the <mark>old book.</mark>" in page, "<mark>book slowly.</mark>" in page) == (True, True)


def test_refused_form_offers_both_ways_on(editor_client, publisher_client, step):
    fields = opened(editor_client, step)
    save(publisher_client, step, opened(publisher_client, step), body="Theirs.")
    response = save(editor_client, step, fields, body="Mine.")
    assert [button["value"] for button in forms_in(response).buttons] == ["mine"]
    assert '<a class="button" href="?">Take theirs' in response.text
    assert opened(editor_client, step)["body"] == "Theirs."


def test_taking_mine_saves_over(editor_client, publisher_client, step):
    fields = opened(editor_client, step)
    save(publisher_client, step, opened(publisher_client, step), body="Theirs.")
    again = fields_of(save(editor_client, step, fields, body="Mine."))
    editor_client.post(screen(step), {**again, "_save": "mine"})
    assert stored(step, "body") == "Mine."


# --- Leaving in peace --------------------------------------------------------------------------


def test_two_at_different_steps_are_not_in_each_others_way(editor_client, publisher_client, guide, step):
    fields = opened(editor_client, step)
    other = step_of(guide, "Try")
    save(publisher_client, other, opened(publisher_client, other), body="Theirs.")
    assert save(editor_client, step, fields, body="Mine.").status_code == 302
    assert (stored(step, "body"), stored(other, "body")) == ("Mine.", "Theirs.")


def test_field_that_was_left_alone_is_shown_as_it_is_stored(editor_client, publisher_client, step):
    fields = opened(editor_client, step)
    save(publisher_client, step, opened(publisher_client, step), done_when="done", effort_hours=7)
    response = save(editor_client, step, fields, body="Mine.")
    conflict, shown = form_of(response).conflict, fields_of(response)
    assert (conflict.clashes, conflict.taken) == ((), ("Done when", "Effort hours"))
    assert (shown["body"], shown["done_when"], shown["effort_hours"]) == ("Mine.", "done", 7)
    assert stored(step, "body") == "Read the book."


def test_field_that_was_left_alone_is_not_saved_over(editor_client, publisher_client, step):
    fields = opened(editor_client, step)
    save(publisher_client, step, opened(publisher_client, step), done_when="done")
    again = fields_of(save(editor_client, step, fields, body="Mine."))
    save(editor_client, step, again)
    assert (stored(step, "body"), stored(step, "done_when")) == ("Mine.", "done")


def test_what_both_typed_alike_is_saved(editor_client, publisher_client, step):
    fields = opened(editor_client, step)
    save(publisher_client, step, opened(publisher_client, step), body="Alike.")
    assert save(editor_client, step, fields, body="Alike.", title="Read on").status_code == 302
    assert stored(step, "title") == "Read on"


def test_a_move_on_the_path_is_no_conflict(editor_client, guide, step):
    fields = opened(editor_client, step)
    arrange(guide, Path.of(guide).outline.with_step_moved(step.pk, 1), by=None)
    assert save(editor_client, step, fields, body="Mine.").status_code == 302


def test_saving_one_form_twice_conflicts_with_oneself(editor_client, step):
    fields = opened(editor_client, step)
    save(editor_client, step, fields, body="First.")
    assert clashes(save(editor_client, step, fields, body="Second.")) == {"Text": ("First.", "Second.")}


def test_ends_of_lines_are_no_conflict(editor_client, step):
    Step.objects.filter(pk=step.pk).update(body="One\n\nTwo\n")
    fields = opened(editor_client, step)
    assert save(editor_client, step, fields, body="One\r\n\r\nThree").status_code == 302
    fields = opened(editor_client, step)
    assert save(editor_client, step, fields, body="One\r\n\r\nFour").status_code == 302


# --- Every kind of field -----------------------------------------------------------------------


def test_stage_choice_and_yes_or_no_are_told_as_they_are_read(editor_client, guide, step):
    fields = opened(editor_client, step)
    work = guide.stages.get(title="Work")
    Step.objects.filter(pk=step.pk).update(stage=work, optional=True)
    third = StepFactory(stage=guide.stages.create(title="Third", slug="third")).stage
    skill = SkillFactory(name="Reading")
    step.skills.add(skill)
    typed = {"stage": third.pk, "skills": [SkillFactory(name="Writing").pk], "choice": "Way", "route": "A"}
    response = save(editor_client, step, fields, **typed)
    assert clashes(response) == {"Stage": ("Work", "Third"), "Skills": ("Reading", "Writing")}
    assert form_of(response).conflict.taken == ("Optional",)
    assert fields_of(response)["optional"] is True


def test_date_and_kind_of_a_section_are_told_as_they_are_read(editor_client, guide):
    section = guide.sections.get()
    fields = opened(editor_client, section)
    guide.sections.update(kind="ways-in", checked_on="2026-11-03")
    response = save(editor_client, section, fields, kind="work", checked_on="2026-11-04")
    assert clashes(response) == {
        "Kind": ("Ways In", "Work"),
        "Last checked on": ("2026-11-03", "2026-11-04"),
    }


def test_field_that_cannot_be_read_is_told_as_it_was_typed(editor_client, step):
    fields = opened(editor_client, step)
    Step.objects.filter(pk=step.pk).update(effort_hours=7)
    response = save(editor_client, step, fields, effort_hours="many", stage="nowhere")
    assert clashes(response) == {"Effort hours": ("7", "many")}
    assert form_of(response).errors.keys() == {"__all__", "effort_hours", "stage"}


def test_choice_that_is_none_is_told_as_nothing(editor_client, guide, step):
    fields = opened(editor_client, step)
    Step.objects.filter(pk=step.pk).update(stage=guide.stages.get(title="Work"))
    response = save(editor_client, step, fields, stage="nowhere")
    assert clashes(response) == {"Stage": ("Work", "nothing")}


def test_change_in_the_outline_is_a_conflict(editor_client, publisher, guide, step):
    fields = opened(editor_client, step)
    outline = Path.of(guide).outline
    rows = [
        row if row.step != step.pk else type(row)(row.step, row.stage, choice="Way", route="A")
        for row in outline.rows
    ]
    arrange(guide, type(outline)(outline.stages, tuple(rows)), by=publisher)
    response = save(editor_client, step, fields, choice="Other way", route="B")
    assert clashes(response) == {"Choice": ("Way", "Other way"), "Route": ("A", "B")}


# --- Forms that do not say what they showed ----------------------------------------------------


@pytest.mark.parametrize("seen", ["", "x", "[]", '{"title": 1}', "null"])
def test_form_that_does_not_say_what_it_showed_saves_nothing_over(editor_client, step, seen):
    fields = opened(editor_client, step)
    response = save(editor_client, step, fields, body="Mine.", seen=seen)
    assert (clashes(response)["Text"], stored(step, "body")) == (
        ("Read the book.", "Mine."),
        "Read the book.",
    )


def test_form_of_a_new_part_has_seen_nothing(editor_client, guide):
    add = f"{reverse('admin:guides_stage_add')}?guide={guide.pk}"
    response = editor_client.get(add)
    fields = {**fields_of(response), "title": "New", "slug": "new"}
    assert editor_client.post(add, fields).status_code == 302


def test_part_that_was_deleted_is_not_saved(editor_client, guide):
    section = guide.sections.get()
    fields = opened(editor_client, section)
    section.delete()
    response = editor_client.post(screen(section), fields, follow=True)
    assert ["doesn’t exist" in str(message) for message in response.context["messages"]] == [True]


# --- At once -----------------------------------------------------------------------------------


def written(person, section, name):
    """Let `person` add a word to a text in each round, and take theirs first where somebody was faster."""
    client, address = client_of(person), screen(section)
    words = [f"{name}{number}" for number in range(ROUNDS // 2)]
    for word in words:
        for _ in range(ROUNDS):
            form = dict(forms_in(client.get(address)).forms[""])
            form["body"] = f"{form['body']} {word}".strip()
            if client.post(address, {**form, "_continue": "1"}).status_code == 302:
                break
    return words


@pytest.mark.django_db(transaction=True)
def test_nothing_that_was_acknowledged_is_lost(editor, publisher):
    section = SectionFactory(body="")
    one, other = at_once([lambda: written(editor, section, "a"), lambda: written(publisher, section, "b")])
    assert sorted(stored(section, "body").split()) == sorted([*one, *other])
    assert Guide.objects.get().version == section.guide.version + ROUNDS
