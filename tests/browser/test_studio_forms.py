"""The outline and the forms of the studio in a browser: by keyboard, by dragging, and as somebody types."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from guides.models import Step
from tests.browser.test_pages import flaws_of

SCHOOL = "Finish school with mathematics"
FIRST, SECOND = "High-school diploma or equivalent", "Mathematics to the end of school"
THIRD = "First programs of your own"


def outline(guide):
    return reverse("admin:guides_guide_outline", args=[guide.pk])


def form(thing):
    return reverse(f"admin:guides_{thing._meta.model_name}_change", args=[thing.pk])


def steps_of(guide, stage=SCHOOL):
    return list(guide.steps.live().filter(stage__title=stage).values_list("title", flat=True))


def button(page, words):
    return page.get_by_role("button", name=words, exact=True)


def row(page, title):
    return page.locator(".outline-stage li", has=page.get_by_role("link", name=title, exact=True))


@pytest.fixture
def step(guide):
    return guide.steps.get(title=FIRST)


# --- How it looks ------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["guides", "steps", "sections", "stages"])
def test_form_of_a_part_has_no_flaw(publisher_page, guide, part):
    thing = guide if part == "guides" else getattr(guide, part).first()
    publisher_page.goto(form(thing))
    if part in ("steps", "sections"):
        expect(publisher_page.get_by_role("region", name="The text")).to_contain_text("the")
    assert flaws_of(publisher_page) == []


def test_outline_has_no_flaw(publisher_page, guide):
    publisher_page.goto(outline(guide))
    assert flaws_of(publisher_page) == []


def test_outline_with_faults_has_no_flaw(publisher_page, guide):
    publisher_page.goto(outline(guide))
    publisher_page.get_by_label(f"Choice of {FIRST}", exact=True).fill("Way")
    button(publisher_page, "Save the path").click()
    expect(publisher_page.get_by_role("alert")).to_contain_text("Nothing is saved yet.")
    assert flaws_of(publisher_page) == []


def test_conflict_has_no_flaw(publisher_page, step):
    publisher_page.goto(form(step))
    Step.objects.filter(pk=step.pk).update(body="Theirs.", title="Theirs")
    publisher_page.get_by_label("Text:").fill("Mine.")
    publisher_page.get_by_label("Title:").fill("Mine")
    button(publisher_page, "Save").click()
    expect(
        publisher_page.get_by_role("heading", name="This was saved while you worked on it")
    ).to_be_focused()
    assert flaws_of(publisher_page) == []


@pytest.mark.parametrize("kind", ["guide", "step", "section", "stage"])
def test_form_of_a_new_part_has_no_flaw(publisher_page, guide, kind):
    publisher_page.goto(f"{reverse(f'admin:guides_{kind}_add')}?guide={guide.pk}")
    assert flaws_of(publisher_page) == []


# --- The outline -------------------------------------------------------------------------------


def test_keyboard_moves_a_step_and_keeps_the_focus(publisher_page, guide):
    publisher_page.goto(outline(guide))
    down = button(publisher_page, f"Move {FIRST} down")
    down.focus()
    publisher_page.keyboard.press("Enter")
    expect(publisher_page.get_by_role("status")).to_have_text(f"“{SECOND}” stands before “{FIRST}” now.")
    expect(down).to_be_focused()
    publisher_page.keyboard.press("Enter")
    expect(row(publisher_page, THIRD).locator("xpath=following-sibling::li[1]")).to_contain_text(FIRST)
    expect(down).to_be_focused()
    assert steps_of(guide) == [SECOND, THIRD, FIRST]


def test_what_is_typed_elsewhere_is_saved_with_a_move(publisher_page, guide):
    publisher_page.goto(outline(guide))
    publisher_page.get_by_label(f"Optional: {THIRD}", exact=True).check()
    button(publisher_page, f"Move {SECOND} up").click()
    expect(publisher_page.get_by_role("status")).to_contain_text("optional yes")
    assert guide.steps.get(title=THIRD).optional
    assert steps_of(guide) == [SECOND, FIRST, THIRD]


def test_enter_in_a_field_saves_the_path(publisher_page, guide):
    publisher_page.goto(outline(guide))
    publisher_page.get_by_label(f"Choice of {FIRST}", exact=True).fill("Way")
    publisher_page.get_by_label(f"Route of {FIRST}", exact=True).fill("School")
    publisher_page.keyboard.press("Enter")
    expect(publisher_page.get_by_role("status")).to_contain_text("choice “Way”, route “School”")
    assert guide.steps.get(title=FIRST).route == "School"


def test_step_is_dragged_to_another_stage(publisher_page, guide):
    publisher_page.goto(outline(guide))
    target = row(publisher_page, "Bachelor's degree in computing or mathematics")
    target.scroll_into_view_if_needed()
    start = row(publisher_page, THIRD).locator(".grip").bounding_box()
    end = target.bounding_box()
    publisher_page.mouse.move(start["x"] + 5, start["y"] + start["height"] / 2)
    publisher_page.mouse.down()
    publisher_page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 4, steps=8)
    publisher_page.mouse.up()
    expect(publisher_page.get_by_role("status")).to_contain_text(THIRD)
    degree = steps_of(guide, "A degree, or the same ground on your own")
    assert (steps_of(guide), degree[1]) == ([FIRST, SECOND], THIRD)


def test_outline_that_was_changed_meanwhile_comes_as_it_is_now(publisher_page, editor, guide):
    publisher_page.goto(outline(guide))
    guide.steps.filter(title=SECOND).update(title="Sums")
    guide.touch(by=editor)
    button(publisher_page, f"Move {FIRST} down").click()
    expect(publisher_page.get_by_role("status")).to_contain_text("was changed by editor@example.org")
    expect(publisher_page.get_by_role("link", name="Sums", exact=True)).to_be_visible()
    assert steps_of(guide) == [FIRST, "Sums", THIRD]


def test_adding_a_step_here_leads_back_to_its_row(publisher_page, guide):
    publisher_page.goto(outline(guide))
    button(publisher_page, f"Add a step before {SECOND}").click()
    publisher_page.get_by_label("Title:").fill("Evening classes")
    button(publisher_page, "Save").click()
    expect(publisher_page.get_by_role("link", name="Evening classes", exact=True).last).to_be_focused()
    assert steps_of(guide) == [FIRST, "Evening classes", SECOND, THIRD]


def test_outline_works_without_scripts(new_context, log_in, publisher, guide):
    context = new_context(java_script_enabled=False)
    log_in(context, publisher)
    page = context.new_page()
    page.goto(outline(guide))
    button(page, f"Move {FIRST} down").click()
    expect(page.get_by_text(f"“{SECOND}” stands before “{FIRST}” now.")).to_be_visible()
    assert steps_of(guide) == [SECOND, FIRST, THIRD]


def test_site_that_cannot_be_reached_keeps_what_was_typed(publisher_page, guide, troubles):
    publisher_page.goto(outline(guide))
    publisher_page.route("**/outline/", lambda route: route.abort())
    publisher_page.get_by_label(f"Choice of {FIRST}", exact=True).fill("Way")
    button(publisher_page, "Save the path").click()
    expect(publisher_page.get_by_role("status")).to_have_text(
        "That was not saved: the site cannot be reached."
    )
    expect(publisher_page.get_by_label(f"Choice of {FIRST}", exact=True)).to_have_value("Way")
    troubles.clear()


def test_section_is_moved_and_typed_fields_stay(publisher_page, guide):
    first, second = guide.sections.all()[:2]
    publisher_page.goto(form(guide))
    publisher_page.get_by_label("Summary:").fill("Another summary.")
    button(publisher_page, f"Move {second.title} up").click()
    expect(publisher_page.get_by_role("status")).to_contain_text(f"“{second.title}” stands before")
    expect(publisher_page.get_by_label("Summary:")).to_have_value("Another summary.")
    assert list(guide.sections.all()[:2]) == [second, first]


# --- The preview of a text ---------------------------------------------------------------------


def test_preview_follows_what_is_typed(publisher_page, step):
    publisher_page.goto(form(step))
    text = publisher_page.get_by_role("region", name="The text")
    publisher_page.get_by_label("Text:").fill("### Plans\n\nAsk *somebody* [@nobody].")
    expect(text.get_by_role("heading", name="Plans")).to_be_visible()
    expect(text.locator("em")).to_have_text("somebody")
    expect(text.get_by_role("note")).to_contain_text("Nobody knows [@nobody].")


def test_preview_has_the_styles_of_the_site(publisher_page, page, guide, step):
    publisher_page.goto(form(step))
    text = publisher_page.locator(".text-sheet .prose")
    expect(text.locator("p").first).to_be_visible()
    page.goto(f"/guides/{guide.slug}/")
    styles = (
        "element => { const style = getComputedStyle(element); return [style.fontFamily, style.fontSize]; }"
    )
    assert text.evaluate(styles) == page.locator(".parts .prose").first.evaluate(styles)


def test_what_was_typed_is_not_left_without_a_question(publisher_page, step, guide):
    asked = []
    publisher_page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    publisher_page.goto(form(step))
    publisher_page.get_by_label("Title:").press_sequentially("!")
    publisher_page.get_by_role("link", name="see the path").click()
    expect(publisher_page.get_by_text("Readers see changes at the next edition.")).to_be_visible()
    assert asked == ["beforeunload"]
