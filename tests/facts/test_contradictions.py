"""Figures of different sources that differ by much."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.contradictions import contradictions, difference, interval_of
from facts.models import Salary
from tests.factories import GuideFactory, PlaceFactory, SalaryFactory, SourceFactory

AMOUNTS = st.decimals(1, 10**9, places=2)
INTERVALS = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: tuple(sorted(ends)))


@given(INTERVALS, INTERVALS)
def test_difference_is_the_same_from_both_sides(one, other):
    assert difference(one, other) == difference(other, one)


@given(INTERVALS, INTERVALS)
def test_difference_is_none_where_intervals_meet(one, other):
    meets = max(one[0], other[0]) <= min(one[1], other[1])
    assert (difference(one, other) == 0) is meets


@given(AMOUNTS, AMOUNTS)
def test_difference_of_amounts_is_in_percent_of_the_smaller(one, other):
    smaller, greater = sorted((one, other))
    assert difference((one, one), (other, other)) == (greater - smaller) / smaller * 100


@given(INTERVALS, INTERVALS, st.decimals(0, 1000, places=2))
def test_wider_interval_differs_by_no_more(one, other, more):
    assert difference((one[0], one[1] + more), other) <= difference(one, other) or one[0] > other[1]
    assert difference((one[0] / 2, one[1]), other) <= difference(one, other)


@given(INTERVALS, INTERVALS, st.integers(2, 100))
def test_difference_does_not_depend_on_the_unit(one, other, factor):
    scaled = [tuple(end * factor for end in ends) for ends in (one, other)]
    assert difference(*scaled).quantize(Decimal("0.001")) == difference(one, other).quantize(Decimal("0.001"))


@pytest.mark.parametrize(
    ("fields", "interval"),
    [
        ({"amount": Decimal(5)}, (5, 5)),
        ({"low": Decimal(3), "high": Decimal(7)}, (3, 7)),
        ({"low": Decimal(3), "amount": Decimal(5), "high": Decimal(7)}, (3, 7)),
    ],
)
def test_figure_is_an_interval(fields, interval):
    assert interval_of(SalaryFactory.build(guide=None, source=None, place=None, **fields)) == interval


@pytest.fixture
def guide(db):
    return GuideFactory()


def found(**kwargs):
    return [
        (pair.lower.amount or pair.lower.high, pair.higher.amount or pair.higher.low, pair.percent)
        for pair in contradictions(Salary.objects.for_list(), **kwargs)
    ]


def test_figures_that_differ_by_more_than_the_threshold_are_found(guide):
    for value in (100_000, 120_000, 150_000):
        SalaryFactory(guide=guide, amount=value)
    assert found() == [(100_000, 150_000, 50), (120_000, 150_000, 25)]
    assert found(threshold=Decimal("19.99"))[-1] == (100_000, 120_000, 20)
    assert found(threshold=Decimal(50)) == []


def test_ranges_differ_by_their_gap(guide):
    SalaryFactory(guide=guide, low=100_000, high=120_000)
    SalaryFactory(guide=guide, amount=150_000)
    SalaryFactory(guide=guide, low=110_000, high=140_000)
    assert found() == [(120_000, 150_000, 25)]


@pytest.mark.parametrize(
    "other",
    [
        {"industry": "Bakeries"},
        {"level": "senior"},
        {"period": "month"},
        {"currency": "EUR"},
        {"guide": None},
    ],
)
def test_figures_that_speak_of_something_else_are_not_compared(guide, other):
    SalaryFactory(guide=guide, amount=100)
    SalaryFactory(**{"guide": guide, "amount": 500, **other})
    assert found() == []


def test_other_places_and_the_same_source_are_not_compared(guide):
    source = SourceFactory()
    SalaryFactory(guide=guide, source=source, amount=100)
    SalaryFactory(guide=guide, source=source, amount=500, statistic="total pay")
    SalaryFactory(guide=guide, amount=900, place=PlaceFactory())
    assert found() == []


def test_figures_of_all_occupations_are_compared(db):
    SalaryFactory(guide=None, amount=100)
    SalaryFactory(guide=None, amount=500)
    assert found() == [(100, 500, 400)]
