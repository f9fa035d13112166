"""Bringing tables of salaries in: what becomes of each figure, and that it is all or nothing."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from courses.importing.refusal import Unreadable
from facts.importing.storing import Outdated, store
from facts.models import Place, Salary
from guides.models import Guide
from tests.factories import GuideFactory, PlaceFactory, SalaryFactory, SourceFactory, country, state
from tests.facts.tables import brought, counts, figures, planned, reasons, text_of, written

DIRTY = Path(__file__).parent / "data" / "dirty-salaries.csv"
ROOT = Path(__file__).parents[2]
MAY = {"codes": {"15-2051": ("data-baker",)}, "year": 2023, "month": 5}
ROW = {"place": "US", "amount": "120,000", "statistic": "average", "currency": "USD", "period": "year"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bureau():
    """A source and a career, and the places that the dirty file names."""
    GuideFactory(title="Data baker", slug="data-baker")
    states = {"CA": "California", "WA": "Washington", "TX": "Texas", "OR": "Oregon"}
    for code, name in (states | {"AZ": "Arizona", "NY": "New York"}).items():
        state(name, f"US-{code}")
    PlaceFactory(name="Phoenix", within=Place.objects.get(code="US-AZ"))
    PlaceFactory(name="New York City", within=Place.objects.get(code="US-NY"))
    return SourceFactory(key="bureau")


@pytest.fixture
def new(tmp_path):
    """Return a function that makes a CSV file of its rows, each time under another name."""
    names = iter(f"pay-{number}.csv" for number in range(100))
    return lambda *rows: written(tmp_path / next(names), text_of(*rows))


@pytest.fixture
def dirty(tmp_path):
    return written(tmp_path / "dirty.csv", DIRTY.read_bytes())


# --- The dirty file ---------------------------------------------------------------------------


def test_dirty_file_gives_what_can_be_understood(dirty):
    assert counts(brought(dirty, **MAY)) == (8, 0, 1, 0, 10, 6)
    told = Salary.objects.order_by("pk").values_list(
        "place__name", "industry", "statistic", "low", "amount", "high", "currency"
    )
    assert list(told) == [
        ("United States", "", "mean", None, 119_040, None, "USD"),
        ("United States", "", "median, with quartiles", 81_200, 108_020, 142_310, "USD"),
        ("California", "", "mean", None, 150_870, None, "USD"),
        ("California", "", "median", None, 144_570, None, "USD"),
        ("Washington", "", "mean", None, 149_700, None, "USD"),
        ("Phoenix", "", "mean", None, Decimal("103380.50"), None, "USD"),
        ("California", "Software publishers", "mean", None, 187_000, None, "USD"),
        ("California", "Mills", "mean", None, 187_000, None, "EUR"),
    ]
    one = Salary.objects.order_by("pk").first()
    assert (one.guide.slug, one.occupation_code, one.occupation) == ("data-baker", "15-2051", "Data bakers")
    assert (one.year, one.month, one.period, one.retrieved_on) == (2023, 5, "year", timezone.localdate())


def test_dirty_file_is_refused_where_it_is_not_understood(dirty):
    top = "“#” means pay at or above the highest that the publisher tells: no exact amount"
    assert reasons(planned(dirty, **MAY)) == {
        "row 9": ["row 7 says something else of the same figure"],
        "row 11": ["A_MEAN: “1.234” is no single amount that can be understood; write it as 131490.50"],
        "row 12": ["gives no amount: A_MEAN is “*”, A_PCT25 is “**”, A_MEDIAN is “”, A_PCT75 is “”"],
        "row 13": ["A_PCT25: the amounts are in no order: 90,000 to 100,000, and 80,000"],
        "row 14": [f"A_MEDIAN: {top}", f"A_PCT25: {top}", f"A_PCT75: {top}"],
        "row 15": ["AREA_TYPE: “9” is no kind of place that is known here; use country, state, city"],
        "row 17": ["OCC_CODE: “152051” is no code of the US classification, such as 15-1221"],
        "row 19": ["it has a character that no text has (NUL)"],
        "row 21": ["it has 4 cells, and there are 12 columns"],
        "row 22": ["its quotes or cells cannot be told apart (',' expected after '\"')"],
    }


def test_dirty_file_says_what_it_passed_over_took_off_and_did_not_use(dirty):
    made = planned(dirty, **MAY)
    assert made.notes == [
        "Passed over above the names of the columns: rows 1, 2.",
        "The columns are those of the US Bureau of Labor Statistics (OEWS): amounts are in USD, "
        "those of A_ columns a year.",
        "Column “TOT_EMP” is not used: no usual name.",
        "Column “H_MEAN” is not used: the same by the hour; --map can bring it too.",
    ]
    assert [(fate.place, fate.title) for fate in made.fates() if fate.verdict == "passed over"] == [
        ("row 10", "the names of the columns again"),
        ("row 18", "no career is given for the occupation 11-1011"),
        ("row 23", "a total of other rows"),
        ("row 24", "a line of text, “(1) Estimates are for May”"),
        ("row 25", "a line of text, “# Wage is equal to or greater than the top code”"),
        ("row 26", "a line of text, “Note: an asterisk means that no estimate is available.”"),
    ]
    assert [fate.told for fate in made.fates() if fate.told] == [
        [
            "A_MEDIAN: “144,570(2)” read as 144,570",
            "A_PCT75: “#” means pay at or above the highest that the publisher tells: no exact amount",
            "stored without the range, of which A_PCT75 gives nothing",
        ]
    ]


def test_dirty_file_changes_nothing_the_second_time(dirty):
    brought(dirty, **MAY)
    before = figures()
    assert counts(brought(dirty, **MAY)) == (0, 0, 9, 0, 10, 6)
    assert (figures(), Salary.history.count()) == (before, 8)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_letters_are_found_out(tmp_path, encoding):
    PlaceFactory(name="Genève")
    text = text_of(ROW | {"place": "Genève", "note": "in the café"})
    brought(written(tmp_path / "pay.csv", text.encode(encoding)))
    assert Salary.objects.values_list("place__name", "note").get() == ("Genève", "in the café")


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_signs_between_cells_are_found_out(tmp_path, sign):
    assert counts(brought(written(tmp_path / "pay.csv", text_of(ROW, sign=sign))))[0] == 1


def test_workbook_is_read_like_a_table(tmp_path):
    book = Workbook()
    for row in (["Pay in May"], [], list(ROW), ["US", 120_000.5, "average", "USD", "year"], ["Source: us"]):
        book.active.append(row)
    book.save(tmp_path / "pay.xlsx")
    assert counts(brought(tmp_path / "pay.xlsx")) == (1, 0, 0, 0, 0, 1)
    assert Salary.objects.get().amount == Decimal("120000.50")


# --- What a row means -------------------------------------------------------------------------


def test_plain_table_takes_what_it_does_not_say_from_the_options(new):
    file = new({"Wage": "$120,000", "Level": "EN"}, {"Wage": "$150,000", "Level": "Senior"})
    said = {"place": "united-states", "statistic": "median", "currency": "USD", "period": "year"}
    brought(file, **said, via=SourceFactory(key="paper").key)
    told = Salary.objects.order_by("pk").values_list("amount", "level", "via__key", "year")
    assert list(told) == [(120_000, "entry", "paper", None), (150_000, "senior", "paper", None)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"currency": ""}, "does not say of which currency; give a column or --currency"),
        ({"period": ""}, "does not say for which period; give a column or --period, such as year"),
        ({"statistic": ""}, "does not say what the amount is; give a column or --statistic, such as median"),
        ({"place": ""}, "names no place; give a column or --place"),
        ({"place": "Atlantis"}, "there is no place “Atlantis”; add it first, or let --make-places do so"),
        (
            {"place": "DE"},
            "“DE” may be a country or a US state; give its name or slug, or a column place_code or us_state",
        ),
        ({"career": "data-butcher"}, "there is no guide “data-butcher”"),
        ({"amount": "£9"}, "“£” is no sign of USD"),
        ({"amount": "¥9"}, "“¥” is no sign of USD"),
        ({"low": "9", "amount": ""}, "high: has one end alone; a range needs both"),
        ({"month": "5"}, "gives a month without its year"),
        ({"year": "2999"}, "year: “2999” is no year until now"),
        ({"year": "²"}, "year: “²” is no year until now"),
        ({"answers": "4"}, "answers: comes from 4 answers, and fewer than 5 are never shown"),
        ({"retrieved": "2999-01-01"}, "retrieved: “2999-01-01” is in the future"),
        ({"note": "x" * 301}, "note: has 301 characters, and 300 is the most"),
        (
            {"level": "wizard"},
            "level: “wizard” is no level that is known here; use entry, mid, senior, executive",
        ),
    ],
)
def test_row_is_refused_with_what_is_missing(new, change, reason):
    filled = dict.fromkeys(
        ("career", "low", "high", "month", "year", "answers", "retrieved", "note", "level"), ""
    )
    assert reasons(planned(new(ROW | filled | change))) == {"row 2": [reason]}


def test_row_without_a_career_is_refused(new):
    assert reasons(planned(new(ROW), guide="")) == {
        "row 2": ["says no career; give a column, --guide or --code"]
    }


def test_code_may_mean_several_careers_and_all_occupations(new):
    GuideFactory(title="Data miller", slug="data-miller")
    file = new(ROW | {"occ_code": "15-2051"}, ROW | {"occ_code": "00-0000"})
    codes = {"15-2051": ("data-baker", "data-miller"), "00-0000": ("",)}
    assert counts(brought(file, guide="", codes=codes))[0] == 3
    told = Salary.objects.order_by("pk").values_list("guide__slug", flat=True)
    assert list(told) == ["data-baker", "data-miller", None]


def test_columns_of_statistics_are_told_by_hand(new):
    row = {"place": "US", "P10": "20", "P90": "90", "Middle": "50", "Per h": "1"}
    fields = {
        "P10": "low of 10th to 90th percentile",
        "P90": "high of 10th to 90th percentile",
        "Middle": "amount of median",
        "Per h": "amount of median per hour",
    }
    brought(new(row), fields=fields, currency="EUR", period="year")
    told = Salary.objects.order_by("pk").values_list("statistic", "low", "amount", "high", "period")
    assert list(told) == [
        ("10th to 90th percentile", 20, None, 90, "year"),
        ("median", None, 50, None, "year"),
        ("median", None, 1, None, "hour"),
    ]


def test_second_column_of_the_same_is_not_used_and_said(new):
    made = planned(new(ROW | {"Salary": "9", "location": "Phoenix"}))
    assert made.notes == [
        "Column “Salary” is not used: “amount” gives the same already.",
        "Column “location” is not used: “place” gives the same already.",
    ]


# --- Places -----------------------------------------------------------------------------------


def test_place_is_known_by_slug_name_code_and_what_it_lies_in(new):
    PlaceFactory(name="Georgia", slug="georgia", kind="country", code="GE", within=country().within)
    state("Georgia", "US-GA")
    names = ["georgia", "US-GA", "Phoenix, Arizona", "phoenix", "CALIFORNIA", "Georgia, United States"]
    rows = [ROW | {"place": name, "statistic": f"s{number}"} for number, name in enumerate(names)]
    brought(new(*rows))
    found = Salary.objects.order_by("pk").values_list("place__slug", flat=True)
    assert list(found) == ["georgia", "us-ga", "phoenix", "phoenix", "us-ca", "us-ga"]


def test_name_of_two_places_is_refused_until_its_kind_is_said(new):
    PlaceFactory(name="Washington", slug="washington-city")
    file = new(
        ROW | {"place": "Washington", "kind of place": ""},
        ROW | {"place": "Washington", "kind of place": "2"},
    )
    made = brought(file)
    assert reasons(made) == {
        "row 2": [
            "“Washington” is the name of more than one place; give the slug of one: us-wa, washington-city"
        ]
    }
    assert Salary.objects.get().place.kind == "state"


def test_places_are_made_where_that_is_asked(new):
    told = {"place": "Tucson", "place_kind": "city", "within": "Arizona"}
    abroad = {"place": "Iceland", "place_kind": "country", "place_code": "IS"}
    adrift = {"place": "Utopia", "place_kind": "city"}
    columns = dict.fromkeys(("place_kind", "within", "place_code"), "")
    file = new(*(ROW | columns | place for place in (told, abroad, adrift)))
    made = brought(file, makes_places=True)
    assert reasons(made) == {
        "row 4": ["there is no place “Utopia”; to make it, say what it lies in, which is there"]
    }
    places = Salary.objects.order_by("pk").values_list("place__slug", "place__within__name", "place__code")
    assert list(places) == [("tucson", "Arizona", ""), ("iceland", "World", "IS")]


# --- A later file -----------------------------------------------------------------------------


def test_other_amount_of_the_same_figure_changes_it_and_keeps_what_was(new):
    brought(new(ROW), retrieved_on=date(2026, 1, 1))
    made = brought(new(ROW | {"amount": "130,000", "answers": "40"}))
    assert [fate.changes for fate in made.fates()] == [
        {"amount": ["120,000", "130,000"], "answers": ["", "40"]}
    ]
    one = Salary.objects.get()
    assert (one.amount, one.answers, one.retrieved_on) == (130_000, 40, timezone.localdate())
    history = one.history.order_by("history_id").values_list(
        "amount", "history_type", "history_change_reason"
    )
    assert list(history) == [
        (120_000, "+", "Imported from pay-0.csv"),
        (130_000, "~", "Imported from pay-1.csv"),
    ]


def test_other_year_stands_beside_the_one_before(new):
    brought(new(ROW), year=2022)
    assert counts(brought(new(ROW), year=2023))[0] == 1
    assert list(Salary.objects.order_by("year").values_list("year", flat=True)) == [2022, 2023]


def test_same_table_on_a_later_day_changes_nothing_unless_the_day_is_given(new):
    yesterday = timezone.localdate() - timedelta(days=1)
    brought(new(ROW), retrieved_on=yesterday)
    assert counts(brought(new(ROW)))[2] == 1
    assert counts(brought(new(ROW), retrieved_on=timezone.localdate()))[1] == 1


def test_figure_that_staff_entered_is_brought_up_to_date(new, bureau):
    career = Guide.objects.get()
    one = SalaryFactory(guide=career, source=bureau, occupation="Bakers of data")
    SalaryFactory(guide=career)  # of another source
    assert counts(brought(new(ROW | {"amount": "99000"})))[:2] == (0, 1)
    one.refresh_from_db()
    assert (one.amount, one.occupation, Salary.objects.count()) == (99_000, "Bakers of data", 2)


def test_plan_writes_nothing_and_holds_for_the_figures_of_its_time(new):
    made = planned(new(ROW))
    assert Salary.objects.count() == 0
    SalaryFactory()
    with pytest.raises(Outdated):
        store(made)
    assert Salary.objects.count() == 1


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "place": st.sampled_from(["US", "california", "Nowhere", "", "Phoenix, Arizona"]),
                "amount": st.sampled_from(["120,000", "$9", "#", "*", "1.234", "", "7(1)"]),
                "low": st.sampled_from(["", "5", "*"]),
                "high": st.sampled_from(["", "200,000", "#"]),
                "statistic": st.sampled_from(["median", "average", ""]),
                "level": st.sampled_from(["", "EN", "odd"]),
                "note": st.sampled_from(["", "a note", "=1+1"]),
                "currency": st.sampled_from(["USD", "EUR", "usd"]),
                "period": st.sampled_from(["year", "per hour"]),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_table_that_was_brought_changes_nothing_the_next_time(tmp_path_factory, rows):
    file = written(tmp_path_factory.mktemp("any") / "any.csv", text_of(*rows))
    Salary.objects.all().delete()
    first = brought(file)
    before = figures()
    again = counts(brought(file))
    assert (again[:2], sum(again), figures()) == ((0, 0), sum(counts(first)), before)


@given(raw=st.binary(max_size=200))
def test_no_bytes_are_an_error_of_ours(tmp_path_factory, raw):
    file = written(tmp_path_factory.mktemp("any") / "any.csv", b"place,amount\n" + raw)
    with suppress(Unreadable):
        planned(file)


def queries_of(file):
    with CaptureQueriesContext(connection) as captured:
        brought(file)
    return len(captured)


def test_number_of_queries_does_not_depend_on_the_rows(new):
    rows = [ROW | {"statistic": f"s{number}"} for number in range(4)]
    costs = [queries_of(new(*rows[:1])), queries_of(new(*rows[1:]))]
    assert costs[0] == costs[1]
    better = [row | {"amount": "7"} for row in rows]
    costs = [queries_of(new(*better[:1])), queries_of(new(*better[1:]))]
    assert costs[0] == costs[1]


# --- Killed half way --------------------------------------------------------------------------


def address():
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    password = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
    return f"postgres://{told['USER']}{password}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"


def importing(file, var):
    environment = os.environ | {
        "DATABASE_URL": address(),
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    said = ["--source", "bureau", "--guide", "data-baker", "--verbosity", "2"]
    command = [sys.executable, str(ROOT / "manage.py"), "import_salaries", str(file), *said]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.django_db(transaction=True)
def test_killed_import_leaves_nothing_and_can_be_done_again(new, tmp_path):
    file = new(*(ROW | {"statistic": f"s{number}"} for number in range(1500)))
    with importing(file, tmp_path / "var") as process:
        assert process.stderr.readline() == "500 figures written\n"
        process.send_signal(signal.SIGSTOP)
        assert Salary.objects.count() == 0  # who reads meanwhile sees nothing of it, and does not wait
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert (Salary.objects.count(), Salary.history.count()) == (0, 0)
    assert counts(brought(file)) == (1500, 0, 0, 0, 0, 0)


# --- The command ------------------------------------------------------------------------------


def said(capsys, *arguments):
    call_command("import_salaries", *map(str, arguments), "--source", "bureau", "--guide", "data-baker")
    return capsys.readouterr().out.splitlines()


def test_command_tells_every_fate_when_it_is_dry(new, capsys):
    brought(new(ROW))
    file = new(ROW | {"amount": "7"}, ROW | {"place": "Phoenix"}, ROW | {"place": "Nowhere"})
    assert said(capsys, file, "--dry-run") == [
        "row 2: changed: data-baker, US, average (USD a year); amount “120,000” → “7”",
        "row 3: new: data-baker, Phoenix, average (USD a year); amount 120,000",
        "row 4: refused: data-baker, Nowhere, average (USD a year); "
        "there is no place “Nowhere”; add it first, or let --make-places do so",
        "1 new, 1 changed, 0 same, 0 removed, 1 refused, 0 passed over",
    ]
    assert Salary.objects.get().amount == 120_000


def test_command_stores_what_is_understood(new, capsys):
    assert said(capsys, new(ROW, ROW | {"place": "Nowhere"}), "--year", "2023")[-1] == (
        "1 new, 0 changed, 0 same, 0 removed, 1 refused, 0 passed over"
    )
    assert Salary.objects.get().year == 2023


def test_strict_command_stores_nothing_if_anything_is_refused(new, capsys):
    with pytest.raises(CommandError, match="Nothing was stored: --strict"):
        said(capsys, new(ROW, ROW | {"place": "Nowhere"}), "--strict")
    assert Salary.objects.count() == 0
    assert said(capsys, new(ROW), "--strict")[-1].startswith("1 new")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--map", "nothing"], "“nothing” does not say COLUMN=FIELD."),
        (["--map", "amount=mood"], "There is no field “mood”. There are: career, "),
        (["--month", "5"], "--month needs --year."),
        (["--currency", "dollars"], "“DOLLARS” is no currency; use its three letters, such as USD"),
        (["--retrieved", "today"], "“today” is no day; write it as 2026-11-21"),
        (["--source", "nobody"], "There is no source “nobody”; add it in the studio first."),
        (["--to-yaml", "x"], "--to-yaml goes with --survey alone."),
        (["--encoding", "odd"], "There is no encoding “odd”."),
        (["--survey"], "Say which job titles mean which careers: "),
    ],
)
def test_command_says_what_to_do_where_it_can_do_nothing(new, more, message):
    with pytest.raises(CommandError) as refused:
        call_command("import_salaries", str(new(ROW)), "--source", "bureau", *more)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"a,b\n1,2\n", "No line names columns that are known. First, there is: a, b. "),
        (b"place,amount\n", "The file has no rows below the names of its columns."),
        (b"place,year\nUS,2022\n", "No column gives an amount. "),
        (b"place,place,amount\n", "Two columns have the same name: place. Rename one of them."),
        (b"PK\x03\x04nothing", "This is no XLSX file, or it is broken."),
        (b"\xd0\xcf\x11\xe0", "This is an Excel file of the old kind. Save it as XLSX or CSV."),
    ],
)
def test_file_that_is_no_table_is_refused_with_what_to_do(tmp_path, content, message):
    with pytest.raises(CommandError) as refused:
        call_command("import_salaries", str(written(tmp_path / "pay", content)), "--source", "bureau")
    assert str(refused.value).startswith(message)
