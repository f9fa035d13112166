"""In which section a figure stands, and in which order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.explorer.sections import ENDS, KINDS, ORDERS, by_name, kind_of, ordered
from facts.explorer.units import Unit, in_a_year
from tests.facts.explorers import PLACES, SEATTLE, USA, WASHINGTON, WORLD, salary

amounts = st.decimals(1, 10**6, places=2)


@st.composite
def figures(draw):
    low = draw(st.none() | amounts)
    fields = {"amount": draw(amounts)} if low is None else {"low": low, "high": low + draw(amounts)}
    return salary(place=draw(st.sampled_from(PLACES)), **fields)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "country"),
        ({"place": WORLD}, "country"),
        ({"place": WASHINGTON}, "states"),
        ({"place": SEATTLE}, "cities"),
        ({"place": SEATTLE, "industry": "Baking"}, "industries"),
        ({"industry": "Baking", "level": "senior"}, "levels"),
    ],
)
def test_figure_stands_where_fewest_people_are_meant(fields, kind):
    assert kind_of(salary(**fields)) == kind
    assert kind in [each.key for each in KINDS]


@given(st.lists(figures(), max_size=10), st.sampled_from(list(ORDERS)))
def test_every_order_keeps_every_figure(told, order):
    assert sorted(each.pk for each in ordered(by_name(told, USA), order)) == sorted(each.pk for each in told)


@given(st.lists(figures(), max_size=10), st.sampled_from(["low", "high", "amount"]), st.booleans())
def test_figures_that_do_not_give_it_come_last_either_way(told, end, is_reversed):
    values = [ENDS[end](each) for each in ordered(by_name(told, USA), f"-{end}" if is_reversed else end)]
    given_values = [value for value in values if value is not None]

    assert values[: len(given_values)] == sorted(given_values, reverse=is_reversed)


def test_hourly_pay_is_told_as_a_year_with_the_rule():
    figure = salary(amount=Decimal("62.50"), period="hour")

    assert in_a_year(figure) == "about $130,000 a year, at 2,080 hours, 52 weeks of 40"


def test_yearly_pay_needs_no_rule():
    assert in_a_year(salary()) == ""


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (150_000, "$150k"),
        (12_500, "$12.5k"),
        (0, "$0"),
        (25, "$25"),
        (1_500_000, "$1.5m"),
        (2_000_000, "$2m"),
    ],
)
def test_labels_of_ticks_are_short(value, label):
    assert Unit("USD", "year").short(Decimal(value)) == label


def test_unit_says_what_amounts_are():
    assert (Unit("USD", "year").words, Unit("EUR", "month").words) == ("US dollars a year", "EUR a month")
