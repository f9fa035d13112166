"""Reviews of courses: written, read, reported; as rows, as pages and in the API."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Review, ReviewReport
from accounts.reviews import (
    ReportRefused,
    ReviewRefused,
    delete,
    hide,
    report,
    review_of,
    reviews_of,
    show,
    standing_of,
    write,
)
from tests.factories import CourseFactory, ReviewFactory, UserFactory

JSON = "application/json"
RETIRED = {"status": "retired", "checked_on": "2026-11-20"}
NO_NEW = "This course can no longer be had, so it takes no new reviews."


@pytest.fixture
def course(db):
    return CourseFactory(title="Bread", slug="bread")


def page(slug="bread"):
    return reverse("reviews", args=[slug])


def own(slug="bread"):
    return reverse("review", args=[slug])


def deleting(slug="bread"):
    return reverse("delete-review", args=[slug])


def reporting(review, slug="bread"):
    return reverse("report-review", args=[slug, review.pk])


def texts(reviews):
    return [review.text for review in reviews]


def shown(response):
    """Return the texts of the reviews on a page."""
    return re.findall(r'<div class="said[^>]*><p>(.*?)</p></div>', response.content.decode())


def said(response):
    return [str(message) for message in response.context["messages"]]


def hidden(moderator, **fields):
    review = ReviewFactory(**fields)
    hide(review, by=moderator, reason="It advertises a shop.")
    return review


# --- Rows --------------------------------------------------------------------------------------


def test_review_is_written(learner, course):
    review = write(learner, course, stars=4, text="Warm.", name="Ada")
    assert (review_of(learner, course), review.stars, review.text, review.shown_name) == (
        review,
        4,
        "Warm.",
        "Ada",
    )
    assert review.edited_at is None


def test_review_without_a_name_is_by_a_learner(learner, course):
    review = write(learner, course, stars=4)
    assert (review.shown_name, str(review)) == ("A learner", "4 of 5 stars by A learner")


def test_review_is_written_anew_in_its_place(learner, course):
    first = write(learner, course, stars=4, text="Warm.")
    again = write(learner, course, stars=2, text="Cold.")
    assert (again.pk, again.stars, again.text, Review.objects.count()) == (first.pk, 2, "Cold.", 1)
    assert again.edited_at > first.written_at


def test_same_review_once_more_is_no_edit(learner, course):
    write(learner, course, stars=4, text="Warm.")
    assert write(learner, course, stars=4, text="Warm.").edited_at is None


def test_course_that_is_retired_takes_no_new_review(learner):
    course = CourseFactory(**RETIRED)
    with pytest.raises(ReviewRefused, match=NO_NEW):
        write(learner, course, stars=4)
    assert Review.objects.count() == 0


def test_review_of_a_course_that_was_retired_since_can_be_edited(learner):
    review = ReviewFactory(user=learner, course=CourseFactory(**RETIRED))
    assert write(learner, review.course, stars=1).stars == 1


def test_review_is_deleted_and_others_stay(learner, course):
    other = ReviewFactory(course=course)
    write(learner, course, stars=4)
    assert [delete(learner, course), delete(learner, course)] == [True, True]
    assert list(Review.objects.all()) == [other]


@pytest.mark.parametrize("stars", [0, 6])
def test_row_gives_one_to_five_stars(course, stars):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewFactory(course=course, stars=stars)


def test_row_is_there_once(learner, course):
    ReviewFactory(user=learner, course=course)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewFactory(user=learner, course=course)


@pytest.mark.parametrize("field", ["hidden_at", "hidden_by", "hidden_reason"])
def test_row_is_hidden_by_somebody_for_a_reason(support, field):
    review = hidden(support)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**{field: "" if field == "hidden_reason" else None})


def test_model_names_what_is_wrong(learner, course):
    with pytest.raises(ValidationError, match="less than or equal to 5"):
        Review(user=learner, course=course, stars=6).full_clean()


def test_course_with_a_review_is_not_deleted(course):
    review = ReviewFactory(course=course)
    with pytest.raises(ProtectedError):
        review.course.delete()


def test_reviews_go_with_the_account(learner, course):
    write(learner, course, stars=4)
    learner.delete()
    assert Review.objects.count() == 0


# --- Reading -----------------------------------------------------------------------------------


def test_standing_counts_and_means(course):
    for stars in (5, 5, 4, 1):
        ReviewFactory(course=course, stars=stars)
    ReviewFactory(stars=1)
    standing = standing_of(course)
    assert (standing.count, standing.mean) == (4, Decimal("3.8"))
    assert [(share.stars, share.count, share.percent) for share in standing.by_stars] == [
        (5, 2, 50),
        (4, 1, 25),
        (3, 0, 0),
        (2, 0, 0),
        (1, 1, 25),
    ]


def test_standing_of_no_reviews_has_no_mean(course):
    standing = standing_of(course)
    assert (standing.count, standing.mean, {share.count for share in standing.by_stars}) == (0, None, {0})


def test_hidden_review_is_counted_and_read_nowhere(course, support):
    hidden(support, course=course)
    assert (standing_of(course).count, texts(reviews_of(course, 1))) == (0, [])


def test_reviews_come_newest_first_in_pages(course):
    for days in range(11):
        ReviewFactory(course=course, text=str(days), written_at=timezone.now() - timedelta(days=days))
    pages = [texts(reviews_of(course, number)) for number in (1, 2)]
    assert pages == [[str(days) for days in range(10)], ["10"]]


@pytest.mark.parametrize("number", [None, "", "0", "9", "first", "\x00"])
def test_page_that_is_not_there_gives_one_that_is(course, number):
    ReviewFactory(course=course, text="Warm.")
    assert texts(reviews_of(course, number)) == ["Warm."]


# --- Reporting and moderating --------------------------------------------------------------------


def test_review_is_reported_once(learner, course):
    review = ReviewFactory(course=course)
    assert [report(learner, review, "insulting"), report(learner, review, "untrue")] == [True, False]
    assert [each.reason for each in review.reports.all()] == ["insulting"]


def test_own_review_is_not_reported(learner, course):
    review = write(learner, course, stars=4)
    with pytest.raises(ReportRefused, match="This is your own review"):
        report(learner, review, "untrue")


def test_report_has_a_known_reason(learner, course):
    with pytest.raises(IntegrityError), transaction.atomic():
        report(learner, ReviewFactory(course=course), "boring")


@pytest.mark.parametrize(
    "verb", [lambda review, by: hide(review, by=by, reason="x"), lambda review, by: show(review)]
)
def test_moderator_settles_reports(learner, support, course, verb):
    review = ReviewFactory(course=course)
    report(learner, review, "insulting")
    verb(review, support)
    assert Review.objects.with_open_reports().get().open_reports == 0


def test_review_that_is_edited_may_be_reported_anew(learner, support, course):
    review = ReviewFactory(course=course)
    report(learner, review, "insulting")
    show(review)
    write(review.user, course, stars=1, text="Worse.")
    assert report(learner, review, "insulting")


def test_open_reports_outlive_an_edit(learner, course):
    review = ReviewFactory(course=course)
    report(learner, review, "insulting")
    write(review.user, course, stars=1, text="Worse.")
    assert Review.objects.with_open_reports().get().open_reports == 1


def test_hidden_review_stays_hidden_when_it_is_edited(support, course):
    review = hidden(support, course=course)
    assert write(review.user, course, stars=5, text="Nice.").is_hidden


def test_hidden_review_that_is_deleted_loses_its_words_and_stays(support, course):
    review = hidden(support, course=course, text="Buy!", name="Shop")
    assert delete(review.user, course) is False
    review.refresh_from_db()
    assert (review.text, review.name, review.is_hidden) == ("", "", True)


def test_review_is_shown_again(support, course):
    review = hidden(support, course=course, text="Warm.")
    show(review)
    assert texts(reviews_of(course, 1)) == ["Warm."]


# --- Pages -------------------------------------------------------------------------------------


def test_page_is_open_to_everybody(visitor, learner_client, course):
    ReviewFactory(course=course, text="Warm.")
    assert [shown(client.get(page())) for client in (visitor, learner_client)] == [["Warm."], ["Warm."]]


def test_page_of_no_course_is_not_found(visitor, db):
    assert visitor.get(page("none")).status_code == 404


@pytest.mark.parametrize("reviews", [1, 3])
def test_page_costs_a_visitor_three_queries(visitor, course, reviews, django_assert_num_queries):
    ReviewFactory.create_batch(reviews, course=course, text="Warm.")
    with django_assert_num_queries(3):  # the course, what they give together, and the reviews
        assert len(shown(visitor.get(page()))) == reviews


@pytest.mark.parametrize("reviews", [1, 3])
def test_page_costs_a_learner_seven_queries(learner_client, course, reviews, django_assert_num_queries):
    ReviewFactory.create_batch(reviews, course=course)
    with django_assert_num_queries(7):  # and the session, the user, their own and what they reported
        learner_client.get(page())


def test_page_says_what_reviews_give_together(visitor, course):
    for stars in (5, 4):
        ReviewFactory(course=course, stars=stars)
    content = visitor.get(page()).content.decode()
    assert re.findall(r'<b class="mean">([^<]*)</b>', content) == ["4.5"]
    assert re.findall(r'aria-label="(\d of 5 stars)"', content) == ["4 of 5 stars", "5 of 5 stars"]
    assert re.findall(r"<span>(\d)</span>", content) == ["1", "1", "0", "0", "0"]


def test_page_shows_no_address_of_anybody(visitor, course):
    ReviewFactory(course=course, user=UserFactory(email="secret@example.org"), name="Ada")
    content = visitor.get(page()).content.decode()
    assert ("secret" in content, "<bdi>Ada</bdi>" in content) == (False, True)


def test_page_escapes_what_learners_wrote_and_links_nothing(visitor, course):
    ReviewFactory(course=course, text="<b>x</b> https://shop.example", name="<i>Ada")
    content = visitor.get(page()).content.decode()
    assert (content.count("<b>x"), content.count("<i>Ada"), content.count('href="https://shop')) == (0, 0, 0)


def test_page_marks_what_was_edited(visitor, course):
    ReviewFactory(course=course, edited_at=datetime(2026, 11, 20, tzinfo=UTC))
    assert visitor.get(page()).content.decode().count("edited on") == 1


def test_visitor_is_led_to_an_account(visitor, course):
    content = visitor.get(page()).content.decode()
    ways = [
        f"{reverse(name)}?next={own().replace('/', '%2F')}" for name in ("account_signup", "account_login")
    ]
    assert [content.count(f'href="{way}"') for way in ways] == [1, 1]


def test_own_review_is_closed_to_visitors(visitor, course):
    answers = [visitor.get(own()), visitor.post(own(), {"stars": 4}), visitor.post(deleting())]
    assert [answer["Location"] for answer in answers] == [
        f"{reverse('account_login')}?next={own()}",
        f"{reverse('account_login')}?next={own()}",
        f"{reverse('account_login')}?next={own().replace('/', '%2F')}",
    ]
    assert Review.objects.count() == 0


def test_own_review_is_written_on_its_page(learner_client, learner, course):
    sent = {"stars": "4", "text": " Warm.\r\nTwice. ", "name": " Ada   L. "}
    response = learner_client.post(own(), sent, follow=True)
    review = review_of(learner, course)
    assert (review.stars, review.text, review.name) == (4, "Warm.\nTwice.", "Ada L.")
    assert (response.redirect_chain, said(response)) == (
        [(f"{page()}#reviews", 302)],
        ["Your review is saved."],
    )


def test_own_review_stands_in_its_form(learner_client, learner, course):
    write(learner, course, stars=3, text="Warm.", name="Ada")
    form = learner_client.get(own()).context["form"]
    assert [form[name].value() for name in form.fields] == [3, "Warm.", "Ada"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"stars": ""}, "stars"),
        ({"stars": "6"}, "stars"),
        ({"stars": "4.5"}, "stars"),
        ({"text": "x" * 4001}, "text"),
        ({"text": "\x00"}, "text"),
        ({"name": "ada@example.org"}, "name"),
        ({"name": "x" * 61}, "name"),
    ],
)
def test_form_says_what_is_wrong_and_keeps_what_was_typed(learner_client, course, wrong, field):
    sent = {"stars": "4", "text": "Warm.", "name": "Ada", **wrong}
    response = learner_client.post(own(), sent)
    form = response.context["form"]
    assert (list(form.errors), [form[name].value() for name in sent]) == ([field], list(sent.values()))
    assert (Review.objects.count(), response.content.decode().count('role="alert"') > 1) == (0, True)


def test_lines_of_a_browser_count_once(learner_client, learner, course):
    learner_client.post(own(), {"stars": "4", "text": "x\r\n" * 1999 + "xx"})
    assert len(review_of(learner, course).text) == 4000


def test_retired_course_is_read_and_not_reviewed(learner_client):
    review = ReviewFactory(course=CourseFactory(slug="bread", **RETIRED), text="Warm.")
    response = learner_client.post(own(), {"stars": "4"})
    assert response.context["form"].non_field_errors() == [NO_NEW]
    assert (shown(learner_client.get(page())), Review.objects.get()) == (["Warm."], review)


def test_own_review_is_deleted_on_its_page(learner_client, learner, course):
    write(learner, course, stars=4)
    response = learner_client.post(deleting(), follow=True)
    assert (review_of(learner, course), said(response)) == (None, ["Your review is deleted."])


def test_author_reads_why_a_review_is_hidden(learner_client, other_learner_client, learner, support, course):
    hidden(support, course=course, user=learner)
    told = [client.get(page()).content.decode() for client in (learner_client, other_learner_client)]
    assert [content.count("It advertises a shop.") for content in told] == [1, 0]
    assert learner_client.get(own()).content.decode().count("It advertises a shop.") == 1


def test_review_of_another_is_reported_on_its_page(learner_client, learner, course):
    review = ReviewFactory(course=course)
    response = learner_client.post(reporting(review), {"reason": "insulting"}, follow=True)
    assert said(response) == ["Thank you. A moderator will look at that review."]
    assert [(each.user, each.reason) for each in ReviewReport.objects.all()] == [(learner, "insulting")]
    assert response.content.decode().count("You reported this review.") == 1


def test_report_needs_a_reason(learner_client, course):
    response = learner_client.post(reporting(ReviewFactory(course=course)), {})
    assert response.context["form"].errors == {"reason": ["Say what is wrong with it."]}


def test_own_review_is_not_reported_on_its_page(learner_client, learner, course):
    review = write(learner, course, stars=4)
    response = learner_client.post(reporting(review), {"reason": "untrue"}, follow=True)
    assert said(response) == ["This is your own review; you can edit it or delete it."]


def test_report_is_closed_to_visitors(visitor, course):
    address = reporting(ReviewFactory(course=course))
    assert (
        visitor.post(address, {"reason": "untrue"})["Location"]
        == f"{reverse('account_login')}?next={address}"
    )


def test_hidden_review_and_one_of_another_course_are_not_reported(learner_client, support, course):
    reviews = [hidden(support, course=course), ReviewFactory()]
    assert [learner_client.get(reporting(review)).status_code for review in reviews] == [404, 404]


# --- The API -----------------------------------------------------------------------------------

LIST, OWN = "/api/v1/courses/bread/reviews/", "/api/v1/me/reviews/bread/"


@pytest.mark.parametrize("reviews", [1, 3])
def test_api_lists_reviews_for_everybody_at_one_cost(visitor, course, reviews, django_assert_num_queries):
    ReviewFactory.create_batch(reviews, course=course)
    with django_assert_num_queries(4):  # the course, the count, the reviews, and what they give together
        body = visitor.get(LIST).json()
    assert (body["count"], len(body["results"]), body["standing"]["count"]) == (reviews, reviews, reviews)


def test_api_says_what_a_review_says(visitor, course):
    review = ReviewFactory(course=course, stars=5, text="Warm.")
    body = visitor.get(LIST).json()
    assert body["results"] == [
        {
            "id": str(review.pk),
            "stars": 5,
            "text": "Warm.",
            "name": "A learner",
            "written_at": body["results"][0]["written_at"],
            "edited_at": None,
        }
    ]
    assert (body["standing"]["mean"], body["standing"]["by_stars"][0]) == (5.0, {"stars": 5, "count": 1})


def test_api_lists_no_hidden_review(visitor, support, course):
    hidden(support, course=course)
    assert visitor.get(LIST).json()["results"] == []


def test_api_writes_reads_and_deletes_the_own_review(learner_client, course):
    answers = [learner_client.put(OWN, {"stars": stars, "text": "Warm."}, JSON) for stars in (4, 2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert learner_client.get(OWN).json() == answers[1].json()
    assert [learner_client.delete(OWN).status_code, learner_client.get(OWN).status_code] == [204, 404]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, "stars"),
        ({"stars": 0}, "stars"),
        ({"stars": "many"}, "stars"),
        ({"stars": 4, "text": "x" * 4001}, "text"),
        ({"stars": 4, "text": None}, "text"),
        ({"stars": 4, "name": "ada@example.org"}, "name"),
        ({"stars": 4, "name": "\x00"}, "name"),
    ],
)
def test_api_names_what_is_wrong(learner_client, course, sent, wrong):
    response = learner_client.put(OWN, sent, JSON)
    assert (response.status_code, [error["attr"] for error in response.json()["errors"]]) == (400, [wrong])
    assert Review.objects.count() == 0


def test_api_takes_no_new_review_of_a_retired_course(learner_client):
    CourseFactory(slug="bread", **RETIRED)
    response = learner_client.put(OWN, {"stars": 4}, JSON)
    assert (response.status_code, response.json()["detail"]) == (400, NO_NEW)


def test_api_tells_the_author_why_a_review_is_hidden(learner_client, learner, support, course):
    hidden(support, course=course, user=learner)
    body = learner_client.get(OWN).json()
    assert (body["is_hidden"], body["hidden_reason"]) == (True, "It advertises a shop.")


@pytest.mark.parametrize("verb", ["get", "put", "delete"])
def test_api_of_the_own_review_is_closed_to_visitors(visitor, course, verb):
    assert getattr(visitor, verb)(OWN).status_code == 403


@pytest.mark.parametrize("address", [LIST, OWN])
def test_api_knows_no_other_courses(learner_client, address):
    assert learner_client.get(address).status_code == 404
