"""Making an account, coming back, and what a visitor wanted to do before: it is done, once and by POST."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from guides.models import Guide
from tests.factories import PASSWORD, guide_with_path, step_of

SIGNUP, LOGIN = reverse("account_signup"), reverse("account_login")
EMAIL = "newcomer@example.org"


def sign_up(client, **fields):
    return client.post(SIGNUP, {"email": EMAIL, "password1": PASSWORD, "password2": PASSWORD, **fields})


def log_in(client, user, **fields):
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD, **fields})


def said(email):
    """Return what the person with this address says, by the titles of steps."""
    return dict(User.objects.get(email=email).step_states.values_list("step__title", "state"))


def followed(email):
    """Return the slugs of the guides that the person with this address follows."""
    return list(User.objects.get(email=email).enrolments.active().values_list("guide__slug", flat=True))


def hidden_fields(response):
    """Return what the form of the page carries along beside its token, by name."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def code():
    """Return the code of the newest mail."""
    return re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", mail.outbox[-1].body, re.MULTILINE)[1]


@pytest.fixture
def verified_by_code(settings):
    """What portal/settings.py sets when there is a mail server."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


# --- The account -------------------------------------------------------------------------------


def test_sign_up_logs_in_and_leads_to_the_dashboard(visitor, db):
    assert sign_up(visitor)["Location"] == reverse("dashboard")
    assert visitor.get(reverse("dashboard")).wsgi_request.user.email == EMAIL


def test_address_is_kept_in_small_letters(visitor, db):
    sign_up(visitor, email="NewComer@Example.ORG")
    assert User.objects.get().email == EMAIL


def test_address_of_somebody_else_is_refused_in_any_case(visitor, learner):
    response = sign_up(visitor, email=learner.email.upper())
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"email"}
    assert User.objects.count() == 1


def test_common_password_is_refused(visitor, db):
    response = sign_up(visitor, password1="password", password2="password")
    assert response.context["form"].errors["password1"] == ["This password is too common."]
    assert User.objects.count() == 0


def test_log_in_ignores_the_case_of_the_address(visitor, learner):
    response = visitor.post(LOGIN, {"login": learner.email.upper(), "password": PASSWORD})
    assert response["Location"] == reverse("dashboard")


def test_wrong_password_is_refused(visitor, learner):
    response = visitor.post(LOGIN, {"login": learner.email, "password": "wrong"})
    assert response.status_code == 200
    assert response.wsgi_request.user.is_authenticated is False


def test_closed_account_cannot_log_in(visitor, learner):
    User.objects.update(is_active=False)
    assert log_in(visitor, learner)["Location"] == reverse("account_inactive")


def test_learner_needs_no_log_in_page(learner_client):
    assert learner_client.get(LOGIN)["Location"] == reverse("dashboard")


def test_log_out_is_a_form(learner_client):
    page = learner_client.get(reverse("account_logout"))
    response = learner_client.post(reverse("account_logout"))
    assert (page.status_code, response["Location"]) == (200, reverse("home"))
    assert learner_client.get("/").wsgi_request.user.is_authenticated is False


def test_forgotten_password_is_set_by_the_link_in_the_mail(visitor, learner):
    visitor.post(reverse("account_reset_password"), {"email": learner.email})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    form = visitor.get(link, follow=True).request["PATH_INFO"]
    visitor.post(form, {"password1": "a new long password", "password2": "a new long password"})
    learner.refresh_from_db()
    assert learner.check_password("a new long password")


def test_forgotten_password_tells_nobody_who_has_an_account(visitor, learner):
    answers = [
        visitor.post(reverse("account_reset_password"), {"email": email})["Location"]
        for email in (learner.email, "nobody@example.org")
    ]
    assert answers == [reverse("account_reset_password_done")] * 2


def test_password_is_changed_by_those_who_know_it(learner_client, learner):
    new = {"password1": "a new long password", "password2": "a new long password"}
    learner_client.post(reverse("account_change_password"), {"oldpassword": "wrong", **new})
    learner.refresh_from_db()
    assert learner.check_password(PASSWORD)
    learner_client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    learner.refresh_from_db()
    assert learner.check_password("a new long password")


def ask_for_address(client, email):
    return client.post(reverse("account_email"), {"email": email, "action_add": ""})


def test_new_address_waits_until_it_is_confirmed(visitor, db):
    sign_up(visitor)
    ask_for_address(visitor, "first@example.org")
    ask_for_address(visitor, "second@example.org")
    user = User.objects.get()
    assert (user.email, mail.outbox[-1].to) == (EMAIL, ["second@example.org"])
    assert set(user.emailaddress_set.values_list("email", flat=True)) == {EMAIL, "second@example.org"}


def test_new_address_may_be_waited_for_by_several(learner_client, other_learner_client):
    ask_for_address(learner_client, "moved@example.org")
    ask_for_address(other_learner_client, "gone@example.org")
    emails = User.objects.order_by("email").values_list("email", flat=True)
    assert list(emails) == ["learner@example.org", "other-learner@example.org"]


def test_new_address_counts_once_it_is_confirmed(visitor, db):
    sign_up(visitor)
    ask_for_address(visitor, "moved@example.org")
    visitor.post(re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1])
    user = User.objects.get()
    assert user.email == "moved@example.org"
    assert list(user.emailaddress_set.values_list("email", "verified")) == [("moved@example.org", True)]


def test_new_address_needs_the_code_where_there_is_a_mail_server(visitor, db, verified_by_code):
    sign_up(visitor)
    visitor.post(reverse("account_email_verification_sent"), {"code": code()})
    ask_for_address(visitor, "moved@example.org")
    assert User.objects.get().email == EMAIL
    visitor.post(reverse("account_email_verification_sent"), {"code": code()})
    assert User.objects.get().email == "moved@example.org"


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "account_logout"])
def test_pages_of_an_account_are_for_its_owner(visitor, learner_client, name):
    assert learner_client.get(reverse(name)).status_code == 200
    assert visitor.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", ["account_signup", "account_login", "account_reset_password"])
def test_pages_on_the_way_in_are_for_visitors(visitor, db, name):
    assert visitor.get(reverse(name)).status_code == 200


# --- What was wanted before ----------------------------------------------------------------------


def test_sign_up_with_a_step_ticks_it_and_leads_there(visitor, guide):
    response = sign_up(visitor, step=step_of(guide, "Try").pk)
    assert response["Location"] == f"{reverse('path', args=[guide.slug])}#step-try"
    assert (said(EMAIL), followed(EMAIL)) == ({"Try": "done"}, ["data-baker"])


def test_sign_up_says_what_was_ticked_as_it_is_published(visitor, guide):
    step = step_of(guide, "Try")
    guide.steps.filter(pk=step.pk).update(title="Secret", slug="secret")
    response = sign_up(visitor, step=step.pk)
    assert response["Location"] == f"{reverse('path', args=[guide.slug])}#step-try"
    said = [str(message) for message in visitor.get(reverse("path", args=[guide.slug])).context["messages"]]
    assert said[-1] == "Done: Try."


def test_log_in_with_a_step_ticks_it_and_leads_there(visitor, learner, guide):
    response = log_in(visitor, learner, step=step_of(guide, "Try").pk)
    assert response["Location"] == f"{reverse('path', args=[guide.slug])}#step-try"
    assert said(learner.email) == {"Try": "done"}


def test_sign_up_with_a_path_follows_it(visitor, guide):
    response = sign_up(visitor, follow=guide.slug)
    assert response["Location"] == reverse("path", args=[guide.slug])
    assert (said(EMAIL), followed(EMAIL)) == ({}, ["data-baker"])


def test_log_in_with_a_path_follows_it(visitor, learner, guide):
    response = log_in(visitor, learner, follow=guide.slug)
    assert response["Location"] == reverse("path", args=[guide.slug])
    assert followed(learner.email) == ["data-baker"]


@pytest.mark.parametrize("address", [SIGNUP, LOGIN])
def test_form_carries_what_is_wanted(visitor, guide, address):
    step = str(step_of(guide, "Try").pk)
    response = visitor.get(address, {"step": step, "follow": guide.slug})
    assert hidden_fields(response) == {"step": step, "follow": guide.slug}


@pytest.mark.parametrize("address", [SIGNUP, LOGIN])
def test_form_leads_to_the_other_one_with_what_is_wanted(visitor, guide, address):
    step = step_of(guide, "Try").pk
    [other] = {SIGNUP, LOGIN} - {address}
    assert f'<a href="{other}?step={step}">' in visitor.get(address, {"step": step}).content.decode()


def test_sign_up_with_a_mistake_keeps_what_is_wanted(visitor, guide):
    step = str(step_of(guide, "Try").pk)
    response = sign_up(visitor, step=step, password2="another")
    assert (response.status_code, hidden_fields(response)) == (200, {"step": step})
    sign_up(visitor, **hidden_fields(response))
    assert said(EMAIL) == {"Try": "done"}


def test_log_in_with_a_mistake_keeps_what_is_wanted(visitor, learner, guide):
    step = str(step_of(guide, "Try").pk)
    response = log_in(visitor, learner, step=step, password="wrong")
    assert (response.status_code, hidden_fields(response)) == (200, {"step": step})


@pytest.mark.parametrize("address", [SIGNUP, LOGIN])
def test_what_is_wanted_is_escaped(visitor, db, address):
    response = visitor.get(address, {"step": '"><script>alert(1)</script>'})
    assert hidden_fields(response) == {"step": "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"}


@pytest.mark.parametrize("name", ["step", "follow"])
@pytest.mark.parametrize(
    "value", ["00000000-0000-4000-8000-000000000000", "nonsense", "no such thing", "a\x00b", "é", "x" * 5000]
)
def test_unknown_wish_is_harmless(visitor, guide, name, value):
    assert sign_up(visitor, **{name: value})["Location"] == reverse("dashboard")
    assert (said(EMAIL), followed(EMAIL)) == ({}, [])


def test_step_of_a_draft_or_of_a_hidden_guide_is_not_ticked(visitor, learner, guide):
    draft = guide_with_path()
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())
    for other in (draft, guide):
        log_in(visitor, learner, step=step_of(other, "Read").pk)
        visitor.logout()
    assert said(learner.email) == {}


@pytest.mark.parametrize("address", [SIGNUP, LOGIN])
def test_opening_a_page_applies_nothing(visitor, learner, guide, address):
    visitor.get(address, {"step": step_of(guide, "Try").pk, "follow": guide.slug})
    log_in(visitor, learner)
    assert (said(learner.email), followed(learner.email)) == ({}, [])


@pytest.mark.parametrize("address", [SIGNUP, LOGIN])
def test_opening_a_page_applies_nothing_to_those_who_are_in(learner_client, learner, guide, address):
    learner_client.get(address, {"step": step_of(guide, "Try").pk, "follow": guide.slug})
    assert (said(learner.email), followed(learner.email)) == ({}, [])


def test_wish_is_done_once(visitor, learner, guide):
    log_in(visitor, learner, step=step_of(guide, "Try").pk)
    learner.step_states.all().delete()
    visitor.post(reverse("account_logout"))
    log_in(visitor, learner)
    assert said(learner.email) == {}


def test_wish_is_only_of_those_who_have_the_password(visitor, learner, guide):
    log_in(visitor, learner, step=step_of(guide, "Try").pk, password="wrong")
    assert said(learner.email) == {}


# --- With a mail server --------------------------------------------------------------------------


def test_sign_up_waits_for_the_code(visitor, guide, verified_by_code):
    response = sign_up(visitor, step=step_of(guide, "Try").pk)
    assert response["Location"] == reverse("account_email_verification_sent")
    assert visitor.get(reverse("dashboard")).status_code == 302
    assert said(EMAIL) == {}


def test_code_opens_the_account_and_sets_the_tick(visitor, guide, verified_by_code):
    sign_up(visitor, step=step_of(guide, "Try").pk)
    response = visitor.post(reverse("account_email_verification_sent"), {"code": code()})
    assert response["Location"] == f"{reverse('path', args=[guide.slug])}#step-try"
    assert said(EMAIL) == {"Try": "done"}


def test_code_opens_the_account_and_follows_the_path(visitor, guide, verified_by_code):
    sign_up(visitor, follow=guide.slug)
    response = visitor.post(reverse("account_email_verification_sent"), {"code": code()})
    assert response["Location"] == reverse("path", args=[guide.slug])
    assert followed(EMAIL) == ["data-baker"]


def test_wrong_code_opens_nothing_and_the_right_one_still_sets_the_tick(visitor, guide, verified_by_code):
    sign_up(visitor, step=step_of(guide, "Try").pk)
    verification = reverse("account_email_verification_sent")
    assert visitor.post(verification, {"code": "WRONG-CODE"}).status_code == 200
    assert said(EMAIL) == {}
    visitor.post(verification, {"code": code()})
    assert said(EMAIL) == {"Try": "done"}


def test_log_in_of_an_unproven_address_waits_for_the_code_too(visitor, learner, guide, verified_by_code):
    log_in(visitor, learner, step=step_of(guide, "Try").pk)
    assert said(learner.email) == {}
    visitor.post(reverse("account_email_verification_sent"), {"code": code()})
    assert said(learner.email) == {"Try": "done"}


# --- Where to go on ------------------------------------------------------------------------------


def test_next_leads_on_within_the_site(visitor, learner, guide):
    address = reverse("path", args=[guide.slug])
    assert log_in(visitor, learner, next=address)["Location"] == address


ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_log_in_leads_to_no_other_site(visitor, learner, address):
    assert log_in(visitor, learner, next=address)["Location"] == reverse("dashboard")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_sign_up_leads_to_no_other_site(visitor, db, address):
    assert sign_up(visitor, next=address)["Location"] == reverse("dashboard")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_log_out_leads_to_no_other_site(learner_client, address):
    response = learner_client.post(reverse("account_logout"), {"next": address})
    assert response["Location"] == reverse("home")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_learner_on_the_log_in_page_is_led_to_no_other_site(learner_client, address):
    assert learner_client.get(LOGIN, {"next": address})["Location"] == reverse("dashboard")
