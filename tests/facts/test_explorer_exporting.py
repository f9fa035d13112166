"""Figures as files: the same as on the page, and safe to open."""

import csv
from http import HTTPStatus

import pytest

from tests.factories import NamingFactory, OutlookFactory, PlaceFactory, SalaryFactory, SourceFactory, state
from tests.facts.explorers import figures_on

pytestmark = pytest.mark.django_db

PAGE, FILE = "/guides/data-baker/salaries/", "/guides/data-baker/salaries.csv"
OUTLOOK_FILE = "/guides/data-baker/outlook.csv"


@pytest.fixture
def pay(guide):
    bureau = SourceFactory(key="bureau", publisher="Bureau", title="Pay", url="https://bureau.example/pay")
    seattle = PlaceFactory(name="Seattle", within=state("Washington", "US-WA"))
    SalaryFactory(guide=guide, source=bureau, low=100_000, high="120000.50", place=seattle, year=2020)
    SalaryFactory(guide=guide, source=bureau, amount=90_000, industry="Baking", year=2021)
    SalaryFactory(guide=guide, via=bureau, amount=80_000, level="entry")
    SalaryFactory(guide=None, source=bureau, amount=56_300)


def rows_of(response):
    text = b"".join(response).decode("utf-8-sig")
    assert text.count("\r\n") == len(text.splitlines())  # RFC 4180
    return list(csv.DictReader(text.splitlines()))


def test_file_says_all_of_a_figure(visitor, pay):
    row = rows_of(visitor.get(f"{FILE}?search=seattle"))[0]

    assert row == {
        "section": "cities",
        "place": "Seattle",
        "place_kind": "city",
        "state": "Washington",
        "country": "United States",
        "industry": "",
        "level": "",
        "statistic": "average",
        "low": "100000",
        "high": "120000.5",
        "amount": "",
        "currency": "USD",
        "period": "year",
        "answers": "",
        "describes": "2020",
        "old": "yes",
        "source": "Bureau",
        "source_title": "Pay",
        "source_url": "https://bureau.example/pay",
        "via": "",
        "via_title": "",
        "via_url": "",
        "retrieved_on": "2026-11-20",
        "occupation": "",
        "occupation_code": "",
        "note": "",
    }


@pytest.mark.parametrize(
    "query", ["", "?year=2021", "?year=undated", "?source=bureau&sort=name", "?search=x"]
)
def test_file_holds_what_the_page_shows(visitor, pay, query):
    shown = sorted(row["cells"][2] for row in figures_on(visitor.get(PAGE + query)))
    filed = sorted(
        f"${float(row['amount']):,.0f}" if row["amount"] else f"${float(row['low']):,.0f} to $120,000.50"
        for row in rows_of(visitor.get(FILE + query))
    )

    assert filed == shown


def test_page_leads_to_the_file_of_the_same_figures(visitor, pay):
    page = visitor.get(f"{PAGE}?place=Seattle&search=bak&sort=name").content.decode()

    assert f'href="{FILE}?search=bak&amp;sort=name"' in page


def test_file_is_called_after_the_career(visitor, pay):
    response = visitor.get(FILE)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="data-baker-salaries.csv"'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x"),\'\n'])
def test_no_cell_is_taken_for_a_formula(visitor, guide, text):
    SalaryFactory(guide=guide, statistic=text, industry=text, note=text)
    file = b"".join(visitor.get(FILE)).decode("utf-8-sig")
    row = next(csv.DictReader(file.splitlines(keepends=True)))

    assert [row[name] for name in ("statistic", "industry", "note")] == [f"'{text}"] * 3


def test_file_refuses_nonsense(visitor, pay):
    response = visitor.get(f"{FILE}?year=banana")

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "year: There is no “banana” here." in response.content.decode()


def test_file_of_a_career_without_figures_has_a_head_alone(visitor, guide):
    assert rows_of(visitor.get(FILE)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_file_takes_two_queries(visitor, guide, count, django_assert_num_queries):
    SalaryFactory.create_batch(count, guide=guide)
    visitor.get(PAGE)
    with django_assert_num_queries(2):
        visitor.get(FILE)


def test_file_of_the_outlook_holds_projections_and_names(visitor, guide):
    OutlookFactory(guide=guide, year=2020, until=2030, before=33_000, after=40_200, change_count=7_200)
    NamingFactory(guide=guide, sources=[SourceFactory(publisher="One"), SourceFactory(publisher="Two")])
    projection, names = rows_of(visitor.get(OUTLOOK_FILE))

    assert (projection["kind"], projection["from_year"], projection["until_year"]) == (
        "projection",
        "2020",
        "2030",
    )
    assert (projection["change_percent"], projection["posts_before"]) == ("22", "33000")
    assert (names["kind"], names["names"], names["source"]) == ("employers", "Acme; Globex", "One; Two")
