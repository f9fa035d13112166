"""What people do on the pages, in their words."""

from playwright.sync_api import expect

from tests.browser.conftest import SLUG
from tests.factories import PASSWORD

PATH = f"/guides/{SLUG}/path/"


def sign_up(page, email="grace@example.org"):
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()


def log_in_by_form(page, user):
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def step(page, title):
    return page.locator(f'li.step:has(.title:text-is("{title}"))')


def open_step(page, title):
    step(page, title).locator("summary").click()


def button_of(page, title, *, done=False):
    """Return the round button before a step, as it is while the step is done or is not."""
    name = "Not done after all" if done else "Mark as done"
    return page.get_by_role("button", name=f"{name}: {title}", exact=True)


def tick(page, title):
    button_of(page, title).click()
    expect(step(page, title)).to_contain_class("done")


def untick(page, title):
    button_of(page, title, done=True).click()
    expect(step(page, title)).to_contain_class("todo")


def done_on(page):
    """Return the titles of the steps that the path page shows as done."""
    return page.locator("li.step.done .title").all_inner_texts()


def percent_on(page):
    return int(page.locator(".percent").inner_text().removesuffix("%"))
