"""What sources say of offers, in words."""

from decimal import Decimal

import pytest

from courses.facts import effort_words, money, validity_words
from courses.models import Course


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ""),
        ({"effort_hours": 1}, "1 hour"),
        (
            {"effort_hours": 13, "weekly_hours_min": 2, "weekly_hours_max": 4},
            "13 hours at 2 to 4 hours a week",
        ),
        ({"effort_hours": 40, "weeks_min": 4, "weeks_max": 6}, "40 hours over 4 to 6 weeks"),
        ({"weeks_min": 1, "weeks_max": 1}, "1 week"),
        ({"weekly_hours_min": 3, "weekly_hours_max": 3}, "3 hours a week"),
        (
            {"weeks_min": 4, "weeks_max": 6, "weekly_hours_min": 3, "weekly_hours_max": 3},
            "4 to 6 weeks at 3 hours a week",
        ),
    ],
)
def test_effort_is_said_as_its_provider_says_it(said, words):
    assert effort_words(Course(**said)) == words


@pytest.mark.parametrize(
    ("months", "words"),
    [(None, ""), (0, "does not expire"), (12, "1 year"), (18, "18 months"), (36, "3 years")],
)
def test_validity_is_said_in_years_where_it_is_whole_years(months, words):
    assert validity_words(months) == words


def test_amounts_have_cents_where_there_are_some():
    assert (money(Decimal("1250.50")), money(Decimal("49.00"))) == ("1,250.50", "49")
