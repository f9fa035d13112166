"""Five questions, a ranking, and a request to be contacted: without scripts and from the keyboard."""

from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.models import ContactRequest
from courses.models import Skill
from tests.browser.conftest import SLUG
from tests.browser.people import sign_up
from tests.browser.test_pages import OPTIONS, SCREENS
from tests.factories import ContactRequestFactory, CourseFactory, ProviderFactory

ASKED = f"/courses/match/?goal={SLUG}&hours=5"
ADDRESSES = [
    "/courses/match/",
    ASKED,
    f"{ASKED}&language=de",
    "/courses/zeppelin/contact/",
    "/contact-requests/",
]


@pytest.fixture(autouse=True)
def course(guide):
    return CourseFactory(
        title="Zeppelin",
        slug="zeppelin",
        provider=ProviderFactory(name="Zeppelin School"),
        skills=Skill.objects.all(),
        effort_hours=24,
        format="self-paced",
        language="en",
    )


def test_answers_are_ranked_without_scripts(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/courses/match/")
    page.get_by_text("Skills that you have").click()
    page.get_by_role("checkbox", name="Python", exact=True).check()
    page.get_by_label("Hours a week that you have").fill("5")
    page.get_by_label("English").check()
    page.get_by_role("button", name="Find programmes").click()
    first = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Zeppelin"))
    expect(first).to_contain_text("5 weeks at your pace")
    expect(first).to_contain_text("in English")
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["goal"], asked["know"], asked["hours"]) == ([SLUG], ["python"], ["5"])


def test_visitor_signs_up_asks_to_be_contacted_and_takes_it_back(page):
    page.goto(ASKED)
    page.get_by_role("link", name="Ask Zeppelin School to contact you").click()
    sign_up(page)
    page.wait_for_url("**/courses/zeppelin/contact/")
    page.get_by_label("Your name").fill("Grace")
    box = page.get_by_role("checkbox")
    expect(box).not_to_be_checked()
    box.check()
    page.get_by_role("button", name="Ask them to contact me").click()
    expect(page.get_by_role("heading", name="Zeppelin School")).to_contain_text("open")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", name="Zeppelin School")).to_contain_text("withdrawn")
    assert ContactRequest.objects.get().email == ""


def test_form_is_sent_from_the_keyboard(page):
    page.goto("/courses/match/")
    page.get_by_label("What you want to become").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the skills to choose
    expect(page.get_by_label("Python", exact=True).first).to_be_visible()
    page.get_by_label("Hours a week that you have").focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="programmes on the way to")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_pages_are_accessible(learner_page, learner, course, screen, scheme):
    ContactRequestFactory(user=learner)
    width, height = SCREENS[screen]
    learner_page.set_viewport_size({"width": width, "height": height})
    learner_page.emulate_media(color_scheme=scheme)
    for address in ADDRESSES:
        learner_page.goto(address)
        faults = Axe().run(learner_page, options=OPTIONS).response["violations"]
        assert (address, [fault["id"] for fault in faults]) == (address, [])
        assert learner_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
