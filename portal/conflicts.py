"""Edit conflicts: what somebody saved while somebody else was typing is not saved over unseen."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest


@dataclass(frozen=True)
class Clash:
    """A field that was saved by somebody else and typed anew: both, as a reader sees them.

    `pieces` of a long text are what became of the stored one, each with a `kind` (same, removed, added)
    and a `text`; empty if nobody compares them.
    """

    label: str
    stored: str
    typed: str
    pieces: Sequence[Any] = ()


@dataclass(frozen=True)
class Conflict:
    """What was saved while a form was open: who saved last and when, if the log knows it.

    `taken` are the labels of the fields that were left alone here and saved there: the form has them as
    they are stored now.
    """

    by: str
    at: datetime | None
    clashes: tuple[Clash, ...]
    taken: tuple[str, ...]


class Seen(forms.CharField):
    """The digests of what a form showed when it was opened. It never counts as changed."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ConflictForm(forms.ModelForm):
    """A form of a stored thing, which knows what it showed when it was opened.

    If somebody has saved one of its fields since then and something else stands in the form, the form is
    not valid. Then `conflict` says what differs, fields that were left alone are brought to what is stored,
    and the form counts as opened anew: sending it again saves what stands in it.
    """

    seen = Seen(required=False)
    conflict: Conflict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["seen"] = json.dumps({name: digest(self._stored(name)) for name in self._compared()})

    def pieces_of(self, stored: str, typed: str) -> Sequence[Any]:
        """Return the pieces of a `Clash`; an app that can compare texts says how."""
        return ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.instance._state.adding and (differing := list(self._differing())):
            self._refuse(differing)
        return cleaned

    def _compared(self) -> list[str]:
        left_out = (Seen, forms.FileField)
        return [name for name, field in self.fields.items() if not isinstance(field, left_out)]

    def _stored(self, name: str) -> str:
        field = self.fields[name]
        return plain(field, self.get_initial_for_field(field, name))

    def _typed(self, name: str) -> str:
        field = self.fields[name]
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return plain(field, self.cleaned_data.get(name, raw))

    def _opened_with(self) -> dict[str, str]:
        """Return the digest of each field as the form showed it; of fields that it does not name, none."""
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            seen = {}
        return seen if isinstance(seen, dict) else {}

    def _differing(self) -> Iterable[tuple[str, bool]]:
        """Yield the fields that are stored otherwise than here since the form was opened; were they typed?"""
        seen = self._opened_with()
        for name in self._compared():
            stored, typed = self._stored(name), self._typed(name)
            if stored != typed and digest(stored) != seen.get(name):
                yield name, digest(typed) != seen.get(name)

    def _refuse(self, differing: list[tuple[str, bool]]) -> None:
        clashing = [name for name, is_typed in differing if is_typed]
        taken = [name for name, is_typed in differing if not is_typed]
        entry = last_entry(self.instance)
        self.conflict = Conflict(
            by=str(entry.user) if entry else "",
            at=entry.action_time if entry else None,
            clashes=tuple(map(self._clash, clashing)),
            taken=tuple(map(self._label, taken)),
        )
        self.add_error(None, forms.ValidationError(_sentence(self.conflict), code="conflict"))
        for name in [*taken, "seen"]:
            _show_stored(self.fields[name])

    def _clash(self, name: str) -> Clash:
        field = self.fields[name]
        stored, typed = self._stored(name), self._typed(name)
        if isinstance(field.widget, forms.Textarea):
            return Clash(self._label(name), stored, typed, self.pieces_of(stored, typed))
        return Clash(self._label(name), words(field, stored), words(field, typed))

    def _label(self, name: str) -> str:
        return str(self[name].label)


class ConflictAdmin(admin.ModelAdmin):
    """Things in the studio that two people may have open at once; see `ConflictForm`."""

    form = ConflictForm
    change_form_template = "admin/conflict_form.html"

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the thing; where it is about to be changed, as it is once nobody else can change it."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return found
        self.lock(found)
        return super().get_object(request, object_id, from_field)

    def lock(self, thing: Any) -> None:
        """Let nobody else change `thing` until the transaction ends."""
        # Ordered by its key alone: PostgreSQL locks no row that an order joins and that may not be there.
        type(thing)._base_manager.select_for_update().filter(pk=thing.pk).order_by("pk").first()


def digest(text: str) -> str:
    """Return what tells `text` from others."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def plain(field: forms.Field, value: Any) -> str:
    """Return a value of `field` as text that is the same whether it was stored or typed."""
    value = field.prepare_value(value)
    if isinstance(value, list | tuple | set):
        return "\n".join(sorted(map(str, value)))
    if isinstance(field, forms.BooleanField):
        value = bool(value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def words(field: forms.Field, text: str) -> str:
    """Return what `plain` made of a value, as a reader sees it."""
    if isinstance(field, forms.ModelChoiceField):
        text = ", ".join(map(str, _things(field, text.split())))
    elif isinstance(field, forms.ChoiceField):
        text = str(dict(field.choices).get(text, text))  # type: ignore[arg-type]  # there are no groups
    elif isinstance(field, forms.BooleanField):
        text = "yes" if text == "True" else "no"
    return text or "nothing"


def _things(field: forms.ModelChoiceField, keys: list[str]) -> list[Any]:
    """Return the things that `field` may lead to under `keys`; what was typed may be no key."""
    try:
        return list(field.queryset.filter(pk__in=keys)) if field.queryset is not None else []
    except (ValueError, forms.ValidationError):
        return []


def last_entry(thing: Model) -> LogEntry | None:
    """Return what the log says of `thing` last."""
    kind = ContentType.objects.get_for_model(thing)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(thing.pk))
    return entries.select_related("user").order_by("-action_time", "-pk").first()


def _sentence(conflict: Conflict) -> str:
    who = f" by {conflict.by}" if conflict.by else ""
    return f"This was saved{who} while you worked on it, so nothing of yours is saved yet. Look at it below."


def _show_stored(field: forms.Field) -> None:
    """Let a field of a form that was sent show what is stored, not what was sent."""
    field.bound_data = lambda data, initial: initial  # type: ignore[method-assign]  # as a disabled field has it
