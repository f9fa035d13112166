"""Accounts in the studio: who may enter it, who sees accounts, and who changes them."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.db.models import ProtectedError
from django.urls import reverse

from accounts.models import StepEvent, User
from accounts.recording import Saying, follow, record
from guides.models import Guide
from guides.progress import State
from portal.log import log, words_of
from tests.factories import PASSWORD, UserFactory, guide_with_path, published_guide, step_of

USERS = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")
HELD = "they learned, published or changed something here, so take “active” away instead"


def change(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def delete(user):
    return reverse("admin:accounts_user_delete", args=[user.pk])


def say(learner, guide, title, state=State.DONE):
    record(learner, [Saying(step_of(guide, title).pk, state)])


def logged(thing):
    """Return what the log says of `thing`, the latest first."""
    return [words_of(entry) for entry in LogEntry.objects.filter(object_id=str(thing.pk))]


def changes(client, thing):
    """Return what the latest entry of the log shows of before and after."""
    entry = LogEntry.objects.filter(object_id=str(thing.pk)).first()
    differences = client.get(reverse("admin:admin_logentry_change", args=[entry.pk])).context["differences"]
    return {
        each.name: tuple("".join(piece.text for piece in side) for side in (each.before, each.after))
        for each in differences
    }


def test_studio_is_open_to_an_editor(editor_client):
    assert editor_client.get(reverse("admin:index")).status_code == 200


def test_studio_says_whom_to_ask_for_a_role(newcomer_client, editor_client):
    words = "Ask a person who runs this site for one: Editor, Publisher, Catalog editor or Support."
    contents = [c.get(reverse("admin:index")).content.decode() for c in (newcomer_client, editor_client)]
    assert [words in content for content in contents] == [True, False]


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


# --- The list ----------------------------------------------------------------------------------


@pytest.mark.parametrize("users", [1, 3])
def test_list_costs_the_same_for_one_account_and_for_three(
    superuser_client, users, django_assert_num_queries
):
    UserFactory.create_batch(users - 1)
    with django_assert_num_queries(6):  # session, user, two counts, the list, the roles to filter by
        response = superuser_client.get(USERS)
    assert len(response.context["cl"].result_list) == users


def test_list_is_searched_by_address(superuser_client, learner):
    found = superuser_client.get(USERS, {"q": "learner@"}).context["cl"].result_list
    assert [user.email for user in found] == ["learner@example.org"]


def test_list_of_support_shows_learners_alone(support_client, learner, editor, superuser):
    response = support_client.get(USERS)
    assert list(response.context["cl"].result_list) == [learner]
    assert "is_staff" not in response.context["cl"].list_display


# --- Changing ----------------------------------------------------------------------------------


def test_account_is_made_with_an_address_and_a_password(superuser_client):
    form = {
        "email": "New@Example.org",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    superuser_client.post(ADD, form)
    made = User.objects.get(email="new@example.org")
    assert (made.check_password(PASSWORD), made.is_staff, logged(made)) == (True, False, ["Added."])


def test_account_of_an_address_that_is_taken_is_refused(superuser_client, learner):
    form = {"email": learner.email.upper(), "usable_password": "true"}
    response = superuser_client.post(ADD, {**form, "password1": PASSWORD, "password2": PASSWORD})
    assert response.status_code == 200
    assert User.objects.count() == 2


def test_account_is_opened_and_closed(superuser_client, learner):
    superuser_client.post(change(learner), {"email": learner.email, "is_staff": "on"})
    learner.refresh_from_db()
    assert (learner.is_staff, learner.is_active) == (True, False)
    assert changes(superuser_client, learner) == {"staff": ("no", "yes"), "active": ("yes", "no")}


def test_role_is_given(superuser_client, learner):
    form = {"email": learner.email, "is_active": "on", "is_staff": "on"}
    editors = Group.objects.get(name="Editor")
    superuser_client.post(change(learner), {**form, "groups": [editors.pk]})
    assert learner.groups.get() == editors
    assert changes(superuser_client, learner) == {"staff": ("no", "yes"), "groups": ("", "Editor\n")}


def test_role_is_changed(superuser_client):
    bakers = Group.objects.create(name="Bakers")
    bakers.permissions.add(Permission.objects.get(codename="view_user"))
    wanted = Permission.objects.get(codename="view_guide")
    address = reverse("admin:auth_group_change", args=[bakers.pk])
    superuser_client.post(address, {"name": "Bakers", "permissions": [wanted.pk]})
    assert changes(superuser_client, bakers) == {
        "permissions": ("People | user | Can view user\n", "Guides | guide | Can view guide\n")
    }


def test_account_is_shown(superuser_client, learner):
    assert superuser_client.get(change(learner)).status_code == 200
    assert superuser_client.get(ADD).status_code == 200


def test_password_is_set_by_a_superuser_and_not_logged(superuser_client, learner):
    new = {"usable_password": "true", "password1": "a new long password", "password2": "a new long password"}
    superuser_client.post(reverse("admin:auth_user_password_change", args=[learner.pk]), new)
    learner.refresh_from_db()
    assert learner.check_password("a new long password")
    assert (logged(learner), changes(superuser_client, learner)) == (["Changed password."], {})


def test_address_is_marked_as_verified(superuser_client, learner):
    address = EmailAddress.objects.create(user=learner, email=learner.email, primary=True)
    form = {"action": "make_verified", "_selected_action": [address.pk]}
    superuser_client.post(reverse("admin:account_emailaddress_changelist"), form)
    address.refresh_from_db()
    assert (address.verified, logged(address)) == (True, ["Changed verified."])


# --- Who may not change ------------------------------------------------------------------------


@pytest.fixture
def ambitious(editor):
    """A member of the staff whom somebody gave every permission there is, but who is no superuser."""
    editor.user_permissions.set(Permission.objects.all())
    return editor


@pytest.mark.parametrize(
    "client", ["newcomer", "editor", "publisher", "catalog_editor", "support", "ambitious"]
)
def test_nobody_makes_themselves_a_superuser(request, visitor, client):
    person = request.getfixturevalue(client)
    visitor.force_login(person)
    own = {"email": person.email, "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    assert visitor.post(change(person), own).status_code in (302, 403)
    person.refresh_from_db()
    assert person.is_superuser is False


def test_permissions_alone_do_not_let_change_accounts(visitor, ambitious, learner):
    visitor.force_login(ambitious)
    group, address = (
        Group.objects.get(name="Editor"),
        EmailAddress.objects.create(user=learner, email="x@y.z"),
    )
    addresses = [
        ADD,
        change(learner),
        delete(learner),
        reverse("admin:auth_user_password_change", args=[learner.pk]),
        reverse("admin:auth_group_add"),
        reverse("admin:auth_group_change", args=[group.pk]),
        reverse("admin:auth_group_delete", args=[group.pk]),
        reverse("admin:account_emailaddress_add"),
        reverse("admin:account_emailaddress_change", args=[address.pk]),
        reverse("admin:account_emailaddress_delete", args=[address.pk]),
    ]
    assert [visitor.post(address, {"post": "yes"}).status_code for address in addresses] == [403] * 10


def test_permissions_alone_do_not_let_verify_an_address(visitor, ambitious, learner):
    visitor.force_login(ambitious)
    address = EmailAddress.objects.create(user=learner, email=learner.email)
    form = {"action": "make_verified", "_selected_action": [address.pk]}
    visitor.post(reverse("admin:account_emailaddress_changelist"), form)
    address.refresh_from_db()
    assert address.verified is False


def test_staff_without_a_role_sees_no_accounts(newcomer_client, learner):
    assert newcomer_client.get(USERS).status_code == 403
    assert newcomer_client.post(change(learner), {"email": "x@example.org"}).status_code == 403


def test_what_learners_said_has_no_screen(superuser_client):
    content = superuser_client.get(reverse("admin:index")).content.decode()
    assert [word in content for word in ("Users", "Enrolments", "Step states", "Step events")] == [
        True,
        False,
        False,
        False,
    ]


# --- What support sees -------------------------------------------------------------------------


def test_support_sees_the_paths_that_a_learner_follows(support_client, learner, guide):
    other = published_guide(title="Beekeeper", slug="beekeeper")
    for title in ("Read", "Try", "Build"):
        say(learner, guide, title)
    follow(learner, other.pk)
    shown = support_client.get(change(learner)).context["followed"]
    assert [
        (each.path.edition.title, each.path.progress.percent, each.path.completed_in) for each in shown
    ] == [("Beekeeper", 0, None), ("Data baker", 100, 1)]
    assert [each.since for each in shown] == [
        learner.enrolments.get(guide=followed).followed_at for followed in (other, guide)
    ]


def test_support_sees_when_a_path_was_completed(support_client, learner, guide):
    for title in ("Read", "Try", "Build"):
        say(learner, guide, title)
    learner.enrolments.update(completed_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert "20 November 2026, edition 1" in support_client.get(change(learner)).content.decode()


def test_support_sees_no_path_that_was_left(support_client, learner, guide):
    follow(learner, guide.pk)
    learner.enrolments.active().leave()
    assert support_client.get(change(learner)).context["followed"] == []


def test_support_sees_what_a_learner_said_the_last_first(support_client, learner, guide):
    say(learner, guide, "Read", State.DOING)
    say(learner, guide, "Try")
    say(learner, guide, "Read", None)
    shown = support_client.get(change(learner)).context["said"]
    assert [(each.title, each.event.state) for each in shown] == [
        ("Read", ""),
        ("Try", "done"),
        ("Read", "doing"),
    ]


def test_support_reads_titles_as_the_learner_does(support_client, learner, guide):
    say(learner, guide, "Read")
    guide.steps.filter(title="Read").update(title="A draft")
    assert [each.title for each in support_client.get(change(learner)).context["said"]] == ["Read"]


def test_support_sees_the_latest_fifty(support_client, learner, guide):
    for _ in range(26):
        say(learner, guide, "Read")
        say(learner, guide, "Read", None)
    shown = support_client.get(change(learner)).context["said"]
    latest = StepEvent.objects.order_by("-occurred_at")[:50]
    assert [each.event for each in shown] == list(latest)


def test_support_sees_nothing_of_what_others_did(support_client, learner, other_learner, guide):
    say(other_learner, guide, "Read")
    context = support_client.get(change(learner)).context
    assert (context["followed"], context["said"]) == ([], [])


def test_support_sees_no_password_and_no_permissions(support_client, superuser_client, learner):
    words = ("algorithm", "Superuser status", "User permissions")
    contents = [c.get(change(learner)).content.decode() for c in (support_client, superuser_client)]
    assert [[word in content for word in words] for content in contents] == [[False] * 3, [True] * 3]


def test_support_sees_no_account_of_staff(support_client, editor):
    response = support_client.get(change(editor), follow=True)
    assert response.redirect_chain == [(reverse("admin:index"), 302)]


def test_support_changes_nothing(support_client, learner, guide):
    follow(learner, guide.pk)
    addresses = [change(learner), ADD, delete(learner)]
    statuses = [
        support_client.post(address, {"email": "x@y.z", "post": "yes"}).status_code for address in addresses
    ]
    learner.refresh_from_db()
    assert (statuses, learner.email) == ([403] * 3, "learner@example.org")


@pytest.mark.parametrize("guides", [1, 3])
def test_account_costs_the_same_for_one_path_and_for_three(
    support_client, learner, guides, django_assert_num_queries
):
    for _ in range(guides):
        say(learner, published_guide(), "Read")
    # session, user, two of permissions, the account, its paths, when they began, states, what was said
    with django_assert_num_queries(9):
        response = support_client.get(change(learner))
    assert (len(response.context["followed"]), len(response.context["said"])) == (guides, guides)


# --- Deleting ----------------------------------------------------------------------------------


def follows(user):
    follow(user, published_guide().pk)


def spoke(user):
    guide = published_guide()
    say(user, guide, "Read")
    user.enrolments.all().delete()


def published(user):
    guide_with_path().publish(by=user)


def acted(user):
    log(user, guide_with_path(), "Did something.")


@pytest.mark.parametrize("did", [follows, spoke, published, acted])
def test_account_of_somebody_who_did_something_is_not_deleted(superuser_client, learner, did):
    did(learner)
    content = superuser_client.post(delete(learner), {"post": "yes"}).content.decode()
    assert f"{learner.email}: {HELD}" in content
    assert User.objects.filter(pk=learner.pk).exists()


def test_accounts_of_people_who_did_something_are_not_deleted_together(
    superuser_client, learner, other_learner
):
    acted(learner)
    form = {"action": "delete_selected", "_selected_action": [learner.pk, other_learner.pk], "post": "yes"}
    content = superuser_client.post(USERS, form).content.decode()
    assert (f"{learner.email}: {HELD}" in content, f"{other_learner.email}: {HELD}" in content) == (
        True,
        False,
    )
    assert User.objects.filter(pk__in=[learner.pk, other_learner.pk]).count() == 2


def test_account_of_somebody_who_did_nothing_is_deleted(superuser_client, learner):
    superuser_client.post(delete(learner), {"post": "yes"})
    assert not User.objects.filter(pk=learner.pk).exists()
    assert logged(learner) == ["Deleted user “learner@example.org”."]


@pytest.mark.parametrize("users", [1, 3])
def test_refusal_costs_the_same_for_one_account_and_for_three(
    superuser_client, users, django_assert_num_queries
):
    people = UserFactory.create_batch(users)
    for person in people:
        acted(person)
    form = {"action": "delete_selected", "_selected_action": [person.pk for person in people], "post": "yes"}
    # session, user, two counts, the roles to filter by (twice), a savepoint and its end, the accounts, and
    # those of them that did something
    with django_assert_num_queries(10):
        superuser_client.post(USERS, form)
    assert User.objects.count() == users + 1


def test_account_that_the_log_names_is_deleted_nowhere(learner):
    acted(learner)
    with pytest.raises(ProtectedError, match="take away “active” instead"):
        learner.delete()
    with pytest.raises(ProtectedError, match="take away “active” instead"):
        User.objects.filter(pk=learner.pk).delete()
    assert LogEntry.objects.get().user == learner


def test_account_of_a_learner_is_deleted_outside_of_the_studio(learner, guide):
    say(learner, guide, "Read")
    learner.delete()
    assert (User.objects.count(), StepEvent.objects.count(), Guide.objects.count()) == (0, 0, 1)


def test_all_accounts_cannot_be_deleted_by_a_slip(learner):
    assert not hasattr(User.objects, "delete")
