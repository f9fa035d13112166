"""The page and the API that ask five things: answers live in the address, mistakes are said."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.matching.goals import public_goals
from accounts.recording import Saying, record
from courses.models import CourseFigures, Skill
from guides.progress import State
from guides.publishing import unpublish
from tests.factories import CourseFactory, SkillFactory, guide_with_path, step_of

PAGE = reverse("match")


def words(response):
    return " ".join(response.content.decode().split())


def found(response):
    return [row.course.slug for row in response.context["rows"]]


def reasons(response):
    return [[reason.words for reason in row.match.reasons] for row in response.context["rows"]]


def errors(response):
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def priced(course, price, currency):
    CourseFigures.objects.create(
        course=course, source="The provider", retrieved_on=date(2026, 11, 1), price=price, currency=currency
    )


@pytest.fixture
def goal(db):
    """A published guide whose path asks for baking and mixing; an optional step asks for tasting."""
    guide = guide_with_path(title="Data baker", slug="data-baker")
    baking, mixing, tasting = (SkillFactory(name=name) for name in ("Baking", "Mixing", "Tasting"))
    step_of(guide, "Read").skills.set([baking])
    step_of(guide, "Try").skills.set([mixing, baking])
    step_of(guide, "Watch").skills.set([tasting])
    guide.publish(by=None)
    return guide


@pytest.fixture
def course(goal):
    """It teaches both skills in 24 hours, in English, at one's own pace, for 49 US dollars."""
    course = CourseFactory(
        slug="bake",
        skills=Skill.objects.filter(slug__in=["baking", "mixing"]),
        effort_hours=24,
        format="self-paced",
        language="en",
    )
    priced(course, 49, "USD")
    return course


ALL = {
    "goal": "data-baker",
    "know": ["mixing"],
    "hours": "5",
    "budget": "50",
    "currency": "usd",
    "format": ["self-paced", "scheduled"],
    "language": ["en"],
}


# --- Goals -------------------------------------------------------------------------------------


def test_goal_needs_the_skills_of_its_published_path(goal):
    step_of(goal, "Build").skills.set([SkillFactory(name="Unpublished")])
    assert [(each.title, each.skills) for each in public_goals().values()] == [
        ("Data baker", ("baking", "mixing"))
    ]


def test_hidden_guide_is_no_goal(goal):
    unpublish(goal)
    assert public_goals() == {}


# --- The page ----------------------------------------------------------------------------------


def test_first_visit_asks_and_starts_at_the_only_goal(goal, visitor):
    response = visitor.get(PAGE)
    form = response.context["form"]
    assert (response.status_code, form.errors) == (200, {})
    assert form["goal"].value() == "data-baker"
    assert [value for value, _ in form["know"].field.widget.choices] == ["baking", "mixing"]


def test_answers_are_ranked_with_reasons(course, visitor):
    response = visitor.get(PAGE, ALL)
    assert found(response) == ["bake"]
    assert reasons(response) == [
        [
            "covers the one skill you lack",
            "5 weeks at your pace",
            "within budget: 49 USD",
            "online, at your own pace",
            "in English",
        ]
    ]
    assert "Covers Baking." in words(response)


def test_answers_stay_in_the_form(course, visitor):
    form = visitor.get(PAGE, ALL).context["form"]
    assert {name: form[name].value() for name in ALL} == ALL


def test_skills_may_be_chosen_beside_a_goal_or_without_one(course, visitor):
    CourseFactory(slug="taste", skills=[Skill.objects.get(slug="tasting")])
    assert found(visitor.get(PAGE, {"skill": "tasting"})) == ["taste"]
    assert found(visitor.get(PAGE, {"goal": "data-baker", "skill": "tasting"})) == ["bake", "taste"]


def test_signed_in_learner_starts_from_what_they_did(goal, learner, learner_client):
    record(learner, [Saying(step_of(goal, "Read").pk, State.DONE)])
    response = learner_client.get(PAGE)
    assert response.context["form"]["know"].value() == ["baking"]
    assert "What you did on your paths is ticked as known" in words(response)


def test_what_a_learner_did_gives_way_to_what_they_answer(course, goal, learner, learner_client):
    record(learner, [Saying(step_of(goal, "Read").pk, State.DONE)])
    response = learner_client.get(PAGE, {"goal": "data-baker"})
    assert reasons(response) == [["covers all 2 skills you lack"]]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, {"goal": ["Choose a career, or tick skills that you want to learn."]}),
        ({"goal": "nobody"}, {"goal": ["There is no career “nobody” here. Choose from the list."]}),
        ({"skill": ["x", "y"]}, {"skill": ["There is no skill “x” here. Choose from the list."]}),
        ({"know": "x\x00"}, {"know": ["There is no skill “x\x00” here. Choose from the list."]}),
        ({"hours": "abc"}, {"hours": ["Give a whole number of hours, such as 5."]}),
        ({"hours": "0"}, {"hours": ["Ensure this value is greater than or equal to 1."]}),
        ({"hours": "9" * 5000}, {"hours": ["Give a whole number of hours, such as 5."]}),
        (
            {"budget": "-1", "currency": "USD"},
            {"budget": ["Give 0 or more. Leave it empty if the price does not matter."]},
        ),
        ({"budget": "NaN", "currency": "USD"}, {"budget": ["Give an amount in figures, such as 200."]}),
        ({"budget": "9"}, {"currency": ["Say in which currency, such as USD."]}),
        (
            {"budget": "9", "currency": "$"},
            {"currency": ["Use the three letters of the currency, such as USD."]},
        ),
        ({"format": "telepathy"}, {"format": ["There is no format “telepathy”. Choose from the list."]}),
        ({"language": "xx"}, {"language": ["We know no language “xx”. Choose from the list."]}),
    ],
)
def test_mistake_in_the_address_is_said_beside_its_field(asked, said, goal, visitor):
    response = visitor.get(PAGE, {"goal": "data-baker" if asked else ""} | asked)
    assert (response.status_code, errors(response)) == (400, said)
    form = response.context["form"]
    assert {name: form[name].value() for name in asked} == {
        name: [value] if name in {"know", "format", "language"} else value for name, value in asked.items()
    }


def test_parameter_of_somebody_else_is_no_answer(goal, visitor):
    assert visitor.get(PAGE, {"utm_source": "x"}).context["form"].is_bound is False


def test_budget_of_nothing_asks_for_what_is_free(course, visitor):
    priced(CourseFactory(slug="gift", skills=course.skills.all()), 0, "")
    for asked in ({"budget": "0"}, {"free": "true"}, {"free": "true", "budget": "90", "currency": "USD"}):
        assert found(visitor.get(PAGE, {"goal": "data-baker"} | asked)) == ["gift"]


def test_empty_result_says_which_answer_to_relax(course, visitor):
    response = visitor.get(PAGE, ALL | {"budget": "48"})
    assert found(response) == []
    [relaxed] = response.context["relaxed"]
    assert (relaxed.words, relaxed.number) == ("the budget", 1)
    assert found(visitor.get(f"{PAGE}?{relaxed.query}")) == ["bake"]
    assert "Without the budget: 1 more" in words(response)


def test_empty_result_says_that_several_answers_keep_all_out(course, visitor):
    response = visitor.get(PAGE, ALL | {"budget": "48", "language": "de"})
    assert "Take back two or more" in words(response)


def test_empty_result_says_that_nothing_teaches_this(goal, visitor):
    assert "No programme teaches this yet" in words(visitor.get(PAGE, ALL))


def test_who_knows_all_lacks_nothing(course, visitor):
    response = visitor.get(PAGE, ALL | {"know": ["baking", "mixing"]})
    assert "You lack nothing" in words(response)


def test_long_result_has_pages_that_keep_the_answers(goal, visitor):
    for _ in range(21):
        CourseFactory(skills=[Skill.objects.get(slug="baking")])
    response = visitor.get(PAGE, {"goal": "data-baker", "know": ["mixing"]})
    assert len(found(response)) == 20
    assert 'href="?goal=data-baker&amp;know=mixing&amp;page=2"' in words(response)
    assert len(found(visitor.get(PAGE, {"goal": "data-baker", "page": "2"}))) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_result_needs_eight_queries_and_four_when_the_catalog_is_known(
    number, goal, visitor, django_assert_num_queries
):
    for _ in range(number):
        CourseFactory(skills=Skill.objects.all())
    visitor.get(reverse("guide", args=["data-baker"]))
    with django_assert_num_queries(8):
        visitor.get(PAGE, {"goal": "data-baker"})
    with django_assert_num_queries(4):
        assert len(found(visitor.get(PAGE, {"goal": "data-baker"}))) == number


TYPED = st.text(max_size=6) | st.sampled_from(["data-baker", "baking", "5", "-1", "1e9", "en", "USD", "on"])


ADDRESSES = st.dictionaries(st.sampled_from([*ALL, "skill", "free", "page"]), st.lists(TYPED, max_size=3))


@given(asked=ADDRESSES)
def test_no_address_breaks_the_page(asked, goal, client):
    assert client.get(PAGE, asked).status_code in {200, 400}


# --- The API -----------------------------------------------------------------------------------

API = reverse("api-match")


def test_api_gives_the_ranking_of_the_page(course, visitor):
    CourseFactory(slug="dear", skills=course.skills.all(), language="en", format="self-paced")
    priced(CourseFactory(slug="too-dear", skills=course.skills.all()), 51, "USD")
    body = visitor.get(API, ALL).json()
    [first, second] = body["results"]
    assert (body["count"], body["lacking"]) == (2, ["baking"])
    assert body["kept_out"] == [{"answer": "budget", "count": 1}]
    assert [each["slug"] for each in body["results"]] == found(visitor.get(PAGE, ALL))
    assert (first["slug"], first["covers"], first["fitting"]) == ("bake", ["baking"], 4)
    assert first["provider"] == course.provider.slug
    assert first["url"] == "http://testserver/courses/bake/"
    assert {"answer": "budget", "verdict": "unknown", "words": "price not known"} in second["reasons"]


def test_api_has_pages(course, visitor):
    CourseFactory(slug="more", skills=course.skills.all())
    body = visitor.get(API, {"goal": "data-baker", "page_size": 1, "page": 2}).json()
    assert (body["count"], [each["slug"] for each in body["results"]]) == (2, ["more"])


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({}, {"goal"}),
        ({"goal": "data-baker", "colour": "red"}, {"colour"}),
        ({"goal": "data-baker", "hours": "abc", "language": "xx"}, {"hours", "language"}),
        ({"goal": "data-baker", "hours": ["1", "2"]}, {"hours"}),
        ({"goal": "data-baker", "free": "perhaps"}, {"free"}),
        ({"goal": "data-baker", "page_size": "0"}, {"page_size"}),
        ({"skill": "nothing"}, {"skill"}),
    ],
)
def test_api_names_what_it_does_not_understand(asked, named, goal, visitor):
    response = visitor.get(API, asked)
    assert response.status_code == 400
    assert {error["attr"].split(".")[0] for error in response.json()["errors"]} == named


@given(asked=ADDRESSES)
def test_no_address_breaks_the_api(asked, goal, client):
    assert client.get(API, asked).status_code in {200, 400, 404, 429}
