"""A posting is pasted, read and kept: without scripts, on all screens, in both schemes, and on paper."""

import pytest
from playwright.sync_api import expect

from accounts.recording import Saying, record
from courses.seeding import seed
from gap.models import KeptPosting
from guides.models import Step
from guides.progress import State
from tests.browser.conftest import SLUG
from tests.browser.test_pages import flaws_of
from tests.gap.files import pdf

PAGE = f"/guides/{SLUG}/gap/"
POSTING = """Somebody for our oven room, Example Bakery

You know Python and SQL, and have trained models with PyTorch/TensorFlow.
• Experience in R or Go
• Docker, Kubernetes; no Java required
"""


@pytest.fixture(autouse=True)
def skills(guide):
    """The bundled vocabulary, beside the guide."""
    seed()


def paste(page, text=POSTING):
    page.goto(PAGE)
    page.get_by_label("Text of the posting").fill(text)
    page.get_by_role("button", name="Find the skills").click()


def test_visitor_reads_a_posting_without_scripts_or_cookies(new_context):
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    paste(page)
    expect(page.get_by_role("heading", name="This posting names 8 skills")).to_be_visible()
    marks = page.locator(".posting mark").all_text_contents()
    assert marks == ["Python", "SQL", "PyTorch", "TensorFlow", "R", "Go", "Docker", "Kubernetes"]
    assert page.locator(".posting").text_content().strip() == POSTING.strip()
    assert context.cookies() == []


def test_visitors_pages_have_no_flaw(page):
    page.goto(PAGE)
    assert flaws_of(page) == []
    paste(page)
    assert flaws_of(page) == []


def test_learner_sees_what_is_covered_and_keeps_the_posting(learner_page, learner):
    step = Step.objects.filter(skills__slug="python", retired_at=None).first()
    record(learner, [Saying(step.pk, State.DONE)])
    paste(learner_page)
    expect(learner_page.get_by_role("heading", name="Your completed steps cover")).to_be_visible()
    expect(learner_page.locator(".posting mark.is-covered").first).to_have_text("Python")
    assert flaws_of(learner_page) == []
    learner_page.get_by_role("button", name="Keep this posting").click()
    expect(learner_page.get_by_text("Kept: Somebody for our oven room, Example Bakery")).to_be_visible()
    expect(learner_page.get_by_role("heading", name="Your completed steps cover")).to_be_visible()
    assert flaws_of(learner_page) == []
    learner_page.get_by_role("link", name="All that you keep").click()
    expect(learner_page.get_by_role("heading", name="Postings that you keep")).to_be_visible()
    learner_page.goto(PAGE)  # from its top, where the header lies over nothing
    assert flaws_of(learner_page) == []
    learner_page.get_by_role("button", name="Delete: Somebody for our oven room").click()
    expect(learner_page.get_by_text("Nothing of that posting is left here")).to_be_visible()
    assert KeptPosting.objects.count() == 0


def test_pdf_is_read_and_a_mistake_is_said_at_its_field(page, troubles):
    page.goto(PAGE)
    content = pdf("We ask for Python and SQL.")
    posting = {"name": "posting.pdf", "mimeType": "application/pdf", "buffer": content}
    page.get_by_label("Or a file").set_input_files(posting)
    page.get_by_role("button", name="Find the skills").click()
    expect(page.get_by_role("heading", name="This posting names 2 skills")).to_be_visible()
    page.get_by_label("Text of the posting").fill("Python")
    page.get_by_role("button", name="Find the skills").click()
    expect(page.get_by_role("alert")).to_contain_text("This is too short for a posting")
    expect(page.get_by_label("Text of the posting")).to_have_value("Python")
    assert flaws_of(page) == []
    troubles.clear()  # the browser tells the status of a form that is not right yet


def test_mark_leads_to_what_teaches_the_skill(page):
    paste(page)
    page.locator(".posting").get_by_role("link", name="Python").click()
    expect(page.locator("#skill-python")).to_be_in_viewport()


def test_printed_posting_is_whole(page):
    paste(page, POSTING + "\nand so on" * 80)
    page.emulate_media(media="print")
    posting = page.locator(".posting")
    assert posting.evaluate("box => box.scrollHeight <= box.clientHeight")
    expect(page.get_by_role("button", name="Find the skills")).to_be_hidden()
