"""The five questions, as a form whose answers stand in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.validators import RegexValidator

from accounts.matching.goals import Goal, public_goals, start_of
from accounts.models import User
from courses.languages import NAMES
from courses.matching import FREE, Answer, Answers, Budget, programmes
from courses.models import Course, Skill

MOST_HOURS = 168  # a week has no more
CURRENCY = "USD"  # what a form starts with
PARAMETERS = {  # what to take out of the address in order to relax an answer
    Answer.TIME: ("hours",),
    Answer.BUDGET: ("budget", "currency", "free"),
    Answer.FORMAT: ("format",),
    Answer.LANGUAGE: ("language",),
}
NO_SKILL = "There is no skill “%(value)s” here. Choose from the list."


def several(label: str, unknown: str, **options: Any) -> forms.MultipleChoiceField:
    """Return a question that takes several answers, each a box to tick."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": unknown},
        **options,
    )


class MatchForm(forms.Form):
    """What somebody wants to become, knows, and has: time, money, and wishes. Answered by `answers`."""

    goal = forms.ChoiceField(
        label="What you want to become",
        required=False,
        error_messages={"invalid_choice": "There is no career “%(value)s” here. Choose from the list."},
    )
    skill = several("Skills that you want to learn", NO_SKILL)
    know = several("What you know already", NO_SKILL)
    hours = forms.IntegerField(
        label="Hours a week that you have",
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),  # keeps also what is no number
        error_messages={"invalid": "Give a whole number of hours, such as 5."},
    )
    budget = forms.DecimalField(
        label="What a programme may cost",
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": "Give an amount in figures, such as 200.",
            "min_value": "Give 0 or more. Leave it empty if the price does not matter.",
        },
    )
    currency = forms.CharField(
        label="Currency",
        required=False,
        max_length=3,
        validators=[RegexValidator("^[A-Za-z]{3}$", "Use the three letters of the currency, such as USD.")],
    )
    free = forms.BooleanField(
        label="Only what is free", required=False, widget=forms.CheckboxInput(attrs={"value": "true"})
    )
    format = several("How it is taught", "There is no format “%(value)s”. Choose from the list.")
    language = several(
        "Languages that you understand", "We know no language “%(value)s”. Choose from the list."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = public_goals()
        self.programmes = programmes()
        self.skills = dict(Skill.objects.values_list("slug", "name"))
        self.needed: list[str] = []
        self._offer(
            "goal",
            {"": "The skills that I tick below"} | {each.slug: each.title for each in self.goals.values()},
        )
        self._offer("skill", self.skills)
        self._offer("know", self.skills)
        self._offer("format", dict(Course.Format.choices))
        self._offer("language", NAMES)
        currencies = sorted({price.currency for each in self.programmes for price in each.prices} - {""})
        if currencies:
            self.fields[
                "currency"
            ].help_text = f"Prices here are in {', '.join(currencies)}. We convert none."

    @classmethod
    def asked(cls, data: Any) -> "MatchForm":
        """Return the form with the answers of an address."""
        form = cls(data)
        form.is_valid()
        form._offer_what_matters(form.needed, form["know"].value(), form["language"].value())
        return form

    @classmethod
    def started(cls, user: User | AnonymousUser) -> "MatchForm":
        """Return the form as `user` begins it, with what their paths tell."""
        form = cls()
        start = start_of(user, form.goals)
        form.initial = {"goal": start.goal, "know": list(start.known), "currency": CURRENCY}
        form._offer_what_matters(form._needed_for(start.goal, ()), start.known, ())
        return form

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.needed = self._needed_for(said.get("goal", ""), said.get("skill", ()))
        if not said.get("goal") and not said.get("skill") and not self.errors.keys() & {"goal", "skill"}:
            self.add_error("goal", "Choose a career, or tick skills that you want to learn.")
        if said.get("budget") and not said.get("currency") and "currency" not in self.errors:
            self.add_error("currency", "Say in which currency, such as USD.")
        return said

    def answers(self) -> Answers:
        """Return what was answered; to be asked of a valid form."""
        said = self.cleaned_data
        return Answers(
            lacking=frozenset(self.needed).difference(said["know"]),
            weekly_hours=said["hours"],
            budget=self._budget(),
            formats=frozenset(said["format"]),
            languages=frozenset(said["language"]),
        )

    @property
    def chosen_goal(self) -> Goal | None:
        return self.goals.get(self.cleaned_data.get("goal", ""))

    def _budget(self) -> Budget | None:
        said = self.cleaned_data
        if said["free"] or said["budget"] == 0:
            return FREE
        return None if said["budget"] is None else Budget(said["budget"], said["currency"].upper())

    def _needed_for(self, goal: str, skills: Iterable[str]) -> list[str]:
        """Return the skills to learn, by slug: those of the goal as its path has them, then the chosen."""
        asked = self.goals[goal].skills if goal in self.goals else ()
        return list(dict.fromkeys([*asked, *skills]))

    def _offer(self, name: str, choices: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (as declared above)
        field.choices = list(choices.items())

    def _offer_what_matters(
        self, needed: Iterable[str], known: Iterable[str], languages: Iterable[str]
    ) -> None:
        """Show boxes for what is needed, for the languages that courses have, and for what is ticked.

        Any other skill and language is understood in an address all the same.
        """
        if shown := dict.fromkeys([*needed, *known]):
            self.fields["know"].widget.choices = [
                (slug, self.skills[slug]) for slug in shown if slug in self.skills
            ]
        spoken = {each.language for each in self.programmes} | set(languages)
        by_name = sorted((name, code) for code, name in NAMES.items() if code in spoken)
        self.fields["language"].widget.choices = [(code, name) for name, code in by_name]
