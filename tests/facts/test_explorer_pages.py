"""The page of what a career pays, as visitors and learners meet it."""

import json
import re
from datetime import date
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from facts.explorer.listing import A_PAGE, AT_ONCE
from facts.explorer.reading import forget
from facts.models import Salary
from tests.factories import (
    OutlookFactory,
    PlaceFactory,
    SalaryFactory,
    SourceFactory,
    country,
    published_guide,
    state,
)
from tests.facts.explorers import figures_on

pytestmark = pytest.mark.django_db

PAGE = "/guides/data-baker/salaries/"
THIS_YEAR = timezone.localdate().year
WARM, COLD = 2, 7  # queries: the edition and the version; once for each version also what is read


@pytest.fixture
def bureau():
    return SourceFactory(key="bureau", publisher="Bureau", url="https://bureau.example/pay")


@pytest.fixture
def platform():
    return SourceFactory(key="platform", publisher="Platform")


@pytest.fixture
def pay(guide, bureau, platform):
    """Six figures of three kinds of places, and that of all occupations."""
    washington = state("Washington", "US-WA")
    seattle = PlaceFactory(name="Seattle", within=washington)
    SalaryFactory(guide=guide, source=bureau, via=platform, statistic="median", amount=131_490, year=2020)
    SalaryFactory(guide=guide, source=platform, amount=112_600, year=THIS_YEAR, month=3)
    SalaryFactory(guide=guide, source=platform, statistic="range", low=154_500, high=209_000, place=seattle)
    SalaryFactory(guide=guide, source=platform, amount=138_400, place=washington)
    SalaryFactory(guide=guide, source=platform, amount=139_170, industry="Baking")
    SalaryFactory(guide=guide, source=platform, amount=171_000, level="senior", year=THIS_YEAR)
    SalaryFactory(guide=None, source=bureau, via=platform, amount=56_300, year=2021)
    return guide


def leads(response):
    return [row["cells"][0] for row in figures_on(response)]


def section(response, key):
    """Return the HTML of a section of the page."""
    return re.search(rf'<section[^>]* id="{key}".*?</section>', response.content.decode(), re.DOTALL).group()


def test_each_figure_says_who_what_and_when(visitor, pay):
    rows = {row["cells"][2]: row for row in figures_on(visitor.get(PAGE))}

    assert rows["$131,490"]["cells"][0] == "Bureau median, via Platform"
    assert rows["$131,490"]["cells"][3] == "2020 old read 20 Nov 2026"
    assert rows["$112,600"]["cells"][3] == f"March {THIS_YEAR} read 20 Nov 2026"
    assert rows["$154,500 to $209,000"]["cells"][0] == "Seattle, Washington range, by Platform"
    assert rows["$154,500 to $209,000"]["cells"][3] == "undated read 20 Nov 2026"
    assert rows["$56,300"]["cells"][0] == "All occupations average, by Bureau via Platform"


def test_every_figure_on_the_page_has_its_source_and_its_days(visitor, pay):
    response = visitor.get(f"{PAGE}?place=Seattle")
    page, rows = response.content.decode(), figures_on(response)

    assert len(rows) == 7 + 4  # in their sections, and again where they apply
    for row in rows:
        assert row["class"].split()[0] in ("current", "old", "undated")
        assert row["times"] == ["2026-11-20"]
        assert re.search(r"\d{4}|undated", row["cells"][3].split("read")[0])
        assert row["links"]
        for link in row["links"]:  # to the work, or to the list of sources on this page
            assert link.startswith("https://") or f'id="{link.removeprefix("#")}"' in page


def test_old_and_undated_figures_are_marked_by_words_and_shapes(visitor, pay):
    marks = {row["cells"][2]: row["class"] for row in figures_on(visitor.get(PAGE))}

    assert marks["$131,490"] == "old"
    assert marks["$138,400"] == "undated"
    assert marks["$112,600"] == "current"
    assert "2 of 6 figures are current" in visitor.get(PAGE).content.decode()


def test_every_picture_stands_in_a_row_of_a_table_with_its_words(visitor, pay):
    page = visitor.get(PAGE).content.decode()

    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        assert "<caption>" in table
        assert table.count('scope="col"') == 4
        assert table.count("marks-on-scale") == table.count('scope="row"')
    assert 'style="' not in page


def test_all_amounts_share_one_scale(visitor, pay):
    axes = set(re.findall(r'<svg class="axis".*?</svg>', visitor.get(PAGE).content.decode(), re.DOTALL))

    assert len(axes) == 1
    assert re.findall(r">(\$[^<]+)<", axes.pop()) == ["$50k", "$100k", "$150k", "$200k", "$250k"]


def test_scale_is_the_same_under_a_filter(visitor, pay):
    def axis(address):
        return re.search(r'<svg class="axis".*?</svg>', visitor.get(address).content.decode()).group()

    assert axis(f"{PAGE}?search=baking") == axis(PAGE)


def test_other_currencies_and_periods_have_scales_of_their_own(visitor, pay):
    SalaryFactory(guide=pay, amount=60, period="hour")
    SalaryFactory(guide=pay, amount=52_000, currency="EUR")
    found = section(visitor.get(PAGE), "country")

    assert re.findall(r"</span><span>([^<]+)</span>", found) == [
        "US dollars a year",
        "EUR a year",
        "US dollars an hour",
    ]
    assert "about $124,800 a year, at 2,080 hours, 52 weeks of 40" in found


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("search=seat", 1),
        ("search=WASHINGTON", 2),
        ("search=seattle+range", 1),
        ("source=bureau", 1),
        ("source=platform", 6),
        ("year=2020", 1),
        ("year=undated", 3),
        ("current=on", 2),
        ("search=nothing+like+it", 0),
    ],
)
def test_filter_leaves_what_was_asked_for(visitor, pay, query, count):
    response = visitor.get(f"{PAGE}?{query}")

    assert len([lead for lead in leads(response) if not lead.startswith("All occ")]) == count


@pytest.mark.parametrize(
    ("order", "first"),
    [("name", "Bureau"), ("-name", "Platform"), ("-high", "Bureau"), ("high", "Platform")],
)
def test_figures_stand_in_the_order_asked_for(visitor, pay, order, first):
    assert leads(visitor.get(f"{PAGE}?sort={order}"))[0].split()[0] == first


def test_link_of_the_order_that_is_now_turns_it_round(visitor, pay):
    SalaryFactory(guide=pay)
    links = re.findall(r'<a href="([^"]+)"', section(visitor.get(f"{PAGE}?sort=-low"), "country"))

    assert "?sort=low#country" in links
    assert 'aria-sort="descending"' in section(visitor.get(f"{PAGE}?sort=-low"), "country")


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("year=banana", "year", "There is no “banana” here."),
        ("source=nobody", "source", "There is no “nobody” here."),
        ("sort=up", "sort", "There is no “up” here."),
        ("current=banana", "current", "Use “on”, or leave it out."),
        ("section=moon", "section", "There is no “moon” here."),
        ("page=zero", "page", "Pages are numbered from 1."),
        ("search=%00", "search", "Null characters are not allowed."),
        ("search=%21%21", "search", "Search for words or numbers"),
        (f"search={'x' * 200}", "search", "Search for at most 120 characters."),
        ("place=Atlantis", "place", "We know no place “Atlantis”."),
        ("place=Seatle", "place", "Did you mean Seattle, Washington?"),
        ("place=%00", "place", "Null characters are not allowed."),
        ("place=%E2%80%AE", "place", "We know no place"),
        ("level=guru", "level", "There is no “guru” here."),
    ],
)
def test_nonsense_is_refused_at_its_field(visitor, pay, query, field, message):
    response = visitor.get(f"{PAGE}?{query}")
    page = response.content.decode()

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert message in re.search(rf'id="id_{field}_error".*?</ul>', page, re.DOTALL).group()
    assert len(figures_on(response)) == 7  # all of them: what was not understood is left out


def test_what_was_typed_is_kept(visitor, pay):
    page = visitor.get(f"{PAGE}?place=Atlantis&level=senior&search=bak&year=banana").content.decode()

    assert 'name="place" value="Atlantis"' in page
    assert '<option value="senior" selected>' in page
    assert 'type="search" name="search" value="bak"' in page or 'name="search" value="bak"' in page


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_has_an_answer(visitor, pay, place, search):
    response = visitor.get(PAGE, {"place": place, "search": search})

    assert response.status_code in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST)


def test_very_long_text_is_refused_and_named(visitor, pay):
    assert visitor.get(PAGE, {"place": "x" * 1_000_000}).status_code == HTTPStatus.BAD_REQUEST


def test_what_applies_stands_under_its_reasons(visitor, pay):
    found = section(visitor.get(f"{PAGE}?place=seattle,+wa&level=senior"), "applies")

    assert re.findall(r'scope="rowgroup" colspan="4">([^<]+)<', found) == [
        "For Seattle itself, all levels of experience: no figure of it says “senior”",
        "For all of Washington, where Seattle lies, all levels of experience: no figure of it says “senior”",
        "For the whole country, United States, senior",
        "For the whole country, United States, all levels of experience",
    ]
    assert "1 more is of a single industry" in found


def test_unknown_city_of_a_known_state_is_told_what_stands_for_it(visitor, pay):
    response = visitor.get(f"{PAGE}?place=Spokane,+WA")
    assert response.status_code == HTTPStatus.OK
    assert "We have nothing for Spokane itself; these are for Washington" in section(response, "applies")


def test_unknown_place_leads_to_places_that_have_figures(visitor, pay):
    found = section(visitor.get(f"{PAGE}?place=Atlantis"), "applies")

    assert re.findall(r'<a href="([^"]+)#applies">', found)[0] == "?place=United+States"


def test_forms_keep_what_the_other_one_asked(visitor, pay):
    page = visitor.get(f"{PAGE}?place=Seattle&year=undated").content.decode()

    assert '<input type="hidden" name="year" value="undated">' in page
    assert '<input type="hidden" name="place" value="Seattle">' in page


def test_long_list_says_how_many_more_and_leads_to_all(visitor, guide):
    source = SourceFactory()
    for number in range(AT_ONCE + 2):
        SalaryFactory(guide=guide, source=source, place=PlaceFactory(name=f"Town {number}"))
    page = visitor.get(PAGE)
    everything = visitor.get(f"{PAGE}?section=cities")

    assert len(figures_on(page)) == AT_ONCE
    assert '<a href="?section=cities#cities">All 52 figures</a>' in page.content.decode()
    assert "2 more are not on this page" in page.content.decode()
    assert len(figures_on(everything)) == AT_ONCE + 2


def test_section_alone_has_pages(visitor, guide):
    source, place = SourceFactory(), PlaceFactory(name="Town")
    Salary.objects.bulk_create(
        Salary(
            guide=guide,
            source=source,
            place=place,
            statistic="average",
            amount=number,
            retrieved_on=date(2026, 11, 20),
            note=f"Row {number}",
        )
        for number in range(1, A_PAGE + 4)
    )
    first, second = (visitor.get(f"{PAGE}?section=cities&page={number}") for number in (1, 2))

    assert [len(figures_on(each)) for each in (first, second)] == [A_PAGE, 3]
    assert "?section=cities&amp;page=2#cities" in first.content.decode()


def test_career_without_figures_says_so_and_leads_on(visitor, guide):
    other = published_guide(title="Data brewer", slug="data-brewer")
    SalaryFactory(guide=other)
    OutlookFactory(guide=guide)
    page = visitor.get(PAGE).content.decode()

    assert "No figure yet" in page
    assert '<a href="/guides/data-brewer/salaries/">Data brewer</a>' in page
    assert "/guides/data-baker/outlook/" in page


def test_figures_of_other_careers_do_not_show(visitor, pay):
    SalaryFactory(amount=999_999)

    assert "$999,999" not in visitor.get(PAGE).content.decode()


def test_hidden_career_is_not_found(visitor, pay):
    pay.unpublished_at = timezone.now()
    pay.save()

    assert visitor.get(PAGE).status_code == HTTPStatus.NOT_FOUND


def test_page_changes_with_a_figure(visitor, pay):
    visitor.get(PAGE)
    figure = Salary.objects.get(amount=112_600)
    figure.amount = 113_000
    figure.save()

    page = visitor.get(PAGE).content.decode()
    assert ("$113,000" in page, "$112,600" in page) == (True, False)


def test_page_changes_with_figures_that_were_stored_in_bulk(visitor, pay, bureau):
    visitor.get(PAGE)
    told = {"source": bureau, "place": country(), "statistic": "top", "retrieved_on": date(2026, 11, 20)}
    Salary.objects.bulk_create([Salary(guide=pay, amount=77_777, **told)])

    assert "$77,777" in visitor.get(PAGE).content.decode()


def test_visitors_page_sets_no_cookie_and_is_kept(visitor, pay):
    first, second = visitor.get(PAGE), visitor.get(PAGE)

    assert not second.cookies
    assert (second["Cache-Control"], second["ETag"]) == ("no-cache", first["ETag"])


def add_figures(guide, count):
    for number in range(count):
        place = PlaceFactory(name=f"Town {number}", within=state("Washington", "US-WA"))
        SalaryFactory(guide=guide, place=place, via=SourceFactory())


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_two_queries_once_it_was_read(visitor, guide, count, django_assert_num_queries):
    add_figures(guide, count)
    visitor.get(PAGE)
    for address in (PAGE, f"{PAGE}?place=Town+0", f"{PAGE}?sort=name&search=town"):
        with django_assert_num_queries(WARM):
            visitor.get(address)


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_to_read_whatever_there_is(
    visitor, guide, count, django_assert_num_queries
):
    add_figures(guide, count)
    visitor.get("/guides/data-baker/")  # its document is parsed
    forget()
    with django_assert_num_queries(COLD):
        visitor.get(PAGE)


@pytest.mark.parametrize("count", [1, 3])
def test_learners_page_takes_four_queries(learner_client, guide, count, django_assert_num_queries):
    add_figures(guide, count)
    learner_client.get(PAGE)
    cache.clear()
    with django_assert_num_queries(4):  # and who it is
        response = learner_client.get(PAGE)

    assert response["Cache-Control"] == "private, no-store"


def test_machines_are_told_each_figure_under_its_own_word(visitor, pay):
    told = re.findall(r'ld\+json">(.*?)</script>', visitor.get(PAGE).content.decode())
    occupation = next(data for data in map(json.loads, told) if data["@type"] == "Occupation")

    assert occupation["estimatedSalary"] == [
        {
            "@type": "MonetaryAmountDistribution",
            "name": "median (Bureau, via Platform; 2020)",
            "currency": "USD",
            "url": "https://bureau.example/pay",
            "duration": "P1Y",
            "median": 131_490,
        },
        {
            "@type": "MonetaryAmount",
            "name": f"average (Platform; March {THIS_YEAR})",
            "currency": "USD",
            "value": {"@type": "QuantitativeValue", "unitText": "YEAR", "value": 112_600},
        },
    ]
