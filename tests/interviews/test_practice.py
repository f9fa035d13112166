"""Practising by the pages: as a browser without any script does it."""

import re
from datetime import timedelta
from uuid import uuid4

import fsrs
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interviews.models import Card, Deck, Question, Review
from interviews.practice.due import due_today
from interviews.practice.scheduling import remembered
from tests.conftest import client_of
from tests.factories import TopicFactory, published_guide
from tests.interviews.conftest import questions_of, start

LIST = "/guides/data-baker/interview/"
PRACTICE = f"{LIST}practice/"
PAGES = ["", "deck/", "history/", "reset/"]
FORMS = ["rate/", "undo/", "aside/", "deck/", "reset/"]
DECK = {"takes_all": "on", "new_a_day": "5", "time_zone": "Europe/Berlin"}

pytestmark = pytest.mark.django_db


def hidden(response, form):
    """Return the hidden fields of a form of the page, by its id."""
    [content] = re.findall(rf'<form id="{form}".*?</form>', response.content.decode(), re.DOTALL)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', content))
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def rate(client, rating, **options):
    """Rate the card that the page shows, and return where that leads and what was sent."""
    sent = hidden(client.get(PRACTICE), "rate") | {"rating": rating} | options
    return client.post(f"{PRACTICE}rate/", sent, follow=True), sent


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_visitor_is_led_to_the_log_in_and_back(visitor, guide, page):
    response = visitor.get(f"{PRACTICE}{page}")
    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next={PRACTICE}{page}",
    )


@pytest.mark.parametrize("form", FORMS)
def test_visitor_changes_nothing(visitor, guide, question, form):
    sent = {"question": question.pk, "version": 0, "id": uuid4(), "rating": 3, "what": "suspend", **DECK}
    assert visitor.post(f"{PRACTICE}{form}", sent)["Location"].startswith("/accounts/login/")
    assert (Card.objects.count(), Deck.objects.count()) == (0, 0)


@pytest.mark.parametrize("page", ["", "history/", "reset/"])
def test_learner_without_a_deck_is_led_to_begin_one(learner_client, guide, page):
    assert learner_client.get(f"{PRACTICE}{page}")["Location"] == f"{PRACTICE}deck/"


def test_learner_touches_no_card_of_another(learner_client, other_learner, guide, question, deck):
    start(other_learner, guide)
    theirs = client_of(other_learner)
    rate(theirs, 3)
    last = hidden(theirs.get(PRACTICE), "undo")
    learner_client.post(f"{PRACTICE}undo/", last)
    learner_client.post(f"{PRACTICE}reset/", {"what": "delete"})
    assert Card.objects.get(user=other_learner).last_rating == 3


@pytest.mark.parametrize("page", PAGES)
def test_page_is_private(learner_client, guide, deck, page):
    assert learner_client.get(f"{PRACTICE}{page}")["Cache-Control"] == "private, no-store"


def test_unknown_guide_is_not_found(learner_client, db):
    assert learner_client.get("/guides/nobody/interview/practice/").status_code == 404


# --- The deck --------------------------------------------------------------------------------------


def test_deck_is_begun_and_changed(learner, learner_client, guide, question, oven):
    response = learner_client.post(f"{PRACTICE}deck/", DECK)
    assert response["Location"] == PRACTICE
    changed = {"topics": ["ovens"], "new_a_day": "2", "time_zone": "UTC"}
    learner_client.post(f"{PRACTICE}deck/", changed)
    deck = Deck.objects.get(user=learner)
    assert (deck.takes_all, [topic.slug for topic in deck.topics.all()], deck.new_a_day) == (
        False,
        ["ovens"],
        2,
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"takes_all": ""}, "Tick at least one topic, or take all."),
        ({"takes_all": "", "topics": ["bread"]}, "There is no topic “bread” here."),
        ({"new_a_day": "many"}, "Give a whole number, such as 10."),
        ({"new_a_day": "-1"}, "greater than or equal to 0"),
        ({"new_a_day": "201"}, "less than or equal to 200"),
        ({"new_a_day": "9" * 5000}, "Give a whole number"),
        ({"time_zone": "Moon/Base"}, "There is no time zone “Moon/Base”."),
        ({"time_zone": "a\0b"}, "There is no time zone"),
    ],
)
def test_wrong_deck_is_told_at_the_field(learner_client, question, change, words):
    response = learner_client.post(f"{PRACTICE}deck/", DECK | change)
    assert (response.status_code, Deck.objects.count()) == (400, 0)
    assert words in text(response)


def test_only_chosen_topics_are_asked(learner, learner_client, guide, question, oven):
    start(learner, guide, takes_all=False, topics=[oven.topic_id])
    assert hidden(learner_client.get(PRACTICE), "rate")["question"] == str(oven.pk)


def test_card_of_a_topic_that_is_taken_out_rests(learner, learner_client, guide, question, oven, deck):
    rate(learner_client, 1)
    start(learner, guide, takes_all=False, topics=[oven.topic_id])
    assert hidden(learner_client.get(PRACTICE), "rate")["question"] == str(oven.pk)
    assert Card.objects.count() == 1


# --- A session -------------------------------------------------------------------------------------


def test_page_schedules_as_the_package_does(learner, learner_client, question, deck):
    for rating in (3, 1, 2, 3, 3):
        sent = {"question": question.pk, "version": Card.objects.count() and Card.objects.get().version}
        learner_client.post(f"{PRACTICE}rate/", sent | {"id": uuid4(), "rating": rating})
    scheduler, theirs = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=0)
    for review in Review.objects.order_by("reviewed_at"):
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating(review.rating), review.reviewed_at)
    assert remembered(Card.objects.get()).to_dict() == theirs.to_dict()


def test_buttons_name_the_interval_of_each_rating(learner_client, question, deck):
    found = re.findall(r'<span class="interval">(.*?)</span>', learner_client.get(PRACTICE).content.decode())
    assert found == ["1 min", "6 min", "10 min", "8 days"]


def test_rating_shows_the_next_card_and_how_to_undo_it(learner_client, question, oven, deck):
    response, _ = rate(learner_client, 4, duration_ms="1234")
    assert hidden(response, "rate")["question"] == str(oven.pk)
    assert hidden(response, "undo") == {"question": str(question.pk), "version": "1"}
    assert Review.objects.get().duration_ms == 1234


def test_rating_sent_twice_counts_once(learner_client, question, deck):
    _, sent = rate(learner_client, 3)
    learner_client.post(f"{PRACTICE}rate/", sent)
    assert (Review.objects.count(), Card.objects.get().version) == (1, 1)


def test_two_tabs_count_once(learner_client, question, deck):
    one, two = (hidden(learner_client.get(PRACTICE), "rate") for _ in range(2))
    learner_client.post(f"{PRACTICE}rate/", one | {"rating": 3})
    response = learner_client.post(f"{PRACTICE}rate/", two | {"rating": 1}, follow=True)
    assert Review.objects.count() == 1
    assert "Nothing was counted twice" in text(response)


def test_undone_card_is_asked_again(learner_client, question, oven, deck):
    response, _ = rate(learner_client, 4)
    response = learner_client.post(f"{PRACTICE}undo/", hidden(response, "undo"), follow=True)
    assert "is undone" in text(response)
    assert hidden(response, "rate")["question"] == str(question.pk)
    assert (Card.objects.get().last_review_at, Review.objects.get().undone_at is None) == (None, False)


def test_end_says_what_was_done_and_when_to_come_back(learner_client, question, oven, deck):
    rate(learner_client, 4)
    response, _ = rate(learner_client, 4)
    said = text(response)
    assert "You went through 2 questions, 2 of them for the first time." in said
    assert "Again 0 Hard 0 Good 0 Easy 2" in said
    assert f"Something waits again on {Card.objects.order_by('due_at')[0].due_at:%-d %B %Y} (UTC)" in said


def test_rating_of_a_card_that_left_the_deck_offers_no_undoing(
    learner, learner_client, guide, question, oven
):
    start(learner, guide)
    rate(learner_client, 4)
    start(learner, guide, takes_all=False, topics=[oven.topic_id])
    assert 'id="undo"' not in learner_client.get(PRACTICE).content.decode()


def test_daily_limit_lets_in_so_many_new_ones(learner, learner_client, guide):
    questions_of(guide, 3)
    start(learner, guide, new_a_day=2)
    rate(learner_client, 4)
    response, _ = rate(learner_client, 4)
    assert "Done for today" in text(response)


def test_suspended_card_leaves_until_it_is_taken_back(learner_client, question, oven, deck):
    sent = {"question": question.pk, "version": 0}
    response = learner_client.post(f"{PRACTICE}aside/", sent | {"what": "suspend"}, follow=True)
    assert hidden(response, "rate")["question"] == str(oven.pk)
    assert "What is yeast?" in text(learner_client.get(f"{PRACTICE}deck/"))
    response = learner_client.post(f"{PRACTICE}aside/", {**sent, "version": 1, "what": "resume"})
    assert response["Location"] == f"{PRACTICE}deck/"
    assert hidden(learner_client.get(PRACTICE), "rate")["question"] == str(question.pk)


def test_buried_card_comes_back_tomorrow(learner, learner_client, question, deck):
    learner_client.post(f"{PRACTICE}aside/", {"question": question.pk, "version": 0, "what": "bury"})
    until = Card.objects.get().buried_until
    assert (until.hour, until.minute, until > timezone.now()) == (0, 0, True)
    assert "Nothing is due" in text(learner_client.get(PRACTICE))


@pytest.mark.parametrize("form", ["rate/", "undo/", "aside/"])
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"question": "\0", "version": "x", "id": "1", "rating": "9", "what": "burn"},
        {"question": "x" * 1_000_000, "version": "9" * 5000, "id": "", "rating": "3", "what": "bury"},
    ],
)
def test_broken_form_is_a_bad_request(learner_client, question, deck, form, sent):
    response = learner_client.post(f"{PRACTICE}{form}", sent)
    assert (response.status_code, Card.objects.count()) == (400, 0)


def test_question_that_was_retired_meanwhile_counts_nothing(learner_client, question, oven, deck):
    sent = hidden(learner_client.get(PRACTICE), "rate")
    Question.objects.filter(pk=question.pk).update(is_active=False)
    response = learner_client.post(f"{PRACTICE}rate/", sent | {"rating": 3}, follow=True)
    assert "no longer in your deck" in text(response)
    assert Review.objects.count() == 0


def test_retired_question_stays_in_history(learner_client, question, oven, deck):
    rate(learner_client, 3)
    Question.objects.filter(pk=question.pk).update(is_active=False)
    said = text(learner_client.get(f"{PRACTICE}history/"))
    assert "What is yeast? no longer asked : good" in said
    assert hidden(learner_client.get(PRACTICE), "rate")["question"] == str(oven.pk)


def test_edited_question_keeps_its_card(learner_client, question, deck):
    rate(learner_client, 4)
    question.text, question.slug, question.topic = "What does yeast do?", "yeast-does", TopicFactory()
    question.save()
    assert "1 question" in text(learner_client.get(PRACTICE))
    assert Card.objects.get().last_rating == 4


# --- Starting anew, and history --------------------------------------------------------------------


def test_deck_begins_anew_after_a_question(learner_client, question, deck):
    rate(learner_client, 4)
    assert "new again" in text(learner_client.get(f"{PRACTICE}reset/"))
    assert Card.objects.count() == 1
    response = learner_client.post(f"{PRACTICE}reset/", {"what": "reset"}, follow=True)
    assert (Card.objects.count(), Review.objects.count()) == (0, 1)
    assert hidden(response, "rate")["version"] == "0"


def test_deck_is_deleted_after_a_question(learner_client, question, deck):
    rate(learner_client, 4)
    response = learner_client.post(f"{PRACTICE}reset/", {"what": "delete"})
    assert response["Location"] == LIST
    assert (Deck.objects.count(), Card.objects.count(), Review.objects.count()) == (0, 0, 0)


def test_reset_without_saying_what_is_a_bad_request(learner_client, question, deck):
    assert learner_client.post(f"{PRACTICE}reset/", {"what": "burn"}).status_code == 400


def logged(learner, guide, question, count, *, state=2, rating=3, days=0):
    now = timezone.now() - timedelta(days=days)
    Review.objects.bulk_create(
        Review(
            user=learner,
            guide=guide,
            question=question,
            rating=rating,
            reviewed_at=now - timedelta(microseconds=number),
            before={"state": state},
        )
        for number in range(count)
    )


def test_share_is_told_of_enough_answers_alone(learner, learner_client, guide, question, deck):
    logged(learner, guide, question, 15)
    logged(learner, guide, question, 30, state=1)
    assert "a share would say little" in text(learner_client.get(f"{PRACTICE}history/"))
    logged(learner, guide, question, 5, rating=1)
    said = text(learner_client.get(f"{PRACTICE}history/"))
    assert "Of 20 answers to cards that had waited for a day or more, you remembered 15: 75 %" in said


def test_undone_ratings_are_listed_and_not_counted(learner_client, question, deck):
    response, _ = rate(learner_client, 3)
    learner_client.post(f"{PRACTICE}undo/", hidden(response, "undo"))
    said = text(learner_client.get(f"{PRACTICE}history/"))
    assert ("undone" in said, "By day" in said) == (True, False)


def test_history_has_pages_of_four_weeks(learner, learner_client, guide, question):
    deck = start(learner, guide)
    Deck.objects.filter(pk=deck.pk).update(started_at=timezone.now() - timedelta(days=40))
    logged(learner, guide, question, 2, days=35)
    first, second, third = (text(learner_client.get(f"{PRACTICE}history/?page={page}")) for page in (1, 2, 3))
    assert ["By day" in page for page in (first, second, third)] == [False, True, False]
    assert ["Earlier" in page for page in (first, second, third)] == [True, False, False]


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "²"])
def test_page_that_cannot_be_is_not_found(learner_client, guide, deck, page):
    assert learner_client.get(f"{PRACTICE}history/", {"page": page}).status_code == 404


# --- What it costs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", PAGES)
def test_page_costs_at_most_five_queries(learner, guide, count, page):
    client = client_of(learner)
    topics = [TopicFactory(), TopicFactory()]
    for topic in topics:
        questions_of(guide, count, topic=topic)
    start(learner, guide, takes_all=False, topics=[topic.pk for topic in topics])
    for _ in range(count):
        rate(client, 4)
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{PRACTICE}{page}")
    assert len(captured) == (4 if page == "reset/" else 5)


def test_dashboard_learns_what_is_due(learner, other_learner, guide, django_assert_num_queries):
    other = published_guide(title="Oven builder", slug="oven-builder")
    questions_of(guide, 3)
    questions_of(other, 1)
    for each in (guide, other):
        start(learner, each, new_a_day=2)
    due_today(learner)
    with django_assert_num_queries(3):
        found = due_today(learner)
    assert [(each.edition.slug, each.queue.words) for each in found] == [
        ("data-baker", "2 new today"),
        ("oven-builder", "1 new today"),
    ]
    with django_assert_num_queries(1):
        assert due_today(other_learner) == []


def test_page_of_all_decks_says_what_waits(learner_client, guide, question, deck):
    page = text(learner_client.get("/practice/"))
    assert "Data baker 1 new today" in page


def test_page_of_all_decks_costs_five_queries(learner_client, learner, guide, django_assert_num_queries):
    questions_of(guide, 3)
    start(learner, guide)
    learner_client.get("/practice/")
    with django_assert_num_queries(5):  # session, user; decks, cards, what is public
        learner_client.get("/practice/")


def test_page_of_all_decks_leads_whoever_has_none_to_a_guide(other_learner_client, guide):
    assert "You practise nothing yet" in text(other_learner_client.get("/practice/"))


def test_page_of_all_decks_is_for_learners(visitor, db):
    assert visitor.get("/practice/")["Location"] == "/accounts/login/?next=/practice/"
