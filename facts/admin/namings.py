"""Lists of names, typed one to a line."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from facts.admin.history import HistoryAdmin
from facts.models import Naming
from facts.models.outlook import is_list_of_names
from portal.conflicts import ConflictForm

SHOWN = 5  # names in the list of lists


class LinesField(forms.CharField):
    """A list of texts, each in a line of its own."""

    widget = forms.Textarea(attrs={"rows": 10})
    default_validators = [is_list_of_names]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (super().to_python(value) or "").splitlines()
        return [stripped for line in lines if (stripped := line.strip())]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))


class NamingForm(ConflictForm):
    names = LinesField(
        help_text="One to a line, in the order of the source.",
        max_length=10_000,
        error_messages={"required": "Give at least one name."},
    )


@admin.register(Naming)
class NamingAdmin(HistoryAdmin):
    form = NamingForm
    list_display = ("guide", "kind", "some_names", "place", "retrieved_on")
    list_filter = ("kind", ("guide", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("guide", "place")
    search_fields = ("guide__title", "sources__publisher", "names")
    autocomplete_fields = ("guide", "sources", "place")
    fields = ("guide", "kind", "names", "sources", "place", "retrieved_on")

    def save_model(self, request: HttpRequest, obj: Naming, form: Any, change: bool) -> None:
        obj.hold_state()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.note_state(is_new=not change)

    @admin.display(description="names")
    def some_names(self, naming: Naming) -> str:
        more = ", …" if len(naming.names) > SHOWN else ""
        return ", ".join(naming.names[:SHOWN]) + more

    def called(self, record: Any) -> str:
        return f"{record.get_kind_display()}: {', '.join(record.names[:SHOWN])}"
