"""What the site finds, on whichever database the tests run."""

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courses.models import Status
from guides.models import Guide, Step
from search.finding import find, find_grouped, ids_of
from search.queries import parsed
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    ProviderFactory,
    SkillFactory,
    guide_with_path,
)

pytestmark = pytest.mark.django_db


def titles(query, *kinds, **options):
    return ["".join(piece.text for piece in hit.title) for hit in find(query, kinds, **options).hits]


def courses(*names):
    return [
        CourseFactory(title=name, slug=f"course-{place}", provider=None) for place, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("neural networks", "Neural Networks"),
        ("NETWORK", "Neural Networks"),
        ("neur", "Neural Networks"),
        ("running", "How models run"),
        ("strom", "Ström und Straße"),
        ("STRASSE", "Ström und Straße"),
        ("étude", "Etudes"),
        ("машинное", "Машинное обучение"),
        ("МАШИН", "Машинное обучение"),
        ("μηχανικη", "Μηχανική μάθηση"),
        ("机器学习", "机器学习入门"),
        ("学习", "机器学习入门"),
        ("门", "机器学习入门"),
        ("ガウス", "ガウス分布"),
        ("파이썬", "파이썬을 배우자"),
        ("ไทย", "ภาษาไทย"),
        ("हिन्दी", "हिन्दी में लर्निंग"),
        ("الالة", "تعلم الالة"),
        ("c++", "Modern C++"),
        ("C#", "Learning C# today"),
        (".net", "The .NET book"),
        ("dotnet", "The .NET book"),
        ("cplusplus", "Modern C++"),
        ("1e5", "From 1e5 to 3d in x86"),
        ("3d", "From 1e5 to 3d in x86"),
        ("x86", "From 1e5 to 3d in x86"),
        ("test split", "train_test_split"),
        ("bachelors degree", "Bachelor's degree"),
        ("how to run the models", "How models run"),
    ],
)
def test_a_query_finds_the_title(query, title):
    names = (
        "Neural Networks", "How models run", "Ström und Straße", "Etudes", "Машинное обучение",
        "Μηχανική μάθηση", "机器学习入门", "ガウス分布", "파이썬을 배우자", "ภาษาไทย", "हिन्दी में लर्निंग",
        "تعلم الالة", "Modern C++", "Learning C# today", "The .NET book", "From 1e5 to 3d in x86",
        "train_test_split", "Bachelor's degree",
    )  # fmt: skip
    courses(*names)
    assert (titles(query), find(query).corrected, find(query).is_loose) == ([title], "", False)


@pytest.mark.parametrize(
    "query",
    [
        "", " ", '"', '""', "*", "'", "()", "-", "\\", "%", ":*", "!", "& |", "\x00", "\ud800", "AND",
        "a AND", "NOT x", "NEAR(a b)", 'title_words:"x"', "^a", "'; DROP TABLE x; --", "a\x00z", "x" * 10_000,
        "z " * 5_000, "🙂", "½", "ﷺ", "\u0301", "c++ c# .net", "search_index", "{a b}", "<b>", "゙",
    ],
)  # fmt: skip
def test_odd_queries_are_answered(query):
    courses("Bread")
    assert (titles(query), ids_of("course", query)) == ([], [])


@given(st.text(max_size=40))
@example("a\ufdfa \u0e33\u0300")
def test_any_query_is_answered(query):
    find(query)


@given(st.text(min_size=1, max_size=12))
@settings(max_examples=40)
def test_every_title_is_found_by_itself(title):
    with transaction.atomic():
        course = CourseFactory(title=title.replace("\0", ""), slug="anything", provider=None)
        assert [str(course.pk)] == ids_of("course", title) or not parsed(title).terms
        transaction.set_rollback(True)


def test_the_last_word_is_a_prefix_unless_a_blank_follows():
    courses("Java", "JavaScript")
    assert (titles("java"), titles("java ")) == (["Java", "JavaScript"], ["Java"])


def test_a_title_comes_before_a_text():
    CourseFactory(title="Bread", summary="It asks for yeast.")
    CourseFactory(title="About yeast and other things that rise", provider=None)
    assert titles("yeast") == ["About yeast and other things that rise", "Bread"]


def test_the_very_title_comes_first():
    courses("Python Python Python", "Python", "Python for all")
    SkillFactory(name="Pythonic Python")
    assert titles("python")[0] == "Python"


def test_everything_that_is_listed_is_found_by_what_belongs_to_it():
    school, skill = ProviderFactory(name="Zeppelin School"), SkillFactory(name="Zeppelins")
    CourseFactory(title="Fly", provider=school, skills=[skill])
    CertificationFactory(title="Pilot", issuer=school)
    found = find("zeppelin")
    assert sorted((hit.kind, hit.url) for hit in found.hits) == [
        ("certification", "/certifications/pilot/"),
        ("course", "/courses/fly/"),
        ("provider", "/providers/zeppelin-school/"),
        ("skill", "/skills/zeppelins/"),
    ]


def test_a_guide_is_found_down_to_its_sections_and_steps(guide):
    addresses = {
        hit.kind: hit.url for query in ("data baker", "overview", "watch") for hit in find(query).hits
    }
    assert find("watch").counts == {"step": 1}
    assert addresses == {
        "guide": "/guides/data-baker/",
        "section": "/guides/data-baker/#overview",
        "step": "/guides/data-baker/path/#step-watch",
    }


def test_a_draft_is_not_found(guide):
    guide_with_path(title="Unicorn")
    Step.objects.filter(title="Watch").update(title="Unicorn", body="Unicorn")
    assert find("unicorn").total() == 0


def test_a_hidden_guide_is_not_found(guide):
    assert find("overview").total() == 1
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())
    assert find("overview").total() == 0


def test_a_scheduled_edition_is_not_found(guide, publisher):
    Step.objects.filter(title="Watch").update(title="Unicorn")
    guide = Guide.objects.get(pk=guide.pk)
    edition = guide.publish(by=publisher)
    type(edition).objects.filter(pk=edition.pk).update(live_at=timezone.now() + timezone.timedelta(days=1))
    assert (find("unicorn").total(), find("watch").total()) == (0, 1)


def test_a_retired_course_is_not_found():
    course = CourseFactory(title="Bread", provider=None)
    assert titles("bread") == ["Bread"]
    type(course).objects.update(status=Status.RETIRED, checked_on=timezone.now().date())
    assert titles("bread") == []


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("pyhton", "python"),
        ("pythn ", "python"),
        ("Pyton for", "python for"),
        ("lerning python", "learning python"),
        ("kuberentes", "kubernetes"),
        ("cubernetes ", "kubernetes"),
        ("kuberte", "kubernetes"),
    ],
)
def test_a_typo_is_forgiven_and_told(query, corrected):
    courses("Learning Python", "Kubernetes", "Bread")
    found = find(query)
    assert (found.corrected, found.total()) == (corrected, 1)


def test_no_short_word_and_no_far_word_is_corrected():
    courses("SQL", "Bread")
    assert [find(query).total() for query in ("sqk", "brxxd", "zzzzzz")] == [0, 0, 0]


def test_what_has_any_of_the_words_is_given_where_nothing_has_all():
    courses("Bread", "Ale")
    found = find("bread ale")
    assert (found.is_loose, found.counts) == (True, {"course": 2})


def test_kinds_narrow_what_is_given_and_not_the_counts():
    CourseFactory(title="Bread", provider=None)
    SkillFactory(name="Bread")
    found = find("bread", ["skill"])
    assert ([hit.kind for hit in found.hits], found.counts) == (["skill"], {"course": 1, "skill": 1})


def test_hits_come_in_pages():
    courses("Bread one", "Bread two", "Bread six")
    assert titles("bread", limit=2) + titles("bread", limit=2, offset=2) == titles("bread")


def test_grouped_gives_the_best_of_each_kind():
    courses("Bread one", "Bread two", "Bread")
    SkillFactory(name="Bread and butter")
    found = find_grouped("bread", each=1)
    assert [(hit.kind, hit.title[0].text) for hit in found.hits] == [("course", "Bread"), ("skill", "Bread")]
    assert found.counts == {"course": 3, "skill": 1}


def test_ids_are_those_of_one_kind_best_first():
    [_, second, third] = courses("Ale", "Bread and butter and much more besides", "Bread")
    SkillFactory(name="Bread")
    assert ids_of("course", "bread") == [str(third.pk), str(second.pk)]
    assert ids_of("course", "bread", limit=1) == [str(third.pk)]
    assert ids_of("course", "braed") == [str(third.pk), str(second.pk)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_costs_six_queries(number, django_assert_num_queries):
    courses(*["Bread", "Bread two", "Bread six"][:number])
    find("bread")
    with django_assert_num_queries(6):  # states, versions of three parts, counts, hits
        assert find("bread").total() == number
