"""What the roles of staff may do: said by each app in a migration of its own."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

Step = Callable[[Any, Any], None]


def allow(app: str, allowed: Mapping[str, Iterable[str]]) -> Step:
    """Return what gives roles the permissions of `app` that `allowed` names by their codenames.

    A role that is not there is passed over: somebody deleted it.
    """

    def give(apps: Any, schema_editor: Any) -> None:
        database = schema_editor.connection.alias
        # Django makes permissions after the last migration only.
        create_permissions(installed.get_app_config(app), apps=apps, verbosity=0, using=database)
        for group, permissions in _pairs(apps, database, app, allowed):
            group.permissions.add(*permissions)

    return give


def forbid(app: str, allowed: Mapping[str, Iterable[str]]) -> Step:
    """Return what takes from roles what `allow` with the same arguments gives."""

    def take(apps: Any, schema_editor: Any) -> None:
        for group, permissions in _pairs(apps, schema_editor.connection.alias, app, allowed):
            group.permissions.remove(*permissions)

    return take


def _pairs(apps: Any, database: str, app: str, allowed: Mapping[str, Iterable[str]]) -> Iterable[Any]:
    groups = apps.get_model("auth", "Group").objects.using(database).filter(name__in=allowed)
    made = apps.get_model("auth", "Permission").objects.using(database).filter(content_type__app_label=app)
    return [(group, made.filter(codename__in=allowed[group.name])) for group in groups]
