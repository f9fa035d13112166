"""Matching: what may do is ranked with honest reasons; what is not known neither fits nor keeps out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.matching import (
    FREE,
    Answer,
    Answers,
    Budget,
    Effort,
    Price,
    Programme,
    Verdict,
    match,
    programmes,
    rank,
)
from courses.models import Course, CourseFigures, Status
from tests.factories import CourseFactory, SkillFactory

SKILLS = ("git", "python", "sql", "statistics")
DOLLARS = Budget(Decimal(100), "USD")
ASKED = Answers(frozenset(SKILLS), 5, DOLLARS, frozenset({"self-paced"}), frozenset({"en"}))
FITTING = Programme(
    slug="fitting",
    skills=frozenset({"python", "sql"}),
    effort=Effort("self-paced", 24),
    language="en",
    prices=(Price(Decimal(49), "USD"),),
)


def changed(offer, **fields):
    """Return `offer` with other values of its own or of its effort."""
    effort = {name: fields.pop(name) for name in Effort._fields if name in fields}
    return replace(offer, effort=offer.effort._replace(**effort), **fields)


def words(answers, programme):
    """Return what is said of the one match."""
    [found] = match(answers, [programme])
    return [reason.words for reason in found.reasons]


def said_of(answer, **fields):
    """Return the verdict and the words for one answer, on a programme that fits the others."""
    matches = match(ASKED, [changed(FITTING, **fields)])
    return next(
        ((reason.verdict, reason.words) for reason in matches[0].reasons if reason.answer == answer), None
    )


def test_reasons_say_what_a_programme_covers_takes_and_costs():
    assert words(ASKED, FITTING) == [
        "covers 2 of the 4 skills you lack",
        "5 weeks at your pace",
        "within budget: 49 USD",
        "online, at your own pace",
        "in English",
    ]


def test_answers_that_were_not_given_are_no_reasons():
    assert words(Answers(frozenset(SKILLS)), FITTING) == ["covers 2 of the 4 skills you lack"]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"sql"}, "covers the one skill you lack"),
        ({"sql", "python"}, "covers all 2 skills you lack"),
        ({"sql", "git"}, "covers 1 of the 2 skills you lack"),
    ],
)
def test_covered_skills_are_counted(lacking, said):
    assert words(Answers(frozenset(lacking)), FITTING) == [said]


def test_programme_that_covers_nothing_is_no_match():
    assert match(ASKED, [replace(FITTING, skills=frozenset({"baking"}))]) == []


@pytest.mark.parametrize(
    ("answer", "fields", "said"),
    [
        (Answer.BUDGET, {"prices": ()}, "price not known"),
        (Answer.BUDGET, {"prices": (Price(Decimal(49), "EUR"),)}, "costs 49 EUR, which we do not convert"),
        (Answer.TIME, {"hours": None}, "effort not known"),
        (Answer.TIME, {"format": ""}, "5 weeks at your pace, if it has no set times"),
        (
            Answer.TIME,
            {"format": "", "weekly_hours_min": 8, "weekly_hours_max": 9},
            "asks for 8 hours a week; whether one may go slower is not known",
        ),
        (Answer.FORMAT, {"format": ""}, "format not known"),
        (Answer.LANGUAGE, {"language": ""}, "language not known"),
    ],
)
def test_what_is_not_known_is_said_and_keeps_nothing_out(answer, fields, said):
    assert said_of(answer, **fields) == (Verdict.UNKNOWN, said)


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        (Answer.BUDGET, {"prices": (Price(Decimal("100.01"), "USD"),)}),
        (Answer.FORMAT, {"format": "in-person", "weekly_hours_max": 5}),
        (Answer.LANGUAGE, {"language": "de"}),
    ],
)
def test_what_is_known_to_miss_an_answer_is_kept_out_and_counted(answer, fields):
    ranking = rank(ASKED, [FITTING, changed(FITTING, slug="other", **fields)])
    assert [found.course.slug for found in ranking.matches] == ["fitting"]
    assert ranking.kept_out == {answer: 1}


def test_what_misses_two_answers_is_counted_under_neither():
    ranking = rank(ASKED, [changed(FITTING, language="de", format="blended")])
    assert (ranking.kept_out, ranking.kept_out_by_several) == ({}, 1)


@pytest.mark.parametrize(
    ("least", "most", "verdict"),
    [
        (2, 5, Verdict.FITS),
        (2, 6, Verdict.UNKNOWN),
        (6, 9, Verdict.MISFIT),
        (None, None, Verdict.UNKNOWN),
    ],
)
def test_set_times_have_to_leave_room_in_the_week(least, most, verdict):
    asked = replace(ASKED, formats=frozenset({"scheduled"}))
    offer = changed(FITTING, format="scheduled", weekly_hours_min=least, weekly_hours_max=most)
    ranking = rank(asked, [offer])
    found = [reason.verdict for each in ranking.matches for reason in each.reasons if reason.answer == "time"]
    assert (found or [Verdict.MISFIT]) == [verdict]


@pytest.mark.parametrize(
    ("prices", "said"),
    [
        ([("0", "")], "free"),
        ([("99.5", "USD")], "within budget: 99.50 USD"),
        ([("49", "EUR"), ("60", "USD")], "within budget: 60 USD"),
        ([("0", ""), ("400", "USD")], "free"),
        ([("60", "USD"), ("0", "")], "within budget: 60 USD"),
        ([("49", "EUR"), ("0", "")], "costs 49 EUR, which we do not convert"),
    ],
)
def test_newest_price_counts_and_none_is_converted(prices, said):
    read = tuple(Price(Decimal(amount), currency) for amount, currency in prices)
    assert said_of(Answer.BUDGET, prices=read)[1] == said


def test_who_asks_for_what_is_free_is_shown_no_price_in_any_currency():
    asked = replace(ASKED, budget=FREE)
    priced = replace(FITTING, prices=(Price(Decimal(1), "EUR"),))
    free = replace(FITTING, slug="free", prices=(Price(Decimal(0), ""),))
    unknown = replace(FITTING, slug="unknown", prices=())
    assert [found.course.slug for found in match(asked, [priced, unknown, free])] == ["free", "unknown"]


def test_what_was_checked_and_rated_by_many_comes_first_among_equals():
    offers = [
        replace(FITTING, slug="a-unrated"),
        replace(FITTING, slug="b-by-one", rating=Decimal(5), ratings=1),
        replace(FITTING, slug="c-by-many", rating=Decimal("4.7"), ratings=9000),
        replace(FITTING, slug="d-checked", is_checked=True),
    ]
    assert [found.course.slug for found in match(ASKED, offers)] == [
        "d-checked",
        "c-by-many",
        "b-by-one",
        "a-unrated",
    ]


# --- Any programmes ----------------------------------------------------------------------------


@st.composite
def offers(draw):
    price = st.builds(Price, st.sampled_from([Decimal(49), Decimal(500)]), st.sampled_from(["USD", "EUR"]))
    least = draw(st.none() | st.integers(1, 10))
    return Programme(
        slug=draw(st.text("abc", min_size=1, max_size=3)),
        skills=draw(st.frozensets(st.sampled_from(SKILLS))),
        effort=Effort(
            format=draw(st.sampled_from(["", "self-paced", "scheduled"])),
            hours=draw(st.none() | st.integers(1, 100)),
            weekly_hours_min=least,
            weekly_hours_max=least and least + 2,
        ),
        language=draw(st.sampled_from(["", "en", "de"])),
        prices=tuple(draw(st.lists(price | st.just(Price(Decimal(0), "")), max_size=2))),
        is_checked=draw(st.booleans()),
        rating=draw(st.none() | st.decimals(0, 5, places=1)),
        ratings=draw(st.none() | st.integers(0, 1000)),
    )


ANSWERS = st.builds(
    Answers,
    st.frozensets(st.sampled_from(SKILLS)),
    st.none() | st.integers(1, 20),
    st.sampled_from([None, FREE, DOLLARS]),
    st.frozensets(st.sampled_from(["self-paced", "scheduled"])),
    st.frozensets(st.sampled_from(["en", "de"])),
)


@given(ANSWERS, st.lists(offers(), unique_by=lambda offer: offer.slug), st.randoms())
def test_order_does_not_depend_on_the_order_of_the_catalog(answers, catalog, random):
    shuffled = random.sample(catalog, len(catalog))
    assert match(answers, catalog) == match(answers, shuffled)


@given(ANSWERS, offers(), st.sampled_from(SKILLS))
def test_one_more_lacking_skill_never_ranks_lower(answers, offer, skill):
    less, more = replace(offer, slug="a"), replace(offer, slug="b", skills=offer.skills | {skill})
    scores = {found.course.slug: found.score for found in match(answers, [less, more])}
    assert "a" not in scores or scores["b"] >= scores["a"]
    if "a" in scores and skill in answers.lacking - offer.skills:
        assert [found.course.slug for found in match(answers, [less, more])] == ["b", "a"]


UNKNOWN = [("prices", ()), ("hours", None), ("format", ""), ("language", ""), ("rating", None)]


@given(ANSWERS, offers(), st.sampled_from(UNKNOWN))
@example(
    Answers(frozenset({"sql"}), 5),
    changed(FITTING, hours=None, weekly_hours_min=2, weekly_hours_max=4),
    ("format", ""),
)
def test_what_is_certain_never_ranks_below_what_is_unknown(answers, offer, unknown):
    name, nothing = unknown
    certain, uncertain = replace(offer, slug="z"), changed(offer, slug="a", **{name: nothing})
    scores = {found.course.slug: found.score for found in match(answers, [certain, uncertain])}
    assert "z" not in scores or scores["z"] >= scores["a"]


@given(ANSWERS, st.lists(offers(), unique_by=lambda offer: offer.slug))
def test_matches_and_what_one_answer_keeps_out_are_what_relaxing_it_would_give(answers, catalog):
    ranking = rank(answers, catalog)
    relaxed = {
        Answer.TIME: replace(answers, weekly_hours=None),
        Answer.BUDGET: replace(answers, budget=None),
        Answer.FORMAT: replace(answers, formats=frozenset()),
        Answer.LANGUAGE: replace(answers, languages=frozenset()),
    }
    for answer, others in relaxed.items():
        more = len(match(others, catalog)) - len(ranking.matches)
        assert more == ranking.kept_out.get(answer, 0)


@given(ANSWERS, st.lists(offers()))
def test_no_reason_for_an_unknown_counts_as_fitting(answers, catalog):
    for found in match(answers, catalog):
        fitting = [each for each in found.reasons[1:] if each.verdict == Verdict.FITS]
        assert found.score.fitting == len(fitting)
        assert not any("not known" in each.words for each in fitting)


# --- The catalog -------------------------------------------------------------------------------


@pytest.fixture
def course(db):
    course = CourseFactory(
        slug="sql-basics",
        skills=[SkillFactory(slug="sql")],
        format=Course.Format.SELF_PACED,
        language="en",
        weeks_min=2,
        weeks_max=4,
        weekly_hours_min=3,
        weekly_hours_max=6,
        status=Status.ACTIVE,
        checked_on=date(2026, 11, 1),
    )
    figures = [
        ("old", date(2025, 1, 1), 10, "USD", "4.9", 3),
        ("cheap", date(2026, 1, 1), 40, "USD", "4.1", 20),
        ("dear", date(2026, 1, 1), 60, "EUR", "4.5", 900),
    ]
    for source, day, price, currency, rating, ratings in figures:
        CourseFigures.objects.create(
            course=course, source=source, retrieved_on=day, price=price, currency=currency,
            rating=rating, ratings=ratings,
        )  # fmt: skip
    return course


def test_programme_is_read_from_its_course_and_the_newest_figures(course):
    assert programmes() == [
        Programme(
            slug="sql-basics",
            skills=frozenset({"sql"}),
            effort=Effort("self-paced", 24, 4, 3, 6),
            language="en",
            prices=(Price(Decimal(60), "EUR"), Price(Decimal(40), "USD"), Price(Decimal(10), "USD")),
            is_checked=True,
            rating=Decimal("4.5"),
            ratings=900,
        )
    ]


def test_retired_course_is_no_programme(course):
    Course.objects.update(status=Status.RETIRED)
    assert programmes() == []


@pytest.mark.parametrize("number", [1, 3])
def test_catalog_is_read_by_five_queries_and_then_by_one(number, db, django_assert_num_queries):
    for _ in range(number):
        CourseFactory(skills=[SkillFactory()])
    with django_assert_num_queries(5):
        programmes()
    with django_assert_num_queries(1):
        assert len(programmes()) == number


def test_change_of_the_catalog_is_seen_at_once(course):
    programmes()
    Course.objects.update(language="de")
    assert [programme.language for programme in programmes()] == ["de"]
