"""Bringing in the figures that come with the site: once, and over nothing of the staff's."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import CheckConstraint
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError as NotValid

from courses.models import Seeded
from facts.loading import BrokenFacts, load
from facts.loading.schema import SalaryEntry
from facts.models import Naming, Outlook, Place, Salary
from guides.models import Source
from tests.factories import GuideFactory, SalaryFactory, SourceFactory, country
from tests.threads import at_once

pytestmark = pytest.mark.django_db

FILES = {
    "places.yaml": """
- {slug: world, name: World, kind: world}
- {slug: united-states, name: United States, kind: country, code: US, within: world}
- {slug: oven-town, name: Oven Town, kind: city, within: united-states}
""",
    "sources.yaml": """
- key: flour-times
  publisher: Flour Times
  title: What bakers earn
  url: https://flour.example/
  retrieved: 2026-01-02
  cited_by: [crumb]
- key: crumb
  publisher: Crumb
  title: The crumb
  retrieved: 2026-01-02
""",
    "salaries/bakers.yaml": """
- id: baker-average
  guide: baker
  source: flour-times
  via: crumb
  statistic: average
  place: oven-town
  low: 20000
  amount: 30000.50
  high: 40000
  currency: EUR
  period: month
  industry: Bakeries
  level: senior
  as_of: 2022-06
  answers: 12
  occupation_code: "51-3011"
  occupation: Bakers
  good_for_years: 3
  retrieved: 2026-01-02
  note: Without tips.
- id: all-average
  source: crumb
  statistic: average
  place: united-states
  amount: 50000
  as_of: 2021
  retrieved: 2026-01-02
""",
    "outlook/bakers.yaml": """
- id: baker-growth
  guide: baker
  source: crumb
  statistic: growth
  place: united-states
  year: 2020
  until: 2030
  change_percent: -1.5
  retrieved: 2026-01-02
""",
    "namings/bakers.yaml": """
- id: baker-employers
  guide: baker
  kind: employers
  sources: [crumb, flour-times]
  names: [Oven, Acme]
  retrieved: 2026-01-02
""",
}


@pytest.fixture
def folder(tmp_path):
    """A small folder of figures with one of everything."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def baker():
    return GuideFactory(title="Baker", slug="baker")


def change(folder, name, old, new):
    path = folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def faults_of(folder):
    with pytest.raises(BrokenFacts) as refused:
        load(folder)
    return refused.value.faults


def test_everything_comes_in(folder, baker):
    counts = load(folder)
    assert (counts.made, counts.left, dict(counts.waiting)) == (4, 0, {})
    salary = Salary.objects.get(guide=baker)
    fields = ("low", "amount", "high", "currency", "period", "industry", "level", "year", "month", "answers")
    assert [getattr(salary, name) for name in fields] == [
        Decimal(20000),
        Decimal("30000.50"),
        Decimal(40000),
        "EUR",
        "month",
        "Bakeries",
        "senior",
        2022,
        6,
        12,
    ]
    assert (salary.source.key, salary.via.key, salary.place.within.code) == ("flour-times", "crumb", "US")
    assert (salary.occupation_code, salary.good_for_years, salary.note) == ("51-3011", 3, "Without tips.")
    assert Outlook.objects.get().change_percent == Decimal("-1.5")
    assert {source.key for source in Naming.objects.get().sources.all()} == {"crumb", "flour-times"}
    assert (Salary.history.count(), Naming.history.count()) == (2, 1)
    assert [source.key for source in Source.objects.get(key="flour-times").cited_by.all()] == ["crumb"]


def test_nothing_comes_twice(folder, baker):
    load(folder)
    counts = load(folder)
    assert (counts.made, counts.left, Salary.objects.count()) == (0, 4, 2)


def test_what_staff_changed_and_deleted_stays(folder, baker):
    load(folder)
    Salary.objects.filter(guide=baker).update(amount=25000)
    Salary.objects.filter(guide=None).delete()
    Naming.objects.all().delete()
    Source.objects.filter(key="flour-times").update(title="Renamed")
    load(folder)
    assert [salary.amount for salary in Salary.objects.all()] == [25000]
    assert (Naming.objects.count(), Source.objects.get(key="flour-times").title) == (0, "Renamed")


def test_place_that_staff_made_under_another_slug_is_no_obstacle(folder, baker):
    world = Place.objects.create(slug="world", name="World", kind="world")
    Place.objects.create(slug="usa", name="USA", kind="country", code="US", within=world)
    load(folder)
    assert sorted(Place.objects.values_list("slug", flat=True)) == ["usa", "world"]


def test_deleted_place_and_source_do_not_come_back(folder, baker):
    load(folder)
    for model in (Salary, Outlook, Naming):
        model.objects.all().delete()
    for kind in ("city", "country"):
        Place.objects.filter(kind=kind).delete()
    Source.objects.all().delete()
    load(folder)
    assert (Place.objects.count(), Source.objects.count()) == (1, 0)


def test_figure_waits_for_its_guide(folder):
    counts = load(folder)
    assert (counts.made, dict(counts.waiting)) == (1, {"the guide “baker”": 3})
    GuideFactory(title="Baker", slug="baker")
    later = load(folder)
    assert (later.made, later.left, later.waiting.total()) == (3, 1, 0)


def test_figure_waits_for_its_source(folder, baker):
    change(folder, "salaries/bakers.yaml", "via: crumb", "via: elsewhere")
    assert dict(load(folder).waiting) == {"the source “elsewhere”": 1}
    SourceFactory(key="elsewhere")
    assert load(folder).made == 1


def test_what_is_there_already_is_left_alone(folder, baker):
    source = SourceFactory(key="crumb", title="Ours")
    salary = SalaryFactory(guide=None, source=source, place=country(), amount=1, year=2021)
    counts = load(folder)
    assert (counts.made, counts.left) == (3, 1)
    salary.refresh_from_db()
    assert (salary.amount, Source.objects.get(key="crumb").title) == (1, "Ours")
    assert load(folder).left == 4


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_bring_everything_once(folder, baker):
    counts = at_once([lambda: load(folder)] * 2)
    assert sorted(each.made for each in counts) == [0, 4]
    assert (Salary.objects.count(), Naming.objects.count()) == (2, 1)


def test_second_load_asks_little(folder, baker):
    load(folder)
    with CaptureQueriesContext(connection) as asked:
        load(folder)
    assert len(asked) <= 20


def test_files_may_be_absent_or_empty(folder, baker):
    (folder / "namings" / "bakers.yaml").unlink()
    (folder / "outlook" / "bakers.yaml").write_text("")
    assert load(folder).made == 2


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("places.yaml", "within: world", "within: moon", "places.yaml:3: there is no place “moon” above"),
        (
            "places.yaml",
            "within: united-states",
            "within: oven-town",
            "places.yaml:4: there is no place “oven-town” above",
        ),
        ("places.yaml", "kind: city", "kind: country", "places.yaml:4: a country cannot lie in a country"),
        (
            "salaries/bakers.yaml",
            "place: oven-town",
            "place: moon",
            "salaries/bakers.yaml:7: there is no “moon” in places.yaml",
        ),
        (
            "salaries/bakers.yaml",
            "id: all-average",
            "id: baker-average",
            "salaries/bakers.yaml:22: “baker-average” stands here for the second time",
        ),
        (
            "sources.yaml",
            "key: crumb",
            "key: flour-times",
            "sources.yaml:8: “flour-times” stands here for the second time",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(folder, name, old, new, fault):
    change(folder, name, old, new)
    assert fault in faults_of(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("salaries/bakers.yaml", "amount: 30000.50", "amount: 50000", 2),
        ("salaries/bakers.yaml", "amount: 30000.50", "amount: -1", 9),
        ("salaries/bakers.yaml", "amount: 30000.50", "amount: 1.005", 9),
        ("salaries/bakers.yaml", "  low: 20000\n", "", 2),
        ("salaries/bakers.yaml", "as_of: 2022-06", "as_of: 2022-13", 15),
        ("salaries/bakers.yaml", "as_of: 2022-06", "as_of: June", 15),
        ("salaries/bakers.yaml", "as_of: 2022-06", "as_of: 1066", 15),
        ("salaries/bakers.yaml", "answers: 12", "answers: 4", 16),
        ("salaries/bakers.yaml", "via: crumb", "via: flour-times", 2),
        ("salaries/bakers.yaml", "currency: EUR", "currency: euro", 11),
        ("salaries/bakers.yaml", "note: Without", "remark: Without", 21),
        ("salaries/bakers.yaml", "statistic: average", "statistic: ''", 6),
        ("salaries/bakers.yaml", "retrieved: 2026-01-02", "retrieved: today", 20),
        ("outlook/bakers.yaml", "until: 2030", "until: 2020", 2),
        ("outlook/bakers.yaml", "  change_percent: -1.5\n", "", 2),
        ("namings/bakers.yaml", "[Oven, Acme]", "[Oven, Oven]", 2),
        ("namings/bakers.yaml", "[Oven, Acme]", "[]", 6),
        ("sources.yaml", "https://flour.example/", "flour", 5),
        ("places.yaml", "code: US", "code: usa", 3),
    ],
)
def test_wrong_value_is_refused_with_its_line(folder, baker, name, old, new, line):
    change(folder, name, old, new)
    [fault] = faults_of(folder)
    assert fault.startswith(f"{name}:{line}: ")
    assert (Salary.objects.count(), Place.objects.count(), Seeded.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("salaries/bakers.yaml", b"\xff\xfe", "not UTF-8 text"),
        ("salaries/bakers.yaml", b"- {", "not valid YAML"),
        ("salaries/bakers.yaml", b"key: value", "Input should be a valid list"),
        ("places.yaml", b'- {slug: world, name: "a\\0b", kind: world}', "a NUL character"),
    ],
)
def test_unreadable_file_is_refused(folder, name, content, reason):
    (folder / name).write_bytes(content)
    assert any(reason in fault for fault in faults_of(folder))


def test_folder_that_is_not_there_is_refused(tmp_path):
    assert faults_of(tmp_path / "nothing") == ["This is no folder."]


def test_command_tells_what_it_did(folder, capsys):
    call_command("load_facts", folder)
    assert capsys.readouterr().out == (
        f"{folder}: 1 made, 0 left alone, 3 waiting\n3 wait for the guide “baker”\n"
    )


def test_command_tells_what_is_wrong(folder):
    change(folder, "places.yaml", "kind: city", "kind: hamlet")
    with pytest.raises(CommandError, match=r"places.yaml:4: 2.kind: "):
        call_command("load_facts", folder)


ENDS = st.none() | st.decimals(-10, 10**10 - 1, places=2) | st.integers(-10, 10)
CHECKS = [each for each in Salary._meta.constraints if isinstance(each, CheckConstraint)]


@settings(max_examples=40)
@given(amount=ENDS, low=ENDS, high=ENDS, as_of=st.sampled_from([None, 1066, 2022, "2022-06", "2022-00"]))
def test_files_may_say_what_the_database_takes(amount, low, high, as_of):
    said = {"amount": amount, "low": low, "high": high, "as_of": as_of}
    said = {key: value for key, value in said.items() if value is not None}
    year, _, month = str(as_of or "").partition("-")
    salary = Salary(
        source_id=1,
        place_id=1,
        statistic="average",
        year=int(year) if year else None,
        month=int(month) if month else None,
        **{key: said.get(key) for key in ("amount", "low", "high")},
    )
    assert reads(said) is all(holds(check, salary) for check in CHECKS)


def reads(said):
    entry = {"id": "x", "source": "a", "statistic": "b", "place": "c", "retrieved": "2026-01-02"}
    try:
        SalaryEntry.model_validate(entry | said)
    except NotValid:
        return False
    return True


def holds(check, salary):
    try:
        check.validate(Salary, salary)
    except ValidationError:
        return False
    return True
