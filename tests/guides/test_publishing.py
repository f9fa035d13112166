"""Publishing: what an edition holds, what refuses it, and that nothing changes it afterwards."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.urls import reverse
from django.utils import timezone

from guides.document import canonical
from guides.editions import document_of
from guides.history import next_document
from guides.models import Credit, Edition, EditionStep, Guide, Picture, Step
from guides.publishing import PublishingRefused, is_changed
from guides.working_copy import content_of
from tests.factories import (
    PictureFactory,
    SectionFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    UserFactory,
    guide_with_path,
    published_guide,
    step_of,
)
from tests.threads import at_once

TITLES = ("Read", "Try", "Watch", "Build")


def document(guide):
    """Return the document of the newest edition of `guide`."""
    return json.loads(guide.editions.order_by("-number").values_list("document", flat=True)[0])


def published_again(guide):
    guide.publish(by=None)
    return document(guide)


def change(guide, title="Changed"):
    Guide.objects.filter(pk=guide.pk).update(title=title)


def restore(step):
    step.retired_at = None
    step.save(update_fields=["retired_at"])


def key(guide, title):
    return str(step_of(guide, title).pk)


@pytest.fixture
def draft(db):
    return guide_with_path()


# --- The edition -------------------------------------------------------------------------------


def test_publish_makes_edition_one(draft, publisher):
    edition = draft.publish(by=publisher, note="The first")
    assert (edition.number, edition.author, edition.note) == (1, publisher, "The first")
    assert (edition.slug, edition.title, edition.summary) == (draft.slug, draft.title, draft.summary)


def test_publish_is_live_at_once(draft):
    draft.publish(by=None)
    assert [edition.guide for edition in Edition.objects.public()] == [draft]


def test_publish_of_a_change_makes_the_next_edition(guide):
    change(guide)
    assert guide.publish(by=None).number == 2
    assert document(guide)["edition"] == 2
    assert document(guide)["title"] == "Changed"


def test_publish_of_a_change_leaves_the_edition_before_it_as_it_was(guide):
    before = guide.editions.values().get()
    change(guide)
    guide.publish(by=None)
    assert guide.editions.values().get(number=1) == before


def test_publish_reads_the_working_copy_anew(guide):
    change(guide)
    assert guide.title == "Data baker"  # an instance that knows nothing of the change
    assert guide.publish(by=None).title == "Changed"


def test_publish_stores_canonical_json(draft):
    edition = draft.publish(by=None)
    again = json.dumps(
        json.loads(edition.document), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    assert edition.document == again


def test_publish_stores_the_digest_of_the_stored_bytes(draft):
    change(draft, "Bäcker der Daten 🥐")
    draft.publish(by=None)
    text, digest = draft.editions.values_list("document", "sha256").get()
    assert digest == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_publish_names_the_steps_of_the_edition(draft):
    retired = StepFactory(stage=draft.stages.first(), title="Gone")
    retired.retire()
    edition = draft.publish(by=None)
    assert {row.step.title for row in edition.steps.all()} == set(TITLES)


def test_publish_of_nothing_new_returns_the_same_edition(guide, publisher):
    first = guide.editions.get()
    assert guide.publish(by=publisher, note="Again") == first
    assert guide.editions.count() == 1


def test_publish_of_an_edit_that_was_taken_back_returns_the_same_edition(guide):
    change(guide)
    change(guide, "Data baker")
    assert guide.publish(by=None).number == 1


def test_publish_of_what_an_older_edition_said_makes_a_new_one(guide):
    change(guide)
    guide.publish(by=None)
    change(guide, "Data baker")
    assert guide.publish(by=None).number == 3


def test_is_changed_tells_what_publishing_would_do(guide):
    assert is_changed(guide) is False
    change(guide)
    assert is_changed(Guide.objects.get(pk=guide.pk)) is True


def test_is_changed_of_a_guide_without_an_edition(draft):
    assert is_changed(draft) is True


def hide(guide):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())


def test_publish_shows_a_hidden_guide_again(guide):
    hide(guide)
    guide.publish(by=None)
    assert [edition.number for edition in Edition.objects.public()] == [1]


def test_publish_that_is_refused_leaves_a_guide_hidden(guide):
    hide(guide)
    StageFactory(guide=guide)
    with pytest.raises(PublishingRefused):
        guide.publish(by=None)
    assert not Edition.objects.public().exists()


# --- Pictures and the steps of sections ---------------------------------------------------------


def illustrate(guide, body="![](picture:oven)"):
    guide.sections.update(body=body)


def test_an_edition_carries_the_pictures_that_its_texts_show(draft):
    PictureFactory(slug="unnamed")
    PictureFactory(slug="plan", alt="A plan", credit="Anna", files=[{"name": f"{'a' * 20}.svg", "width": 9}])
    PictureFactory(slug="oven")
    illustrate(draft, "![](picture:plan) ![](picture:oven)")
    found = published_again(draft)["pictures"]
    assert [picture["slug"] for picture in found] == ["oven", "plan"]
    assert found[1] == {
        "slug": "plan",
        "alt": "A plan",
        "credit": "Anna",
        "width": 1200,
        "height": 600,
        "files": [{"url": f"/pictures/{'a' * 20}.svg", "width": 9}],
    }


def test_an_edition_carries_the_pictures_of_its_steps(draft):
    PictureFactory(slug="oven")
    Step.objects.filter(title="Read").update(body="![](picture:oven)")
    assert [picture["slug"] for picture in published_again(draft)["pictures"]] == ["oven"]


def test_an_edition_carries_no_pictures_of_retired_steps(guide):
    PictureFactory(slug="oven")
    guide.steps.filter(title="Read").update(body="![](picture:oven)")
    step_of(guide, "Read").retire()
    assert published_again(guide)["pictures"] == []


@pytest.mark.parametrize(
    "fields", [{"files": [{"name": f"{'b' * 20}.webp", "width": 480}]}, {"alt": "Cold"}, {"credit": "Bea"}]
)
def test_a_picture_that_changes_changes_the_guides_that_show_it(guide, fields):
    picture = PictureFactory(slug="oven")
    illustrate(guide)
    before = published_again(guide)["pictures"]
    assert is_changed(guide) is False
    Picture.objects.filter(pk=picture.pk).update(**fields)
    assert is_changed(guide) is True
    assert published_again(guide)["pictures"] != before


def test_a_picture_that_nobody_shows_changes_no_guide(guide):
    picture = PictureFactory(slug="oven")
    Picture.objects.filter(pk=picture.pk).update(alt="Cold")
    assert is_changed(guide) is False


def test_publish_refuses_a_picture_that_is_gone(guide):
    picture = PictureFactory(slug="oven")
    illustrate(guide)
    guide.publish(by=None)
    picture.delete()
    with pytest.raises(PublishingRefused, match=r"“Overview” shows picture:oven, which is no picture\."):
        guide.publish(by=None)


def test_publish_refuses_a_dead_link(guide):
    illustrate(guide, "[x](#nowhere)")
    with pytest.raises(
        PublishingRefused, match="“Overview” links to #nowhere, which is not there"
    ) as refused:
        guide.publish(by=None)
    assert [finding.where for finding in refused.value.findings] == [str(guide.sections.get().pk)]


def test_an_edition_names_the_steps_of_a_section_in_the_order_of_the_path(draft):
    section = SectionFactory(guide=draft, title="Pay")
    section.steps.set([step_of(draft, title) for title in ("Build", "Read", "Watch")])
    overview, pay = published_again(draft)["sections"]
    assert overview["steps"] == []
    assert pay["steps"] == [key(draft, title) for title in ("Read", "Watch", "Build")]


def test_an_edition_names_no_retired_steps_and_none_of_other_guides_for_a_section(draft):
    other = guide_with_path()
    draft.sections.get().steps.set([step_of(draft, "Read"), step_of(draft, "Try"), step_of(other, "Read")])
    step_of(draft, "Read").retire()
    (section,) = published_again(draft)["sections"]
    assert section["steps"] == [key(draft, "Try")]


def test_steps_of_a_section_change_the_guide(guide):
    guide.sections.get().steps.add(step_of(guide, "Read"))
    assert is_changed(guide) is True
    assert guide.publish(by=None).number == 2


# --- Editions of an older shape -----------------------------------------------------------------


@pytest.fixture
def old_guide(draft):
    """A guide whose edition was made before there were pictures, steps of sections and earlier slugs."""
    found = dict(next_document(content_of(draft), None, [], []))
    del found["pictures"], found["former_slugs"]
    found["sections"] = [
        {name: part for name, part in section.items() if name != "steps"} for section in found["sections"]
    ]
    text = canonical(found)
    edition = Edition.objects.create(
        guide=draft,
        number=1,
        **{name: found[name] for name in ("slug", "title", "summary")},
        document=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    EditionStep.objects.bulk_create(EditionStep(edition=edition, step=step) for step in draft.steps.all())
    return draft


def test_an_edition_of_an_older_shape_is_read(old_guide, visitor):
    found = document_of(old_guide.editions.get().sha256)
    assert (found["pictures"], [section["steps"] for section in found["sections"]]) == ([], [[]])
    for page in ("guide", "path"):
        assert visitor.get(reverse(page, args=[old_guide.slug])).status_code == 200


def test_publish_of_nothing_new_keeps_an_edition_of_an_older_shape(old_guide):
    before = old_guide.editions.get()
    assert is_changed(old_guide) is False
    assert old_guide.publish(by=None) == before
    assert old_guide.editions.count() == 1


def test_publish_goes_on_from_an_edition_of_an_older_shape(old_guide):
    step_of(old_guide, "Try").retire()
    found = published_again(old_guide)
    assert (found["edition"], found["pictures"]) == (2, [])
    assert [past["title"] for past in found["past_steps"]] == ["Try"]


# --- Which edition is current ------------------------------------------------------------------


def test_an_edition_of_tomorrow_is_not_current(guide):
    change(guide)
    guide.publish(by=None)
    guide.editions.filter(number=2).update(live_at=timezone.now() + timedelta(days=1))
    assert [edition.number for edition in Edition.objects.current()] == [1]


def test_an_edition_is_current_from_its_moment_on(guide):
    change(guide)
    guide.publish(by=None)
    guide.editions.filter(number=2).update(live_at=timezone.now() - timedelta(seconds=1))
    assert [edition.number for edition in Edition.objects.current()] == [2]


def test_a_hidden_guide_has_a_current_edition_and_no_public_one(guide):
    hide(guide)
    assert [Edition.objects.current().count(), Edition.objects.public().count()] == [1, 0]


def test_steps_of_a_draft_are_not_published(draft):
    published = published_guide()
    assert set(Step.objects.published()) == set(published.steps.all())


# --- Refusals ----------------------------------------------------------------------------------


def test_publish_refuses_a_path_that_cannot_be_followed(draft):
    StageFactory(guide=draft, title="Nothing")
    with pytest.raises(PublishingRefused, match="The stage “Nothing” has no step") as refused:
        draft.publish(by=None)
    assert len(refused.value.findings) == 1
    assert not draft.editions.exists()


def test_publish_tells_every_finding(draft):
    StageFactory(guide=draft, title="Nothing")
    StepFactory(stage=draft.stages.first(), title="Lost", body="See [@nowhere].")
    with pytest.raises(PublishingRefused) as refused:
        draft.publish(by=None)
    assert [finding.where for finding in refused.value.findings] == [
        str(draft.stages.get(title="Nothing").pk),
        key(draft, "Lost"),
    ]


def test_publish_refuses_the_address_of_another_public_guide(guide):
    Guide.objects.filter(pk=guide.pk).update(slug="moved")  # not yet published there
    other = guide_with_path(title="Intruder", slug="data-baker")
    with pytest.raises(PublishingRefused, match="still reads “Data baker” at the address “data-baker”"):
        other.publish(by=None)


def test_publish_takes_an_address_that_another_guide_has_left(guide):
    Guide.objects.filter(pk=guide.pk).update(slug="moved")
    guide.publish(by=None)
    assert guide_with_path(slug="data-baker").publish(by=None).slug == "data-baker"


# --- What was on the path before ---------------------------------------------------------------


def test_a_first_edition_has_no_past(guide):
    found = document(guide)
    assert (found["past_steps"], found["past_requirements"]) == ([], [])
    assert found["since"] == {key(guide, title): 1 for title in TITLES}


def test_a_retired_step_becomes_a_past_step(guide):
    step_of(guide, "Try").retire()
    assert published_again(guide)["past_steps"] == [
        {"id": key(guide, "Try"), "slug": "try", "title": "Try", "since": 1, "until": 1}
    ]


def test_a_past_step_keeps_the_title_that_it_was_published_under(guide):
    step = step_of(guide, "Try")
    step.retire()
    Step.objects.filter(pk=step.pk).update(title="Never shown")
    assert [past["title"] for past in published_again(guide)["past_steps"]] == ["Try"]


def test_a_past_step_stays_in_later_editions(guide):
    step_of(guide, "Try").retire()
    before = published_again(guide)["past_steps"]
    change(guide)
    assert published_again(guide)["past_steps"] == before


def test_a_step_that_was_retired_unpublished_is_no_past_step(guide):
    StepFactory(stage=guide.stages.first(), title="Never").retire()
    change(guide)
    assert published_again(guide)["past_steps"] == []


def test_a_restored_step_is_no_past_step_and_is_there_since_it_came_back(guide):
    step = step_of(guide, "Try")
    step.retire()
    guide.publish(by=None)
    restore(step)
    found = published_again(guide)
    assert (found["past_steps"], found["past_requirements"]) == ([], [])
    assert found["since"][str(step.pk)] == 3


def test_a_step_that_is_retired_again_was_there_since_it_came_back(guide):
    step = step_of(guide, "Try")
    for _ in range(2):
        step.retire()
        guide.publish(by=None)
        restore(step)
        guide.publish(by=None)
    step.retire()
    assert [(past["since"], past["until"]) for past in published_again(guide)["past_steps"]] == [(5, 5)]


def test_a_new_step_is_there_since_its_edition(guide):
    step = StepFactory(stage=guide.stages.first(), title="New")
    assert published_again(guide)["since"][str(step.pk)] == 2


def test_a_step_that_moves_and_is_renamed_keeps_its_identity(guide):
    step = step_of(guide, "Try")
    Step.objects.filter(pk=step.pk).update(title="Attempt", stage=guide.stages.get(title="Work"))
    found = published_again(guide)
    assert (found["since"][str(step.pk)], found["past_steps"]) == (1, [])


def test_a_retired_required_step_leaves_a_past_requirement(guide):
    step = step_of(guide, "Try")
    step.retire()
    assert published_again(guide)["past_requirements"] == [
        {"key": str(step.pk), "title": "Try", "routes": [[str(step.pk)]]}
    ]


def test_a_retired_optional_step_leaves_no_past_requirement(guide):
    step_of(guide, "Watch").retire()
    assert published_again(guide)["past_requirements"] == []


@pytest.fixture
def guide_with_choice(draft):
    """A published guide with a choice: a degree, or mathematics and programming."""
    stage = StageFactory(guide=draft, title="Ground")
    for title, route in (("Degree", "Degree"), ("Mathematics", "Own"), ("Programming", "Own")):
        StepFactory(stage=stage, title=title, choice="Ground", route=route)
    draft.publish(by=None)
    return draft


def test_a_retired_step_of_a_route_leaves_the_whole_route(guide_with_choice):
    route = sorted(key(guide_with_choice, title) for title in ("Mathematics", "Programming"))
    step_of(guide_with_choice, "Programming").retire()
    StepFactory(stage=guide_with_choice.stages.get(title="Ground"), title="Job", choice="Ground", route="Job")
    assert published_again(guide_with_choice)["past_requirements"] == [
        {"key": "choice:Ground", "title": "Ground", "routes": [route]}
    ]


def test_routes_that_go_one_after_the_other_are_all_kept(guide_with_choice):
    own = sorted(key(guide_with_choice, title) for title in ("Mathematics", "Programming"))
    degree = [key(guide_with_choice, "Degree")]
    stage = guide_with_choice.stages.get(title="Ground")
    StepFactory(stage=stage, title="Job", choice="Ground", route="Job")
    step_of(guide_with_choice, "Programming").retire()
    guide_with_choice.publish(by=None)
    step_of(guide_with_choice, "Degree").retire()
    (past,) = published_again(guide_with_choice)["past_requirements"]
    assert past["routes"] == sorted([own, degree])


# --- Credit ------------------------------------------------------------------------------------


def test_an_edition_carries_credit_between_its_steps(guide):
    new = StepFactory(stage=guide.stages.first(), title="Try harder")
    Credit.objects.record(old=[step_of(guide, "Try")], new=[new])
    step_of(guide, "Try").retire()
    found = published_again(guide)
    assert found["credits"] == [{"old": [key(guide, "Try")], "new": [str(new.pk)]}]
    assert found["credited_steps"] == []


def test_an_edition_carries_credit_transitively_to_other_guides(guide):
    near, far = published_guide(slug="near"), published_guide(slug="far")
    own, second, third = (step_of(each, "Read") for each in (guide, near, far))
    Credit.objects.record(old=[own], new=[second])
    Credit.objects.record(old=[second], new=[third])
    found = published_again(guide)
    assert found["credits"] == [
        {"old": [str(own.pk)], "new": [str(second.pk)]},
        {"old": [str(second.pk)], "new": [str(third.pk)]},
    ]
    assert found["credited_steps"] == sorted(
        [
            {"id": str(second.pk), "title": "Read", "guide": "near"},
            {"id": str(third.pk), "title": "Read", "guide": "far"},
        ],
        key=lambda step: step["id"],
    )


def test_an_edition_carries_credit_in_a_circle_once(guide):
    near = published_guide(slug="near")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step_of(near, "Read")])
    Credit.objects.record(old=[step_of(near, "Read")], new=[step_of(guide, "Read")])
    assert len(published_again(guide)["credits"]) == 2


def test_an_edition_carries_no_credit_that_does_not_touch_it(guide):
    near, far = published_guide(slug="near"), published_guide(slug="far")
    Credit.objects.record(old=[step_of(near, "Read")], new=[step_of(far, "Read")])
    assert guide.publish(by=None).number == 1


# --- Immutable, by the database ----------------------------------------------------------------

COLUMNS = {
    "guide_id": "00000000000000000000000000000000",
    "number": 7,
    "slug": "other",
    "title": "Other",
    "summary": "Other",
    "document": "{}",
    "sha256": "0" * 64,
    "note": "Other",
    "created_at": "2026-01-01 00:00:00+00:00",
}


def test_the_trigger_is_there_after_migrate(db):
    names = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = %s",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O' AND tgname = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor], ["edition_is_immutable"])
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("column", COLUMNS)
def test_the_database_refuses_to_change_an_edition(guide, column):
    before = guide.editions.values().get()
    with pytest.raises(IntegrityError, match="An edition is immutable"), transaction.atomic():
        guide.editions.update(**{column: COLUMNS[column]})
    assert guide.editions.values().get() == before


@pytest.mark.parametrize("column", COLUMNS)
def test_the_database_refuses_raw_sql_on_an_edition(guide, column):
    with (
        pytest.raises(IntegrityError, match="An edition is immutable"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE guides_edition SET {column} = %s", [COLUMNS[column]])  # noqa: S608 - a name of ours


def test_the_database_refuses_to_save_an_edition_again(guide):
    edition = guide.editions.get()
    edition.document = "{}"
    with pytest.raises(IntegrityError, match="An edition is immutable"), transaction.atomic():
        edition.save()


def test_every_column_of_an_edition_is_immutable_but_five(db):
    columns = {field.column for field in Edition._meta.concrete_fields}
    assert columns - COLUMNS.keys() == {"id", "version", "author_id", "live_at", "cancelled_at"}


def test_the_moment_of_an_edition_may_change(guide):
    moment = timezone.now() + timedelta(days=1)
    guide.editions.update(live_at=moment)
    assert guide.editions.get().live_at == moment


def test_an_edition_outlives_its_author(draft):
    author = UserFactory()
    draft.publish(by=author)
    author.delete()
    assert draft.editions.get().author is None


# --- Never deleted -----------------------------------------------------------------------------


def test_an_edition_is_not_deleted(guide):
    with pytest.raises(ProtectedError):
        guide.editions.get().delete()
    assert guide.editions.count() == 1


def test_editions_are_not_deleted_by_queryset(guide):
    with pytest.raises(ProtectedError):
        Edition.objects.all().delete()
    assert guide.editions.count() == 1


@pytest.mark.parametrize(
    "doomed",
    [
        lambda guide: step_of(guide, "Read"),
        lambda guide: guide.steps.filter(title="Read"),
        lambda guide: guide.steps.all(),
        lambda guide: guide.stages.first(),
        lambda guide: guide.stages.all(),
        lambda guide: guide,
        lambda guide: Guide.objects.all(),
    ],
    ids=["step", "steps", "all steps", "stage", "stages", "guide", "guides"],
)
def test_what_was_published_is_not_deleted(guide, doomed):
    with pytest.raises((ProtectedError, RestrictedError)):
        doomed(guide).delete()
    assert (Guide.objects.count(), guide.stages.count(), guide.steps.count()) == (1, 2, 4)


def test_a_retired_step_that_was_published_is_not_deleted(guide):
    step_of(guide, "Read").retire()
    guide.publish(by=None)
    with pytest.raises(ProtectedError):
        step_of(guide, "Read").delete()


def test_a_step_that_was_never_published_is_deleted(guide):
    StepFactory(stage=guide.stages.first(), title="Never").delete()
    assert guide.steps.count() == 4


def test_a_guide_that_was_never_published_is_deleted_with_its_path(draft):
    draft.delete()
    assert (Guide.objects.count(), Step.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_database_keeps_the_steps_of_an_edition():
    published_guide()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM guides_step")
    assert Step.objects.count() == 4


# --- Many at once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_publishing_one_change_in_many_threads_makes_one_edition():
    guide = guide_with_path()
    editions = at_once([lambda: guide.publish(by=None)] * 12)
    assert {edition.number for edition in editions} == {1}
    assert (Edition.objects.count(), EditionStep.objects.count()) == (1, 4)


@pytest.mark.django_db(transaction=True)
def test_publishing_many_changes_in_threads_numbers_them_without_a_gap():
    guide = published_guide(title="0")

    def change_and_publish(number):
        change(guide, f"Title {number}")
        return guide.publish(by=None)

    at_once([lambda number=number: change_and_publish(number) for number in range(12)])
    numbers = list(guide.editions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert document(guide)["title"] == Guide.objects.get().title


@pytest.mark.django_db(transaction=True)
def test_publishing_different_guides_at_once():
    guides = [guide_with_path() for _ in range(8)]
    editions = at_once([lambda guide=guide: guide.publish(by=None) for guide in guides])
    assert [edition.number for edition in editions] == [1] * 8
    assert Edition.objects.public().count() == 8


def test_an_edition_does_not_name_what_another_guide_has_not_published(guide):
    near = published_guide(slug="near")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[step_of(near, "Read")])
    near.steps.filter(title="Read").update(title="Renamed and not published")
    titles = [step["title"] for step in published_again(guide)["credited_steps"]]
    assert titles == ["Read"]


def test_credit_with_a_step_that_nobody_has_seen_waits_until_it_is_published(guide):
    draft = StepFactory(title="Secret")
    Credit.objects.record(old=[step_of(guide, "Read")], new=[draft])
    before = published_again(guide)["credits"]
    draft.guide.publish(by=None)
    assert (before, len(published_again(guide)["credits"])) == ([], 1)


@pytest.mark.parametrize("citing", [1, 3])
def test_reading_a_working_copy_costs_the_same_for_any_number_of_sources(
    guide, citing, django_assert_num_queries
):
    source = SourceFactory()
    source.cited_by.set(SourceFactory.create_batch(citing))
    step_of(guide, "Read").sources.add(source)
    with django_assert_num_queries(12):
        assert len(content_of(guide)["sources"]) == citing + 1


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_working_copy_costs_the_same_for_any_number_of_pictures_and_sections(
    guide, count, django_assert_num_queries
):
    for picture in PictureFactory.create_batch(count):
        section = SectionFactory(guide=guide, body=f"![](picture:{picture.slug})")
        section.steps.set(guide.steps.all())
    with django_assert_num_queries(10):
        assert len(content_of(guide)["pictures"]) == count
