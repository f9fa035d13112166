"""The mail of an account: each goes out as text and as HTML, which say the same and ask for nothing more.

Every mail here is one that the site's own pages send.
"""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.conftest import client_of
from tests.factories import PASSWORD, UserFactory

SITE = "http://testserver"
EMAIL = "tom&jerry@example.org"  # an address may hold what HTML must not
NEW = {"password1": "a new long password", "password2": "a new long password"}
ADDRESS = re.compile(r"https?://\S+")
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)
BROWSER = "<b>Firefox</b>"


def newest():
    return mail.outbox[-1]


def html_of(message):
    [(content, kind)] = message.alternatives
    assert kind == "text/html"
    return content


class Links(HTMLParser):
    """What the HTML leads to, and what it would ask for when it is only looked at."""

    def __init__(self, html):
        super().__init__()
        self.followed, self.asked_for = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.followed.append(value)
            elif name in {"href", "src", "srcset", "background", "poster", "data"}:
                self.asked_for.append(value)


# --- The pages that send them ----------------------------------------------------------------------


@pytest.fixture
def by_code(settings):
    """What portal/settings.py sets when there is a mail server."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


@pytest.fixture
def tom(db):
    """Somebody who made an account on the site, with no mail server, and whose browser is logged in."""
    client = Client(headers={"user-agent": BROWSER})
    sign_up(client)
    return client


def sign_up(client):
    client.post(reverse("account_signup"), {"email": EMAIL, "password1": PASSWORD, "password2": PASSWORD})


def ask_for_password(client):
    client.post(reverse("account_reset_password"), {"email": EMAIL})


def ask_for_address(client, email):
    client.post(reverse("account_email"), {"email": email, "action_add": ""})


def path_in(message):
    return ADDRESS.search(message.body).group().removeprefix(SITE)


@pytest.fixture
def signup_code(by_code, visitor, db):
    sign_up(visitor)


@pytest.fixture
def signup_link(tom):
    pass


@pytest.fixture
def account_exists(by_code, visitor, db):
    UserFactory(email=EMAIL)
    sign_up(visitor)


@pytest.fixture
def password_link(tom, visitor):
    ask_for_password(visitor)


@pytest.fixture
def account_unknown(visitor, db):
    ask_for_password(visitor)


@pytest.fixture
def password_set_anew(tom):
    ask_for_password(tom)
    form = tom.get(path_in(newest()), follow=True).request["PATH_INFO"]
    tom.post(form, NEW)


@pytest.fixture
def password_changed(tom):
    tom.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **NEW})


@pytest.fixture
def first_password(tom):
    user = User.objects.get()
    user.set_unusable_password()
    user.save()
    client = client_of(user)
    client.post(reverse("account_set_password"), NEW, headers={"user-agent": BROWSER})


@pytest.fixture
def address_code(by_code, signup_code, visitor):
    visitor.post(reverse("account_email_verification_sent"), {"code": CODE.search(newest().body)[1]})
    ask_for_address(visitor, "moved&gone@example.org")


@pytest.fixture
def address_link(tom):
    ask_for_address(tom, "moved&gone@example.org")


@pytest.fixture
def address_changed(tom, address_link):
    tom.post(path_in(newest()))


@pytest.fixture
def address_withdrawn(tom, address_link):
    tom.post(reverse("account_email"), {"email": "moved&gone@example.org", "action_remove": ""})


WITH_CODE = ["signup_code", "address_code"]
WITH_LINK = ["signup_link", "account_exists", "password_link", "account_unknown", "address_link"]
NOTIFICATIONS = [
    "password_set_anew",
    "password_changed",
    "first_password",
    "address_changed",
    "address_withdrawn",
]
ALL = [*WITH_CODE, *WITH_LINK, *NOTIFICATIONS]


@pytest.fixture
def message(request):
    """The mail that the flow named by the parameter sends last."""
    request.getfixturevalue(request.param)
    return newest()


# --- What each says --------------------------------------------------------------------------------

SUBJECTS = {
    "signup_code": "Confirm your address and start",
    "signup_link": "Confirm your address and start",
    "account_exists": "You already have an account",
    "password_link": "Set a new password",
    "account_unknown": "There is no account with this address",
    "password_set_anew": "Your password was set anew",
    "password_changed": "Your password was changed",
    "first_password": "Your account has a password",
    "address_code": "Confirm your address",
    "address_link": "Confirm your address",
    "address_changed": "Your address was changed",
    "address_withdrawn": "An address was removed",
}


@pytest.mark.parametrize(("message", "subject"), SUBJECTS.items(), indirect=["message"])
def test_mail_is_the_one_that_its_page_sends(message, subject):
    assert message.subject == subject


@pytest.mark.parametrize("message", WITH_CODE, indirect=True)
def test_code_stands_in_both_parts(message):
    code = CODE.search(message.body)[1]
    assert re.findall(r">([A-Z0-9]+(?:-[A-Z0-9]+)+)<", html_of(message)) == [code]


@pytest.mark.parametrize("message", [*WITH_LINK, *NOTIFICATIONS], indirect=True)
def test_html_leads_where_the_text_leads(message):
    addresses = ADDRESS.findall(message.body)
    assert len(addresses) == 2  # what to do, and the site
    assert sorted(set(Links(html_of(message)).followed)) == sorted(addresses)


@pytest.mark.parametrize("message", ALL, indirect=True)
def test_html_says_the_words_of_the_text(message):
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", html_of(message))).split())
    paragraphs = [" ".join(paragraph.split()) for paragraph in message.body.split("\n\n")]
    sentences = [paragraph for paragraph in paragraphs if paragraph.endswith((".", ":"))]
    assert len(sentences) >= 2
    assert [sentence for sentence in sentences if sentence not in shown] == []


@pytest.mark.parametrize("message", ALL, indirect=True)
def test_addresses_in_the_text_are_complete_and_lead_to_a_page(message, visitor):
    for address in ADDRESS.findall(message.body):
        assert address.startswith(f"{SITE}/")
        assert visitor.get(address.removeprefix(SITE), follow=True).status_code == 200


@pytest.mark.parametrize("message", ALL, indirect=True)
def test_html_asks_for_nothing_from_elsewhere(message):
    html = html_of(message)
    assert Links(html).asked_for == []
    assert re.findall(r"url\(|@import|<(?:link|script|img|iframe)\b", html) == []


@pytest.mark.parametrize("message", ALL, indirect=True)
def test_mail_says_whom_it_is_for_and_where_from(message):
    [recipient] = message.to
    assert message.body.endswith(f"You get this mail because {recipient} was entered at Waymark,\n{SITE}/")


@pytest.mark.parametrize("message", NOTIFICATIONS, indirect=True)
def test_notification_says_which_browser_it_was(message):
    assert "  address  127.0.0.1\n" in message.body
    assert f"  browser  {BROWSER}\n" in message.body


# --- What people wrote -----------------------------------------------------------------------------


@pytest.mark.parametrize("message", ALL, indirect=True)
def test_address_of_the_person_is_escaped_in_html_alone(message):
    [recipient] = message.to
    assert "&" in recipient
    assert recipient in message.body
    assert "&amp;" not in message.body
    assert recipient not in html_of(message)
    assert recipient.replace("&", "&amp;") in html_of(message)


@pytest.mark.parametrize("message", NOTIFICATIONS, indirect=True)
def test_name_of_the_browser_is_escaped_in_html(message):
    assert BROWSER not in html_of(message)
    assert "&lt;b&gt;Firefox&lt;/b&gt;" in html_of(message)


def test_both_addresses_of_a_change_are_escaped_and_the_old_one_is_told(address_changed):
    message = newest()
    assert message.to == [EMAIL]
    assert f"from {EMAIL} to moved&gone@example.org" in message.body
    assert "from tom&amp;jerry@example.org to moved&amp;gone@example.org" in html_of(message)
