"""Figures in words."""

from decimal import Decimal

import pytest

from facts.words import age, amount, change, described, pay, told_year
from tests.factories import OutlookFactory, SalaryFactory


def salary(**fields):
    return SalaryFactory.build(guide=None, source=None, place=None, **fields)


def outlook(**fields):
    return OutlookFactory.build(guide=None, source=None, place=None, **fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": Decimal(125672)}, "$125,672 a year"),
        ({"amount": Decimal("24.50"), "period": "hour"}, "$24.50 an hour"),
        ({"amount": Decimal("24.00"), "period": "hour"}, "$24 an hour"),
        ({"low": Decimal(120700), "high": Decimal(163300)}, "$120,700 to $163,300 a year"),
        (
            {"amount": Decimal(142000), "low": Decimal(120700), "high": Decimal(163300)},
            "$142,000 a year ($120,700 to $163,300)",
        ),
        ({"amount": Decimal(52000), "currency": "EUR"}, "EUR 52,000 a year"),
    ],
)
def test_pay_is_told(fields, words):
    assert pay(salary(**fields)) == words


def test_amount_is_told_with_its_currency():
    assert (amount(Decimal(1250), "USD"), amount(Decimal("0.5"), "GBP")) == ("$1,250", "GBP 0.50")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (salary(), "undated"),
        (salary(year=2022), "2022"),
        (salary(year=2022, month=6), "June 2022"),
        (outlook(), "undated"),
        (outlook(year=2021), "2021"),
        (outlook(year=2021, until=2031), "2021 to 2031"),
    ],
)
def test_year_is_told(figure, words):
    assert described(figure) == words


@pytest.mark.parametrize(("year", "words"), [(None, "undated"), (2001, "2001, old"), (2100, "2100")])
def test_year_is_told_with_a_word_if_it_is_old(year, words):
    assert told_year(salary(year=year)) == words


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (None, "undated"),
        (2027, "of this year"),
        (2026, "of this year"),
        (2025, "1 year old"),
        (2022, "4 years old"),
    ],
)
def test_age_is_told(year, words):
    assert age(salary(year=year), 2026) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"change_percent": Decimal("22.00")}, "22 percent more"),
        ({"change_percent": Decimal("-0.50")}, "0.5 percent fewer"),
        ({"change_percent": Decimal(1000)}, "1,000 percent more"),
        ({"change_percent": None, "change_count": -7200}, "7,200 fewer posts"),
        ({"change_percent": None, "before": 33000, "after": 40200}, "from 33,000 to 40,200"),
        (
            {"change_percent": Decimal(22), "change_count": 7200, "before": 33000, "after": 40200},
            "22 percent more, 7,200 more posts, from 33,000 to 40,200",
        ),
    ],
)
def test_change_is_told(fields, words):
    assert change(outlook(**fields)) == words
