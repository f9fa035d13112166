"""Which figures apply to somebody, and why."""

from hypothesis import given
from hypothesis import strategies as st

from facts.explorer.applying import applying
from facts.explorer.naming import chain_of
from facts.models import Salary
from tests.facts.explorers import (
    CANADA,
    PLACES,
    PORTLAND_MAINE,
    SEATTLE,
    TODAY,
    USA,
    WASHINGTON,
    WORLD,
    salary,
)

levels = st.sampled_from(["", *Salary.Level.values])
figures = st.lists(
    st.builds(
        salary,
        place=st.sampled_from(PLACES),
        level=levels,
        industry=st.sampled_from(["", "", "Baking"]),
        year=st.sampled_from([None, 2020, 2025]),
    ),
    max_size=12,
)
places = st.none() | st.sampled_from(PLACES)


def reasons(found):
    return [each.why for each in found.figures]


@given(figures, places, levels)
def test_what_applies_is_near_and_of_the_level(told, place, level):
    around = chain_of(place) if place else [USA, CANADA, WORLD]

    for each in applying(told, place, level, TODAY).figures:
        assert each.figure in told
        assert each.figure.place in around
        assert each.figure.level in ("", level)
        assert not each.figure.industry


@given(figures, places, levels)
def test_nothing_that_applies_is_left_out(told, place, level):
    around = chain_of(place) if place else [USA, CANADA, WORLD]
    found = {each.figure.pk for each in applying(told, place, level, TODAY).figures}

    assert found == {
        figure.pk
        for figure in told
        if figure.place in around and figure.level in ("", level) and not figure.industry
    }


@given(figures, places, levels)
def test_nearest_stands_first_and_the_level_before_all_levels(told, place, level):
    found = applying(told, place, level, TODAY).figures
    order = [(each.distance, each.figure.place.name, not each.figure.level) for each in found]

    assert order == sorted(order)


@given(figures, places, levels)
def test_order_of_figures_does_not_matter(told, place, level):
    one, other = (applying(each, place, level, TODAY) for each in (told, told[::-1]))

    assert (set(reasons(one)), one.missing) == (set(reasons(other)), other.missing)


@given(figures, st.sampled_from(PLACES), levels)
def test_figure_of_elsewhere_changes_nothing(told, place, level):
    elsewhere = PORTLAND_MAINE if place is not PORTLAND_MAINE else SEATTLE
    before, after = (
        applying(each, place, level, TODAY) for each in (told, [*told, salary(place=elsewhere, level=level)])
    )

    assert (reasons(before), before.missing) == (reasons(after), after.missing)


def test_reasons_say_where():
    told = [salary(place=place) for place in (WORLD, USA, WASHINGTON, SEATTLE)]

    assert reasons(applying(told, SEATTLE, "", TODAY)) == [
        "For Seattle itself",
        "For all of Washington, where Seattle lies",
        "For the whole country, United States",
        "For the whole world",
    ]


def test_reason_says_which_level():
    told = [salary(place=SEATTLE, level="senior"), salary(place=SEATTLE), salary(place=USA)]

    assert reasons(applying(told, SEATTLE, "senior", TODAY)) == [
        "For Seattle itself, senior",
        "For Seattle itself, all levels of experience",
        "For the whole country, United States, all levels of experience: no figure of it says “senior”",
    ]


def test_what_is_missing_is_said():
    told = [salary(place=USA), salary(place=USA, industry="Baking")]

    assert applying(told, SEATTLE, "entry", TODAY).missing == [
        "No source gives a figure for Seattle itself.",
        "No source gives a figure for Washington itself.",
        "No source says there what entry level posts pay.",
        "1 more is of a single industry, and stands under “By industry”.",
    ]


def test_old_figures_alone_are_said_to_be_old():
    found = applying([salary(year=2020), salary(year=None)], USA, "", TODAY)

    assert found.missing == ["None of these figures is current: look at the year of each."]
