"""The vocabulary: names of the catalog, kept until one changes."""

import threading

import pytest
from django.db import connection

from courses.models import Course, Skill
from gap.vocabulary import _finder, forget, vocabulary
from tests.factories import CourseFactory, SkillAliasFactory, SkillFactory

pytestmark = pytest.mark.django_db


def slugs(text):
    return [found.slug for found in vocabulary().finder.find(text)]


def test_names_and_aliases_are_found():
    SkillAliasFactory(skill=SkillFactory(name="Kubernetes"), name="k8s")
    assert slugs("Kubernetes (K8S)") == ["kubernetes", "kubernetes"]


def test_alias_that_is_the_own_name_says_how_it_counts():
    SkillAliasFactory(skill=SkillFactory(name="Go"), name="go", how="context")
    assert (slugs("Go home"), slugs("written in Go")) == ([], ["go"])


def test_name_goes_before_the_alias_of_another():
    SkillAliasFactory(skill=SkillFactory(name="Containers"), name="Docker")
    SkillFactory(name="Docker")
    assert slugs("Docker") == ["docker"]


@pytest.mark.parametrize("number", [1, 3])
def test_vocabulary_costs_a_query_whatever_its_size(number, django_assert_num_queries):
    for _ in range(number):
        CourseFactory(skills=[SkillAliasFactory().skill])
    vocabulary()
    with django_assert_num_queries(1):
        vocabulary()


@pytest.mark.parametrize("number", [1, 3])
def test_reading_the_vocabulary_costs_the_same_for_one_and_three(number, django_assert_num_queries):
    for _ in range(number):
        CourseFactory(skills=[SkillAliasFactory().skill])
    forget()
    with django_assert_num_queries(13):  # of them nine for the index of courses
        vocabulary()


def test_vocabulary_follows_the_catalog():
    skill = SkillFactory(name="Kneading")
    assert slugs("Kneading") == ["kneading"]
    Skill.objects.filter(pk=skill.pk).update(name="Stirring")
    assert (slugs("Kneading"), slugs("Stirring")) == ([], ["kneading"])


def test_change_that_touches_no_name_builds_no_automaton():
    SkillFactory(name="Kneading")
    before = vocabulary().finder
    Course.objects.create(slug="bread", title="Bread")
    assert vocabulary().finder is before
    assert _finder.cache_info().currsize == 1


def test_first_courses_of_a_skill_are_the_best_rated():
    skill = SkillFactory(name="Kneading")
    for title in ("D", "C", "B", "A"):
        CourseFactory(title=title, skills=[skill])
    assert [course.title for course in vocabulary().courses["kneading"]] == ["A", "B", "C"]


def test_first_courses_of_a_skill_teach_few_others_and_beginners():
    kneading, other = SkillFactory(name="Kneading"), SkillFactory(name="Baking")
    CourseFactory(title="A of both", skills=[kneading, other], level="beginner")
    CourseFactory(title="B for experts", skills=[kneading], level="advanced")
    CourseFactory(title="C for beginners", skills=[kneading], level="beginner")
    titles = [course.title for course in vocabulary().courses["kneading"]]
    assert titles == ["C for beginners", "B for experts", "A of both"]


@pytest.mark.django_db(transaction=True)
def test_threads_share_one_vocabulary():
    SkillFactory(name="Kneading")
    found = []

    def ask():
        found.append(vocabulary())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1
