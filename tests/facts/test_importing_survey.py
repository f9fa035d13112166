"""Surveys of single answers: quartiles of groups that show nobody."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, combinations
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from facts.importing.survey.groups import quartiles, shown
from facts.models import Salary
from facts.models.salary import FEWEST_ANSWERS
from tests.factories import GuideFactory, SourceFactory, country
from tests.facts.tables import text_of, written

AMOUNTS = st.lists(st.integers(1, 10**7).map(Decimal), min_size=5, max_size=60)
ANSWER = {
    "work_year": "2022",
    "experience_level": "SE",
    "employment_type": "FT",
    "job_title": "Data Baker",
    "salary": "1",
    "salary_currency": "EUR",
    "salary_in_usd": "100000",
    "employee_residence": "US",
    "company_location": "GB",
}


# --- Quartiles --------------------------------------------------------------------------------


def oracle(amounts, share):
    """Return the quantile `share` by its definition: a point of the line through the sorted answers."""
    found, at = sorted(amounts), share * (len(amounts) - 1)
    below, above = found[int(at)], found[min(int(at) + 1, len(found) - 1)]
    return below + (above - below) * (at - int(at))


@given(AMOUNTS)
def test_quartiles_are_those_of_their_definition(amounts):
    told = quartiles(amounts)
    exact = [oracle(amounts, Decimal(share) / 4) for share in (1, 2, 3)]
    whole = [each.quantize(Decimal(1), ROUND_HALF_UP) for each in exact]
    assert [told.low, told.median, told.high] == whole
    assert (told.low <= told.median <= told.high, told.answers) == (True, len(amounts))


@given(AMOUNTS, st.randoms())
def test_quartiles_do_not_depend_on_the_order(amounts, random):
    mixed = random.sample(amounts, len(amounts))
    assert quartiles(mixed) == quartiles(amounts)


@given(st.lists(st.just(Decimal(1)), max_size=4))
def test_few_answers_have_no_quartiles(amounts):
    with pytest.raises(ValueError, match="fewer than 5"):
        quartiles(amounts)


# --- What may be shown ------------------------------------------------------------------------

SIZES = st.dictionaries(
    st.sampled_from(["entry", "mid", "senior", "executive"]), st.integers(1, 30), min_size=1
)


@given(SIZES, st.integers(0, 8))
def test_no_sum_or_difference_of_what_is_shown_is_of_few_people(sizes, without_level):
    total = sum(sizes.values()) + without_level
    kept = shown(sizes, total)
    for some in chain.from_iterable(combinations(kept, count) for count in range(len(kept) + 1)):
        part = sum(sizes[level] for level in some)
        assert part == 0 or part >= FEWEST_ANSWERS
        assert total < FEWEST_ANSWERS or total - part == 0 or total - part >= FEWEST_ANSWERS


@given(SIZES)
def test_nothing_is_withheld_without_need(sizes):
    if all(size >= FEWEST_ANSWERS for size in sizes.values()):
        assert shown(sizes, sum(sizes.values())) == sizes.keys()


def test_smallest_part_is_withheld_with_one_that_is_too_small():
    assert shown({"entry": 2, "mid": 6, "senior": 20}, 28) == {"senior"}
    assert shown({"entry": 2, "senior": 20}, 22) == frozenset()


# --- The command ------------------------------------------------------------------------------


@pytest.fixture
def survey(db, tmp_path):
    """Return a function that makes a survey: numbers of answers, with what differs from the usual one."""
    GuideFactory(title="Data baker", slug="data-baker")
    SourceFactory(key="survey")
    country()

    def made(*groups, name="survey.csv"):
        rows = [ANSWER | change for count, change in groups for _ in range(count)]
        return written(tmp_path / name, text_of(*rows))

    return made


def said(capsys, file, *more):
    titles = () if "--titles" in more else ("--title", "Data Baker=data-baker")
    call_command("import_salaries", str(file), "--source", "survey", "--survey", *titles, *map(str, more))
    return capsys.readouterr().out.splitlines()


def stored():
    return list(Salary.objects.order_by("level").values_list("level", "low", "amount", "high", "answers"))


def test_answers_become_quartiles_of_all_and_of_each_level(survey, capsys):
    steps = [(1, {"salary_in_usd": f"{number}0,000"}) for number in range(1, 6)]
    file = survey(*steps, (5, {"experience_level": "EN", "salary_in_usd": "7000.50"}))
    assert said(capsys, file)[-1].startswith("3 new")
    assert stored() == [
        ("", 7_001, 8_500, 27_500, 10),
        ("entry", 7_001, 7_001, 7_001, 5),
        ("senior", 20_000, 30_000, 40_000, 5),
    ]
    one = Salary.objects.first()
    assert (one.statistic, one.currency, one.period, one.year) == (
        "median, with quartiles",
        "USD",
        "year",
        2022,
    )
    assert one.note == (
        "Full-time work; answers with the job titles Data Baker; by place where people live; "
        "converted to US dollars by the survey."
    )


def test_same_file_changes_nothing_and_a_newer_one_updates(survey, capsys):
    file = survey((6, {}))
    said(capsys, file)
    assert said(capsys, file)[-1].startswith("0 new, 0 changed, 2 same")
    said(capsys, survey((6, {}), (8, {"salary_in_usd": "200000"}), name="newer.csv"))
    assert [row[2:] for row in stored()] == [(200_000, 200_000, 14)] * 2
    assert Salary.history.filter(history_type="~").values_list("history_change_reason", flat=True)[0] == (
        "Imported from newer.csv"
    )


def test_group_that_a_newer_file_makes_too_small_is_removed(survey, capsys):
    said(capsys, survey((6, {}), (5, {"experience_level": "MI"})))
    out = said(capsys, survey((6, {}), (4, {"experience_level": "MI"}), name="newer.csv"))
    assert [row[0] for row in stored()] == [""]

    assert out[-1] == "0 new, 1 changed, 0 same, 2 removed, 0 refused, 0 passed over"


def test_career_without_an_answer_left_is_removed(survey, capsys):
    said(capsys, survey((6, {})))
    GuideFactory(title="Brewer", slug="brewer")
    other = {"job_title": "Brewer"}
    out = said(capsys, survey((6, other), name="newer.csv"), "--title", "Brewer=brewer")
    assert (out[-1].partition(", ")[0], set(Salary.objects.values_list("guide__slug", flat=True))) == (
        "2 new",
        {"brewer"},
    )


def test_figures_of_other_years_and_sources_are_left_alone(survey, capsys):
    said(capsys, survey((6, {"work_year": "2021"})))
    said(capsys, survey((6, {}), name="newer.csv"))
    assert sorted(Salary.objects.values_list("year", flat=True)) == [2021, 2021, 2022, 2022]


def test_small_groups_are_told_and_not_stored(survey, capsys):
    file = survey((4, {}), (6, {"work_year": "2021"}), (2, {"work_year": "2021", "experience_level": "EN"}))
    out = said(capsys, file)
    assert [line for line in out if line.startswith("Not shown")] == [
        "Not shown: data-baker, US, 2021, entry: 2 answers: fewer than 5.",
        "Not shown: data-baker, US, 2021, senior: 6 answers: "
        "with it, those left of the whole, fewer than 5, could be told.",
        "Not shown: data-baker, US, 2022, all levels: 4 answers: fewer than 5.",
        "Not shown: data-baker, US, 2022, senior: 4 answers: fewer than 5.",
    ]
    assert [row[0::4] for row in stored()] == [("", 8)]


def test_other_titles_and_contracts_do_not_count(survey, capsys):
    file = survey((6, {}), (3, {"job_title": "Data Miller"}), (2, {"employment_type": "PT"}))
    assert said(capsys, file)[:2] == [
        "3 answers passed over: a job title that means no career here.",
        "2 answers passed over: no full-time work.",
    ]
    assert stored()[0][-1] == 6
    said(capsys, file, "--all-contracts")
    assert Salary.objects.filter(note__startswith="All kinds of contract").first().answers == 8


def test_titles_may_stand_in_a_file_and_place_in_another_column(survey, capsys, tmp_path):
    titles = written(tmp_path / "titles.yaml", "data-baker: [data  BAKER, Data Miller]\n")
    file = survey((3, {}), (3, {"job_title": "Data Miller"}))
    out = said(capsys, file, "--titles", titles, "--map", "company_location=place")
    assert out[-3].startswith("survey: refused: data-baker, GB") is True
    more = ("--make-places", "--place-name", "GB=United Kingdom")
    said(capsys, file, "--titles", titles, "--map", "company_location=place", *more)
    assert Salary.objects.first().place.name == "United Kingdom"
    assert "by place where the employer is" in Salary.objects.first().note


def test_answer_that_is_not_understood_is_refused_and_does_not_count(survey, capsys):
    file = survey((6, {}), (1, {"salary_in_usd": "€9"}), (1, {"experience_level": "??"}))
    out = said(capsys, file)
    assert out[-3:] == [
        "row 8: refused: salary_in_usd: “€9” is not in US dollars",
        "row 9: refused: experience_level: “??” is no level that is known here; "
        "use entry, mid, senior, executive",
        "2 new, 0 changed, 0 same, 0 removed, 2 refused, 0 passed over",
    ]


def test_survey_without_its_columns_is_refused(survey, tmp_path):
    file = written(tmp_path / "odd.csv", "job_title,work_year\nData Baker,2022\n")
    with pytest.raises(CommandError, match="No column gives: place, usd, contract"):
        call_command(
            "import_salaries", str(file), "--source", "survey", "--survey", "--title", "Data Baker=data-baker"
        )


@given(
    answers=st.lists(
        st.fixed_dictionaries(
            {
                "work_year": st.sampled_from(["2021", "2022"]),
                "experience_level": st.sampled_from(["EN", "SE", "", "EX"]),
                "employment_type": st.sampled_from(["FT", "FT", "FT", "PT"]),
                "salary_in_usd": st.sampled_from(["100000", "90,000", "120000.50", "odd"]),
            }
        ),
        max_size=30,
        min_size=1,
    )
)
def test_no_group_of_few_is_ever_stored(survey, answers):
    Salary.objects.all().delete()
    file = survey(*((1, answer) for answer in answers))
    call_command(
        "import_salaries",
        str(file),
        "--source",
        "survey",
        "--survey",
        "--title",
        "Data Baker=data-baker",
        verbosity=0,
    )
    assert all(row[-1] >= FEWEST_ANSWERS for row in stored())
    for year in (2021, 2022):
        sizes = dict(Salary.objects.filter(year=year).values_list("level", "answers"))
        rest = sizes.get("", 0) - sum(size for level, size in sizes.items() if level)
        assert rest == 0 or rest >= FEWEST_ANSWERS


def test_figures_are_written_as_bundled_content(survey, capsys, tmp_path):
    out = said(capsys, survey((6, {})), "--retrieved", "2026-01-02", "--to-yaml", tmp_path / "out.yaml")
    assert out[-1] == f"2 figures written to {tmp_path / 'out.yaml'}."
    entry = yaml.safe_load(Path(tmp_path / "out.yaml").read_text())[1]
    assert entry == {
        "id": "survey-data-baker-united-states-2022-senior",
        "guide": "data-baker",
        "source": "survey",
        "statistic": "median, with quartiles",
        "place": "united-states",
        "amount": 100_000,
        "low": 100_000,
        "high": 100_000,
        "level": "senior",
        "as_of": 2022,
        "answers": 6,
        "retrieved": "2026-01-02",
        "note": "Full-time work; answers with the job titles Data Baker; by place where people live; "
        "converted to US dollars by the survey.",
    }
    assert Salary.objects.count() == 0
