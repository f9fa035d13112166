"""The outline of a guide in the studio: one form, from which every button saves what was typed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from guides.models import Guide, Step
from portal.log import change_of, words_of
from tests.factories import (
    PictureFactory,
    SectionFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    UserFactory,
    guide_with_path,
    step_of,
)
from tests.guides.studio import fields_of, forms_in, of_guide, said, screen

KILOBYTES = 1000
READ, TRY, WATCH, BUILD = "0", "1", "2", "3"  # what the form calls the steps of the guide, by their places


def outline(client, guide, query=""):
    return client.get(of_guide(guide, "outline") + query)


def sent(client, guide, **typed):
    """Return what the form sends, with some fields typed anew; a list stands for several of one name."""
    form = {}
    for name, value in forms_in(outline(client, guide)).forms["outline-form may-retire"]:
        form.setdefault(name, []).append(value)
    return {**form, **typed}


def press(client, guide, button, *, follow=True, **typed):
    """Press a button of the outline, once the fields of `typed` are filled in."""
    form = sent(client, guide, **typed)
    return client.post(of_guide(guide, "outline"), {**form, "do": button}, follow=follow)


def titles(guide):
    return {stage.title: [step.title for step in stage.steps.live()] for stage in guide.stages.all()}


def version_of(guide):
    return Guide.objects.get(pk=guide.pk).version


def way(response):
    """Return the address that an answer leads to and its query."""
    address = urlsplit(response["Location"])
    return address.path, {name: value for name, [value] in parse_qs(address.query).items()}


def focused(response):
    """Return the value of the button that has the focus on a page."""
    return [button["value"] for button in forms_in(response).buttons if "autofocus" in button]


# --- The page ----------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [3, 60])
def test_outline_is_light_for_a_long_path(publisher_client, steps, django_assert_num_queries):
    guide = guide_with_path()
    stages = [guide.stages.first(), *StageFactory.create_batch(9, guide=guide)]
    for number in range(steps - 4):
        StepFactory(stage=stages[number % 10], title=f"A step with a title of {number} words or so")
    outline(publisher_client, guide)
    with django_assert_num_queries(
        8
    ):  # session, person, two of what she may do; guide, stages, steps, retired
        response = outline(publisher_client, guide)
    assert len(response.content) < 150 * KILOBYTES


def test_outline_shows_steps_in_their_stages(publisher_client, guide):
    view = outline(publisher_client, guide).context["view"]
    assert {stage.stage.title: [step.step.title for step in stage.steps] for stage in view.stages} == {
        "Learn": ["Read", "Try", "Watch"],
        "Work": ["Build"],
    }


def test_outline_offers_choices_and_routes_in_use(publisher_client, guide):
    guide.steps.filter(title="Read").update(choice="Way", route="Books")
    view = outline(publisher_client, guide).context["view"]
    assert (view.choices, view.routes) == (("Way",), ("Books",))


def test_outline_lists_retired_steps_below(publisher_client, guide):
    step = step_of(guide, "Read")
    step.retire()
    response = outline(publisher_client, guide)
    assert [step.title for step in response.context["view"].retired] == ["Read"]
    assert f'href="{screen(step)}"' in response.text


def test_outline_without_a_path_offers_a_stage(publisher_client, db):
    guide = SectionFactory().guide
    press(publisher_client, guide, "add-stage", new_stage="First")
    assert titles(guide) == {"First": []}


def test_outline_is_read_only_for_those_who_may_only_look(client, guide):
    looker = permitted("view_guide")
    client.force_login(looker)
    response = outline(client, guide)
    assert (response.status_code, forms_in(response).buttons) == (200, [])
    assert client.post(of_guide(guide, "outline"), {"do": "save"}).status_code == 403


def permitted(*names):
    """Return a member of the staff with these permissions alone."""
    person = UserFactory(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    return person


def test_outline_is_open_to_those_who_may_change(client, guide):
    client.force_login(permitted("change_guide"))
    assert outline(client, guide).status_code == 200


def test_retiring_is_offered_to_those_who_may(editor_client, publisher_client, guide):
    splitting = f"{of_guide(guide, 'split')}?step={step_of(guide, 'Read').pk}"
    offered = [
        ('value="retire"' in page, 'value="merge"' in page, splitting in page)
        for page in (outline(client, guide).text for client in (editor_client, publisher_client))
    ]
    assert offered == [(False, False, False), (True, True, True)]


def test_outline_of_no_guide_is_not_found(publisher_client):
    nobody = reverse("admin:guides_guide_outline", args=["00000000-0000-4000-8000-000000000000"])
    assert publisher_client.get(nobody).status_code == 404


# --- Buttons -----------------------------------------------------------------------------------


def test_step_is_moved_and_the_focus_stays_on_its_button(publisher_client, guide):
    response = press(publisher_client, guide, f"down:{TRY}")
    assert titles(guide) == {"Learn": ["Read", "Watch", "Try"], "Work": ["Build"]}
    assert focused(response) == ["down:2"]
    assert said(response) == ["“Watch” stands before “Try” now."]


def test_focus_goes_to_the_other_button_at_the_end(publisher_client, guide):
    assert focused(press(publisher_client, guide, f"up:{TRY}")) == ["down:0"]


def test_step_is_moved_across_the_border_of_its_stage(publisher_client, guide):
    press(publisher_client, guide, f"up:{BUILD}")
    assert titles(guide) == {"Learn": ["Read", "Try", "Watch", "Build"], "Work": []}


def test_stage_is_moved(publisher_client, guide):
    stage = guide.stages.get(title="Work")
    response = press(publisher_client, guide, f"up:{stage.pk}")
    assert list(titles(guide)) == ["Work", "Learn"]
    assert focused(response) == [f"down:{stage.pk}"]


def test_what_is_typed_in_all_rows_is_saved_by_any_button(publisher_client, guide):
    typed = {
        f"choice-{READ}": " Way ",
        f"route-{READ}": "Books",
        f"stage-{WATCH}": "1",
        "optional": [BUILD],
        "new_stage": "Later",
    }
    press(publisher_client, guide, f"down:{READ}", **typed)
    read, watch, build = (step_of(guide, title) for title in ("Read", "Watch", "Build"))
    assert (read.choice, read.route) == ("Way", "Books")
    assert (watch.optional, build.optional) == (False, True)
    assert titles(guide) == {"Learn": ["Try", "Read"], "Work": ["Watch", "Build"], "Later": []}
    assert version_of(guide) == guide.version + 1


def test_order_of_the_rows_is_the_order_of_the_path(publisher_client, guide):
    read, try_, watch, build = sent(publisher_client, guide)["step"]
    press(publisher_client, guide, "save", step=[build, watch, read, try_])
    assert titles(guide) == {"Learn": ["Watch", "Read", "Try"], "Work": ["Build"]}


def test_dragged_step_has_the_focus(publisher_client, guide):
    read, try_, watch, build = sent(publisher_client, guide)["step"]
    response = press(publisher_client, guide, f"save:{WATCH}", step=[read, watch, try_, build])
    assert focused(response) == ["up:1"]


def test_saving_nothing_leaves_the_version_and_says_so(publisher_client, guide):
    response = press(publisher_client, guide, "save")
    assert said(response) == ["Nothing was changed, so there was nothing to save."]
    assert (version_of(guide), LogEntry.objects.count()) == (guide.version, 0)


def test_many_changes_are_counted(publisher_client, guide):
    every = [READ, TRY, WATCH, BUILD]
    response = press(publisher_client, guide, "save", optional=every, new_stage="Later")
    assert said(response) == ["Saved 4 changes."]


def test_empty_stage_is_removed(publisher_client, guide):
    stage = StageFactory(guide=guide, title="Empty")
    press(publisher_client, guide, f"remove:{stage.pk}")
    assert list(titles(guide)) == ["Learn", "Work"]


def test_only_empty_stages_offer_to_be_removed(publisher_client, guide):
    empty = StageFactory(guide=guide)
    values = [button.get("value", "") for button in forms_in(outline(publisher_client, guide)).buttons]
    assert [value for value in values if value.startswith("remove")] == [f"remove:{empty.pk}"]


def test_stage_without_a_title_is_asked_for_it(publisher_client, guide):
    response = press(publisher_client, guide, "add-stage", optional=[READ, WATCH])
    assert said(response) == ["“Read”: optional yes.", "Type the title of the stage first."]
    assert list(titles(guide)) == ["Learn", "Work"]


# --- Leading on --------------------------------------------------------------------------------


@pytest.mark.parametrize(("button", "chosen"), [("retire", [READ]), ("merge", [READ, TRY])])
def test_chosen_steps_are_led_to_the_screen_that_asks(publisher_client, guide, button, chosen):
    response = press(publisher_client, guide, button, follow=False, chosen=chosen, optional=[BUILD])
    query = "&".join(f"step={step.pk}" for step in guide.steps.all()[: len(chosen)])
    assert response["Location"] == f"{of_guide(guide, button)}?{query}"
    assert step_of(guide, "Build").optional


@pytest.mark.parametrize(
    ("button", "chosen", "why"),
    [
        ("retire", [], "Choose the steps first: tick the box before each of them."),
        ("merge", [READ], "Choose two steps or more first: tick the box before each of them."),
    ],
)
def test_too_few_chosen_steps_are_asked_for(publisher_client, guide, button, chosen, why):
    assert said(press(publisher_client, guide, button, chosen=chosen)) == [why]


def test_step_is_added_before_another_and_stands_there(publisher_client, guide):
    read = step_of(guide, "Read")
    response = press(publisher_client, guide, f"add:{TRY}", follow=False, optional=[READ])
    add = response["Location"]
    assert way(response) == (
        reverse("admin:guides_step_add"),
        {
            "guide": str(guide.pk),
            "stage": str(read.stage_id),
            "before": str(step_of(guide, "Try").pk),
        },
    )
    page = publisher_client.get(add)
    saved = publisher_client.post(add, {**fields_of(page), "title": "New", "slug": "new"})
    new = step_of(guide, "New")
    assert titles(guide)["Learn"] == ["Read", "New", "Try", "Watch"]
    assert (new.guide, step_of(guide, "Read").optional) == (guide, True)
    assert saved["Location"] == f"{of_guide(guide, 'outline')}?at={new.pk}"


def test_step_is_added_at_the_end_of_a_stage(publisher_client, guide):
    add = press(publisher_client, guide, f"add:{guide.stages.first().pk}", follow=False)["Location"]
    page = publisher_client.get(add)
    publisher_client.post(add, {**fields_of(page), "title": "New", "slug": "new"})
    assert titles(guide)["Learn"] == ["Read", "Try", "Watch", "New"]


def test_form_of_a_new_step_offers_the_stages_of_its_guide(publisher_client, guide):
    StageFactory(title="Foreign")
    page = publisher_client.get(reverse("admin:guides_step_add"), {"guide": guide.pk})
    offered = [label for _, label in page.context["adminform"].form.fields["stage"].choices]
    assert offered == ["---------", "Learn", "Work"]


def test_form_of_a_new_step_of_any_guide_names_the_guides(publisher_client, guide):
    page = publisher_client.get(reverse("admin:guides_step_add"))
    offered = [label for _, label in page.context["adminform"].form.fields["stage"].choices]
    assert offered == ["---------", "Data baker: Learn", "Data baker: Work"]


@pytest.mark.parametrize("query", ["guide=x&stage=y&before=z", "guide=00000000-0000-4000-8000-000000000000"])
def test_form_of_a_new_step_bears_any_address(publisher_client, guide, query):
    assert publisher_client.get(f"{reverse('admin:guides_step_add')}?{query}").status_code == 200


# --- Refusing ----------------------------------------------------------------------------------


def test_impossible_row_is_told_and_keeps_what_was_typed(publisher_client, guide):
    typed = {f"choice-{READ}": "Way", "chosen": [BUILD], "optional": [BUILD], "new_stage": "Later"}
    response = press(publisher_client, guide, f"up:{BUILD}", **typed)
    why = "“Read” has a choice but no route. Name the route that it is part of, or clear the choice."
    again = forms_in(response).forms["outline-form may-retire"]
    assert [finding.message for finding in response.context["view"].findings] == [why]
    assert [value for name, value in again if name == f"choice-{READ}"] == ["Way"]
    assert [value for name, value in again if name in ("chosen", "optional")] == [BUILD] * 2
    assert [value for name, value in again if name == "new_stage"] == ["Later"]
    assert (titles(guide)["Work"], version_of(guide)) == (["Build"], guide.version)


def test_fault_stands_at_its_row(publisher_client, guide):
    response = press(publisher_client, guide, "save", **{f"choice-{TRY}": "Way"})
    rows = [step for stage in response.context["view"].stages for step in stage.steps]
    assert [row.step.title for row in rows if row.fault] == ["Try"]


def test_older_version_is_refused_and_shown_as_it_is(publisher_client, editor, guide):
    form = sent(publisher_client, guide)
    guide.touch(by=editor)
    guide.steps.filter(title="Read").update(title="Read more")
    response = publisher_client.post(of_guide(guide, "outline"), {**form, "do": f"down:{TRY}"}, follow=True)
    assert said(response) == [
        "“Data baker” was changed by editor@example.org while you worked on it, so nothing was done. "
        "This page shows it as it is now: look at it and do it again."
    ]
    assert titles(guide)["Learn"] == ["Read more", "Try", "Watch"]


def test_form_that_says_no_version_is_refused(publisher_client, guide):
    press(publisher_client, guide, f"down:{TRY}", version="")
    assert titles(guide)["Learn"] == ["Read", "Try", "Watch"]


@pytest.mark.parametrize(
    "typed",
    [
        {"step": ["x"]},
        {"step": ["9:00000000-0000-4000-8000-000000000000"]},
        {"stage": []},
        {"stage-0": "7"},
        {"chosen": "x"},
        {"do": "up:x"},
        {"do": "up:00000000-0000-4000-8000-000000000000"},
    ],
)
def test_what_no_form_sends_is_a_bad_request(publisher_client, guide, typed):
    form = {**sent(publisher_client, guide), **typed}
    assert publisher_client.post(of_guide(guide, "outline"), form).status_code == 400


def test_sign_that_no_database_keeps_is_left_out(publisher_client, guide):
    press(publisher_client, guide, "save", **{f"choice-{READ}": "W\0ay", f"route-{READ}": "A"})
    assert step_of(guide, "Read").choice == "Way"


# --- The log -----------------------------------------------------------------------------------


def test_log_of_the_guide_tells_all_changes(publisher_client, publisher, guide):
    press(publisher_client, guide, f"up:{TRY}", new_stage="Later")
    [entry] = LogEntry.objects.filter(object_id=str(guide.pk))
    assert (entry.user, words_of(entry)) == (
        publisher,
        "“Try” stands before “Read” now. Added the stage “Later”.",
    )


def test_log_of_a_step_has_what_it_asked_for_before_and_after(publisher_client, guide):
    read = step_of(guide, "Read")
    press(publisher_client, guide, "save", optional=[READ, WATCH])
    [entry] = LogEntry.objects.filter(object_id=str(read.pk))
    assert (change_of(entry)["before"], change_of(entry)["after"]) == (
        {"optional": False},
        {"optional": True},
    )


# --- Sections of a guide -----------------------------------------------------------------------


@pytest.fixture
def sections(guide):
    """Two sections of the guide, in order."""
    return [guide.sections.get(), SectionFactory(guide=guide, title="Pay")]


def move(client, guide, button):
    form = dict(forms_in(client.get(screen(guide))).forms["sections"])
    return client.post(of_guide(guide, "sections"), {**form, "do": button}, follow=True)


def test_guide_lists_its_sections(editor_client, guide, sections):
    response = editor_client.get(screen(guide))
    assert [section.title for section in response.context["sections"]] == ["Overview", "Pay"]
    assert f'href="{reverse("admin:guides_section_add")}?guide={guide.pk}"' in response.text


def test_new_guide_has_fields_alone(editor_client):
    response = editor_client.get(reverse("admin:guides_guide_add"))
    assert (list(forms_in(response).forms), "studio-tabs" in response.text) == ([""], False)


@pytest.mark.parametrize("others", [1, 40])
def test_guide_costs_the_same_for_three_sections_and_for_many(
    editor_client, guide, others, django_assert_num_queries
):
    SectionFactory.create_batch(others, guide=guide)
    editor_client.get(screen(guide))
    with django_assert_num_queries(9):
        editor_client.get(screen(guide))


def test_section_is_moved_and_the_focus_stays(editor_client, editor, guide, sections):
    response = move(editor_client, guide, f"up:{sections[1].pk}")
    assert [section.title for section in guide.sections.all()] == ["Pay", "Overview"]
    assert (said(response), focused(response)) == (
        ["“Pay” stands before “Overview” now."],
        [f"down:{sections[1].pk}"],
    )
    entry = LogEntry.objects.get()
    assert (entry.user, words_of(entry)) == (editor, "“Pay” stands before “Overview” now.")


def test_section_is_not_moved_over_an_older_version(editor_client, guide, sections):
    form = dict(forms_in(editor_client.get(screen(guide))).forms["sections"])
    guide.touch(by=None)
    pressed = {**form, "do": f"up:{sections[1].pk}"}
    response = editor_client.post(of_guide(guide, "sections"), pressed, follow=True)
    assert [section.title for section in guide.sections.all()] == ["Overview", "Pay"]
    assert [text.split(" was ")[0] for text in said(response)] == ["“Data baker”"]


@pytest.mark.parametrize("button", ["up:x", "up", "", "up:00000000-0000-4000-8000-000000000000"])
def test_section_that_is_not_there_is_not_moved(editor_client, guide, sections, button):
    assert said(move(editor_client, guide, button)) == ["This section is not there any more."]


def test_edited_section_says_when(editor_client, guide, sections):
    page = editor_client.get(screen(sections[0]))
    editor_client.post(screen(sections[0]), {**fields_of(page), "title": "Start"})
    edited = [section.edited_at for section in editor_client.get(screen(guide)).context["sections"]]
    assert edited == [LogEntry.objects.get().action_time, None]


# --- Where a part stands -----------------------------------------------------------------------


def test_step_says_where_it_stands_and_leads_to_its_neighbours(editor_client, guide):
    standing = editor_client.get(screen(step_of(guide, "Watch"))).context["standing"]
    assert (standing.number, standing.total) == (3, 4)
    assert (standing.previous, standing.next) == (step_of(guide, "Try"), step_of(guide, "Build"))


def test_retired_step_stands_nowhere(editor_client, guide):
    step = step_of(guide, "Watch")
    step.retire()
    response = editor_client.get(screen(step))
    assert (response.context["standing"], "Retired on" in response.text) == (None, True)


@pytest.mark.parametrize("steps", [3, 60])
def test_step_costs_the_same_on_a_long_path(editor_client, guide, steps, django_assert_num_queries):
    StepFactory.create_batch(steps, stage=guide.stages.first())
    step = step_of(guide, "Read")
    editor_client.get(screen(step))
    with django_assert_num_queries(15):
        editor_client.get(screen(step))


def test_save_and_next_leads_to_the_next_step(editor_client, guide):
    step = step_of(guide, "Watch")
    fields = {**fields_of(editor_client.get(screen(step))), "title": "Look", "_next": "Save and next"}
    response = editor_client.post(screen(step), fields, follow=True)
    assert response.redirect_chain[0][0] == screen(step_of(guide, "Build"))
    assert (said(response), step_of(guide, "Look").pk) == (["Saved “Look”."], step.pk)


def test_last_step_offers_no_next(editor_client, guide):
    assert 'name="_next"' not in editor_client.get(screen(step_of(guide, "Build"))).text
    assert 'name="_next"' in editor_client.get(screen(step_of(guide, "Read"))).text


def test_step_that_changes_its_stage_stands_last_there(editor_client, guide):
    step, other = step_of(guide, "Read"), guide.stages.get(title="Work")
    fields = {**fields_of(editor_client.get(screen(step))), "stage": other.pk}
    editor_client.post(screen(step), fields)
    assert titles(guide) == {"Learn": ["Try", "Watch"], "Work": ["Build", "Read"]}


@pytest.mark.parametrize("part", ["section", "stage"])
def test_new_part_stands_last(editor_client, guide, part):
    add = f"{reverse(f'admin:guides_{part}_add')}?guide={guide.pk}"
    fields = {**fields_of(editor_client.get(add)), "title": "New", "slug": "new", "kind": "work"}
    assert editor_client.post(add, fields).status_code == 302
    assert getattr(guide, f"{part}s").last().title == "New"
    assert version_of(guide) == guide.version + 1


def test_retired_step_without_a_stage_is_saved(editor_client, guide):
    step = step_of(guide, "Read")
    step.retire()
    Step.objects.filter(pk=step.pk).update(stage=None)
    fields = {**fields_of(editor_client.get(screen(step))), "title": "Read once"}
    assert editor_client.post(screen(step), fields).status_code == 302
    assert step_of(guide, "Read once").stage is None


def test_only_steps_on_the_path_of_the_guide_are_offered(editor_client, guide):
    guide_with_path()
    step_of(guide, "Watch").retire()
    widget = (
        editor_client.get(screen(step_of(guide, "Read"))).context["adminform"].form.fields["after"].widget
    )
    query = {"app_label": "guides", "model_name": "step", "field_name": "after"}
    found = editor_client.get(widget.get_url(), query | {"path": str(guide.pk)}).json()["results"]
    assert (f"path={guide.pk}" in widget.get_url(), [step["text"] for step in found]) == (
        True,
        ["Read", "Try", "Build"],
    )


def test_step_of_another_guide_is_no_advice(editor_client, guide):
    foreign = step_of(guide_with_path(), "Try")
    step = step_of(guide, "Read")
    fields = {**fields_of(editor_client.get(screen(step))), "after": [foreign.pk]}
    errors = editor_client.post(screen(step), fields).context["adminform"].form.errors
    assert errors == {"after": ["Only steps of this guide can be named here, not “Try”."]}


# --- The preview of a text ---------------------------------------------------------------------


def preview(client, guide, text):
    return client.post(of_guide(guide, "text"), {"text": text})


def test_preview_shows_a_text_with_its_sources_and_pictures(editor_client, guide):
    source, picture = SourceFactory(publisher="Bakers’ Union"), PictureFactory()
    response = preview(
        editor_client, guide, f"### Bread\n\nRises [@{source.key}].\n\n![](picture:{picture.slug})"
    )
    assert '<h3 id="text-bread">' in response.text
    assert [entry.source["publisher"] for entry in response.context["sources"]] == ["Bakers’ Union"]
    assert (picture.files[0]["name"] in response.text, response.context["unknown"]) == (True, [])


def test_preview_names_what_nobody_knows(editor_client, guide):
    response = preview(editor_client, guide, "So [@nobody].\n\n![](picture:oven)")
    assert response.context["unknown"] == ["[@nobody]", "picture:oven"]


def test_preview_runs_no_markup(editor_client, guide):
    assert "<script" not in preview(editor_client, guide, "<script>alert(1)</script>").text


def test_preview_writes_nothing(editor_client, guide):
    preview(editor_client, guide, "Other.")
    assert (version_of(guide), guide.sections.get().body) == (guide.version, "What there is to say.")


def test_preview_is_asked_for_by_post_alone(editor_client, guide):
    assert editor_client.get(of_guide(guide, "text")).status_code == 405


def test_preview_is_closed_to_others(learner_client, newcomer_client, guide):
    assert [preview(client, guide, "x").status_code for client in (learner_client, newcomer_client)] == [
        302,
        403,
    ]


@pytest.mark.parametrize("sources", [1, 30])
def test_preview_costs_the_same_for_one_source_and_for_many(
    editor_client, guide, sources, django_assert_num_queries
):
    text = " ".join(f"[@{source.key}]" for source in SourceFactory.create_batch(sources))
    preview(editor_client, guide, text)
    with django_assert_num_queries(7):
        preview(editor_client, guide, text)


@pytest.mark.parametrize("part", ["section", "step"])
def test_text_that_is_saved_has_lines_as_files_have_them(editor_client, guide, part):
    thing = getattr(guide, f"{part}s").first()
    fields = {**fields_of(editor_client.get(screen(thing))), "body": "One\r\n\r\nTwo"}
    editor_client.post(screen(thing), fields)
    thing.refresh_from_db()
    assert thing.body == "One\n\nTwo"
