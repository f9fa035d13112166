"""Every page, for somebody: accessible, and no wider than the screen, on all screens and in both schemes."""

import re
from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from accounts.recording import Saying, follow, record
from guides.models import Guide, Step
from guides.progress import State
from tests.browser.conftest import SLUG
from tests.browser.people import PATH, open_step, sign_up, tick

SCREENS = {"wide": (1280, 900), "narrow": (360, 740)}
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # it fetches what stylesheets import, by a style that the policy forbids
    "rules": {"target-size": {"enabled": True}},
}  # WCAG 2.2, off by default
# What the scheme changes is colour: all other rules find the same in both.
SCHEMES = {"light": OPTIONS, "dark": {**OPTIONS, "runOnly": ["color-contrast"]}}

FOR_VISITORS = [
    "/",
    "/guides/",
    f"/guides/{SLUG}/",
    f"/guides/{SLUG}/faq/",
    PATH,
    "/glossary/",
    "/guides/compare/",
    "/courses/",
    "/courses/?skill=python&search=python",
    "/courses/?level=beginner&kind=degree",
    "/courses/match/",
    "/courses/compare/?course=machine-learning-specialization&course=mit-machine-learning-six-weeks",
    "/courses/machine-learning-specialization/",
    "/certifications/",
    "/certifications/ibm-deep-learning/",
    "/providers/stanford-university/",
    "/skills/machine-learning/",
    "/accounts/signup/",
    f"/accounts/signup/?follow={SLUG}",
    "/accounts/login/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-expired/",
    "/accounts/password/reset/key/done/",
]
FOR_LEARNERS = [
    "/",
    f"/guides/{SLUG}/",
    PATH,
    "/dashboard/",
    "/courses/",
    "/courses/machine-learning-specialization/",
    "/courses/machine-learning-specialization/review/",
    "/courses/machine-learning-specialization/contact/",
    "/courses/match/?skill=machine-learning&hours=5",
    "/saved/",
    "/contact-requests/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/password/reset/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
]


def flaws_of(page):
    """Return what axe finds on the page as it stands, and where it is wider than the screen."""
    flaws = []
    for screen, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            flaws.append(f"{screen}: wider than the screen")
        for scheme, options in SCHEMES.items():
            if scheme == "dark" and screen != "wide":
                continue  # the same colours again
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=options).response["violations"]
            flaws += [
                f"{screen}, {scheme}: {flaw['id']} {node['html']}" for flaw in found for node in flaw["nodes"]
            ]
    return flaws


@pytest.fixture
def busy_page(learner_page, learner, guide):
    """A page of a learner who said all there is to say of the steps, one after the other."""
    states = cycle(State)
    record(learner, [Saying(step.pk, next(states)) for step in Step.objects.filter(guide=guide)])
    return learner_page


@pytest.mark.parametrize("address", FOR_VISITORS)
def test_visitors_page_has_no_flaw(page, address):
    page.goto(address)

    assert flaws_of(page) == []


@pytest.mark.parametrize("address", FOR_LEARNERS)
def test_learners_page_has_no_flaw(busy_page, address):
    busy_page.goto(address)

    assert flaws_of(busy_page) == []


@pytest.mark.parametrize("address", ["/", "/guides/"])
def test_page_without_a_guide_has_no_flaw(page, address):
    Guide.objects.update(unpublished_at=timezone.now())
    page.goto(address)

    assert flaws_of(page) == []


def test_empty_dashboard_has_no_flaw(learner_page):
    learner_page.goto("/dashboard/")

    assert flaws_of(learner_page) == []


def test_dashboard_of_a_new_follower_has_no_flaw(learner_page, learner, guide):
    follow(learner, guide.pk)
    learner_page.goto("/dashboard/")

    assert flaws_of(learner_page) == []


@pytest.mark.parametrize("address", ["/dashboard/", PATH])
def test_finished_path_has_no_flaw(learner_page, learner, guide, address):
    record(learner, [Saying(step.pk, State.DONE) for step in Step.objects.filter(guide=guide)])
    learner_page.goto(address)

    assert learner_page.locator(".percent").inner_text() == "100%"
    assert flaws_of(learner_page) == []


def test_opened_step_of_a_visitor_has_no_flaw(page):
    page.goto(PATH)
    open_step(page, "Python, fluently")

    assert flaws_of(page) == []


def test_opened_steps_of_a_learner_have_no_flaw(busy_page):
    busy_page.goto(PATH)
    for summary in busy_page.locator("li.step summary").all()[:8]:
        summary.click()

    assert flaws_of(busy_page) == []


def test_path_just_ticked_has_no_flaw(learner_page):
    learner_page.goto(PATH)
    tick(learner_page, "Python, fluently")

    assert flaws_of(learner_page) == []


def test_path_with_an_alert_has_no_flaw(learner_page, troubles):
    learner_page.goto(PATH)
    learner_page.route("**/path/steps/**", lambda route: route.abort())
    learner_page.locator("button.tick").first.click()
    expect(learner_page.get_by_role("alert")).to_be_visible()

    assert flaws_of(learner_page) == []
    troubles.clear()


@pytest.mark.parametrize("which", ["Menu", "Your account"])
def test_opened_menu_has_no_flaw(learner_page, which):
    learner_page.set_viewport_size({"width": 360, "height": 740})
    learner_page.goto("/dashboard/")
    learner_page.locator("summary", has_text=which).click()

    assert flaws_of(learner_page) == []


@pytest.mark.parametrize(
    ("address", "button"),
    [
        ("/accounts/signup/", "Make my account"),
        ("/accounts/login/", "Log in"),
        ("/accounts/password/reset/", "Send the link"),
    ],
)
def test_form_with_mistakes_has_no_flaw(page, address, button):
    page.goto(address)
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.get_by_role("main").get_by_role("button", name=button).click()
    expect(page.get_by_role("main").get_by_text("This field is required.").first).to_be_visible()

    assert flaws_of(page) == []


def test_password_change_with_mistakes_has_no_flaw(learner_page):
    learner_page.goto("/accounts/password/change/")
    for field in learner_page.locator("main input[type=password]").all():
        field.fill("1234")
    learner_page.get_by_role("button", name="Change the password").click()
    expect(learner_page.get_by_role("alert").first).to_be_visible()

    assert flaws_of(learner_page) == []


def test_changed_email_address_has_no_flaw(learner_page):
    learner_page.goto("/accounts/email/")
    learner_page.get_by_label("Change it to").fill("new@example.org")
    learner_page.get_by_role("button", name="Change the address").click()
    expect(learner_page.get_by_text("new@example.org").first).to_be_visible()

    assert flaws_of(learner_page) == []


def link_in(mail):
    return re.search(r"https?://\S+", mail.body).group()


def test_password_reset_has_no_flaw(page, learner, mailoutbox):
    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mail address").fill(learner.email)
    page.get_by_role("button", name="Send the link").click()
    page.get_by_role("heading", level=1).wait_for()
    page.goto(link_in(mailoutbox[0]))
    expect(page.get_by_role("heading", name="Set a new password")).to_be_visible()

    assert flaws_of(page) == []


def test_email_confirmation_has_no_flaw(page, mailoutbox):
    page.goto("/accounts/signup/")
    sign_up(page)
    page.get_by_role("heading", name="Your paths").wait_for()
    page.goto(link_in(mailoutbox[0]))

    assert flaws_of(page) == []


def test_page_that_is_not_there_has_no_flaw(page, base_url, troubles):
    page.goto("/nowhere/")
    expect(page.get_by_role("heading", name="The trail ends here")).to_be_visible()

    assert flaws_of(page) == []
    assert f"404 {base_url}/nowhere/" in troubles
    troubles.clear()
