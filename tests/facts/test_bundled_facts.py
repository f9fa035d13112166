"""The figures that come with the site."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from facts.loading import load
from facts.loading.reading import read_content
from facts.loading.storing import BUNDLED
from facts.models import Naming, Outlook, Place, Salary
from guides.loading.storing import load_folder

SLUG = "machine-learning-engineer"


@pytest.fixture
def loaded(db):
    load_folder(settings.BASE_DIR / "guides" / "content" / SLUG)
    return load()


@pytest.fixture
def salaries(loaded):
    return Salary.objects.filter(guide__slug=SLUG, source__key__in=SOURCES)


SOURCES = ("4-corner", "bls-15-1221", "glassdoor", "indeed-salary", "payscale", "zengig")


def test_figures_wait_for_other_guides_alone(loaded):
    assert all(what.startswith("the guide “") for what in loaded.waiting)
    assert f"the guide “{SLUG}”" not in loaded.waiting


def test_every_other_entry_is_stored(loaded):
    content = read_content(BUNDLED)
    salaries = Salary.objects.count() + loaded.waiting.total()
    stored = [salaries, *(model.objects.count() for model in (Outlook, Naming, Place))]
    assert stored == [
        len(part) for part in (content.salaries, content.outlook, content.namings, content.places)
    ]


def test_national_figures_stand_side_by_side(salaries):
    national = salaries.filter(place__slug="united-states", industry="").order_by("source__key", "id")
    assert list(
        national.values_list("source__key", "statistic", "amount", "low", "high", "year", "month")
    ) == [
        ("4-corner", "average", Decimal(142000), None, None, None, None),
        ("4-corner", "average with yearly bonus", Decimal(155450), None, None, None, None),
        ("4-corner", "range", None, Decimal(120700), Decimal(163300), None, None),
        ("bls-15-1221", "median", Decimal(131490), None, None, 2022, None),
        ("glassdoor", "total pay", Decimal(165462), None, None, None, None),
        ("glassdoor", "average base", Decimal(128351), None, None, None, None),
        ("indeed-salary", "average base", Decimal(125672), None, None, 2022, 6),
        ("payscale", "average", Decimal(112600), None, None, 2021, None),
        ("payscale", "average", Decimal(110000), None, None, 2021, None),
    ]


def test_figures_by_industry_state_and_city_are_there(salaries):
    assert salaries.exclude(industry="").count() == 5
    assert salaries.filter(place__kind="state").count() == 5
    assert salaries.filter(place__kind="city").count() == 16
    phoenix = salaries.get(place__slug="phoenix")
    assert (phoenix.low, phoenix.high, phoenix.retrieved_on) == (141200, 191050, date(2026, 11, 20))


def test_all_occupations_belong_to_no_career(loaded):
    every = Salary.objects.get(guide=None)
    assert (every.amount, every.source.key, every.via.key, every.year) == (56300, "bls", "career-karma", 2021)


def test_outlook_figures_are_there(loaded):
    found = Outlook.objects.filter(guide__slug=SLUG).order_by("id")
    assert list(found.values_list("source__key", "year", "until", "change_percent", "change_count")) == [
        ("4-corner", 2020, 2030, Decimal(22), 7200),
        ("bls-15-1221", 2021, 2031, Decimal(21), None),
        ("clarusway", 2020, 2030, Decimal(22), None),
        ("indeed-best-jobs", 2015, 2018, Decimal(344), None),
    ]


def test_lists_of_names_are_there(loaded):
    namings = {naming.kind: naming for naming in Naming.objects.prefetch_related("sources")}
    assert sorted(namings) == ["employers", "industries", "job sites", "states"]
    assert namings["employers"].names == ["Google", "Facebook", "Microsoft", "Amazon", "Apple"]
    assert {source.key for source in namings["industries"].sources.all()} == {
        "zengig",
        "clarusway",
        "coursera",
    }


def test_what_came_says_so_in_its_history(loaded):
    change = Salary.history.earliest()
    assert (change.history_type, change.history_user, change.history_change_reason) == (
        "+",
        None,
        "Came with the site",
    )


def test_every_figure_may_be_saved_as_it_is(loaded):
    for figure in [*Salary.objects.all(), *Outlook.objects.all()]:
        figure.full_clean()
