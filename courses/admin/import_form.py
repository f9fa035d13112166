"""The form that takes a file of courses."""

from datetime import date

from django import forms
from django.utils import timezone

from courses.importing.columns import FIELDS
from courses.importing.keeping import LARGEST
from courses.importing.prices import CURRENCIES


class ImportForm(forms.Form):
    """A file of courses, and what is said with it."""

    file = forms.FileField(
        help_text=f"CSV, XLSX or JSON of at most {LARGEST // 1024**2} MB. "
        "You see what would become of each row before anything is written.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
    )
    columns = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text="Columns whose names say it otherwise, one a line, as “Name of column=field”; "
        f"without a field the column is left out. Fields: {', '.join(FIELDS)}.",
    )
    source = forms.CharField(
        required=False, max_length=120, help_text="Whose figures these are, where the file does not say."
    )
    retrieved_on = forms.DateField(
        required=False,
        help_text="The day on which the figures were read, such as 2026-11-20; today if empty.",
    )
    currency = forms.CharField(
        required=False, max_length=3, help_text="Of prices that name none or just $, such as USD."
    )
    encoding = forms.CharField(required=False, max_length=20, help_text="Of the letters, if they look wrong.")

    def clean_columns(self) -> dict[str, str]:
        """Return the field of each column."""
        lines = [line for line in self.cleaned_data["columns"].splitlines() if line.strip()]
        if wrong := next((line for line in lines if "=" not in line), None):
            raise forms.ValidationError(f"“{wrong}” does not say “Name of column=field”.")
        pairs = [line.rpartition("=") for line in lines]
        return {column.strip(): name.strip() for column, _, name in pairs}

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"].upper()
        if code and code not in CURRENCIES:
            raise forms.ValidationError("Use the three letters of a currency, such as USD.")
        return code

    def clean_retrieved_on(self) -> date | None:
        day: date | None = self.cleaned_data["retrieved_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("This day is in the future.")
        return day
