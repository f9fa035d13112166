"""What is asked of the explorer, as an address says it: what applies to somebody, filters, an order."""

from collections import Counter
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from facts.explorer.naming import full_name
from facts.explorer.places import FEW, find_place, words_of
from facts.explorer.reading import Facts
from facts.explorer.sections import KINDS, ORDERS, USUAL
from facts.models import Place, Salary
from facts.words import UNDATED

LONGEST = 120  # characters that somebody may type
FILTERS = ("search", "source", "year", "current", "sort")
TICKED = ("", "on", "true", "false")  # what a box to tick may say
PERSON = ("place", "level")
SELECT = {"invalid_choice": "There is no “%(value)s” here. Choose from the list."}


def _choice(label: str, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, error_messages=SELECT, **options)


class Guess(NamedTuple):
    """A place that somebody may have meant: its full name, and the address that asks for it."""

    name: str
    address: str


class Explore(forms.Form):
    """Two forms of a page in one, so that neither forgets what the other was told; see `Asked`."""

    place = forms.CharField(
        label="Where",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"max_length": f"Give the name of one place, of at most {LONGEST} characters."},
        help_text="A city, a state or a country, such as Seattle, WA.",
    )
    level = _choice("Experience", choices=[("", "all levels"), *Salary.Level.choices])
    search = forms.CharField(
        label="Words",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": f"Search for at most {LONGEST} characters."},
        help_text="A place, an industry, a publisher.",
    )
    source = _choice("Source")
    year = _choice("Year that it describes")
    current = forms.BooleanField(label="Only current figures", required=False)
    sort = _choice("Order", choices=[("", ORDERS[USUAL]), *((key, words) for key, words in ORDERS.items())])
    section = _choice("Section", choices=[("", "all"), *((kind.key, kind.title) for kind in KINDS)])
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        error_messages={"invalid": "Pages are numbered from 1."},
    )

    def __init__(self, data: Any, facts: Facts) -> None:
        super().__init__(data)
        self.places = facts.places
        self.with_figures = facts.places_with_pay
        self.others: list[Place] = []
        self.are_alike = False
        self.missed = ""
        self._offer("source", "all sources", _sources(facts))
        self._offer("year", "any", _years(facts))

    def _offer(self, name: str, everything: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (as declared above)
        field.choices = [("", everything), *choices]

    def clean_place(self) -> Place | None:
        """Return the place that is meant. Raises `ValidationError` if there is none, or more than one."""
        said = self.cleaned_data["place"]
        if not said:
            return None
        found = find_place(said, self.places.values())
        self.missed = found.missed
        self.are_alike = bool(found.place or found.others)
        self.others = found.others if self.are_alike else self.with_figures[:FEW]
        if found.place:
            return found.place
        raise ValidationError(_not_found(said, found.others))

    def clean_search(self) -> str:
        said: str = self.cleaned_data["search"]
        if said and not words_of(said):
            raise ValidationError("Search for words or numbers: there are none in this.")
        return said

    def clean_current(self) -> bool:
        if self.data.get("current", "") not in TICKED:
            raise ValidationError("Use “on”, or leave it out.")
        return bool(self.cleaned_data["current"])

    @property
    def is_asked(self) -> bool:
        """Whether an address asks anything at all."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def guesses(self) -> list[Guess]:
        """Places that may be meant instead of what was understood, or was not, with their addresses."""
        kept = self._given(("level", *FILTERS))
        return [
            Guess(full_name(place), "?" + urlencode([("place", full_name(place)), *kept]))
            for place in self.others
        ]

    @property
    def hidden_filters(self) -> list[tuple[str, str]]:
        """What the form of the person passes on of everything else, as typed."""
        return self._given((*FILTERS, "section"))

    @property
    def hidden_person(self) -> list[tuple[str, str]]:
        """What the form of the filters passes on of everything else, as typed."""
        return self._given((*PERSON, "section"))

    def _given(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(name, value) for name in names if name not in self.errors and (value := self.data.get(name))]

    @property
    def faulty_filters(self) -> list[Any]:
        """The fields of the filters that could not be understood, those without a control among them."""
        return [self[name] for name in self.fields if name in self.errors and name not in PERSON]

    @property
    def faulty_hidden(self) -> list[Any]:
        return [field for field in self.faulty_filters if field.name in ("section", "page")]


def _sources(facts: Facts) -> list[tuple[str, str]]:
    works = Counter(source.publisher for source in facts.sources)
    return [
        (source.key, str(source) if works[source.publisher] > 1 else source.publisher)
        for source in facts.sources
    ]


def _years(facts: Facts) -> list[tuple[str, str]]:
    return [*((str(year), str(year)) for year in facts.years), (UNDATED, UNDATED)]


def _not_found(said: str, others: list[Place]) -> str:
    names = "; ".join(full_name(place) for place in others)
    if not names:
        return f"We know no place “{said}”. Try the state or the country that it lies in."
    return f"We are not sure which place “{said}” is. Did you mean {names}?"
