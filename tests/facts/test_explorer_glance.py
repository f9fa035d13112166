"""Careers at a glance."""

from datetime import date

import pytest

from facts.glance import Glance, Glimpse, glance, glances
from tests.factories import (
    OutlookFactory,
    PlaceFactory,
    SalaryFactory,
    SourceFactory,
    published_guide,
)

pytestmark = pytest.mark.django_db


def test_glance_tells_who_says_it_and_when(guide):
    SalaryFactory(
        guide=guide,
        source=SourceFactory(publisher="Bureau"),
        via=SourceFactory(publisher="Platform"),
        statistic="median",
        amount=131_490,
        year=2020,
        retrieved_on=date(2026, 11, 21),
    )

    assert glance(guide.slug).pay == [
        Glimpse(
            "Bureau",
            "Platform",
            "$131,490 a year",
            "median",
            "United States",
            "2020",
            2020,
            is_old=True,
            retrieved_on=date(2026, 11, 21),
        )
    ]


def test_glance_shows_the_newest_and_counts_all(guide):
    for year in (2021, None, 2025, 2022):
        SalaryFactory(guide=guide, year=year)
        OutlookFactory(guide=guide, year=year)

    told = glance(guide.slug, most=2)

    assert [each.year for each in told.pay] == [2025, 2022]
    assert [each.year for each in told.outlook] == [2025, 2022]
    assert (told.pay_count, told.outlook_count) == (4, 4)


def test_glance_leaves_out_what_is_not_of_the_whole_country(guide):
    SalaryFactory(guide=guide, place=PlaceFactory(name="Seattle"))
    SalaryFactory(guide=guide, industry="Baking")
    SalaryFactory(guide=guide, level="senior")

    assert glance(guide.slug) == Glance()


def test_glance_of_what_is_not_public_is_empty(guide):
    SalaryFactory(guide=guide)
    assert glance("no-such-career") == Glance()


def test_figure_of_this_year_is_not_old(guide):
    SalaryFactory(guide=guide, year=date.today().year)  # noqa: DTZ011 (any day of it will do)

    assert glance(guide.slug).pay[0].is_old is False


@pytest.mark.parametrize("careers", [1, 3])
def test_glances_take_three_queries(careers, django_assert_num_queries):
    slugs = []
    for number in range(careers):
        guide = published_guide(title=f"Baker {number}", slug=f"baker-{number}")
        SalaryFactory.create_batch(3, guide=guide)
        slugs.append(guide.slug)

    with django_assert_num_queries(3):
        found = glances(slugs)

    assert [found[slug].pay_count for slug in slugs] == [3] * careers
