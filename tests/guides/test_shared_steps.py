"""Steps that the bundled guides share: who has done one has done its likes, whichever guide came first."""

import re
from uuid import UUID

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.paths import editions_for, path_on
from accounts.recording import Saying, record
from guides.document import steps_of
from guides.editions import document_of
from guides.models import Credit, Edition, Guide
from guides.progress import State, progress_of
from portal.preparation import CONTENT_DIR
from tests.guides.folders import another_database

FIRST = "machine-learning-engineer"
FOLDERS = sorted(folder for folder in CONTENT_DIR.iterdir() if folder.is_dir())
SHORT = [folder.name for folder in FOLDERS if folder.name != FIRST]
DONE = State.DONE


def load(folders=FOLDERS):
    call_command("load_content", *folders, verbosity=0)


def documents():
    return {edition.slug: document_of(edition.sha256) for edition in Edition.objects.public()}


@pytest.fixture(scope="module")
def bundled(django_db_setup, django_db_blocker):
    """The documents of the bundled guides by slug."""
    with django_db_blocker.unblock(), another_database():
        load()
        return documents()


def ids_of(document):
    return {step["id"] for step in steps_of(document)}


def shared_with(document, other):
    """Return the steps of `document` that one step of `other` is the same as, each with that one."""
    own, theirs = ids_of(document), ids_of(other)
    records = [(credit["old"][0], credit["new"][0]) for credit in document["credits"]]
    pairs = [*records, *((new, old) for old, new in records)]
    return {one: another for one, another in pairs if one in own and another in theirs}


# --- With the first guide ---------------------------------------------------------------------


@pytest.mark.parametrize("slug", SHORT)
def test_guide_shares_steps_with_the_first(bundled, slug):
    assert 5 <= len(shared_with(bundled[slug], bundled[FIRST])) <= 10


@pytest.mark.parametrize("slug", SHORT)
def test_shared_steps_ask_for_as_much_time(bundled, slug):
    hours = {step["id"]: step["effort_hours"] for each in bundled.values() for step in steps_of(each)}
    pairs = shared_with(bundled[slug], bundled[FIRST])
    assert [(hours[own], hours[other]) for own, other in pairs.items() if hours[own] != hours[other]] == []


@pytest.mark.parametrize("slug", SHORT)
def test_shared_steps_teach_something_in_common(bundled, slug):
    skills = {step["id"]: set(step["skills"]) for each in bundled.values() for step in steps_of(each)}
    pairs = shared_with(bundled[slug], bundled[FIRST])
    assert [own for own, other in pairs.items() if skills[own].isdisjoint(skills[other])] == []


@pytest.mark.parametrize("slug", SHORT)
@pytest.mark.parametrize("is_first", [True, False])
def test_what_was_done_on_one_path_counts_on_the_other(bundled, slug, is_first):
    here, there = bundled[slug], bundled[FIRST]
    if is_first:
        here, there = there, here
    for own, other in shared_with(here, there).items():
        found = progress_of(here, {other: DONE})
        assert (found.state(own), found.counted_from[own]) == (DONE, (other,))


@pytest.mark.parametrize("slug", SHORT)
def test_percent_counts_what_was_done_on_the_first_path(bundled, slug):
    here = bundled[slug]
    shared = shared_with(here, bundled[FIRST])
    by_credit = progress_of(here, dict.fromkeys(shared.values(), DONE))
    by_hand = progress_of(here, dict.fromkeys(shared, DONE))
    assert by_credit.percent == by_hand.percent
    assert by_credit.percent >= 25


@pytest.mark.parametrize("slug", SHORT)
def test_percent_counts_on_the_first_path(bundled, slug):
    here = bundled[FIRST]
    shared = shared_with(here, bundled[slug])
    by_credit = progress_of(here, dict.fromkeys(shared.values(), DONE))
    assert by_credit.percent == progress_of(here, dict.fromkeys(shared, DONE)).percent
    assert by_credit.percent > 5


# --- With one another, and to the end ----------------------------------------------------------


def test_short_guides_meet_through_the_first(bundled):
    """All of them ask for Python; nobody has to say it to each."""
    python = step_of(bundled["data-scientist"], "python")["id"]
    for slug in ("deep-learning-engineer", "nlp-engineer"):
        found = progress_of(bundled[slug], {python: DONE})
        counted = {step["slug"] for step in steps_of(bundled[slug]) if found.state(step["id"]) == DONE}
        assert counted == {"python"}


@pytest.mark.parametrize("slug", SHORT)
def test_path_reaches_100(bundled, slug):
    document = bundled[slug]
    required = [step["id"] for step in steps_of(document) if not step["optional"]]
    found = progress_of(document, dict.fromkeys(required, DONE))
    assert (found.percent, found.remaining) == (100, ())


@pytest.mark.parametrize("slug", SHORT)
def test_path_reaches_100_by_any_of_its_routes(bundled, slug):
    steps = [step for step in steps_of(bundled[slug]) if not step["optional"]]
    routes = {(step["choice"], step["route"]) for step in steps if step["choice"]}
    assert len(routes) >= 2
    for choice, route in routes:
        done = [step["id"] for step in steps if step["choice"] != choice or step["route"] == route]
        assert progress_of(bundled[slug], dict.fromkeys(done, DONE)).percent == 100
        assert progress_of(bundled[slug], dict.fromkeys(done[1:], DONE)).percent < 100


@pytest.mark.parametrize("slug", SHORT)
def test_advice_of_what_comes_first_follows_the_path(bundled, slug):
    seen = set()
    for step in steps_of(bundled[slug]):
        assert set(step["after"]) <= seen, step["slug"]
        seen.add(step["id"])


# --- Loading ----------------------------------------------------------------------------------


def test_guides_meet_in_whatever_order_they_are_loaded(db, bundled):
    for folder in reversed(FOLDERS):
        load([folder])
    assert {slug: carried(document) for slug, document in documents().items()} == {
        slug: carried(document) for slug, document in bundled.items()
    }


def carried(document):
    """Return what `document` says of other guides, in whatever order it was recorded."""
    records = {(*credit["old"], *credit["new"]) for credit in document["credits"]}
    return records, {step["id"] for step in document["credited_steps"]}


def test_loading_twice_changes_nothing(db):
    load()
    before = state()
    load()
    call_command("load_content", *FOLDERS, verbosity=0, force=True)
    assert state() == before


def state():
    editions = Edition.objects.order_by("pk").values_list("pk", "number", "sha256")
    return list(editions), Credit.objects.count(), Guide.objects.count()


# --- As a learner meets it ---------------------------------------------------------------------


def test_learner_finds_steps_of_one_path_done_on_the_others(db, learner, learner_client, bundled):
    load()
    python, evaluation = (step_of(bundled[FIRST], slug) for slug in ("python-fluently", "honest-evaluation"))
    record(learner, [Saying(UUID(step["id"]), DONE) for step in (python, evaluation)])
    assert {slug: percent_of(learner, slug) for slug in PERCENT} == PERCENT

    page = learner_client.get(reverse("path", args=["data-scientist"])).content.decode()
    assert f"Counted from {python['title']}" in re.sub("<.*?>", "", page)

    before = percent_of(learner, FIRST)
    record(learner, [Saying(UUID(step_of(bundled["nlp-engineer"], "git")["id"]), DONE)])
    assert percent_of(learner, FIRST) > before


PERCENT = {"data-scientist": 11, "deep-learning-engineer": 11, "nlp-engineer": 11}  # two of 18 requirements


def step_of(document, slug):
    return next(step for step in steps_of(document) if step["slug"] == slug)


def percent_of(user, slug):
    return path_on(editions_for(user).get(slug=slug), user).progress.percent
