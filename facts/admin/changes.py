"""What the states of a thing changed, field by field, in words."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst
from simple_history.template_utils import HistoricalRecordContextHelper


class Told(HistoricalRecordContextHelper):
    """Changes in the words of the studio."""

    DEFAULT_MAX_DISPLAYED_DELTA_CHANGE_CHARS = 300

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        """Return what a field said: the label of a choice, and “nothing” for nothing."""
        prepared = super().prepare_delta_change_value(change, value)
        choices = dict(getattr(self.model._meta.get_field(change.field), "flatchoices", ()))
        return "nothing" if prepared in (None, "") else choices.get(prepared, prepared)


Change = dict[str, Any]  # of a field: its name as `field`, what it said before and after as `old` and `new`


def tell_changes(model: Any, records: Sequence[Any]) -> None:
    """Let each of `records`, the latest first, say what it changed; nobody knows it of the last.

    One query for each relation to many, none for the rest if what the records name was selected with them.
    """
    relations = [(field, _related(records, field)) for field in model._meta.many_to_many]
    names = [field.name for field, _ in relations]
    for record, before in pairwise(records):
        delta = record.diff_against(before, excluded_fields=names, foreign_keys_are_objs=True)
        told = Told(model, record).context_for_delta_changes(delta)
        named = (_between(field, related[before.pk], related[record.pk]) for field, related in relations)
        record.history_delta_changes = [*told, *filter(None, named)]


def _related(records: Sequence[Any], field: Any) -> dict[int, list[str]]:
    """Return what records lead to by a relation to many, by the records' ids."""
    related: dict[int, list[str]] = {record.pk: [] for record in records}
    if records:
        target = field.m2m_reverse_field_name()
        through = getattr(type(records[0]), field.name)
        for row in through.filter(history__in=related).select_related(target).order_by(target):
            related[row.history_id].append(str(getattr(row, target) or "what is no more"))
    return related


def _between(field: Any, old: list[str], new: list[str]) -> Change | None:
    if old == new:
        return None
    said = {"old": ", ".join(old) or "nothing", "new": ", ".join(new) or "nothing"}
    return {"field": capfirst(field.verbose_name), **said}
