"""The log of what staff do: who, when, what, before and after. Django's `LogEntry` keeps it."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Prefetch

if TYPE_CHECKING:
    from accounts.models import User

Values = Mapping[str, Any]

SECRET = ("password", "token", "secret")


def log(
    by: "User", thing: Model, words: str = "", *, before: Values | None = None, after: Values | None = None
) -> LogEntry:
    """Write that `by` did something to `thing`, and return the entry.

    `words` say it in a sentence, “Published edition 3.”; without them the entry names what changed. `before`
    and `after` are what was and what is, by the names of the fields (`values_of` gives them); what is the
    same in both is left out.
    """
    return _write(by, thing, CHANGE, changed(before or {}, after or {}, words))


def log_added(by: "User", thing: Model, *also: str) -> LogEntry:
    """Write that `by` added `thing`, with all that it says; `also` as for `values_of`.

    To be called after saving.
    """
    return _write(by, thing, ADDITION, added(values_of(thing, *also)))


def log_deleted(by: "User", things: Iterable[Model], *also: str) -> list[LogEntry]:
    """Write of each of `things`, all of one kind, that `by` deletes it, with all that it said.

    To be called before deleting; a constant number of queries to read and one to write for each.
    """
    said = _stored(list(things), also)
    return [_write(by, thing, DELETION, _deleted(thing, values)) for thing, values in said]


def added(after: Values) -> str:
    """Return the message of an addition, as `LogEntry` keeps it."""
    return _json([{"added": {}, "after": after}])


def changed(before: Values, after: Values, words: str = "") -> str:
    """Return the message of a change, as `LogEntry` keeps it."""
    before, after = _differing(_plain(before), _plain(after))
    names = list(dict.fromkeys([*before, *after]))
    if not names:
        return words or _json([])
    change = {"changed": {"fields": names}, "before": before, "after": after}
    return _json([change | ({"words": words} if words else {})])


def values_of(thing: Model, *also: str) -> dict[str, Any]:
    """Return what is stored of `thing` and can be edited, as JSON takes it, by the names of the fields.

    Relations are given by the names of what they lead to. `also` names fields that no form shows.
    Passwords and other secrets are left out. One query, and one for each many-to-many relation.
    """
    [(_, values)] = _stored([thing], also)
    return values


def change_of(entry: LogEntry) -> dict[str, Any]:
    """Return what `entry` holds of a change: `before`, `after` and `words`, each of them if it was given."""
    if not entry.change_message.startswith("["):
        return {}
    try:
        changes = json.loads(entry.change_message)
    except json.JSONDecodeError:
        return {}
    return changes[0] if len(changes) == 1 and isinstance(changes[0], dict) else {}


def words_of(entry: LogEntry) -> str:
    """Return what `entry` says in a sentence."""
    words: str = change_of(entry).get("words") or entry.get_change_message()
    return words


def _write(by: "User", thing: Model, flag: int, message: str) -> LogEntry:
    entry: LogEntry = LogEntry.objects.log_actions(by.pk, [thing], flag, message, single_object=True)
    return entry


def _json(changes: list[Any]) -> str:
    """Return `changes` as `LogEntry` reads them; letters stay letters, so that a search finds them."""
    return json.dumps(changes, ensure_ascii=False, cls=DjangoJSONEncoder)


def _plain(values: Values) -> dict[str, Any]:
    """Return `values` as they come back from the log."""
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


def _differing(before: Values, after: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    same = {name for name in before.keys() & after.keys() if before[name] == after[name]}
    return (
        {name: value for name, value in before.items() if name not in same},
        {name: value for name, value in after.items() if name not in same},
    )


def _deleted(thing: Model, before: Values) -> str:
    name = {"name": str(thing._meta.verbose_name), "object": str(thing)}
    return _json([{"deleted": name, "before": before}])


def _stored(things: list[Model], also: Iterable[str]) -> list[tuple[Model, dict[str, Any]]]:
    """Return `things`, all of one kind, each with its values."""
    if not things:
        return []
    options = things[0]._meta
    fields = [field for field in options.concrete_fields if _is_told(field) or field.name in also]
    relations = options.many_to_many
    rows = (
        type(things[0])
        ._base_manager.select_related(*[field.name for field in fields if field.is_relation])
        .prefetch_related(*[_named(relation) for relation in relations])
        .in_bulk([thing.pk for thing in things])
    )
    return [(thing, _values(rows[thing.pk], fields, relations)) for thing in things]


def _is_told(field: "Field[Any, Any]") -> bool:
    return field.editable and not field.primary_key and not any(word in field.name for word in SECRET)


def _named(relation: Any) -> "Prefetch[Any, Any, Any]":
    # Some things are called after what they belong to: fetched with it, that is one query.
    return Prefetch(relation.name, relation.related_model._base_manager.select_related())


def _values(row: Model, fields: Iterable[Any], relations: Iterable[Any]) -> dict[str, Any]:
    own = {str(field.verbose_name): _value(row, field) for field in fields}
    named = {
        str(relation.verbose_name): sorted(str(thing) for thing in getattr(row, relation.name).all())
        for relation in relations
    }
    return _plain(own | named)


def _value(row: Model, field: "Field[Any, Any]") -> Any:
    if field.is_relation:
        related = getattr(row, field.name)
        return None if related is None else str(related)
    value = field.value_from_object(row)
    if isinstance(value, list | dict):
        return value
    return dict(field.flatchoices).get(value, value)
