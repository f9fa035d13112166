"""Choosing steps: a part of a guide offers those on the path of its guide."""

from uuid import UUID

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple, RelatedFieldWidgetWrapper


class StepsOfGuide(AutocompleteSelectMultiple):
    """A choice with a search among the steps on the path of one guide; of all guides while none is known.

    The admin of steps hears the `path` in the address that it asks.
    """

    guide_id: UUID | None = None

    def get_url(self) -> str:
        address: str = super().get_url()
        return f"{address}?path={self.guide_id}" if self.guide_id else address


def unwrapped(field: forms.Field | None) -> forms.Field | None:
    """Return `field` without the ways to add and change what it names: the studio does it elsewhere."""
    if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    return field
