"""The page of a career's outlook."""

import re
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from facts.explorer.outlook import percent_words
from facts.explorer.reading import forget
from facts.models import Naming
from guides.publishing import unpublish
from tests.factories import NamingFactory, OutlookFactory, SalaryFactory, SourceFactory, published_guide
from tests.facts.explorers import figures_on

PAGE = "/guides/data-baker/outlook/"
THIS_YEAR = timezone.localdate().year


@pytest.fixture
def outlook(guide):
    """Two projections, one of them old and passed on, and the employers that two sources name."""
    platform = SourceFactory(key="platform", publisher="Platform")
    OutlookFactory(
        guide=guide,
        source=SourceFactory(key="bureau", publisher="Bureau", url="https://bureau.example/"),
        via=platform,
        origin="Ministry",
        statistic="projected growth",
        year=2015,
        until=2018,
        before=33_000,
        after=40_200,
        change_count=7_200,
        compared_with="all occupations",
    )
    OutlookFactory(guide=guide, source=platform, year=THIS_YEAR, until=THIS_YEAR + 10, change_percent="-3.5")
    NamingFactory(guide=guide, sources=[platform, SourceFactory(key="school", publisher="School")])
    return guide


@pytest.mark.django_db
def test_each_projection_says_who_what_and_when(visitor, outlook):
    new, old = figures_on(visitor.get(PAGE))

    assert old["cells"] == [
        "Bureau projected growth, United States, via Platform a figure of: Ministry "
        "compared with all occupations",
        "",
        "+22% 33,000 to 40,200 (+7,200) posts",
        "2015 to 2018 old over 3 years read 20 Nov 2026",
    ]
    assert (old["class"], old["links"][0]) == ("old", "https://bureau.example/")
    assert (new["cells"][2], new["class"]) == ("−3.5%", "current")


@pytest.mark.django_db
def test_zero_is_on_the_scale(visitor, outlook):
    axis = re.search(r'<svg class="axis".*?</svg>', visitor.get(PAGE).content.decode(), re.DOTALL).group()

    assert re.findall(r">([^<]*%)<", axis) == ["−10%", "0%", "+10%", "+20%", "+30%"]


@pytest.mark.django_db
def test_projection_without_a_percentage_is_told_in_posts(visitor, guide):
    OutlookFactory(guide=guide, change_percent=None, change_count=-500)

    assert figures_on(visitor.get(PAGE))[0]["cells"][2] == "no percentage −500 posts"


@pytest.mark.django_db
def test_names_stand_with_their_sources_and_the_day(visitor, outlook):
    page = visitor.get(PAGE).content.decode()
    named = " ".join(
        re.sub(r"<[^>]+>", "", re.search(r'id="named-1".*?</section>', page, re.DOTALL)[0]).split()
    )

    assert named == 'id="named-1">Employers Acme Globex named by Platform and School; read 20 Nov 2026'


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Naming.Kind.values)
def test_every_kind_of_names_is_shown(visitor, guide, kind):
    NamingFactory(guide=guide, kind=kind, sources=[SourceFactory()])

    assert f">{kind.capitalize()}</h3>" in visitor.get(PAGE).content.decode()


@pytest.mark.django_db
def test_every_link_leads_somewhere(visitor, outlook):
    page = visitor.get(PAGE).content.decode()

    for place in re.findall(r'href="#(source-[^"]+)"', page):
        assert f'id="{place}"' in page


@pytest.mark.django_db
def test_years_that_have_passed_are_counted(visitor, guide):
    OutlookFactory(guide=guide, year=2015, until=2018)
    OutlookFactory(guide=guide, year=2021, until=THIS_YEAR + 5)

    assert "The years of one are over already." in visitor.get(PAGE).content.decode()


@pytest.mark.django_db
def test_career_without_an_outlook_says_so_and_leads_on(visitor, guide):
    OutlookFactory(guide=published_guide(title="Data brewer", slug="data-brewer"))
    SalaryFactory(guide=guide)
    page = visitor.get(PAGE).content.decode()

    assert "No outlook yet" in page
    assert '<a href="/guides/data-brewer/outlook/">Data brewer</a>' in page
    assert "/guides/data-baker/salaries/" in page


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["outlook", "salaries"])
def test_career_that_was_hidden_is_led_to_no_longer(visitor, guide, page):
    other = published_guide(title="Data brewer", slug="data-brewer")
    (OutlookFactory if page == "outlook" else SalaryFactory)(guide=other)
    assert "Data brewer" in visitor.get(f"/guides/data-baker/{page}/").content.decode()
    unpublish(other)
    assert "Data brewer" not in visitor.get(f"/guides/data-baker/{page}/").content.decode()


@pytest.mark.django_db
def test_unknown_career_is_not_found(visitor, guide):
    assert visitor.get("/guides/no-such-career/outlook/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_two_queries_once_it_was_read(visitor, guide, count, django_assert_num_queries):
    for _ in range(count):
        OutlookFactory(guide=guide, via=SourceFactory())
        NamingFactory(guide=guide, sources=[SourceFactory()])
    visitor.get("/guides/data-baker/")
    forget()
    with django_assert_num_queries(8):
        visitor.get(PAGE)
    with django_assert_num_queries(2):
        visitor.get(PAGE)


@given(st.decimals(-99_999, 99_999, places=2))
def test_percent_reads_as_a_change(value):
    words = percent_words(value)

    assert words.endswith("%")
    assert Decimal(words.rstrip("%").replace("−", "-").replace(",", "")) == value
    assert words.startswith("+") == (value > 0)
