"""The documents follow what the site says, by whichever way it was changed."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from courses.models import Course, Provider, Skill
from guides.models import Guide
from search.finding import find
from search.freshness import rebuild, refresh
from search.models import SearchDocument, State, Word
from search.words import vocabulary
from tests.factories import CourseFactory, ProviderFactory, SkillFactory, published_guide
from tests.threads import at_once


def documents():
    return sorted(SearchDocument.objects.values_list("kind", "title", "text", "url", "digest"))


def words():
    return dict(Word.objects.values_list("word", "documents"))


@pytest.mark.django_db
def test_changes_by_any_way_are_found():
    course = CourseFactory(title="Bread", provider=ProviderFactory(name="School"))
    assert find("school").counts == {"course": 1, "provider": 1}
    Provider.objects.update(name="Academy")
    assert (find("school").counts, find("academy").counts) == ({}, {"course": 1, "provider": 1})
    course.skills.add(SkillFactory(name="Kneading"))
    assert find("kneading").counts == {"course": 1, "skill": 1}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_course SET title = 'Cake'")
    assert (find("bread").counts, find("cake").counts) == ({}, {"course": 1})
    Course.objects.all().delete()
    assert find("cake").counts == {}


@pytest.mark.django_db
def test_another_edition_and_a_hidden_guide_are_found(guide):
    assert find("watch").counts == {"step": 1}
    guide.steps.filter(title="Watch").update(title="Listen")
    Guide.objects.get(pk=guide.pk).publish(by=None)
    assert (find("watch").counts, find("listen").counts) == ({}, {"step": 1})


@pytest.mark.django_db
def test_what_was_brought_up_to_date_is_what_a_rebuild_makes():
    published_guide(title="Data baker", slug="data-baker")
    courses = CourseFactory.create_batch(5)
    refresh()
    Course.objects.filter(pk=courses[0].pk).update(title="Changed", summary="words of learning")
    Course.objects.filter(pk=courses[1].pk).delete()
    Skill.objects.create(slug="new", name="New")
    refresh()
    brought = (documents(), words())
    rebuild()
    assert brought == (documents(), words())
    expected = Counter(word for _, title, text, _, _ in documents() for word in vocabulary(f"{title} {text}"))
    assert words() == dict(expected)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["".join(map(chr, range(0x4E00, 0x9FFF))) * 9, "bread " * 60_000])
def test_a_text_of_any_length_can_be_found(text):
    CourseFactory(title="Ale", provider=None, summary=f"{text} " + " ".join(map(str, range(60_000))))
    assert (find("ale").counts, find(text[:5]).counts) == ({"course": 1}, {"course": 1})


@pytest.mark.django_db
def test_nothing_is_written_where_nothing_changed(django_assert_num_queries):
    CourseFactory()
    refresh()
    with django_assert_num_queries(4):  # the states, and the versions of three parts
        refresh()


@pytest.mark.django_db
def test_a_change_that_says_nothing_writes_no_document(django_assert_num_queries):
    course = CourseFactory()
    refresh()
    revision = State.objects.get(part="catalog").revision
    Course.objects.filter(pk=course.pk).update(effort_hours=9)
    refresh()
    assert State.objects.get(part="catalog").revision == revision


@pytest.mark.django_db
def test_the_command_rebuilds(capsys):
    CourseFactory(title="Bread", provider=None)
    find("bread")
    SearchDocument.objects.all().delete()
    call_command("rebuild_search")
    assert (capsys.readouterr().out, find("bread").counts) == ("1 things can be found.\n", {"course": 1})


@pytest.mark.django_db(transaction=True)
def test_searches_at_once_bring_up_to_date_once():
    CourseFactory.create_batch(30, provider=None)
    at_once([lambda: find("course").counts] * 6)
    assert find("course").counts == {"course": 30}
    assert words() == {"course": 30}


@pytest.mark.django_db
def test_a_search_gives_what_there_is_while_another_process_is_at_it():
    CourseFactory(title="Bread", provider=None)
    assert find("bread").counts == {"course": 1}
    CourseFactory(title="Bread too", provider=None)
    State.objects.filter(part="catalog").update(busy_until=timezone.now() + timedelta(seconds=9))
    assert find("bread").counts == {"course": 1}


@pytest.mark.django_db
def test_a_process_that_was_killed_holds_nobody_up():
    CourseFactory(title="Bread", provider=None)
    find("bread")
    CourseFactory(title="Bread too", provider=None)
    State.objects.filter(part="catalog").update(busy_until=timezone.now() - timedelta(seconds=1))
    assert find("bread").counts == {"course": 2}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets many write")
def test_a_search_beside_a_long_writer_gives_what_there_is():
    CourseFactory(title="Bread", provider=None)
    assert find("bread").counts == {"course": 1}
    CourseFactory(title="Bread too", provider=None)
    with transaction.atomic():
        [found] = at_once([lambda: find("bread").counts])
    assert (found, find("bread").counts) == ({"course": 1}, {"course": 2})


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the index of PostgreSQL is a column of the documents"
)
def test_the_index_of_sqlite_agrees_with_the_documents():
    CourseFactory.create_batch(3)
    refresh()
    Course.objects.update(title="Bread")
    refresh()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")


@pytest.mark.django_db(transaction=True)
def test_what_changed_is_found_at_once_outside_a_transaction():
    CourseFactory(title="Zeppelin")
    assert find("zeppelin").counts == {"course": 1}
