"""A visitor writes, support answers, and the pages have no flaw."""

import re

import pytest
from playwright.sync_api import expect

from inbox.models import Message
from tests.browser.conftest import SECONDS
from tests.browser.test_pages import flaws_of
from tests.factories import MessageFactory


def write(page):
    page.get_by_label("Your name").fill("Vera Writer")
    page.get_by_label("E-mail").fill("vera@example.org")
    page.get_by_label("Subject").fill("An oven")
    page.get_by_label("Message").fill("Is there a guide for ovens?")


def test_visitor_writes_and_support_answers(page, new_context, log_in, support, mailoutbox):
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Contact").click()
    write(page)
    page.wait_for_timeout(4 * SECONDS)  # as long as people need at least
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Your message is here")).to_be_visible()
    assert page.context.cookies() == []

    context = new_context()
    log_in(context, support)
    studio = context.new_page()
    studio.goto("/admin/inbox/message/")
    studio.get_by_role("link", name="An oven").click()
    expect(studio.locator("#content")).to_contain_text("Is there a guide for ovens?")
    studio.get_by_label("Reply").fill("Yes, soon.")
    studio.get_by_role("button", name="Send reply").click()
    expect(studio.get_by_role("heading", name=re.compile("support@example.org replied"))).to_be_visible()
    assert Message.objects.get().status == "answered"


def test_form_that_is_sent_too_fast_keeps_what_was_written(page, troubles):
    page.goto("/contact/")
    write(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").first).to_contain_text("quicker than anybody types")
    expect(page.get_by_label("Message")).to_have_value("Is there a guide for ovens?")
    assert flaws_of(page) == []
    troubles.clear()  # the refusal is meant


@pytest.mark.parametrize("address", ["/contact/", "/contact/sent/", "/privacy/"])
def test_page_has_no_flaw(page, address):
    page.goto(address)
    assert flaws_of(page) == []


def test_message_in_the_studio_has_no_flaw(new_context, log_in, support):
    context = new_context()
    log_in(context, support)
    page = context.new_page()
    page.goto(f"/admin/inbox/message/{MessageFactory().pk}/change/")
    assert flaws_of(page) == []
