"""Finding offers by what they are: the counts of filters, the order, and what is asked wrongly."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.browsing import CERTIFICATIONS, COURSES, answer, ask
from courses.browsing.filters import Choice
from courses.models import Certification, Course, CourseFigures, Provider, Skill
from tests.factories import CertificationFactory, CourseFactory, ProviderFactory, SkillFactory

SKILLS = ("python", "sql", "statistics")
LEVELS = ("", "beginner", "advanced")
KINDS = ("course", "degree")
FORMATS = ("", "self-paced", "in-person")
LANGUAGES = ("", "en", "de")
PROVIDERS = ("", "school", "university")
LEADS = ("", "baker")
PRICES = (None, Decimal(0), Decimal(30), Decimal(75), Decimal(700))
RATINGS = (None, Decimal("2.9"), Decimal("4.2"), Decimal("4.8"))
EFFORTS = (None, 5, 20, 300)


def ids(address, catalog=COURSES):
    """Return what the parameters of `address` find, by slug."""
    index = catalog.index()
    query, faults = ask(catalog, index, QueryDict(address))
    assert faults == []
    return [catalog.model.objects.get(pk=pk).slug for pk in answer(catalog, index, query).ids]


def faults(address, catalog=COURSES):
    return {fault.name: fault.message for fault in ask(catalog, catalog.index(), QueryDict(address))[1]}


def figures(course, **said):
    return CourseFigures.objects.create(
        course=course,
        source=said.pop("source", "School"),
        retrieved_on=said.pop("on", date(2026, 11, 1)),
        **said,
    )


# --- Against brute force --------------------------------------------------------------------------

offers = st.fixed_dictionaries(
    {
        "skills": st.sets(st.sampled_from(SKILLS)),
        "level": st.sampled_from(LEVELS),
        "kind": st.sampled_from(KINDS),
        "format": st.sampled_from(FORMATS),
        "language": st.sampled_from(LANGUAGES),
        "provider": st.sampled_from(PROVIDERS),
        "platform": st.sampled_from(PROVIDERS),
        "leads_to": st.sampled_from(LEADS),
        "price": st.sampled_from(PRICES),
        "rating": st.sampled_from(RATINGS),
        "effort": st.sampled_from(EFFORTS),
        "is_retired": st.sampled_from([False, False, False, True]),
    }
)
OFFERED = {
    "skill": SKILLS,
    "level": LEVELS[1:],
    "kind": KINDS,
    "format": FORMATS[1:],
    "language": LANGUAGES[1:],
    "provider": PROVIDERS[1:],
    "leads_to": LEADS[1:],
    "price_max": ("0", "30", "50", "100"),
    "effort_max": ("10", "25", "100"),
    "rating_min": ("4.5", "4", "3"),
}
queries = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(values), unique=True, max_size=2) for name, values in OFFERED.items()}
)


def has(offer, name, values):
    """Return whether `offer` passes a filter, worked out the long way."""
    if not values:
        return True
    if name == "skill":
        return bool(offer["skills"] & set(values))
    if name == "provider":
        return bool({offer["provider"], offer["platform"]} & set(values))
    if name in ("price_max", "effort_max", "rating_min"):
        number = offer[name.partition("_")[0]]
        if number is None:
            return False
        if name == "rating_min":
            return any(number >= Decimal(value) for value in values)
        return any(number <= Decimal(value) for value in values)
    return offer[name] in values


def brute_force(made, chosen, without=None):
    return {
        pk
        for pk, offer in made.items()
        if not offer["is_retired"]
        and all(has(offer, name, values) for name, values in chosen.items() if name != without)
    }


def make(offer, number):
    by = {slug: Provider.objects.get(slug=slug) for slug in PROVIDERS[1:]} | {"": None}
    course = Course.objects.create(
        title=f"Course {number}",
        slug=f"course-{number}",
        provider=by[offer["provider"]],
        platform=by[offer["platform"]],
        effort_hours=offer["effort"],
        status="retired" if offer["is_retired"] else "unverified",
        checked_on=date(2026, 11, 1) if offer["is_retired"] else None,
        **{name: offer[name] for name in ("level", "kind", "format", "language")},
    )
    course.skills.set(Skill.objects.filter(slug__in=offer["skills"]))
    course.leads_to.set(Certification.objects.filter(slug=offer["leads_to"]))
    if offer["price"] is not None or offer["rating"] is not None:
        currency = "USD" if offer["price"] else ""
        figures(course, price=offer["price"], currency=currency, rating=offer["rating"])
    return course.pk


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(offers, max_size=12), asked=st.lists(queries, min_size=1, max_size=4))
def test_counts_equal_brute_force(db, made, asked):
    for model in (Course, Certification, Provider, Skill):
        model.objects.all().delete()
    for slug in SKILLS:
        SkillFactory(name=slug, slug=slug)
    for slug in PROVIDERS[1:]:
        ProviderFactory(name=slug, slug=slug)
    CertificationFactory(title="Baker", slug="baker", issuer=None)
    made = {make(offer, number): offer for number, offer in enumerate(made)}
    index = COURSES.index()
    for chosen in asked:
        params = QueryDict(mutable=True)
        for name, values in chosen.items():
            params.setlist(name, values)
        query, mistakes = ask(COURSES, index, params)
        found = answer(COURSES, index, query)
        assert (mistakes, set(found.ids)) == ([], brute_force(made, chosen))
        for facet in found.facets:
            name = facet.filter.name
            for value in facet.values:
                alone = {**chosen, name: [value.value]}
                assert value.count == len(brute_force(made, alone))
                assert value.count or value.is_chosen
                assert value.is_chosen == (value.value in chosen[name])
        offered = {facet.filter.name: {value.value for value in facet.values} for facet in found.facets}
        for filter_ in COURSES.filters:
            if isinstance(filter_, Choice):
                name = filter_.name
                wanted = {v for v in OFFERED[name] if brute_force(made, {**chosen, name: [v]})}
                assert offered.get(name, set()) == wanted | set(chosen[name])
        for option in found.relaxed:
            assert option.count == len(brute_force(made, chosen, without=option.name)) > 0


# --- One by one -----------------------------------------------------------------------------------


def test_several_values_of_a_filter_widen_it_and_filters_narrow_each_other(db):
    python, sql = SkillFactory(slug="python"), SkillFactory(slug="sql")
    CourseFactory(slug="a", skills=[python], level="beginner")
    CourseFactory(slug="b", skills=[sql], level="advanced")
    CourseFactory(slug="c", skills=[python, sql], level="advanced")
    assert ids("skill=python&ordering=title") == ["a", "c"]
    assert ids("skill=python&skill=sql&ordering=title") == ["a", "b", "c"]
    assert ids("skill=python&level=advanced") == ["c"]


def test_unknown_is_neither_cheap_nor_short_nor_rated(db):
    CourseFactory(slug="unknown")
    free = CourseFactory(slug="free", effort_hours=5)
    figures(free, price=Decimal(0), rating=Decimal("4.6"))
    assert (ids("price_max=1000"), ids("effort_max=1000"), ids("rating_min=0")) == (["free"],) * 3


def test_prices_of_another_currency_are_not_compared(db):
    for slug, price, currency in (("dollars", 30, "USD"), ("euros", 40, "EUR"), ("free", 0, "")):
        figures(CourseFactory(title=slug, slug=slug), price=Decimal(price), currency=currency)
    assert ids("price_max=50&ordering=title") == ["dollars", "free"]
    assert ids("price_max=50&currency=EUR&ordering=title") == ["euros", "free"]
    assert faults("currency=XXX") == {"currency": "Nothing here is priced in “XXX”. Use one of EUR, USD."}


def test_the_newest_source_that_gives_a_figure_counts(db):
    course = CourseFactory(slug="a")
    figures(course, on=date(2026, 1, 1), rating=Decimal("4.9"), ratings=10)
    figures(course, on=date(2026, 6, 1), rating=Decimal("3.9"), ratings=20)
    figures(course, on=date(2026, 9, 1), enrolled=500, source="Platform")
    assert (ids("rating_min=4.5"), ids("rating_min=3.5")) == ([], ["a"])


def test_effort_is_the_hours_or_all_weeks_at_the_most_hours(db):
    CourseFactory(slug="hours", effort_hours=12)
    CourseFactory(slug="weeks", weeks_min=2, weeks_max=4, weekly_hours_min=3, weekly_hours_max=5)
    assert ids("effort_max=12") == ["hours"]
    assert ids("effort_max=20&ordering=effort") == ["hours", "weeks"]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("title", ["ale", "bread", "cake"]),
        ("rating", ["cake", "bread", "ale"]),
        ("effort", ["bread", "cake", "ale"]),
        ("price", ["cake", "bread", "ale"]),
        ("newest", ["cake", "bread", "ale"]),
        ("", ["cake", "bread", "ale"]),
    ],
)
def test_order_has_what_is_unknown_last(db, ordering, expected):
    CourseFactory(title="Ale", slug="ale")
    bread = CourseFactory(title="bread", slug="bread", effort_hours=3)
    cake = CourseFactory(title="Cake", slug="cake", effort_hours=4)
    figures(bread, rating=Decimal(4), ratings=9, price=Decimal(20), currency="USD")
    figures(cake, rating=Decimal(4), ratings=10, price=Decimal(0))
    assert ids(f"ordering={ordering}") == expected


def test_what_was_retired_is_not_listed(db):
    CourseFactory(status="retired", checked_on=date(2026, 11, 1))
    assert ids("") == []


def test_numbers_are_offered_where_they_find_more(db):
    for hours in (8, 9, 60):
        CourseFactory(effort_hours=hours)
    index = COURSES.index()
    facets = answer(COURSES, index, ask(COURSES, index, QueryDict())[0]).facets
    [effort] = [facet for facet in facets if facet.filter.name == "effort_max"]
    assert [(value.value, value.label, value.count) for value in effort.values] == [
        ("10", "up to 10 hours", 2),
        ("100", "up to 100 hours", 3),
    ]


def test_empty_result_says_which_filter_to_drop(db):
    CourseFactory(level="beginner", kind="course")
    CourseFactory(level="beginner", kind="course")
    CourseFactory(level="advanced", kind="degree")
    index = COURSES.index()
    query, _ = ask(COURSES, index, QueryDict("level=beginner&kind=degree"))
    relaxed = answer(COURSES, index, query).relaxed
    assert [(option.label, option.count) for option in relaxed] == [("Kind", 2), ("Level", 1)]


def test_certifications_are_found_by_the_same_filters(db):
    CertificationFactory(slug="a", kind="exam", issuer=ProviderFactory(slug="board"))
    CertificationFactory(slug="b", kind="degree")
    assert ids("kind=exam&provider=board", CERTIFICATIONS) == ["a"]


@pytest.mark.parametrize(
    ("address", "name", "message"),
    [
        ("colour=red", "colour", "There is no parameter “colour”. Use some of skill, level, "),
        (
            "level=expert",
            "level",
            "There is no level “expert”. Use one of beginner, intermediate, advanced, any.",
        ),
        ("skill=nothing", "skill", "There is no skill “nothing”."),
        ("effort_max=long", "effort_max", "“long” is no number for effort_max. Give one from 0, such as 25."),
        ("price_max=-1", "price_max", "“-1” is no number for price_max. Give one from 0, such as 50."),
        ("price_max=NaN", "price_max", "“NaN” is no number for price_max. Give one from 0, such as 50."),
        ("ordering=best", "ordering", "“best” is no order. Use one of relevance, rating, "),
        ("page=0", "page", "“0” is no page. Pages are numbered from 1."),
        ("page=1&page=2", "page", "Give “page” once."),
        ("search=a&search=b", "search", "Give “search” once."),
    ],
)
def test_what_cannot_be_answered_is_named(db, address, name, message):
    assert faults(address)[name].startswith(message)


def test_what_is_empty_is_not_asked(db):
    assert faults("level=&search=&ordering=&page=&price_max=") == {}


def test_each_query_has_one_address(db):
    SkillFactory(slug="python")
    index = COURSES.index()
    query, _ = ask(
        COURSES, index, QueryDict("page=2&price_max=50.0&skill=python&price_max=50&ordering=price")
    )
    assert query.address() == "?skill=python&price_max=50&ordering=price"
    assert query.address(2) == "?skill=python&price_max=50&ordering=price&page=2"
    assert query.without("skill", "python").address() == "?price_max=50&ordering=price"


# --- What is kept in memory -----------------------------------------------------------------------


def test_index_is_read_once_for_each_change(db, django_assert_num_queries):
    course = CourseFactory(level="beginner")
    assert ids("level=beginner") == [course.slug]
    with django_assert_num_queries(1):
        COURSES.index()
    Course.objects.update(level="advanced")
    assert ids("level=advanced") == [course.slug]


@pytest.mark.parametrize("number", [1, 3])
def test_reading_costs_the_same_for_one_course_and_for_three(db, number, django_assert_num_queries):
    for _ in range(number):
        figures(CourseFactory(skills=[SkillFactory()]), rating=Decimal(4))
    with django_assert_num_queries(9):
        COURSES.index()


def test_every_table_of_the_catalog_has_its_triggers(db):
    names = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%noted'"
    if connection.vendor == "postgresql":
        names = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%noted'"
    with connection.cursor() as cursor:
        cursor.execute(names)
        found = {table for (table,) in cursor.fetchall() if table.startswith("courses_")}
    later = import_module("courses.migrations.0005_skill_aliases").TABLE
    assert found == {*import_module("courses.migrations.0003_changes_are_noted").TABLES, later}


# --- What is asked oddly --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("price_max=1e-999999", "?price_max=0"),
        ("price_max=-0", "?price_max=0"),
        ("price_max=10&price_max=20&price_max=5", "?price_max=20"),
        ("rating_min=4&rating_min=3", "?rating_min=3"),
        ("search=%00bread%00", "?search=bread"),
        ("ordering=relevance", ""),
    ],
)
def test_what_is_asked_oddly_has_a_plain_address(db, address, said):
    query, mistakes = ask(COURSES, COURSES.index(), QueryDict(address))
    assert (query.address(), mistakes) == (said, [])


def test_too_much_is_refused(db):
    for number in range(51):
        SkillFactory(slug=f"skill-{number}")
    many = "&".join(f"skill=skill-{number}" for number in range(51))
    assert faults(many) == {"skill": "Give at most 50 values."}
    assert faults(f"search={'a' * 201}") == {"search": "Search for at most 200 signs."}


def test_what_is_free_is_found_where_all_prices_are_in_another_currency(db):
    figures(CourseFactory(slug="euros"), price=Decimal(40), currency="EUR")
    figures(CourseFactory(slug="free"), price=Decimal(0))
    assert ids("price_max=0") == ["free"]
    assert ids("price_max=50&ordering=price") == ["free", "euros"]


def test_value_without_a_name_is_shown_as_it_is(db):
    CourseFactory(slug="a", language="xx")
    index = COURSES.index()
    facets = answer(COURSES, index, ask(COURSES, index, QueryDict())[0]).facets
    assert [value.label for facet in facets if facet.filter.name == "language" for value in facet.values] == [
        "xx"
    ]


def test_usual_order_of_certifications_is_by_title(db):
    for title in ("Brewer", "Ale"):
        CertificationFactory(title=title, slug=title.lower())
    assert ids("", CERTIFICATIONS) == ["ale", "brewer"]


@pytest.mark.django_db(transaction=True)
def test_change_shows_at_once():
    CourseFactory(slug="a")
    COURSES.index()
    CourseFactory(slug="b")
    assert len(COURSES.index().all) == 2


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_somebody_else_reads_the_catalog():
    CourseFactory(slug="a")
    COURSES.index()
    CourseFactory(slug="b")
    with COURSES.lock:  # as the one who reads has it
        assert len(COURSES.index().all) == 1
    assert len(COURSES.index().all) == 2
