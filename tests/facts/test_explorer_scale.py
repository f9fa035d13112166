"""Scales: round ticks, and everything on them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from facts.explorer.scale import MARGIN, ROUND, TICKS, Scale

amounts = st.decimals(Decimal("0.01"), Decimal(10**9), places=2)
changes = st.decimals(Decimal(-99_999), Decimal(99_999), places=2)
values = st.lists(amounts | changes, min_size=1, max_size=8)


@given(values)
def test_scale_holds_every_value(numbers):
    scale = Scale.over(numbers)

    assert all(scale.start <= number <= scale.end for number in numbers)
    assert all(MARGIN <= Decimal(str(scale.at(number))) <= 100 - MARGIN for number in numbers)


@given(values)
def test_ticks_are_few_and_at_multiples_of_a_round_step(numbers):
    scale = Scale.over(numbers)

    assert 2 <= len(scale.ticks) <= TICKS
    assert scale.step.scaleb(-scale.step.adjusted()) in ROUND
    assert all(tick % scale.step == 0 for tick in scale.ticks)
    assert (scale.ticks[0], scale.ticks[-1]) == (scale.start, scale.end)


@given(values)
def test_greater_value_never_lies_to_the_left(numbers):
    scale = Scale.over(numbers)
    places = [scale.at(number) for number in sorted(numbers)]

    assert places == sorted(places)


def test_scale_of_real_pay_has_round_thousands():
    scale = Scale.over(map(Decimal, (56_300, 131_490, 228_600)))

    assert [int(tick) for tick in scale.ticks] == [50_000, 100_000, 150_000, 200_000, 250_000]
    assert not scale.begins_at_zero


def test_scale_of_a_single_value_begins_at_zero():
    assert Scale.over([Decimal(120_000)]).begins_at_zero


def test_scale_of_nothing_is_none():
    assert Scale.over([]) is None
