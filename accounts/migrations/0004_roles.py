"""The roles of staff, as groups with the permissions that they have from the start."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("accounts", "admin", "courses", "guides")

PARTS = ("section", "stage", "step", "source", "picture")
CATALOG = ("skill", "provider", "course", "certification")

EDITOR = (
    *(f"guides.{verb}_guide" for verb in ("add", "change", "view")),
    *(f"guides.{verb}_{part}" for part in PARTS for verb in ("add", "change", "delete", "view")),
    "guides.view_edition",
    *(f"courses.view_{thing}" for thing in CATALOG),
    "admin.view_logentry",
)
ROLES = {
    "Editor": EDITOR,
    "Publisher": (*EDITOR, "guides.publish_guide", "guides.retire_step", "guides.delete_guide"),
    "Catalog editor": (
        *(f"courses.{verb}_{thing}" for thing in CATALOG for verb in ("add", "change", "delete", "view")),
        "admin.view_logentry",
    ),
    "Support": ("accounts.view_user",),
}


def make_roles(apps, schema_editor):
    """Make the roles; a group that has the name of one keeps what it may do beside."""
    known = permissions(apps, schema_editor.connection.alias)
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name, allowed in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*(known[permission] for permission in allowed))


def permissions(apps, database):
    """Return all permissions of our apps by their names; Django makes them after the last migration only."""
    for label in APPS:
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0, using=database)
    made = apps.get_model("auth", "Permission").objects.using(database).select_related("content_type")
    return {f"{each.content_type.app_label}.{each.codename}": each for each in made}


def remove_roles(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_seen_edition"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("courses", "0001_initial"),
        ("guides", "0004_studio"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
