"""The log of what staff do: how it is written, and its screens."""

import json
from datetime import UTC, date, datetime

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.models import Course, Provider, Skill
from guides.models import Picture
from portal.log import change_of, log, log_added, log_deleted, values_of, words_of
from portal.logged import LoggedAdmin
from tests.factories import (
    CourseFactory,
    GuideFactory,
    PictureFactory,
    ProviderFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StepFactory,
    UserFactory,
    guide_with_path,
    step_of,
)
from tests.guides.pictures import drawing

LIST = reverse("admin:admin_logentry_changelist")
NO_ALIASES = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
COURSE = {"kind": "course", "status": "unverified", "figures-TOTAL_FORMS": 0, "figures-INITIAL_FORMS": 0}


def screen(thing, kind="change"):
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_{kind}", args=[thing.pk])


def listing(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def adding(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def latest():
    return LogEntry.objects.order_by("-pk").first()


def told(entry):
    """Return what `entry` tells of before and after."""
    change = change_of(entry)
    return change.get("before"), change.get("after")


def listed(client, **query):
    return list(client.get(LIST, query).context["cl"].result_list)


def sides(client, entry):
    """Return what the page of `entry` shows: for each field the pieces before and after."""
    differences = client.get(screen(entry)).context["differences"]
    return {
        each.name: tuple([(piece.kind, piece.text) for piece in side] for side in (each.before, each.after))
        for each in differences
    }


# --- Writing -----------------------------------------------------------------------------------


def test_entry_says_who_did_what_to_which_thing_and_when(editor):
    guide = GuideFactory(title="Data baker")
    entry = log(editor, guide, "Published edition 3.")
    assert (entry.user, entry.get_edited_object(), entry.object_repr) == (editor, guide, "Data baker")
    assert (entry.action_flag, abs(datetime.now(UTC) - entry.action_time).seconds) == (CHANGE, 0)


def test_words_alone_are_read_by_us_and_by_django(editor):
    entry = log(editor, GuideFactory(), "Published edition 3.")
    assert (words_of(entry), entry.get_change_message()) == ("Published edition 3.", "Published edition 3.")
    assert told(entry) == (None, None)


def test_words_stand_beside_what_was_before_and_after(editor):
    entry = log(editor, GuideFactory(), "Moved it.", before={"stage": "Learn"}, after={"stage": "Work"})
    assert (words_of(entry), told(entry)) == ("Moved it.", ({"stage": "Learn"}, {"stage": "Work"}))
    assert entry.get_change_message() == "Changed stage."


def test_what_stayed_the_same_is_left_out(editor):
    before, after = {"title": "Read", "hours": 3}, {"title": "Read", "hours": 4}
    entry = log(editor, GuideFactory(), before=before, after=after)
    assert (words_of(entry), told(entry)) == ("Changed hours.", ({"hours": 3}, {"hours": 4}))


def test_dates_count_as_the_same_when_they_are_written_the_same(editor):
    day = date(2026, 11, 20)
    entry = log(editor, GuideFactory(), "Saved.", before={"day": day}, after={"day": "2026-11-20"})
    assert (words_of(entry), told(entry)) == ("Saved.", (None, None))


def test_nothing_changed_is_said_so(editor):
    entry = log(editor, GuideFactory(), before={"title": "Read"}, after={"title": "Read"})
    assert words_of(entry) == "No fields changed."


def test_values_come_back_as_they_were(editor):
    text = "Über “Brot”,\n" * 5000
    values = {"text": text, "hours": None, "optional": True, "skills": ["Baking"], "files": [{"width": 480}]}
    log(editor, GuideFactory(), "Saved.", after=values)
    assert told(latest()) == ({}, values)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Retired.", "Retired."),
        ("", ""),
        ("[not JSON", "[not JSON"),
        ("[]", "No fields changed."),
        (json.dumps([{"added": {}}]), "Added."),
        (json.dumps([{"changed": {"fields": ["Title", "Text"]}}]), "Changed Title and Text."),
        (json.dumps([{"added": {}}, {"changed": {"fields": ["Title"]}}]), "Added. Changed Title."),
    ],
)
def test_entries_that_others_wrote_are_read(editor, superuser_client, message, words):
    kind = ContentType.objects.get_for_model(Skill)
    entry = LogEntry.objects.create(
        user=editor,
        content_type=kind,
        object_id="1",
        object_repr="x",
        action_flag=CHANGE,
        change_message=message,
    )
    assert (words_of(entry), sides(superuser_client, entry)) == (words, {})


# --- Values ------------------------------------------------------------------------------------


def test_values_are_named_as_forms_name_them(db):
    guide = guide_with_path()
    step = StepFactory(
        stage=guide.stages.first(),
        title="Bake",
        body="Bake **bread**.",
        effort_hours=3,
        after=[step_of(guide, "Try"), step_of(guide, "Read")],
        skills=[SkillFactory(name="Baking")],
        position=7,
    )
    assert values_of(step) == {
        "guide": guide.title,
        "stage": "Learn",
        "slug": "bake",
        "title": "Bake",
        "text": "Bake **bread**.",
        "done when": "",
        "effort hours": 3,
        "optional": False,
        "choice": "",
        "route": "",
        "position": 7,
        "after": ["Read", "Try"],
        "skills": ["Baking"],
        "courses": [],
        "certifications": [],
        "sources": [],
    }


def test_values_give_choices_in_words_and_dates_as_dates(db):
    section = SectionFactory(kind="ways-in", checked_on=date(2026, 11, 20))
    values = values_of(section)
    assert (values["kind"], values["last checked on"]) == ("Ways In", "2026-11-20")


def test_values_are_those_that_are_stored(db):
    skill = SkillFactory(name="Baking")
    skill.name = "Not saved"
    assert values_of(skill)["name"] == "Baking"


def test_values_name_what_no_form_shows_on_demand(db):
    step = StepFactory(retired_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert ("retired at" in values_of(step), values_of(step, "retired_at")["retired at"]) == (
        False,
        "2026-11-20T12:00:00Z",
    )


def test_values_hold_no_password(learner):
    assert sorted(values_of(learner)) == [
        "active",
        "e-mail",
        "groups",
        "last login",
        "staff",
        "superuser status",
        "user permissions",
    ]


@pytest.mark.parametrize("named", [1, 3])
def test_values_cost_the_same_for_one_relation_and_for_three(db, named, django_assert_num_queries):
    guide = guide_with_path()
    sources, after = SourceFactory.create_batch(named), guide.steps.exclude(title="Build")[:named]
    step = StepFactory(stage=guide.stages.first(), sources=sources, after=after)
    with django_assert_num_queries(6):  # the step, and its five relations
        values_of(step)


@pytest.mark.parametrize("permissions", [1, 3])
def test_values_of_a_role_cost_the_same_for_one_permission_and_for_three(
    editor, permissions, django_assert_num_queries
):
    group = editor.groups.get()
    group.permissions.set(group.permissions.all()[:permissions])
    with django_assert_num_queries(2):
        assert len(values_of(group)["permissions"]) == permissions


@pytest.mark.parametrize("things", [1, 3])
def test_deletions_are_read_at_once_and_written_one_by_one(editor, things, django_assert_num_queries):
    steps = StepFactory.create_batch(things)
    log(editor, steps[0], "Before, so that its kind is known.")
    with django_assert_num_queries(6 + things):
        log_deleted(editor, steps)


def test_no_deletion_leaves_no_entry(editor):
    assert (log_deleted(editor, []), LogEntry.objects.count()) == ([], 0)


def test_additions_and_deletions_keep_all_that_was_said(editor):
    skill = SkillFactory(name="Baking", slug="baking")
    added, deleted = log_added(editor, skill), log_deleted(editor, [skill])[0]
    values = {"slug": "baking", "name": "Baking"}
    assert [(entry.action_flag, words_of(entry), told(entry)) for entry in (added, deleted)] == [
        (ADDITION, "Added.", (None, values)),
        (DELETION, "Deleted skill “Baking”.", (values, None)),
    ]


# --- What forms of the studio write ------------------------------------------------------------


def test_everything_that_staff_change_is_logged_with_its_values():
    others = {
        model._meta.label_lower
        for model, screens in admin.site._registry.items()
        if not isinstance(screens, LoggedAdmin)
    }
    # nobody changes them
    assert others == {
        "admin.logentry",
        "django_tasks_database.dbtaskresult",
        "guides.edition",
        "portal.scheduledtask",
    }


def test_addition_in_the_studio_is_logged_with_its_values(catalog_editor_client, catalog_editor):
    skill, school = SkillFactory(name="Baking"), ProviderFactory(name="School")
    form = {"title": "Bread", "slug": "bread", "provider": school.pk, "skills": [skill.pk], **COURSE}
    figures = {"source": "School", "retrieved_on": "2026-11-20", "rating": "4.9", "ratings": "12"}
    row = {f"figures-0-{name}": value for name, value in figures.items()}
    catalog_editor_client.post(adding(Course), form | row | {"figures-TOTAL_FORMS": 1})
    entry = latest()
    assert (entry.user, entry.action_flag, words_of(entry)) == (catalog_editor, ADDITION, "Added.")
    after = told(entry)[1]
    assert {name: value for name, value in after.items() if value not in (None, "", [])} == {
        "slug": "bread",
        "title": "Bread",
        "provider": "School",
        "skills": ["Baking"],
        "kind": "course",
        "status": "unverified",
        "figures": [
            "source: School; retrieved on: 2026-11-20; rating: 4.90; number of ratings: 12",
        ],
    }


def test_change_in_the_studio_is_logged_with_what_it_changed(catalog_editor_client):
    baking, mixing = SkillFactory(name="Baking"), SkillFactory(name="Mixing")
    course = CourseFactory(title="Bread", slug="bread", provider=ProviderFactory(name="Old"), skills=[baking])
    school = ProviderFactory(name="New")
    opened = catalog_editor_client.get(screen(course)).context["adminform"].form
    form = COURSE | {
        "title": "Rolls",
        "slug": "bread",
        "provider": school.pk,
        "skills": [baking.pk, mixing.pk],
        "seen": opened.initial["seen"],
    }
    catalog_editor_client.post(screen(course), form)
    assert words_of(latest()) == "Changed title, provider and skills."
    assert told(latest()) == (
        {"title": "Bread", "provider": "Old", "skills": ["Baking"]},
        {"title": "Rolls", "provider": "New", "skills": ["Baking", "Mixing"]},
    )


def test_saving_without_a_change_is_logged_as_such(catalog_editor_client):
    skill = SkillFactory(name="Baking", slug="baking")
    catalog_editor_client.post(screen(skill), {"name": "Baking", "slug": "baking", **NO_ALIASES})
    assert words_of(latest()) == "No fields changed."


def test_form_that_is_refused_leaves_no_entry(catalog_editor_client):
    catalog_editor_client.post(screen(SkillFactory()), {"name": "", "slug": "", **NO_ALIASES})
    assert not LogEntry.objects.exists()


def test_deletion_in_the_studio_is_logged_with_what_was_there(catalog_editor_client):
    skill = SkillFactory(name="Baking", slug="baking")
    catalog_editor_client.post(screen(skill, "delete"), {"post": "yes"})
    assert (words_of(latest()), told(latest())) == (
        "Deleted skill “Baking”.",
        ({"slug": "baking", "name": "Baking"}, None),
    )


def test_deleting_together_leaves_an_entry_for_each(catalog_editor_client):
    skills = [SkillFactory(name=name) for name in ("Baking", "Mixing")]
    form = {"action": "delete_selected", "_selected_action": [skill.pk for skill in skills], "post": "yes"}
    catalog_editor_client.post(listing(Skill), form)
    assert Skill.objects.count() == 0
    assert {(entry.object_repr, told(entry)[0]["name"]) for entry in LogEntry.objects.all()} == {
        ("Baking", "Baking"),
        ("Mixing", "Mixing"),
    }


def test_deleting_a_draft_keeps_what_its_parts_said(publisher_client):
    guide = guide_with_path()
    step = guide.steps.first()
    publisher_client.post(screen(guide, "delete"), {"post": "yes"})
    gone = {words_of(entry): told(entry)[0] for entry in LogEntry.objects.filter(action_flag=DELETION)}
    assert f"Deleted guide “{guide}”." in gone
    assert gone[f"Deleted step “{step}”."]["title"] == step.title


def test_deletion_that_is_refused_leaves_no_entry(catalog_editor_client):
    provider = CourseFactory().provider
    form = {"action": "delete_selected", "_selected_action": [provider.pk], "post": "yes"}
    catalog_editor_client.post(listing(Provider), form)
    assert (Provider.objects.count(), LogEntry.objects.count()) == (1, 0)


def test_picture_that_is_replaced_is_logged_with_its_files(editor_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = PictureFactory(slug="oven", alt="An oven")
    upload = SimpleUploadedFile("oven.svg", drawing())
    editor_client.post(screen(picture), {"slug": "oven", "alt": "An oven", "credit": "", "upload": upload})
    after = Picture.objects.get()
    assert told(latest()) == (
        {"width": 1200, "height": 600, "files": picture.files},
        {"width": 300, "height": 200, "files": after.files},
    )


# --- The list ----------------------------------------------------------------------------------


def test_list_says_who_did_what_to_which_thing(editor_client, editor):
    guide = GuideFactory(title="Data baker")
    log(editor, guide, "Published edition 3.")
    content = editor_client.get(LIST).content.decode()
    for cell in (
        '<td class="field-who">editor@example.org</td>',
        '<td class="field-verb">Change</td>',
        f'<td class="field-thing">guide “<a href="{screen(guide)}">Data baker</a>”</td>',
        '<td class="field-words">Published edition 3.</td>',
    ):
        assert content.count(cell) == 1


def test_what_was_deleted_has_no_link(editor_client, editor):
    log_deleted(editor, [GuideFactory(title="<b>Data baker</b>")])
    content = editor_client.get(LIST).content.decode()
    assert content.count('<td class="field-thing">guide “&lt;b&gt;Data baker&lt;/b&gt;”</td>') == 1


def test_list_is_filtered_by_who_what_and_kind(superuser_client, editor, publisher):
    guide, skill = GuideFactory(), SkillFactory()
    one, two, three = (
        log(editor, guide, "One."),
        log(publisher, guide, "Two."),
        log_added(editor, skill),
    )
    kind = ContentType.objects.get_for_model(skill).pk
    assert [
        listed(superuser_client, user__id__exact=editor.pk),
        listed(superuser_client, content_type__id__exact=kind),
        listed(superuser_client, action_flag__exact=CHANGE),
    ] == [[three, one], [three], [two, one]]


@pytest.mark.parametrize(
    ("query", "found"),
    [("data baker", True), ("über", True), ("Über “Brot”", True), ("editor@", True), ("nothing", False)],
)
def test_list_is_searched_by_thing_person_and_values(editor_client, editor, query, found):
    entry = log(
        editor, GuideFactory(title="Data baker"), before={"title": "x"}, after={"title": "über Über “Brot”"}
    )
    assert listed(editor_client, q=query) == ([entry] if found else [])


@pytest.mark.parametrize("entries", [1, 3])
def test_list_costs_the_same_for_one_entry_and_for_three(
    editor_client, editor, entries, django_assert_num_queries
):
    for guide in GuideFactory.create_batch(entries):
        log(editor, guide, "Saved.", before={"title": "x"}, after={"title": "y"})
    # session, user, two of permissions, two counts, the list, the people and the things to filter by
    with django_assert_num_queries(9):
        assert len(listed(editor_client)) == entries


# --- Who reads what ----------------------------------------------------------------------------


@pytest.fixture
def everything(superuser, learner):
    """An entry about each kind of thing; the guide's part is a section."""
    things = {
        "guide": GuideFactory(),
        "section": SectionFactory(),
        "skill": SkillFactory(),
        "user": learner,
    }
    return {name: log(superuser, thing, "Touched.") for name, thing in things.items()}


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("editor", {"guide", "section", "skill"}),
        ("publisher", {"guide", "section", "skill"}),
        ("catalog_editor", {"skill"}),
        ("superuser", {"guide", "section", "skill", "user"}),
    ],
)
def test_log_tells_of_what_one_may_see(request, everything, person, names):
    client = request.getfixturevalue(f"{person}_client")
    assert {entry.pk for entry in listed(client)} == {everything[name].pk for name in names}
    statuses = {name: client.get(screen(entry)).status_code for name, entry in everything.items()}
    assert statuses == {name: 200 if name in names else 302 for name in everything}


def test_log_offers_no_filter_for_what_one_may_not_see(editor_client, everything):
    content = editor_client.get(LIST).content.decode()
    names = ("Courses | skill", "Guides | guide", "People | user")
    assert [name in content for name in names] == [True, True, False]


def test_search_finds_nothing_that_one_may_not_see(catalog_editor_client, everything, learner):
    assert listed(catalog_editor_client, q=learner.email) == []


@pytest.mark.parametrize("person", ["newcomer", "support"])
def test_log_is_closed_to_others(request, everything, person):
    client = request.getfixturevalue(f"{person}_client")
    assert [client.get(address).status_code for address in (LIST, screen(everything["user"]))] == [403, 403]


def test_entry_about_what_has_no_screen_is_for_superusers(editor_client, superuser_client, editor):
    learner = UserFactory()
    entry = log(editor, learner.enrolments.create(guide=GuideFactory()), "Touched.")
    LogEntry.objects.filter(pk=log(editor, learner, "Gone.").pk).update(content_type=None)
    assert (listed(editor_client), len(listed(superuser_client)), screen(entry)) == ([], 2, screen(entry))


@pytest.mark.parametrize("person", ["editor", "publisher", "catalog_editor", "superuser"])
def test_nobody_adds_changes_or_deletes_entries(request, everything, person):
    client, entry = request.getfixturevalue(f"{person}_client"), everything["skill"]
    before = list(LogEntry.objects.values())
    form = {"change_message": "Nothing.", "post": "yes"}
    addresses = [adding(LogEntry), screen(entry), screen(entry, "delete")]
    assert [client.post(address, form).status_code for address in addresses] == [403, 403, 403]
    action = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(LIST, action)
    assert list(LogEntry.objects.values()) == before


def test_no_action_is_offered_on_entries(superuser_client, everything):
    assert superuser_client.get(LIST).context["action_form"] is None


# --- An entry ----------------------------------------------------------------------------------


def test_entry_shows_before_and_after_side_by_side(editor_client, editor):
    entry = log(
        editor,
        GuideFactory(),
        before={"hours": 3, "optional": True},
        after={"hours": None, "optional": False},
    )
    assert sides(editor_client, entry) == {
        "hours": ([("removed", "3")], [("added", "nothing")]),
        "optional": ([("removed", "yes")], [("added", "no")]),
    }


def test_entry_marks_the_words_that_differ(editor_client, editor):
    entry = log(
        editor, GuideFactory(), before={"text": "Bake white bread."}, after={"text": "Bake rye bread."}
    )
    assert sides(editor_client, entry) == {
        "text": (
            [("same", "Bake "), ("removed", "white"), ("same", " bread.")],
            [("same", "Bake "), ("added", "rye"), ("same", " bread.")],
        )
    }
    content = editor_client.get(screen(entry)).content.decode()
    assert [content.count(f"</span>{word}</{tag}>") for tag, word in (("del", "white"), ("ins", "rye"))] == [
        1,
        1,
    ]


def test_entry_keeps_long_prose_whole(editor_client, editor):
    words = " ".join(f"word{number}" for number in range(3000))
    entry = log(editor, GuideFactory(), before={"text": f"{words} old"}, after={"text": f"{words} new"})
    ((before, after),) = sides(editor_client, entry).values()
    assert ["".join(text for _, text in side) for side in (before, after)] == [f"{words} old", f"{words} new"]


def test_entry_marks_what_came_and_went_of_a_list(editor_client, editor):
    entry = log(editor, GuideFactory(), before={"skills": ["A", "B"]}, after={"skills": ["B", "C"]})
    assert sides(editor_client, entry) == {
        "skills": ([("removed", "A\n"), ("same", "B\n")], [("same", "B\n"), ("added", "C\n")])
    }


def test_addition_shows_one_side(editor_client, editor):
    entry = log_added(editor, SkillFactory(name="Baking", slug="baking"))
    assert sides(editor_client, entry) == {
        "slug": ([], [("same", "baking")]),
        "name": ([], [("same", "Baking")]),
    }


def test_entry_without_values_says_so(editor_client, editor):
    content = editor_client.get(screen(log(editor, GuideFactory(), "Published."))).content.decode()
    assert content.count("The log holds no values for this entry.") == 1


def test_values_are_shown_as_text(editor_client, editor):
    entry = log(editor, GuideFactory(), "Saved.", after={"<i>text</i>": "<script>x</script>"})
    content = editor_client.get(screen(entry)).content.decode()
    assert ("<script>x" in content, "&lt;script&gt;x" in content, "<i>" in content) == (False, True, False)


@pytest.mark.parametrize("fields", [1, 3])
def test_entry_costs_the_same_for_one_field_and_for_three(
    editor_client, editor, fields, django_assert_num_queries
):
    values = {f"field {number}": "x" for number in range(fields)}
    entry = log(editor, GuideFactory(), "Saved.", after=values)
    with django_assert_num_queries(5):  # session, user, two of permissions, the entry
        assert len(sides(editor_client, entry)) == fields


# --- The history of a thing --------------------------------------------------------------------


def test_history_tells_the_same_words_and_leads_to_the_entries(catalog_editor_client, catalog_editor):
    skill = SkillFactory()
    entry = log(catalog_editor, skill, "Touched it.", before={"name": "x"}, after={"name": "y"})
    log(catalog_editor, SkillFactory(), "Another thing.")
    content = catalog_editor_client.get(screen(skill, "history")).content.decode()
    assert content.count(f'<a href="{screen(entry)}">Touched it.</a>') == 1
    assert "Another thing." not in content


def test_history_leads_nowhere_for_those_who_may_not_read_the_log(support_client, superuser, learner):
    entry = log(superuser, learner, "Changed e-mail.")
    content = support_client.get(screen(learner, "history")).content.decode()
    assert ("Changed e-mail." in content, screen(entry) in content) == (True, False)


def test_history_of_what_was_never_touched_says_so(catalog_editor_client):
    content = catalog_editor_client.get(screen(SkillFactory(), "history")).content.decode()
    assert content.count("it was not made or changed in the studio") == 1


@pytest.mark.parametrize("entries", [1, 3])
def test_history_costs_the_same_for_one_entry_and_for_three(
    catalog_editor_client, catalog_editor, entries, django_assert_num_queries
):
    skill = SkillFactory()
    for _ in range(entries):
        log(catalog_editor, skill, "Touched.")
    with django_assert_num_queries(7):  # session, user, two of permissions, the skill, a count, the entries
        response = catalog_editor_client.get(screen(skill, "history"))
    assert len(response.context["action_list"]) == entries
