"""The roles of staff, and the migration that makes them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

migration = import_module("accounts.migrations.0004_roles")
reviews = import_module("accounts.migrations.0006_saved_and_reviews")
contact = import_module("accounts.migrations.0007_contact_requests")

MODERATING = {"moderate_review", "view_review"}
PASSING_ON = {"pass_on_contactrequest", "view_contactrequest"}

EDITING = {
    *("add_guide", "change_guide", "view_guide", "view_edition"),
    *("add_section", "change_section", "delete_section", "view_section"),
    *("add_stage", "change_stage", "delete_stage", "view_stage"),
    *("add_step", "change_step", "delete_step", "view_step"),
    *("add_source", "change_source", "delete_source", "view_source"),
    *("add_picture", "change_picture", "delete_picture", "view_picture"),
    *("view_skill", "view_provider", "view_course", "view_certification"),
    "view_logentry",
}
CATALOG = {
    *("add_skill", "change_skill", "delete_skill", "view_skill"),
    *("add_provider", "change_provider", "delete_provider", "view_provider"),
    *("add_course", "change_course", "delete_course", "view_course"),
    *("add_certification", "change_certification", "delete_certification", "view_certification"),
    "view_logentry",
    *MODERATING,
}
ALLOWED = {
    "Editor": EDITING,
    "Publisher": {*EDITING, "publish_guide", "retire_step", "delete_guide"},
    "Catalog editor": CATALOG,
    "Support": {"view_user", *MODERATING, *PASSING_ON},
}


def make():
    migration.make_roles(apps, connection.schema_editor())
    reviews.allow_moderating(apps, connection.schema_editor())
    contact.allow_passing_on(apps, connection.schema_editor())


def remove():
    migration.remove_roles(apps, connection.schema_editor())


def state(loader, name):
    """Return the models as they are after the migration of that name."""
    return loader.project_state(("accounts", name)).apps


APPS = {"accounts", "admin", "auth", "courses", "guides"}  # later apps have migrations and tests of their own


def allowed():
    """Return what each group may do with what these apps have."""
    groups = Group.objects.prefetch_related("permissions__content_type")
    return {
        group.name: {each.codename for each in group.permissions.all() if each.content_type.app_label in APPS}
        for group in groups
    }


@pytest.fixture(autouse=True)
def roles(db):
    make()


def test_roles_have_their_permissions():
    assert allowed() == ALLOWED


@pytest.mark.parametrize("role", ALLOWED)
def test_no_role_changes_accounts_or_roles(role):
    models = Group.objects.get(name=role).permissions.values_list("content_type__model", "codename")
    people = {("user", "view_user"), ("group", "view_group"), ("permission", "view_permission")}
    assert {pair for pair in models if pair[0] in {"user", "group", "permission"}} - people == set()


def test_roles_are_made_where_no_permission_is_known_yet():
    Group.objects.all().delete()
    Permission.objects.all().delete()
    loader = MigrationExecutor(connection).loader
    migration.make_roles(state(loader, "0004_roles"), connection.schema_editor())
    reviews.allow_moderating(state(loader, "0006_saved_and_reviews"), connection.schema_editor())
    contact.allow_passing_on(state(loader, "0007_contact_requests"), connection.schema_editor())
    assert allowed() == ALLOWED


def test_moderating_is_taken_back():
    reviews.forbid_moderating(apps, connection.schema_editor())
    assert allowed() == {name: codes - MODERATING for name, codes in ALLOWED.items()}


def test_passing_on_is_taken_back():
    contact.forbid_passing_on(apps, connection.schema_editor())
    assert allowed() == {name: codes - PASSING_ON for name, codes in ALLOWED.items()}


def test_roles_are_made_once():
    make()
    assert allowed() == ALLOWED


def test_group_of_that_name_keeps_its_people_and_what_it_may_do_beside(learner):
    remove()
    editors = Group.objects.create(name="Editor")
    editors.permissions.add(Permission.objects.get(codename="view_group"))
    learner.groups.add(editors)
    make()
    assert allowed() == {**ALLOWED, "Editor": {*EDITING, "view_group"}}
    assert learner.groups.get() == editors


def test_roles_are_taken_back_and_other_groups_stay():
    Group.objects.create(name="Bakers")
    remove()
    assert allowed() == {"Bakers": set()}
