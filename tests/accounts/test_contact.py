"""Asking a provider to be contacted: with consent that names who is told what, stored, and taken back."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.contact import (
    A_DAY,
    AskingRefused,
    ask,
    asked_provider,
    consent_words,
    pass_on,
    withdraw,
)
from accounts.models import ContactRequest, User
from courses.models import Course, Status
from portal.log import words_of
from tests.factories import PASSWORD, CourseFactory, ProviderFactory

MINE = reverse("contact-requests")
ADMIN = reverse("admin:accounts_contactrequest_changelist")


@pytest.fixture
def course(db):
    return CourseFactory(title="Baking data", slug="baking-data", provider=ProviderFactory(name="Dough U"))


def page(course):
    return reverse("contact", args=[course.slug])


def words_for(course):
    return consent_words(course, course.provider)


def form_for(course, **fields):
    filled = {"name": "Ada", "message": "When?", "consent": "on", "agreed_to": words_for(course)}
    return filled | fields


def asked(user, course, **fields):
    return ask(user, course, agreed_to=words_for(course), name="Ada", message="When?", **fields)


def words(response):
    return " ".join(response.content.decode().split())


# --- The rule ----------------------------------------------------------------------------------


def test_consent_names_the_provider_and_what_is_sent(course):
    assert words_for(course) == (
        "I agree that my name, my e-mail address, my message and the title of this course, “Baking data”, "
        "are passed on to Dough U, so that they can contact me about it."
    )


def test_request_keeps_what_was_agreed_to_and_when(course, learner):
    before = timezone.now()
    contact = asked(learner, course)
    stored = ContactRequest.objects.get()
    assert stored == contact
    assert before <= stored.consented_at <= timezone.now()
    assert (stored.agreed_to, stored.title, stored.provider) == (words_for(course), "Baking data", "Dough U")
    assert (stored.name, stored.email, stored.message) == ("Ada", "learner@example.org", "When?")
    assert stored.standing == "open"


def test_platform_is_asked_where_nobody_is_known_to_teach(db):
    platform = ProviderFactory()
    assert asked_provider(CourseFactory(provider=None, platform=platform)) == platform


def test_nobody_is_asked_about_a_retired_course(course):
    course.status, course.checked_on = Status.RETIRED, date(2026, 11, 1)
    assert asked_provider(course) is None


def test_consent_to_other_words_is_refused(course, learner):
    agreed = words_for(course)
    course.provider.name = "Crust College"
    course.provider.save()
    with pytest.raises(AskingRefused):
        ask(learner, Course.objects.get(), agreed_to=agreed, name="Ada")
    assert ContactRequest.objects.count() == 0


def test_open_request_is_one_for_each_learner_and_course(course, learner, other_learner):
    asked(learner, course)
    asked(other_learner, course)
    with pytest.raises(AskingRefused):
        asked(learner, course)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactRequest.objects.create(
            user=learner, course=course, provider="x", name="x", email="a@example.org", agreed_to="x"
        )


def test_learner_may_ask_again_after_taking_it_back_or_after_it_was_passed_on(course, learner, support):
    withdraw(asked(learner, course))
    pass_on([asked(learner, course)], by=support)
    asked(learner, course)
    standings = learner.contact_requests.order_by("consented_at")
    assert [contact.standing for contact in standings] == ["withdrawn", "passed on", "open"]


def test_requests_of_a_day_are_limited(course, learner):
    for _ in range(A_DAY):
        withdraw(asked(learner, course))
    with pytest.raises(AskingRefused):
        asked(learner, course)
    ContactRequest.objects.update(consented_at=timezone.now() - timedelta(days=1))
    asked(learner, course)


def test_request_that_is_taken_back_holds_nothing_of_the_learner(course, learner):
    withdraw(asked(learner, course))
    stored = ContactRequest.objects.get()
    assert (stored.name, stored.email, stored.message) == ("", "", "")
    assert stored.standing == "withdrawn"
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactRequest.objects.update(email="learner@example.org")


def test_taking_back_twice_keeps_the_first_moment(course, learner):
    contact = asked(learner, course)
    withdraw(contact)
    first = ContactRequest.objects.get().withdrawn_at
    withdraw(contact)
    assert ContactRequest.objects.get().withdrawn_at == first


def test_request_that_was_taken_back_is_not_passed_on(course, learner, support):
    contact = asked(learner, course)
    withdraw(contact)
    assert pass_on([contact], by=support) == []
    assert LogEntry.objects.count() == 0


def test_account_takes_its_requests_along(course, learner):
    asked(learner, course)
    learner.delete()
    assert ContactRequest.objects.count() == 0


def test_request_outlives_its_course(course, learner):
    asked(learner, course)
    course.delete()
    assert str(ContactRequest.objects.get()) == "Baking data, to Dough U"


# --- The learner's pages -----------------------------------------------------------------------


def test_page_names_the_provider_and_leaves_the_box_unticked(course, learner_client):
    response = learner_client.get(page(course))
    form = response.context["form"]
    assert form["consent"].label == words_for(course)
    assert "checked" not in str(form["consent"])
    assert "learner@example.org" in words(response)
    assert "Nothing is sent by itself" in words(response)


def test_form_stores_the_request_and_leads_to_the_list(course, learner, learner_client, mailoutbox):
    response = learner_client.post(page(course), form_for(course))
    assert (response.status_code, response["Location"]) == (302, MINE)
    assert [contact.message for contact in learner.contact_requests.open()] == ["When?"]
    assert mailoutbox == []


@pytest.mark.parametrize(("field", "value"), [("consent", ""), ("name", " "), ("message", "x" * 1001)])
def test_form_says_what_is_missing_beside_the_field(field, value, course, learner_client):
    response = learner_client.post(page(course), form_for(course, **{field: value}))
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert ContactRequest.objects.count() == 0


def test_words_that_changed_meanwhile_are_asked_for_again(course, learner_client):
    response = learner_client.post(page(course), form_for(course, agreed_to="I agree to something else."))
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (400, ["__all__"])
    assert "checked" not in str(form["consent"])
    assert form["name"].value() == "Ada"
    assert f'name="agreed_to" value="{words_for(course)}"' in response.content.decode()


def test_page_says_that_a_request_is_open(course, learner, learner_client):
    asked(learner, course)
    response = learner_client.get(page(course))
    assert "You have asked already" in words(response)
    assert "<textarea" not in words(response)


@pytest.mark.parametrize("fields", [{"provider": None}, {"status": "retired", "checked_on": "2026-11-01"}])
def test_page_is_missing_where_nobody_could_contact(fields, learner_client, db):
    course = CourseFactory(**fields)
    assert learner_client.get(page(course)).status_code == 404


def test_visitor_makes_an_account_and_comes_back(course, visitor):
    response = visitor.get(page(course))
    assert response["Location"] == f"{reverse('account_signup')}?next=%2Fcourses%2Fbaking-data%2Fcontact%2F"
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD, "next": page(course)}
    assert visitor.post(reverse("account_signup"), form)["Location"] == page(course)


def test_form_of_a_visitor_stores_nothing(course, visitor):
    assert visitor.post(page(course), form_for(course)).status_code == 302
    assert ContactRequest.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_list_needs_three_queries(number, learner, learner_client, django_assert_num_queries):
    for _ in range(number):
        asked(learner, CourseFactory())
    with django_assert_num_queries(3):
        response = learner_client.get(MINE)
    assert len(response.context["asked"]) == number


def test_list_shows_nothing_of_others(course, learner, other_learner_client):
    asked(learner, course)
    assert list(other_learner_client.get(MINE).context["asked"]) == []


def test_button_takes_it_back(course, learner, learner_client):
    contact = asked(learner, course)
    response = learner_client.post(reverse("withdraw-contact", args=[contact.pk]), follow=True)
    assert "You took it back" in words(response)
    assert "When?" not in words(response)
    assert ContactRequest.objects.withdrawn().count() == 1


def test_nobody_takes_back_what_is_anothers(course, learner, other_learner_client):
    contact = asked(learner, course)
    response = other_learner_client.post(reverse("withdraw-contact", args=[contact.pk]))
    assert response.status_code == 404
    assert ContactRequest.objects.open().count() == 1


# --- The studio --------------------------------------------------------------------------------


def test_support_reads_a_request(course, learner, support_client):
    contact = asked(learner, course)
    response = support_client.get(reverse("admin:accounts_contactrequest_change", args=[contact.pk]))
    assert "learner@example.org" in words(response)
    assert "When?" in words(response)


def test_support_no_longer_reads_what_was_taken_back(course, learner, support_client):
    contact = asked(learner, course)
    withdraw(contact)
    response = support_client.get(reverse("admin:accounts_contactrequest_change", args=[contact.pk]))
    assert "Baking data" in words(response)
    assert "learner@example.org" not in words(response)
    assert "When?" not in words(response)


def test_support_marks_requests_as_passed_on_and_the_log_tells_no_secret(
    course, learner, support, support_client
):
    contact = asked(learner, course)
    support_client.post(ADMIN, {"action": "pass_on", "_selected_action": [contact.pk]})
    assert ContactRequest.objects.get().standing == "passed on"
    [entry] = LogEntry.objects.all()
    assert (entry.user, entry.object_repr, words_of(entry)) == (
        support,
        "Baking data, to Dough U",
        "Passed on to Dough U.",
    )


def test_deleting_a_request_logs_nothing_of_the_learner(course, learner, superuser_client):
    contact = asked(learner, course)
    superuser_client.post(reverse("admin:accounts_contactrequest_delete", args=[contact.pk]), {"post": "yes"})
    [entry] = LogEntry.objects.all()
    assert "learner@example.org" not in entry.change_message + entry.object_repr
    assert "When?" not in entry.change_message


def test_superuser_deletes_an_account_with_its_requests(course, learner, superuser_client):
    asked(learner, course)
    superuser_client.post(reverse("admin:accounts_user_delete", args=[learner.pk]), {"post": "yes"})
    assert not User.objects.filter(pk=learner.pk).exists()
    assert ContactRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("standing", "found"),
    [("open", ["open"]), ("passed_on", ["passed on"]), ("withdrawn", ["withdrawn"]), ("", None)],
)
def test_list_of_support_is_filtered_by_standing(standing, found, course, learner, support, support_client):
    withdraw(asked(learner, course))
    pass_on([asked(learner, course)], by=support)
    asked(learner, course)
    shown = support_client.get(ADMIN, {"standing": standing} if standing else {}).context["cl"].result_list
    standings = [contact.standing for contact in shown]
    assert standings == (found or ["open", "passed on", "withdrawn"])
