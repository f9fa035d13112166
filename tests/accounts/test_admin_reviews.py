"""Moderating reviews in the studio."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.models import Review
from accounts.reviews import hide, report, show
from accounts.saving import save
from courses.models import Course
from portal.log import change_of
from tests.factories import CourseFactory, ReviewFactory, UserFactory

LIST = reverse("admin:accounts_review_changelist")
MODERATORS = pytest.mark.parametrize("moderator", ["catalog_editor_client", "support_client"])


def screen(review):
    return reverse("admin:accounts_review_change", args=[review.pk])


def act(client, action, *reviews, reason=""):
    chosen = [review.pk for review in reviews]
    sent = {"action": f"{action}_reviews", "_selected_action": chosen, "reason": reason}
    return client.post(LIST, sent, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def listed(client, **query):
    return list(client.get(LIST, query).context["cl"].result_list)


@pytest.fixture
def reported(learner):
    review = ReviewFactory(text="Buy!")
    report(learner, review, "advertising")
    return review


@MODERATORS
def test_moderator_hides_reviews_for_a_reason(request, moderator, reported):
    client = request.getfixturevalue(moderator)
    response = act(client, "hide", reported, reason=" It advertises a shop. ")
    reported.refresh_from_db()
    assert said(response) == ["Hidden: 1. Their reports are settled."]
    assert (reported.hidden_reason, reported.is_hidden) == ("It advertises a shop.", True)
    assert reported.hidden_by == response.wsgi_request.user


def test_hiding_is_logged_with_before_and_after(support_client, reported):
    act(support_client, "hide", reported, reason="It advertises a shop.")
    change = change_of(LogEntry.objects.get())
    assert (change["words"], change["before"], change["after"]) == (
        "Hidden.",
        {"hidden": False, "why": "", "open reports": 1},
        {"hidden": True, "why": "It advertises a shop.", "open reports": 0},
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_hidden_without_a_reason(support_client, reported, reason):
    response = act(support_client, "hide", reported, reason=reason)
    assert said(response) == ["Say why: it is what the author reads. Nothing was hidden."]
    assert (Review.objects.shown().count(), LogEntry.objects.count()) == (1, 0)


def test_reason_that_is_too_long_is_refused(support_client, reported):
    response = act(support_client, "hide", reported, reason="x" * 301)
    assert said(response) == ["Say it in 300 characters at most. Nothing was hidden."]
    assert Review.objects.shown().count() == 1


def test_moderator_shows_what_was_hidden(support_client, support, reported):
    hide(reported, by=support, reason="It advertises a shop.")
    act(support_client, "show", reported)
    assert Review.objects.shown().get() == reported
    assert change_of(LogEntry.objects.get())["after"] == {"hidden": False, "why": ""}


def test_moderator_leaves_a_reported_review_there(support_client, reported):
    act(support_client, "show", reported)
    assert listed(support_client, reported="open") == []
    assert change_of(LogEntry.objects.get())["after"] == {"open reports": 0}


def test_list_is_filtered_by_reports(support_client, learner, reported):
    settled = ReviewFactory()
    report(learner, settled, "untrue")
    show(settled)
    ReviewFactory()
    assert listed(support_client, reported="open") == [reported]
    assert {review.pk for review in listed(support_client, reported="ever")} == {reported.pk, settled.pk}


def test_list_is_filtered_by_what_is_hidden(support_client, support, reported):
    shown = ReviewFactory()
    hide(reported, by=support, reason="It advertises a shop.")
    assert [listed(support_client, hidden=each) for each in ("yes", "no")] == [[reported], [shown]]


@pytest.mark.parametrize("reviews", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(
    support_client, learner, reviews, django_assert_num_queries
):
    for review in ReviewFactory.create_batch(reviews):
        report(learner, review, "untrue")
    # session, user, two of permissions, two counts, the list; the filter of stars
    with django_assert_num_queries(8):
        assert len(listed(support_client)) == reviews


@pytest.mark.parametrize(("client", "sees"), [("support_client", True), ("catalog_editor_client", False)])
def test_address_of_an_author_is_told_to_who_may_see_accounts(request, client, sees, learner):
    review = ReviewFactory(user=UserFactory(email="author@example.org"))
    report(learner, review, "untrue")
    content = request.getfixturevalue(client).get(screen(review)).content.decode()
    assert ("author@example.org" in content, learner.email in content) == (sees, False)


def test_review_is_looked_at_with_its_reports_and_not_changed(support_client, reported):
    response = support_client.get(screen(reported))
    content = response.content.decode()
    assert (content.count("It advertises something") > 0, 'name="text"' in content) == (True, False)
    assert support_client.post(screen(reported), {"text": "x"}).status_code == 403


def test_account_that_wrote_a_review_is_not_deleted_in_the_studio(superuser_client, reported):
    address = reverse("admin:accounts_user_delete", args=[reported.user_id])
    superuser_client.post(address, {"post": "yes"})
    assert Review.objects.get().user == reported.user


def test_course_with_a_review_is_not_deleted_in_the_studio(catalog_editor_client, reported):
    address = reverse("admin:courses_course_delete", args=[reported.course_id])
    response = catalog_editor_client.post(address, {"post": "yes"})
    assert (response.status_code, str(response.context["protected"][0])) == (
        200,
        "Review: {}".format(f'<a href="{screen(reported)}">4 of 5 stars by A learner</a>'),
    )


def test_course_that_somebody_saved_is_deleted_in_the_studio(catalog_editor_client, learner):
    course = CourseFactory()
    save(learner, course)
    address = reverse("admin:courses_course_delete", args=[course.pk])
    content = catalog_editor_client.get(address).content.decode()
    catalog_editor_client.post(address, {"post": "yes"})
    assert (learner.email in content, Course.objects.count()) == (False, 0)
