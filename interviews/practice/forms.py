"""What learners send while they practise."""

import zoneinfo
from collections.abc import Iterable
from functools import cache
from typing import Any

import fsrs
from django import forms

from interviews.bank import Area
from interviews.models.deck import LONGEST_MS, MOST_NEW_A_DAY, NEW_A_DAY
from interviews.practice.plans import Plan

LARGEST = 2_147_483_647  # what the database can hold


class CardForm(forms.Form):
    """A question, and the version of its card that the page showed."""

    question = forms.UUIDField()
    version = forms.IntegerField(min_value=0, max_value=LARGEST)


class RateForm(CardForm):
    """How well a question was known; `id` makes sending it twice harmless."""

    id = forms.UUIDField()
    rating = forms.TypedChoiceField(
        choices=[(rating.value, rating.name) for rating in fsrs.Rating],
        coerce=lambda value: fsrs.Rating(int(value)),
    )
    duration_ms = forms.IntegerField(required=False)

    def clean_duration_ms(self) -> int | None:
        """Return the milliseconds that it took; None if that is not known or cannot be."""
        said: int | None = self.cleaned_data["duration_ms"]
        return said if said is not None and 0 <= said <= LONGEST_MS else None


class AsideForm(CardForm):
    """What is to become of a card."""

    what = forms.ChoiceField(choices=[(word, word) for word in ("suspend", "bury", "resume")])


@cache
def zones() -> list[tuple[str, str]]:
    """Return the time zones that people live in, as choices; finding them reads many files, so it is kept."""
    names = (name for name in zoneinfo.available_timezones() if "/" in name)
    lived_in = sorted(
        name for name in names if not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in lived_in)]


class DeckForm(forms.Form):
    """What is practised of a guide, and how much a day."""

    takes_all = forms.BooleanField(
        label="All topics, and those that come later",
        required=False,
        initial=True,
        help_text="Then it does not matter what is ticked below.",
    )
    topics = forms.MultipleChoiceField(
        label="Or only some topics",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "There is no topic “%(value)s” here. Choose from the list."},
    )
    new_a_day = forms.IntegerField(
        label="New questions a day",
        initial=NEW_A_DAY,
        min_value=0,
        max_value=MOST_NEW_A_DAY,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),  # keeps also what is no number
        help_text="Each comes back several times, so ten new ones a day soon mean a few dozen cards a day.",
        error_messages={"invalid": "Give a whole number, such as 10."},
    )
    time_zone = forms.ChoiceField(
        label="Your time zone",
        help_text="A new day begins at midnight there.",
        error_messages={"invalid_choice": "There is no time zone “%(value)s”. Choose from the list."},
    )

    def __init__(self, *args: Any, topics: Iterable[tuple[Area, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("topics", [(topic.slug, f"{topic.name} ({count})") for topic, count in topics])
        self._offer("time_zone", zones())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("takes_all") and not said.get("topics") and "topics" not in self.errors:
            self.add_error("topics", "Tick at least one topic, or take all.")
        return said

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (as declared above)
        field.choices = choices


def initial_of(plan: Plan | None, topics: Iterable[Area]) -> dict[str, Any]:
    """Return what the form of a deck begins with."""
    if plan is None:
        return {"takes_all": True, "new_a_day": NEW_A_DAY, "time_zone": "UTC"}
    return {
        "takes_all": plan.takes_all,
        "topics": [topic.slug for topic in topics if topic.id in plan.topics],
        "new_a_day": plan.new_a_day,
        "time_zone": plan.time_zone,
    }
