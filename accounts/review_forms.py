"""What learners send with their reviews."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Review, ReviewReport
from accounts.models.review import NAME_LENGTH, NAMELESS, STARS, TEXT_LENGTH

WORDS = {5: "very good", 4: "good", 3: "fair", 2: "poor", 1: "very poor"}


def refuse_addresses(name: str) -> None:
    """Raise `ValidationError` for a name with an e-mail address in it."""
    if "@" in name:
        raise ValidationError("Leave e-mail addresses out of it: everybody reads this name.")


class Lines(forms.CharField):
    """Plain text whose lines end alike, so that a browser's line breaks do not count twice."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class ReviewForm(forms.Form):
    """A learner's review of a course."""

    stars = forms.TypedChoiceField(
        label="Stars",
        choices=[(stars, f"{stars} of {max(STARS)}: {WORDS[stars]}") for stars in STARS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how many stars you give."},
    )
    text = Lines(
        label="What you say of it",
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="For whom it is good, what is missing, how long it took you. Plain text.",
    )
    name = forms.CharField(
        label="Your name as others read it",
        max_length=NAME_LENGTH,
        required=False,
        validators=[refuse_addresses],
        help_text=f"Leave it empty and it says “{NAMELESS}”. Your e-mail address is shown to nobody.",
    )
    said: ClassVar = ("stars", "text", "name")

    @classmethod
    def of(cls, review: Review | None) -> "ReviewForm":
        """Return the form with what `review` says, empty if there is none."""
        return cls(initial={field: getattr(review, field) for field in cls.said} if review else None)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ReportForm(forms.Form):
    """Why a review should not stand there."""

    reason = forms.ChoiceField(
        label="What is wrong with it",
        choices=ReviewReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what is wrong with it."},
    )
