"""What an employer fills in. It stands in the address, and nowhere else."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from hiring.amounts import figures, is_ambiguous
from hiring.models import lines_of
from hiring.posting import Pay, Said

LINE, LINES = 120, 1200  # letters
MOST_LINES = 20
MOST_YEARS = 40
ARRANGEMENTS = {"on-site": "On site", "hybrid": "Partly on site, partly remote", "remote": "Remote"}
EMPLOYMENTS = {
    "full-time": "Full-time",
    "part-time": "Part-time",
    "fixed-term": "Full-time, for a fixed term",
    "contract": "As a contractor",
    "internship": "Internship",
}
PAY = frozenset({"pay_from", "pay_to", "currency", "period"})  # say one thing together
NOTHING: dict[str, Any] = {
    **dict.fromkeys(["title", "company", "place", "arrangement", "employment", "level"], ""),
    **dict.fromkeys(["own_skills", "offers", "apply"], ""),
    "years": None,
    "skill": (),
}
PERIODS = {"year": "a year", "month": "a month", "day": "a day", "hour": "an hour"}


def check_signs(text: str) -> None:
    """Raise `ValidationError` if `text` holds signs that no text has, such as NUL."""
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in text):
        raise ValidationError("There is a sign in this that cannot be shown. Delete it, or type it anew.")


def check_lines(text: str) -> None:
    """Raise `ValidationError` if `text` has too many lines."""
    if len(lines_of(text)) > MOST_LINES:
        raise ValidationError(f"Write {MOST_LINES} lines at most; there are {len(lines_of(text))}.")


class Line(forms.CharField):
    """A line of text, which may be left out."""

    default_validators = [check_signs]

    def __init__(self, label: str, *, max_length: int = LINE, **options: Any) -> None:
        super().__init__(label=label, max_length=max_length, required=False, **options)
        # Django's own words for NUL do not say what to do.
        self.validators = [each for each in self.validators if "Null" not in type(each).__name__]


class Lines(Line):
    """Some lines of text, one thing each."""

    default_validators = [check_signs, check_lines]

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(label, max_length=LINES, widget=widget, **options)


class Amount(forms.DecimalField):
    """An amount of money, which may be left out."""

    def __init__(self, label: str) -> None:
        wrong = "Give the amount in figures alone, such as 60000 or 24.50."
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_digits=11,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),  # keeps what is no number
            error_messages={
                "invalid": wrong,
                "min_value": "Give an amount of 0 or more.",
                "max_decimal_places": "Give cents as two figures at most, such as 24.50.",
            },
        )

    def to_python(self, value: Any) -> Any:
        """Take what stands between thousands out; refuse what may be read in two ways."""
        typed = str(value or "")
        if is_ambiguous(typed):
            whole, _, rest = typed.strip().partition(".")
            raise ValidationError(
                f"This may mean two amounts. Type {whole}{rest}, or {whole}.{rest[:2]} with cents."
            )
        return super().to_python(figures(typed))


def choice(label: str, options: Iterable[tuple[str, str]] = ()) -> forms.ChoiceField:
    """Return a field to choose one of `options`, or nothing."""
    wrong = "“%(value)s” is not offered here. Choose from the list."
    choices = [("", "Not said"), *options]
    return forms.ChoiceField(
        label=label, required=False, choices=choices, error_messages={"invalid_choice": wrong}
    )


class PostingForm(forms.Form):
    """The post, what it pays and asks for, and how to apply. All may be left out; `said` gives it."""

    title = Line("Title of the post")
    company = Line("Company", widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    place = Line("Place")
    arrangement = choice("Where people work", ARRANGEMENTS.items())
    employment = choice("Employment", EMPLOYMENTS.items())
    level = choice("Level")
    years = forms.IntegerField(
        label="Years of experience",
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="0 says that none is needed.",
        error_messages={"invalid": "Give a whole number of years, such as 2."},
    )
    pay_from = Amount("Pay from")
    pay_to = Amount("Pay to")
    currency = forms.CharField(
        label="Currency",
        required=False,
        max_length=3,
        validators=[
            check_signs,
            RegexValidator(r"\A[A-Za-z]{3}\Z", "Use the three letters of the currency, such as EUR."),
        ],
    )
    period = forms.ChoiceField(
        label="Per",
        required=False,
        choices=[(period, words.split()[-1]) for period, words in PERIODS.items()],
        error_messages={"invalid_choice": "“%(value)s” is no period. Choose from the list."},
    )
    skill = forms.MultipleChoiceField(
        label="Skills of this career",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "“%(value)s” is not offered here. Write it below instead."},
    )
    own_skills = Lines("Other skills and tools", help_text="One line each.")
    offers = Lines("What you offer", help_text="One line each.")
    apply = Lines("How to apply", help_text="Whom to write to, what to send, by when.")

    def __init__(self, *args: Any, skills: dict[str, str], levels: Iterable[str], **kwargs: Any) -> None:
        """`skills` are names by slug, `levels` what a level is called."""
        super().__init__(*args, **kwargs)
        self.skills = skills
        self._offer("skill", skills.items())
        self._offer("level", [("", "Not said"), *((level, level) for level in levels)])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        lowest, highest = said.get("pay_from"), said.get("pay_to")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("pay_to", "This is less than the lower end. Give as much or more, or nothing.")
        is_paid = lowest is not None or highest is not None
        if is_paid and not said.get("currency") and "currency" not in self.errors:
            self.add_error("currency", "Say in which currency, such as EUR.")
        return said

    def said(self) -> Said:
        """Return what was filled in and can be shown; nothing if it was not sent."""
        if not self.is_bound:
            return Said()
        pay = self._pay()  # reads the form
        said = {**NOTHING, **self.cleaned_data}
        own = lines_of(said["own_skills"])
        return Said(
            title=said["title"],
            company=said["company"],
            place=said["place"],
            arrangement=ARRANGEMENTS.get(said["arrangement"], ""),
            employment=EMPLOYMENTS.get(said["employment"], ""),
            level=said["level"],
            years=said["years"],
            pay=pay,
            skills=tuple(dict.fromkeys([*(self.skills[slug] for slug in said["skill"]), *own])),
            offers=lines_of(said["offers"]),
            apply=lines_of(said["apply"]),
        )

    def left_out(self) -> set[str]:
        """Return the names of the fields that cannot be shown. Pay is shown whole or not at all."""
        wrong = set(self.errors)
        return wrong | PAY if wrong & PAY else wrong

    def _pay(self) -> Pay | None:
        if self.left_out() & PAY:
            return None
        said = self.cleaned_data
        if said["pay_from"] is None and said["pay_to"] is None:
            return None
        period = PERIODS[said["period"] or "year"]
        return Pay(said["pay_from"], said["pay_to"], said["currency"].upper(), period)

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (as declared above)
        field.choices = list(choices)
