"""What the database itself refuses, and when a figure is old."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.models import LinkCheck, Naming, Outlook, Place, Salary
from facts.models.figure import EARLIEST, LATEST
from tests.factories import (
    GuideFactory,
    NamingFactory,
    OutlookFactory,
    PlaceFactory,
    SalaryFactory,
    SourceFactory,
    country,
    guide_with_path,
    state,
    world,
)

pytestmark = pytest.mark.django_db


def refuses(make):
    """Whether the database refuses what `make` writes, asked without any form."""
    try:
        with transaction.atomic():
            make()
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def changed(row, **fields):
    return refuses(lambda: type(row).objects.filter(pk=row.pk).update(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": None},
        {"amount": 0},
        {"amount": -5},
        {"amount": None, "low": 10},
        {"low": 10},
        {"high": 10},
        {"amount": 5, "low": 10, "high": 20},
        {"amount": 25, "low": 10, "high": 20},
        {"amount": None, "low": 20, "high": 10},
        {"amount": None, "low": 0, "high": 10},
        {"currency": "usd"},
        {"currency": ""},
        {"period": "eon"},
        {"level": "guru"},
        {"month": 6},
        {"year": 2022, "month": 13},
        {"year": 2022, "month": 0},
        {"year": 1899},
        {"year": 2101},
        {"answers": 4},
        {"statistic": ""},
        {"occupation_code": "15-12"},
    ],
)
def test_database_refuses_salary(fields):
    assert changed(SalaryFactory(), **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": 15, "low": 10, "high": 20},
        {"amount": None, "low": 10, "high": 10},
        {"guide": None},
        {"year": 2022, "month": 12},
        {"answers": 5, "level": "senior", "period": "hour", "currency": "EUR"},
    ],
)
def test_database_takes_salary(fields):
    assert not changed(SalaryFactory(), **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"change_percent": None},
        {"change_percent": None, "before": 10},
        {"year": 2020, "until": 2020},
        {"until": 2030},
        {"year": 1899},
        {"statistic": ""},
    ],
)
def test_database_refuses_outlook(fields):
    assert changed(OutlookFactory(), **fields)


@pytest.mark.parametrize("factory", [SalaryFactory, OutlookFactory])
def test_database_refuses_figure_that_its_own_source_passes_on(factory):
    figure = factory()
    assert changed(figure, via=figure.source)


@pytest.mark.parametrize("factory", [SalaryFactory, OutlookFactory])
@pytest.mark.parametrize("nothing", [{}, {"guide": None}])
def test_database_takes_a_figure_once(factory, nothing):
    figure = factory(**nothing)
    figure.pk = None
    assert refuses(lambda: type(figure).objects.bulk_create([figure]))


@pytest.mark.parametrize(
    "other",
    [{"statistic": "median"}, {"year": 2022}, {"note": "In the answers."}, {"occupation_code": "15-1221"}],
)
@pytest.mark.parametrize("factory", [SalaryFactory, OutlookFactory])
def test_database_takes_other_figures_of_a_source(factory, other):
    figure = factory()
    same = {name: getattr(figure, name) for name in ("guide", "source", "place", "statistic")}
    assert not refuses(lambda: factory(**{**same, **other}))


def test_database_refuses_places_that_lie_nowhere():
    assert refuses(lambda: Place.objects.bulk_create([Place(slug="x", name="X", kind="city")]))
    assert refuses(
        lambda: Place.objects.bulk_create([Place(slug="x", name="X", kind="world", within=world())])
    )
    assert changed(country(), kind="planet")
    assert changed(state("Washington", "US-WA"), code="US")


def test_place_lies_in_a_wider_one():
    washington = state("Washington", "US-WA")
    PlaceFactory.build(within=washington).full_clean()
    with pytest.raises(ValidationError, match="A state cannot lie in a state"):
        Place(slug="x", name="X", kind="state", within=washington).full_clean()


def test_database_refuses_other_lists_of_names():
    assert changed(NamingFactory(), kind="friends")


@pytest.mark.parametrize("names", [[], "Acme", ["Acme", "Acme"], ["Acme", 3], [""], {"Acme": 1}])
def test_list_of_names_has_names(names):
    naming = NamingFactory()
    naming.names = names
    with pytest.raises(ValidationError):
        naming.full_clean()


@pytest.mark.parametrize(
    ("verdict", "since"), [("works", date(2026, 1, 1)), ("dead", None), ("unclear", None)]
)
def test_database_refuses_link_check(verdict, since):
    told = {
        "url": "https://a.example/",
        "checked_at": "2026-01-01T00:00Z",
        "failing_since": since and f"{since}T00:00Z",
    }
    check = LinkCheck(source=SourceFactory(), verdict=verdict, **told)
    assert refuses(lambda: LinkCheck.objects.bulk_create([check]))


def test_source_of_a_figure_cannot_be_deleted():
    source = SalaryFactory().source
    with pytest.raises(IntegrityError), transaction.atomic():
        source.delete()


def test_figures_go_with_their_guide():
    naming, salary = NamingFactory(), SalaryFactory()
    naming.guide.delete()
    salary.guide.delete()
    assert (Naming.objects.count(), Salary.objects.count()) == (0, 0)
    assert Salary.history.filter(history_type="-").count() == 1


# --- Ages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "today", "is_old"),
    [
        (None, date(2026, 11, 21), True),
        (2024, date(2026, 12, 31), False),
        (2024, date(2027, 1, 1), True),
        (2030, date(2026, 1, 1), False),
    ],
)
def test_figure_is_old_two_years_after_its_year(year, today, is_old):
    assert SalaryFactory.build(year=year, good_for_years=2).is_old(today) is is_old


@settings(max_examples=30)
@given(
    years=st.lists(
        st.tuples(st.none() | st.integers(EARLIEST, LATEST), st.integers(0, 300)), min_size=1, max_size=5
    ),
    today=st.dates(date(1900, 1, 1), date(2150, 12, 31)),
)
@pytest.mark.parametrize("model", [Salary, Outlook])
def test_figure_and_database_agree_on_age(model, years, today):
    factory = {Salary: SalaryFactory, Outlook: OutlookFactory}[model]
    with transaction.atomic():
        guide, source, place = GuideFactory(), SourceFactory(), country()
        for number, (year, good) in enumerate(years):
            said = {"year": year, "good_for_years": good, "note": str(number)}
            factory(guide=guide, source=source, place=place, **said)
        old = {figure.pk for figure in model.objects.all() if figure.is_old(today)}
        assert set(model.objects.old(today).values_list("pk", flat=True)) == old
        fresh = {figure.pk for figure in model.objects.all()} - old
        assert set(model.objects.fresh(today).values_list("pk", flat=True)) == fresh
        transaction.set_rollback(True)


def test_age_is_that_of_today_unless_told():
    this_year = timezone.localdate().year
    old, _ = SalaryFactory(year=this_year - 3), SalaryFactory(year=this_year - 2)
    assert list(Salary.objects.old()) == [old]


def test_figures_of_public_guides_and_all_occupations_are_public(guide):
    shown, of_all = SalaryFactory(guide=guide), SalaryFactory(guide=None)
    SalaryFactory(guide=guide_with_path())
    assert set(Salary.objects.public()) == {shown, of_all}
    guide.unpublished_at = "2100-01-01T00:00Z"
    guide.save(update_fields=["unpublished_at"])
    assert set(Salary.objects.public()) == {of_all}


# --- The same figure twice --------------------------------------------------------------------


@pytest.mark.parametrize("make", [SalaryFactory, OutlookFactory])
@pytest.mark.parametrize("field", [None, "guide", "source", "via", "place", "year", "note"])
def test_figure_is_the_same_only_if_nothing_tells_it_apart(make, field):
    figure = make(guide=GuideFactory(), via=SourceFactory(), place=country(), year=2021)
    other = {
        "guide": lambda: None,
        "source": SourceFactory,
        "via": lambda: None,
        "place": world,
        "year": lambda: None,
        "note": lambda: "of another page",
    }
    figure.pk, figure._state.adding = None, True
    if field is None:
        with pytest.raises(ValidationError, match="is there already"):
            figure.validate_constraints()
    else:
        setattr(figure, field, other[field]())
        figure.validate_constraints()
        figure.save()
