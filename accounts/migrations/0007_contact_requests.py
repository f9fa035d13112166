"""What learners ask of providers, with their consent; and who passes it on."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

ROLE = "Support"
PASSING_ON = ("view_contactrequest", "pass_on_contactrequest")


def allow_passing_on(apps, schema_editor):
    """Let support, if the role is there, look at requests and mark them as passed on."""
    database = schema_editor.connection.alias
    create_permissions(installed.get_app_config("accounts"), apps=apps, verbosity=0, using=database)
    for group in _groups(apps, database):
        group.permissions.add(*_permissions(apps, database))


def forbid_passing_on(apps, schema_editor):
    database = schema_editor.connection.alias
    for group in _groups(apps, database):
        group.permissions.remove(*_permissions(apps, database))


def _groups(apps, database):
    return apps.get_model("auth", "Group").objects.using(database).filter(name=ROLE)


def _permissions(apps, database):
    made = apps.get_model("auth", "Permission").objects.using(database)
    return made.filter(content_type__app_label="accounts", codename__in=PASSING_ON)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_saved_and_reviews"),
        ("courses", "0003_changes_are_noted"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(editable=False, max_length=200, verbose_name="course")),
                ("provider", models.CharField(editable=False, max_length=120)),
                ("name", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "email",
                    models.EmailField(blank=True, editable=False, max_length=254, verbose_name="e-mail"),
                ),
                ("message", models.TextField(blank=True, editable=False, max_length=1000)),
                ("agreed_to", models.TextField(editable=False, verbose_name="agreed to")),
                ("consented_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("passed_on_at", models.DateTimeField(editable=False, null=True)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "course",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        related_query_name="contact_request",
                        to="courses.course",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-consented_at", "id"),
                "permissions": (
                    ("pass_on_contactrequest", "Can mark requests as passed on to the provider"),
                ),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("passed_on_at", None), ("withdrawn_at", None)),
                        fields=("user", "course"),
                        name="contact_request_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at", None),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("email", ""), _negated=True),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("email", ""), ("message", ""), ("name", "")
                            ),
                            _connector="OR",
                        ),
                        name="contact_request_withdrawn_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_to", ""), _negated=True),
                            models.Q(("provider", ""), _negated=True),
                        ),
                        name="contact_request_has_consent",
                    ),
                ],
            },
        ),
        migrations.RunPython(allow_passing_on, forbid_passing_on),
    ]
