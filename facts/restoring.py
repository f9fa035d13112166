"""Bringing an earlier state of a thing back: a change like any other, in its history and in the log."""

from typing import TYPE_CHECKING, Any

from django.db.models import Model

from facts.models import Naming
from guides.models import Source
from portal.log import log, log_added, values_of

if TYPE_CHECKING:
    from accounts.models import User


class Outdated(Exception):
    """The thing was changed since it was looked at; the message is for whoever did."""


def restore(record: Any, *, by: "User", seen: str) -> Model:
    """Bring the thing of `record` to that state, and return it; one that was deleted is made anew.

    To be called in a transaction. `seen` is the id of the latest state that the person saw. Raises `Outdated`
    if there is a later one, and `ValidationError` if the state is none that can be stored now.
    """
    model: Any = type(record.instance)
    before = model._base_manager.select_for_update().filter(pk=record.id).order_by("pk").first()
    latest = model.history.filter(id=record.id).latest("history_date", "history_id")
    if str(latest.history_id) != seen:
        raise Outdated("Somebody has changed it meanwhile. Below is what would change now.")
    return _made_anew(record, by) if before is None else _changed_back(record, by, before)


def _changed_back(record: Any, by: "User", before: Model) -> Model:
    stored = values_of(before)
    thing = _brought(record, is_new=False)
    log(by, thing, f"{_words(record)}.", before=stored, after=values_of(thing))
    return thing


def _made_anew(record: Any, by: "User") -> Model:
    thing = _brought(record, is_new=True)
    log_added(by, thing)
    return thing


def _brought(record: Any, *, is_new: bool) -> Model:
    thing = record.instance
    thing._state.adding = is_new
    thing._change_reason = _words(record)
    thing.full_clean()
    if isinstance(thing, Naming):
        thing.hold_state()
    thing.save(force_insert=is_new)
    if isinstance(thing, Naming):
        thing.sources.set(Source.objects.filter(pk__in=record.sources.values("source")))
        thing.note_state(is_new=is_new)
    return thing


def _words(record: Any) -> str:
    return f"Restored the state of {record.history_date:%-d %B %Y, %H:%M} UTC"
