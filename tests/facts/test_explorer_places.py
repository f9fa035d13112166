"""Finding the place that somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.explorer.naming import chain_of, full_name
from facts.explorer.places import find_place
from facts.models import Place
from tests.facts.explorers import (
    CALIFORNIA,
    CANADA,
    CITIES,
    MONTREAL,
    NEW_YORK,
    NEW_YORK_CITY,
    OREGON,
    PLACES,
    PORTLAND_MAINE,
    PORTLAND_OREGON,
    SAN_FRANCISCO,
    SEATTLE,
    TWIN_CITIES,
    USA,
    WASHINGTON,
    WASHINGTON_CITY,
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Seattle", SEATTLE),
        ("  SEATTLE ", SEATTLE),
        ("Seattle, WA", SEATTLE),
        ("seattle washington usa", SEATTLE),
        ("Seattle, US", SEATTLE),
        ("NYC", NEW_YORK_CITY),
        ("new york city, ny", NEW_YORK_CITY),
        ("New York", NEW_YORK),
        ("NY", NEW_YORK),
        ("San Fran", SAN_FRANCISCO),
        ("SF, CA", SAN_FRANCISCO),
        ("Montreal", MONTREAL),
        ("MONTRÉAL, Quebec", MONTREAL),
        ("St. Paul", TWIN_CITIES),
        ("minneapolis", TWIN_CITIES),
        ("Washington", WASHINGTON),
        ("Washington D.C.", WASHINGTON_CITY),
        ("DC", WASHINGTON_CITY),
        ("D.C.", WASHINGTON_CITY),
        ("sea", SEATTLE),
        ("Portland, ME", PORTLAND_MAINE),
        ("Portland Oregon", PORTLAND_OREGON),
        ("U.S.A.", USA),
        ("us", USA),
        ("california", CALIFORNIA),
    ],
)
def test_place_is_found(text, place):
    assert find_place(text, PLACES).place is place


def test_places_of_one_name_are_asked_about():
    found = find_place("Portland", PLACES)

    assert found.place is None
    assert found.others == [PORTLAND_MAINE, PORTLAND_OREGON]


def test_code_of_two_places_is_asked_about():
    assert find_place("CA", PLACES).others[:2] == [CANADA, CALIFORNIA]


def test_state_is_meant_and_its_city_is_offered():
    assert find_place("New York", PLACES).others == [NEW_YORK_CITY]


def test_misspelled_place_is_suggested():
    found = find_place("Seatle", PLACES)

    assert (found.place, found.others[0]) == (None, SEATTLE)


@pytest.mark.parametrize(("text", "place"), [("s", SEATTLE), ("se", SEATTLE), ("st", TWIN_CITIES)])
def test_part_of_one_or_two_letters_is_asked_about(text, place):
    found = find_place(text, PLACES)

    assert found.place is None
    assert place in found.others


@pytest.mark.parametrize("text", ["Orlando", "Cortland Park", "Seat Hill", "x", "xyz"])
def test_name_that_is_not_close_suggests_nothing(text):
    found = find_place(text, PLACES)

    assert (found.place, found.others) == (None, [])


def test_name_of_another_city_is_no_misspelling():
    orlando = Place(pk=90, slug="orlando", kind="city", name="Orlando", within=CALIFORNIA)

    assert find_place("Portland", [USA, CALIFORNIA, orlando]).others == []


@pytest.mark.parametrize(
    ("text", "place", "missed"),
    [
        ("Spokane, WA", WASHINGTON, "Spokane"),
        ("  spokane  valley , washington, usa", WASHINGTON, "spokane valley"),
        ("Albany, New York", NEW_YORK, "Albany"),
        ("Toronto, Canada", CANADA, "Toronto"),
        ("Seattle, Oregon", OREGON, "Seattle"),
    ],
)
def test_unknown_city_is_taken_for_what_it_lies_in(text, place, missed):
    found = find_place(text, PLACES)

    assert (found.place, found.missed) == (place, missed)


def test_misspelled_city_of_a_state_is_suggested():
    assert find_place("Washingtn, WA", PLACES).others == []
    assert find_place("Seatle, WA", PLACES).others == [SEATTLE]


@pytest.mark.parametrize("text", ["Spokane, Atlantis", "Spokane,", ", Atlantis", "Spokane, CA"])
def test_unknown_city_of_no_one_state_is_not_found(text):
    found = find_place(text, PLACES)

    assert (found.place, found.missed) == (None, "")


@pytest.mark.parametrize("text", ["", "   ", "?!", "\u202e", "́"])
def test_text_without_words_finds_nothing(text):
    assert find_place(text, PLACES).place is None


@given(st.sampled_from(PLACES), st.sampled_from([str.upper, str.lower, str.title, str]))
def test_every_place_is_found_by_its_full_name(place, written):
    names = [place.name, *(around.name for around in chain_of(place)[1:])]

    assert find_place(written(", ".join(names)), PLACES).place is place


@given(st.sampled_from(CITIES))
def test_every_city_is_found_by_the_name_that_is_offered(city):
    assert find_place(full_name(city), PLACES).place is city


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text):
    found = find_place(text, PLACES)

    assert found.place is None or found.place not in found.others
    assert set(found.others) <= set(PLACES)
