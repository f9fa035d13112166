"""A job description put together from a sample and from what an employer says. Pure: no database.

What the employer did not say stands as a placeholder, so that nobody publishes what is not so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Sample:
    """What the site knows of a career: its title, a summary, and lists."""

    title: str
    summary: str
    duties: tuple[str, ...]
    requirements: tuple[str, ...]
    nice_to_have: tuple[str, ...]
    offers: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Pay:
    """A range of pay in `currency` for a `period` in words, such as “a year”; either end may be open."""

    lowest: Decimal | None
    highest: Decimal | None
    currency: str
    period: str

    def __str__(self) -> str:
        ends = [f"{_plain(end)}" for end in (self.lowest, self.highest) if end is not None]
        if len(set(ends)) == 2:
            amount = f"{ends[0]} to {ends[1]}"
        elif self.lowest is None:
            amount = f"up to {ends[0]}"
        else:
            amount = f"from {ends[0]}" if self.highest is None else ends[0]
        return f"{amount} {self.currency} {self.period}"


@dataclass(frozen=True)
class Said:
    """What an employer said; empty where they said nothing. `years` of experience, None if not said."""

    title: str = ""
    company: str = ""
    place: str = ""
    arrangement: str = ""
    employment: str = ""
    level: str = ""
    years: int | None = None
    pay: Pay | None = None
    skills: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    apply: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """Words; a placeholder, which is shown in brackets, if `is_blank`."""

    words: str
    is_blank: bool = False

    def __str__(self) -> str:
        return f"[{self.words}]" if self.is_blank else self.words


@dataclass(frozen=True)
class Part:
    """A part under a heading: a list, or paragraphs."""

    heading: str
    texts: tuple[Text, ...]
    is_list: bool = True


@dataclass(frozen=True)
class Posting:
    """A job description: a title, facts with their labels, and parts."""

    title: str
    facts: tuple[tuple[str, Text], ...]
    parts: tuple[Part, ...] = field(default=())

    @property
    def blanks(self) -> int:
        """How many placeholders are left."""
        texts = [*(text for _, text in self.facts), *(text for part in self.parts for text in part.texts)]
        return sum(text.is_blank for text in texts)


def posting_of(sample: Sample, said: Said) -> Posting:
    """Return the description of `sample` with what the employer `said` in it."""
    parts = (
        Part("The role", (Text(sample.summary),), is_list=False),
        Part("What you will do", _texts(sample.duties)),
        Part("What you need", (*_texts(sample.requirements), _experience(said.years))),
        Part(
            "What you will work with",
            _texts(said.skills) or (Text("skills and tools", True),),
        ),
        Part("Nice to have", _texts(sample.nice_to_have)),
        Part("What we offer", _texts(said.offers) or tuple(Text(hint, True) for hint in sample.offers)),
        Part("How to apply", _texts(said.apply) or (Text("how to apply, and by when", True),), is_list=False),
    )
    return Posting(said.title or sample.title, _facts(said), tuple(part for part in parts if part.texts))


def _facts(said: Said) -> tuple[tuple[str, Text], ...]:
    return (
        ("Company", _or_blank(said.company, "company")),
        ("Place", _or_blank(said.place, "place")),
        ("Where you work", _or_blank(said.arrangement, "on site, hybrid or remote")),
        ("Employment", _or_blank(said.employment, "full-time or part-time, permanent or not")),
        ("Level", _or_blank(said.level, "level")),
        ("Pay", _or_blank(str(said.pay or ""), "pay from and to, currency, period")),
    )


def _experience(years: int | None) -> Text:
    if years is None:
        return Text("how much experience, or that none is needed", True)
    if not years:
        return Text("No experience at work is needed")
    return Text(f"{years} year{'' if years == 1 else 's'} of experience in this work or in work close to it")


def _texts(lines: Iterable[str]) -> tuple[Text, ...]:
    return tuple(Text(line) for line in lines)


def _or_blank(words: str, otherwise: str) -> Text:
    return Text(words) if words else Text(otherwise, True)


def _plain(amount: Decimal) -> str:
    """Return an amount with its thousands apart, and cents where there are some."""
    return f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount:,.2f}"
