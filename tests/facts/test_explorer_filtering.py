"""Which figures filters let through."""

from hypothesis import given
from hypothesis import strategies as st

from facts.explorer.asked import Asked
from facts.explorer.filtering import filtered, words_in
from tests.facts.explorers import PLACES, SEATTLE, TODAY, salary

told = st.lists(
    st.builds(
        salary,
        place=st.sampled_from(PLACES),
        year=st.sampled_from([None, 2020, 2025]),
        industry=st.sampled_from(["", "Baking", "Iron and steel"]),
    ),
    max_size=10,
)
questions = st.builds(
    Asked,
    search=st.sampled_from(["", "sea", "BAKING", "new york", "iron steel", "nowhere"]),
    year=st.sampled_from(["", "undated", "2020", "1999"]),
    current=st.booleans(),
)


def keys(figures):
    return [figure.pk for figure in figures]


@given(told, questions)
def test_filters_keep_the_order_and_add_nothing(figures, asked):
    left = keys(filtered(figures, asked, TODAY, words_in))

    assert left == [key for key in keys(figures) if key in left]


@given(told, questions)
def test_each_filter_alone_lets_through_what_all_let_through(figures, asked):
    left = set(keys(filtered(figures, asked, TODAY, words_in)))
    alone = (Asked(search=asked.search), Asked(year=asked.year), Asked(current=asked.current))

    assert left == set.intersection(*(set(keys(filtered(figures, each, TODAY, words_in))) for each in alone))


@given(told)
def test_current_figures_and_old_ones_are_all(figures):
    current = filtered(figures, Asked(current=True), TODAY, words_in)

    assert {each.pk for each in figures if not each.is_old(TODAY)} == set(keys(current))


def test_place_is_found_by_what_it_lies_in():
    figure = salary(place=SEATTLE)

    assert filtered([figure], Asked(search="united states wash"), TODAY, words_in) == [figure]
