"""What a career pays in the words of schema.org: each figure under its publisher's own word and name."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse

from facts.explorer.sections import kind_of
from facts.models import Place, Salary
from facts.words import described
from guides.document import Document
from portal.addresses import absolute

DURATIONS = {  # of ISO 8601
    Salary.Period.HOUR: "PT1H",
    Salary.Period.DAY: "P1D",
    Salary.Period.WEEK: "P1W",
    Salary.Period.MONTH: "P1M",
    Salary.Period.YEAR: "P1Y",
}


def describe(document: Document, figures: Iterable[Salary]) -> dict[str, Any]:
    """Return the occupation with what is said of its pay in whole countries.

    A distribution of schema.org can say a median and percentiles. Only what its publisher calls a median or
    quartiles is told as such; any other figure is told as an amount, or as the ends of a range.
    """
    national = [figure for figure in figures if kind_of(figure) == "country"]
    return {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": document["title"],
        "description": document["summary"],
        "mainEntityOfPage": absolute(reverse("salaries", args=[document["slug"]])),
        "occupationLocation": [
            {"@type": "Country", "name": name}
            for name in sorted(
                {each.place.name for each in national if each.place.kind == Place.Kind.COUNTRY}
            )
        ],
        "estimatedSalary": [_salary(figure) for figure in national],
    }


def _salary(figure: Salary) -> dict[str, Any]:
    via = f", via {figure.via.publisher}" if figure.via else ""
    told = {
        "name": f"{figure.statistic} ({figure.source.publisher}{via}; {described(figure)})",
        "currency": figure.currency,
        "url": figure.source.url,
        **(
            _distribution(figure)
            if "median" in figure.statistic.lower() and figure.amount
            else _amount(figure)
        ),
    }
    return {name: value for name, value in told.items() if value}


def _distribution(figure: Salary) -> dict[str, Any]:
    has_quartiles = "quartile" in figure.statistic.lower()
    quartiles = {"percentile25": figure.low, "percentile75": figure.high} if has_quartiles else {}
    return {
        "@type": "MonetaryAmountDistribution",
        "duration": DURATIONS[Salary.Period(figure.period)],
        **_numbers({"median": figure.amount, **quartiles}),
    }


def _amount(figure: Salary) -> dict[str, Any]:
    given = {"value": figure.amount, "minValue": figure.low, "maxValue": figure.high}
    value = {"@type": "QuantitativeValue", "unitText": figure.period.upper(), **_numbers(given)}
    return {"@type": "MonetaryAmount", "value": value}


def _numbers(given: dict[str, Decimal | None]) -> dict[str, float]:
    """Return what is known, as JSON has numbers: 131490, 24.5."""
    known = {name: value for name, value in given.items() if value is not None}
    return {
        name: int(value) if value == value.to_integral_value() else float(value)
        for name, value in known.items()
    }
