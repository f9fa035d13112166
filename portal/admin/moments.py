"""A moment as editors type it: a date, a time, and the time zone that both are meant in."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils import timezone

ZONES = sorted(available_timezones() - {"localtime"})
LONGEST = 366  # days ahead: beyond, it is a slip of the pen


class PublishForm(forms.Form):
    """When to publish, what to say of it, and which other guides go along."""

    note = forms.CharField(
        max_length=300,
        required=False,
        widget=AdminTextInputWidget,
        help_text="What changed, in a sentence. Readers of the feed see it, and those who edit after you.",
    )
    when = forms.ChoiceField(
        choices=(("now", "Now"), ("at", "At a moment")), initial="now", widget=forms.RadioSelect
    )
    date = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    zone = forms.CharField(
        label="Time zone",
        initial="UTC",
        required=False,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    also = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, also: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also"].choices = also  # type: ignore[attr-defined]  # of a choice field

    def clean_zone(self) -> ZoneInfo:
        name = self.cleaned_data["zone"] or "UTC"
        if name not in ZONES:
            raise forms.ValidationError(
                f"There is no time zone “{name}”. Choose one of the list, such as Europe/Berlin."
            )
        return ZoneInfo(name)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        found["at"] = None
        if found.get("when") == "at" and not self.errors:
            found["at"] = self._moment(found)
        if found.get("when") == "now" and (found.get("date") or found.get("time")):
            self.add_error("when", "You gave a moment. Choose “At a moment”, or clear the date and the time.")
        return found

    def _moment(self, found: dict[str, Any]) -> datetime | None:
        """Return the moment in UTC; None, with an error, if there is none such or it is not ahead."""
        for field in ("date", "time"):
            if not found[field]:
                self.add_error(field, f"A {field} is needed to publish at a moment.")
        if self.errors:
            return None
        local = datetime.combine(found["date"], found["time"], tzinfo=found["zone"])
        try:
            moment = local.astimezone(UTC)
        except OverflowError:  # at the ends of the calendar
            self.add_error("date", "This is more than a year ahead. Choose an earlier day.")
            return None
        ahead = moment - timezone.now()
        if moment.astimezone(found["zone"]).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error(
                "time", f"There is no such time in {found['zone']} on that day: the clocks are put forward."
            )
        elif ahead.total_seconds() <= 0:
            self.add_error("time", "This moment has passed. Choose a later one, or publish now.")
        elif ahead.days > LONGEST:
            self.add_error("date", "This is more than a year ahead. Choose an earlier day.")
        return moment
