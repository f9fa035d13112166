"""Figures for clients of the API."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import OutlookFactory, PlaceFactory, SalaryFactory, SourceFactory, guide_with_path

pytestmark = pytest.mark.django_db

SALARIES, OUTLOOK = reverse("api-salary-list"), reverse("api-outlook-list")
PROBLEM = "application/problem+json"


def rows(client, address, **asked):
    response = client.get(address, asked)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def amounts(client, **asked):
    return sorted(row["amount"] for row in rows(client, SALARIES, **asked))


def test_salary_is_told_in_full(visitor, guide):
    source = SourceFactory(
        key="flour-times", publisher="Flour Times", title="Pay", url="https://flour.example/"
    )
    SalaryFactory(
        guide=guide,
        source=source,
        via=SourceFactory(key="crumb", publisher="Crumb", title="The crumb"),
        place=PlaceFactory(name="Oven Town"),
        statistic="median",
        amount="30000.50",
        low=20_000,
        high=40_000,
        currency="EUR",
        period="month",
        industry="Bakeries",
        level="senior",
        year=2022,
        month=6,
        answers=12,
        occupation_code="51-3011",
        occupation="Bakers",
        note="Without tips.",
    )
    assert rows(visitor, SALARIES) == [
        {
            "guide": "data-baker",
            "source": {
                "key": "flour-times",
                "publisher": "Flour Times",
                "title": "Pay",
                "url": "https://flour.example/",
            },
            "via": {"key": "crumb", "publisher": "Crumb", "title": "The crumb", "url": ""},
            "place": {"slug": "oven-town", "name": "Oven Town", "kind": "city", "code": ""},
            "statistic": "median",
            "occupation_code": "51-3011",
            "occupation": "Bakers",
            "industry": "Bakeries",
            "level": "senior",
            "amount": "30000.50",
            "low": "20000.00",
            "high": "40000.00",
            "currency": "EUR",
            "period": "month",
            "answers": 12,
            "year": 2022,
            "month": 6,
            "undated": False,
            "old": True,
            "good_for_years": 2,
            "retrieved_on": "2026-11-20",
            "note": "Without tips.",
        }
    ]


def test_undated_figure_of_all_occupations_is_told(visitor):
    SalaryFactory(guide=None)
    [row] = rows(visitor, SALARIES)
    told = ("guide", "via", "year", "month", "low", "undated", "old")
    assert [row[name] for name in told] == [None, None, None, None, None, True, True]


def test_outlook_is_told_in_full(visitor, guide):
    counts = {"before": 10, "after": 12, "change_count": 2}
    said = {"year": 2020, "until": 2030, "origin": "A bureau", "compared_with": "all", **counts}
    OutlookFactory(guide=guide, **said)
    [row] = rows(visitor, OUTLOOK)
    assert {name: row[name] for name in said} == said
    assert (row["guide"], row["change_percent"]) == ("data-baker", "22.00")
    assert (row["undated"], row["old"]) == (False, True)


@pytest.mark.parametrize(("address", "factory"), [(SALARIES, SalaryFactory), (OUTLOOK, OutlookFactory)])
def test_figures_of_guides_that_are_not_public_are_not_told(visitor, guide, address, factory):
    factory(guide=guide_with_path(slug="secret"), note="Secret.")
    factory(guide=guide)
    assert [row["guide"] for row in rows(visitor, address)] == ["data-baker"]
    assert visitor.get(address, {"guide": "secret"}).status_code == 400
    guide.unpublished_at = timezone.now()
    guide.save(update_fields=["unpublished_at"])
    assert rows(visitor, address) == []


def test_guide_is_named_as_the_public_knows_it(visitor, guide):
    SalaryFactory(guide=guide)
    guide.slug = "renamed-but-not-published"
    guide.save(update_fields=["slug"])
    assert [row["guide"] for row in rows(visitor, SALARIES, guide="data-baker")] == ["data-baker"]


@pytest.fixture
def three(guide):
    """Three salary figures that have nothing in common, of 1, 2 and 3."""
    this_year = timezone.localdate().year
    SalaryFactory(guide=guide, amount=1, source=SourceFactory(key="one"), level="entry", year=this_year)
    SalaryFactory(guide=None, amount=2, source=SourceFactory(key="two"), industry="Bakeries", year=2001)
    SalaryFactory(
        guide=guide,
        amount=3,
        source=SourceFactory(key="three"),
        place=PlaceFactory(name="Oven Town"),
        currency="EUR",
        period="hour",
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "123"),
        ({"guide": "data-baker"}, "13"),
        ({"guide": "all-occupations"}, "2"),
        ({"guide": ["data-baker", "all-occupations"]}, "123"),
        ({"source": "two"}, "2"),
        ({"source": ["one", "three"]}, "13"),
        ({"place": "oven-town"}, "3"),
        ({"place_kind": "country"}, "12"),
        ({"place_kind": "world"}, ""),
        ({"industry": "Bakeries"}, "2"),
        ({"industry": "all"}, "13"),
        ({"level": "entry"}, "1"),
        ({"level": "all"}, "23"),
        ({"level": "executive"}, ""),
        ({"year": "2001"}, "2"),
        ({"year": "undated"}, "3"),
        ({"year": ["2001", "undated"]}, "23"),
        ({"year": "1999"}, ""),
        ({"currency": "EUR"}, "3"),
        ({"period": "hour"}, "3"),
        ({"is_old": "true"}, "23"),
        ({"is_old": "false"}, "1"),
        ({"is_old": ["true", "false"]}, "123"),
        ({"guide": "data-baker", "currency": "USD"}, "1"),
        ({"guide": ""}, "123"),
    ],
)
def test_list_is_filtered(visitor, three, asked, found):
    assert amounts(visitor, **asked) == [f"{amount}.00" for amount in found]


def test_outlook_is_filtered(visitor, guide):
    OutlookFactory(guide=guide, year=2001, change_percent=1), OutlookFactory(guide=None, change_percent=2)
    assert [row["change_percent"] for row in rows(visitor, OUTLOOK, year="2001")] == ["1.00"]
    assert [row["change_percent"] for row in rows(visitor, OUTLOOK, guide="all-occupations")] == ["2.00"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"gude": "x"},
            "There is no parameter “gude”. Use some of guide, source, place, place_kind, year, industry, ",
        ),
        ({"guide": "nobody"}, "No figure has “nobody” here. Use one of all-occupations, data-baker."),
        ({"source": "x"}, "No figure has “x” here. Use one of one, three, two."),
        ({"place_kind": "planet"}, "No figure has “planet” here. Use one of world, country, state, city."),
        ({"level": "guru"}, "No figure has “guru” here. Use one of all, entry, mid, senior, executive."),
        ({"year": "22"}, "No figure has “22” here. Use a year from 1900 to 2100, or undated."),
        ({"year": ["2001", "x", "y"]}, "No figure has “x”, “y” here."),
        ({"currency": "eur"}, "No figure has “eur” here. Use one of EUR, USD."),
        ({"is_old": "yes"}, "Write true or false."),
        ({"page": "0"}, None),
        ({"page_size": "999"}, "Must be a whole number from 1 to 200."),
    ],
)
def test_what_cannot_be_answered_is_refused(visitor, three, asked, message):
    response = visitor.get(SALARIES, asked)
    assert (response.status_code, response["Content-Type"]) == (400 if message else 404, PROBLEM)
    if message:
        [error] = response.json()["errors"]
        assert (error["attr"], error["detail"][: len(message)]) == (next(iter(asked)), message)


@pytest.mark.parametrize("name", ["guide", "source", "place", "year", "industry", "currency", "is_old"])
@pytest.mark.parametrize("value", ["\x00", "x" * 100_000, "‮", "'; --", "9" * 40])
def test_nonsense_is_refused(visitor, three, name, value):
    response = visitor.get(SALARIES, {name: value})
    assert response.status_code == 400
    assert len(response.content) < 2000


def test_all_that_is_wrong_is_told_at_once(visitor, three):
    response = visitor.get(SALARIES, {"gude": "x", "level": "guru", "is_old": "so"})
    assert {error["attr"] for error in response.json()["errors"]} == {"gude", "level", "is_old"}


def test_outlook_has_no_filter_of_pay(visitor):
    assert visitor.get(OUTLOOK, {"currency": "USD"}).status_code == 400


@pytest.mark.parametrize(("address", "factory"), [(SALARIES, SalaryFactory), (OUTLOOK, OutlookFactory)])
@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_whatever_its_length(
    visitor, guide, django_assert_num_queries, address, factory, count
):
    for number in range(count):
        source = SourceFactory(key=f"said-{number}")
        factory(guide=guide, source=source, via=SourceFactory(), place=PlaceFactory())
    with django_assert_num_queries(3):
        assert len(rows(visitor, address)) == count
    with django_assert_num_queries(4):
        rows(visitor, address, guide="data-baker", source="said-0")


def test_list_comes_in_pages(visitor, guide):
    for amount in range(1, 4):
        SalaryFactory(guide=guide, amount=amount)
    page = visitor.get(SALARIES, {"page_size": 2}).json()
    assert (page["count"], len(page["results"])) == (3, 2)
    rest = visitor.get(re.sub("^http://[^/]+", "", page["next"])).json()
    assert len({row["amount"] for row in [*page["results"], *rest["results"]]}) == 3


def test_answer_that_is_known_is_not_sent_again(visitor, guide):
    SalaryFactory(guide=guide)
    first = visitor.get(SALARIES)
    assert visitor.get(SALARIES, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(superuser_client, method):
    assert getattr(superuser_client, method)(SALARIES).status_code == 405
