"""An editor's day, by mouse and by keyboard alone: split a step, preview, schedule, watch it, restore."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from guides.models import Edition, Step
from tests.browser.people import PATH, done_on, step, tick
from tests.browser.test_keyboard import tab_to
from tests.browser.test_pages import flaws_of

SCHOOL, PARTS = "High-school diploma or equivalent", ("The last years of school", "The certificate")
FAR = 400  # stops of the tab key on the longest screen


class Mouse:
    """Somebody who points and clicks."""

    def press(self, page, target):
        target.click()

    def write(self, page, target, text):
        target.fill(text)


class Keyboard:
    """Somebody who has no mouse: everything is reached with Tab."""

    def press(self, page, target):
        tab_to(page, target, far=FAR)
        page.keyboard.press("Space" if target.get_attribute("type") == "radio" else "Enter")

    def write(self, page, target, text):
        tab_to(page, target, far=FAR)
        page.keyboard.press("Control+a")
        page.keyboard.type(text)


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def hand(request):
    return request.param()


def screen(guide, name):
    return reverse(f"admin:guides_guide_{name}", args=[guide.pk])


def split(page, hand, guide):
    page.goto(screen(guide, "outline"))
    hand.press(page, page.get_by_role("link", name=f"Split {SCHOOL}…"))
    titles = page.get_by_label("Title:")
    for number, title in enumerate(PARTS):
        hand.write(page, titles.nth(number), title)
    hand.press(page, page.get_by_role("button", name="Split", exact=True))
    expect(page.get_by_text(f"Split “{SCHOOL}”.")).to_be_visible()


def schedule(page, hand, guide, moment):
    page.goto(screen(guide, "publish"))
    page.get_by_label("At a moment").check() if isinstance(hand, Mouse) else choose_moment(page)
    page.get_by_label("Date:").fill(f"{moment:%Y-%m-%d}")
    page.get_by_label("Time:").fill(f"{moment:%H:%M}")
    hand.press(page, page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("goes live on").first).to_be_visible()


def choose_moment(page):
    tab_to(page, page.get_by_label("Now", exact=True), far=FAR)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("At a moment")).to_be_checked()


def let_the_moment_come():
    Edition.objects.scheduled().update(live_at=timezone.now())


def test_editor_splits_previews_schedules_and_restores(publisher_page, learner_page, hand, guide):
    learner_page.goto(PATH)
    tick(learner_page, SCHOOL)

    split(publisher_page, hand, guide)

    with publisher_page.context.expect_page() as opened:
        hand.press(publisher_page, publisher_page.get_by_role("link", name="Preview", exact=True))
    preview = opened.value
    hand.press(preview, preview.get_by_label("Pages of the preview").get_by_role("link", name="Path"))
    expect(step(preview, PARTS[0])).to_be_visible()

    schedule(publisher_page, hand, guide, timezone.now() + timedelta(minutes=2))
    learner_page.reload()
    assert done_on(learner_page) == [SCHOOL]
    let_the_moment_come()
    learner_page.reload()
    assert done_on(learner_page) == list(PARTS)

    publisher_page.goto(screen(guide, "editions"))
    hand.press(publisher_page, publisher_page.get_by_role("link", name="Restore edition 1"))
    hand.press(publisher_page, publisher_page.get_by_role("button", name="Restore edition 1"))
    expect(publisher_page.locator(".messagelist .success")).to_be_visible()
    publisher_page.goto(screen(guide, "publish"))
    hand.press(publisher_page, publisher_page.get_by_role("button", name="Publish", exact=True))
    expect(publisher_page.get_by_text("Edition 3 of")).to_be_visible()
    learner_page.reload()
    assert done_on(learner_page) == [SCHOOL]


@pytest.fixture
def addresses(guide):
    """The screens of a guide that has an edit; the forms of its parts have tests of their own."""
    Step.objects.filter(title=SCHOOL).update(title="School")
    guide.touch(by=None)
    step = guide.steps.get(title="School")
    chosen = f"?step={step.pk}"
    names = ("outline", "publish", "unpublish", "editions", "files")
    return [
        *(screen(guide, name) for name in names),
        *(screen(guide, name) + chosen for name in ("retire", "split", "same_as")),
        f"{screen(guide, 'compare')}?from=1&to=working-copy",
        reverse("admin:guides_guide_restore", args=[guide.pk, 1]),
        reverse("admin:guides_guide_changelist"),
        reverse("admin:admin_logentry_changelist"),
    ]


def test_screens_have_no_flaw(publisher_page, addresses, troubles):
    flaws = {}
    for address in addresses:
        publisher_page.goto(address)
        flaws[address] = [*troubles]
        flaws[address] += flaws_of(publisher_page)
        troubles.clear()  # axe itself sets styles that the policy refuses
    assert {address: found for address, found in flaws.items() if found} == {}
