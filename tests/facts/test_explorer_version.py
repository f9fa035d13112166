"""The version of the figures: what pages that show them are kept under."""

from datetime import date

import pytest
from django.contrib.admin.models import CHANGE, LogEntry

from facts.explorer.version import figures_version
from facts.models import Outlook, Salary
from tests.factories import NamingFactory, OutlookFactory, PlaceFactory, SalaryFactory, SourceFactory, country

pytestmark = pytest.mark.django_db


def in_bulk(model, **fields):
    made = model(
        source=SourceFactory(), place=country(), statistic="top", retrieved_on=date(2026, 1, 1), **fields
    )
    model.objects.bulk_create([made])


CHANGES = {
    "salary-made": SalaryFactory,
    "salary-changed": lambda: Salary.objects.get().save(),
    "salary-deleted": lambda: Salary.objects.get().delete(),
    "salaries-in-bulk": lambda: in_bulk(Salary, amount=1),
    "outlook-made": OutlookFactory,
    "outlook-in-bulk": lambda: in_bulk(Outlook, change_percent=1),
    "names-made": NamingFactory,
    "place-made": PlaceFactory,
    "source-made": SourceFactory,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_version_differs_after_a_change(change):
    SalaryFactory()
    before = figures_version()
    change()

    assert figures_version() != before


def test_version_differs_after_what_staff_did_in_the_studio(editor):
    before = figures_version()
    LogEntry.objects.log_actions(editor.pk, [SourceFactory()], CHANGE)

    assert figures_version() != before


def test_version_stays_and_takes_one_query(django_assert_num_queries):
    SalaryFactory()
    before = figures_version()
    with django_assert_num_queries(1):
        assert figures_version() == before
