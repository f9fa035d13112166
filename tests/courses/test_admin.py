"""The catalog in the studio."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from courses.models import Certification, Course, Provider, Skill
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    ProviderFactory,
    SkillFactory,
    UserFactory,
    published_guide,
    step_of,
)

FORM = {"kind": "", "status": "unverified", "figures-TOTAL_FORMS": 0, "figures-INITIAL_FORMS": 0}
FORM |= {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
KINDS = pytest.mark.parametrize("make", [SkillFactory, ProviderFactory, CourseFactory, CertificationFactory])


def listing(thing):
    return reverse(f"admin:courses_{thing._meta.model_name}_changelist")


def screen(thing, kind="change"):
    return reverse(f"admin:courses_{thing._meta.model_name}_{kind}", args=[thing.pk])


def add(model):
    return reverse(f"admin:courses_{model._meta.model_name}_add")


@KINDS
def test_screens_are_open_to_a_catalog_editor(catalog_editor_client, make):
    thing = make()
    addresses = [
        listing(thing),
        add(thing),
        *(screen(thing, kind) for kind in ("change", "delete", "history")),
    ]
    assert [catalog_editor_client.get(address).status_code for address in addresses] == [200] * 5


@KINDS
def test_screens_are_closed_to_others(visitor, learner_client, make):
    thing = make()
    for client in (visitor, learner_client):
        assert [client.get(address).status_code for address in (listing(thing), screen(thing))] == [302, 302]
    visitor.force_login(UserFactory(is_staff=True))
    assert visitor.get(listing(thing)).status_code == 403


@KINDS
@pytest.mark.parametrize("entries", [1, 3])
def test_list_costs_no_more_for_three_entries(
    catalog_editor_client, make, entries, django_assert_num_queries
):
    make.create_batch(entries)
    filters = {SkillFactory: 0, ProviderFactory: 0, CourseFactory: 1, CertificationFactory: 1}
    thing = make._meta.model.objects.first()
    # session, user, two of permissions, two counts, the list; the filter
    with django_assert_num_queries(7 + filters[make]):
        catalog_editor_client.get(listing(thing))


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Skill, {"name": "Baking"}),
        (Provider, {"name": "Baking school"}),
        (Course, {"title": "Baking in a week", "kind": "bootcamp"}),
        (Certification, {"title": "Master baker"}),
    ],
)
def test_entry_is_added(catalog_editor_client, model, fields):
    response = catalog_editor_client.post(add(model), {**FORM, **fields, "slug": "baking"})
    assert response["Location"] == listing(model)
    assert model.objects.filter(slug="baking", **fields).exists()


@pytest.mark.parametrize("model", [Skill, Provider, Course, Certification])
def test_reserved_slug_is_refused(catalog_editor_client, model):
    response = catalog_editor_client.post(add(model), {**FORM, "name": "x", "title": "x", "slug": "match"})
    assert response.context["adminform"].form.non_field_errors() == [
        "These slugs are taken by pages of the site: compare, facets, match."
    ]


def test_link_without_a_scheme_is_meant_as_https(catalog_editor_client):
    catalog_editor_client.post(add(Provider), {"name": "School", "slug": "school", "url": "school.example"})
    assert Provider.objects.get().url == "https://school.example"


def test_link_of_another_scheme_is_refused(catalog_editor_client):
    response = catalog_editor_client.post(add(Provider), {"name": "x", "slug": "x", "url": "javascript:x()"})
    assert response.context["adminform"].form.errors == {"url": ["Enter a valid URL."]}


def test_provider_of_a_course_is_not_deleted(catalog_editor_client):
    provider = CourseFactory().provider
    catalog_editor_client.post(screen(provider, "delete"), {"post": "yes"})
    assert Provider.objects.get() == provider


def test_deleted_course_stays_in_the_edition_that_names_it(catalog_editor_client, visitor):
    guide, course = published_guide(), CourseFactory(title="Baking in a week")
    step_of(guide, "Read").courses.add(course)
    guide.publish(by=None)
    catalog_editor_client.post(screen(course, "delete"), {"post": "yes"})
    assert Course.objects.count() == 0
    assert "Baking in a week" in visitor.get(reverse("path", args=[guide.slug])).content.decode()


@pytest.mark.parametrize(("action", "status"), [("mark_active", "active"), ("mark_retired", "retired")])
def test_courses_are_marked_as_looked_at_today(catalog_editor_client, action, status):
    course = CourseFactory()
    form = {"action": action, "_selected_action": [course.pk]}
    listed = catalog_editor_client.post(f"{listing(course)}?status__exact=unverified", form, follow=True)
    course.refresh_from_db()
    assert (course.status, course.checked_on) == (status, timezone.localdate())
    assert [str(message) for message in listed.context["messages"]] == [
        f"Marked as {status}, checked today: 1."
    ]
    assert LogEntry.objects.get().object_id == str(course.pk)
