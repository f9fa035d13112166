"""Accounts in the studio, and who may enter it."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories import PASSWORD, UserFactory

USERS = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")


def change(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_studio_is_open_to_an_editor(editor_client):
    assert editor_client.get(reverse("admin:index")).status_code == 200


def test_studio_leads_a_visitor_to_the_log_in_of_the_site(visitor, db):
    response = visitor.get(USERS, follow=True)
    assert [address for address, _ in response.redirect_chain] == [
        f"{reverse('admin:login')}?next={USERS}",
        f"{reverse('account_login')}?{urlencode({'next': USERS})}",
    ]


def test_studio_is_closed_to_a_learner(learner_client):
    response = learner_client.get(USERS, follow=True)
    assert (len(response.redirect_chain), response.status_code) == (1, 403)


def test_studio_has_no_log_in_of_its_own(visitor, editor):
    visitor.post(reverse("admin:login"), {"username": editor.email, "password": PASSWORD})
    assert visitor.get(USERS).status_code == 302


def test_log_in_leads_an_editor_back_to_the_studio(visitor, editor):
    form = {"login": editor.email, "password": PASSWORD, "next": USERS}
    assert visitor.post(reverse("account_login"), form)["Location"] == USERS


@pytest.mark.parametrize("users", [1, 3])
def test_list_costs_the_same_for_one_account_and_for_three(editor_client, users, django_assert_num_queries):
    UserFactory.create_batch(users - 1)
    with django_assert_num_queries(5):  # session, user, two counts and the list
        response = editor_client.get(USERS)
    assert len(response.context["cl"].result_list) == users


def test_list_is_searched_by_address(editor_client, learner):
    found = editor_client.get(USERS, {"q": "learner@"}).context["cl"].result_list
    assert [user.email for user in found] == ["learner@example.org"]


def test_account_is_made_with_an_address_and_a_password(editor_client):
    form = {
        "email": "New@Example.org",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    editor_client.post(ADD, form)
    made = User.objects.get(email="new@example.org")
    assert (made.check_password(PASSWORD), made.is_staff) == (True, False)


def test_account_of_an_address_that_is_taken_is_refused(editor_client, learner):
    form = {"email": learner.email.upper(), "usable_password": "true"}
    response = editor_client.post(ADD, {**form, "password1": PASSWORD, "password2": PASSWORD})
    assert response.status_code == 200
    assert User.objects.count() == 2


def test_account_is_opened_and_closed(editor_client, learner):
    editor_client.post(change(learner), {"email": learner.email, "is_staff": "on"})
    learner.refresh_from_db()
    assert (learner.is_staff, learner.is_active) == (True, False)


def test_account_is_shown(editor_client, learner):
    assert editor_client.get(change(learner)).status_code == 200
    assert editor_client.get(ADD).status_code == 200


def test_password_is_set_by_an_editor(editor_client, learner):
    new = {"usable_password": "true", "password1": "a new long password", "password2": "a new long password"}
    editor_client.post(reverse("admin:auth_user_password_change", args=[learner.pk]), new)
    learner.refresh_from_db()
    assert learner.check_password("a new long password")


def test_staff_without_permission_sees_no_accounts(visitor, learner):
    visitor.force_login(UserFactory(is_staff=True))
    assert visitor.get(USERS).status_code == 403
    assert visitor.post(change(learner), {"email": "x@example.org"}).status_code == 403
