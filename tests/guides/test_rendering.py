"""The texts of an edition as HTML: rendered once, numbered through."""

import json
import re
from datetime import date

import pytest

from guides.citations import numbered
from guides.editions import document_of
from guides.rendering import rendered
from tests.factories import SectionFactory, SourceFactory, guide_with_path, step_of


def published(guide):
    return guide.publish(by=None).sha256


@pytest.fixture
def draft(db):
    return guide_with_path(slug="data-baker")


def rewrite(row, body):
    row.body = body
    row.save(update_fields=["body"])


def text(html):
    return re.sub("<.*?>", "", html).strip()


# --- Documents --------------------------------------------------------------------------------


def test_document_is_that_of_the_edition(guide):
    edition = guide.editions.get()
    assert document_of(edition.sha256) == json.loads(edition.document)


def test_document_is_read_once(guide, django_assert_num_queries):
    digest = guide.editions.get().sha256
    with django_assert_num_queries(1):
        assert document_of(digest) is document_of(digest)


def test_texts_are_rendered_once(guide, django_assert_num_queries):
    digest = guide.editions.get().sha256
    with django_assert_num_queries(1):
        assert rendered(digest) is rendered(digest)


# --- Sections and steps -----------------------------------------------------------------------


def test_sections_stand_in_their_order(draft):
    SectionFactory(guide=draft, title="Pay", kind="pay", checked_on=date(2026, 11, 20))
    shown = [(one.slug, one.kind, one.title, one.checked_on) for one in rendered(published(draft)).sections]
    assert shown == [
        ("overview", "overview", "Overview", None),
        ("pay", "pay", "Pay", date(2026, 11, 20)),
    ]


def test_heading_of_a_section_has_an_id_of_its_own(draft):
    rewrite(draft.sections.get(), "### Day to day")
    (section,) = rendered(published(draft)).sections
    assert section.html == '<h3 id="overview-day-to-day">Day to day</h3>\n'


def test_steps_are_found_by_their_ids(draft):
    step = step_of(draft, "Read")
    rewrite(step, "Read *it*.")
    assert rendered(published(draft)).steps[str(step.pk)] == "<p>Read <em>it</em>.</p>\n"


def test_steps_of_all_stages_are_rendered(draft):
    steps = {str(key) for key in draft.steps.values_list("pk", flat=True)}
    assert rendered(published(draft)).steps.keys() == steps


def test_script_in_a_text_is_shown_as_it_was_typed(draft):
    rewrite(draft.sections.get(), "<script>alert(1)</script>")
    (section,) = rendered(published(draft)).sections
    assert section.html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (100, 0), (230, 1), (2300, 10)])
def test_minutes_are_those_of_the_sections(draft, words, minutes):
    rewrite(draft.sections.get(), "word " * words)
    rewrite(step_of(draft, "Read"), "word " * 5000)
    assert rendered(published(draft)).minutes == minutes


# --- Citations --------------------------------------------------------------------------------


def sources_of(guide):
    return [(one.number, one.source["key"]) for one in rendered(published(guide)).sources]


def test_sources_are_numbered_as_the_texts_cite_them(draft):
    for key in ("first", "second", "third"):
        SourceFactory(key=key)
    rewrite(draft.sections.get(), "So [@second], and [@first], and [@second].")
    rewrite(step_of(draft, "Read"), "So [@third].")
    assert sources_of(draft) == [(1, "second"), (2, "first"), (3, "third")]


def test_source_that_no_text_cites_comes_last(draft):
    SourceFactory(key="cited")
    step_of(draft, "Try").sources.add(SourceFactory(key="a-step-names-it"))
    rewrite(step_of(draft, "Build"), "So [@cited].")
    assert sources_of(draft) == [(1, "cited"), (2, "a-step-names-it")]


def test_number_of_a_source_is_the_same_in_every_text(draft):
    for key in ("first", "second"):
        SourceFactory(key=key)
    rewrite(draft.sections.get(), "So [@first] [@second].")
    step = step_of(draft, "Read")
    rewrite(step, "So [@second].")
    shown = rendered(published(draft))
    assert (text(shown.sections[0].html), text(shown.steps[str(step.pk)])) == ("So12.", "So2.")


def test_citation_in_a_section_leads_down_the_page(draft):
    SourceFactory(key="bls")
    rewrite(draft.sections.get(), "So [@bls].")
    (section,) = rendered(published(draft)).sections
    assert re.findall('href="(.*?)"', section.html) == ["#source-bls"]


def test_citation_in_a_step_leads_to_the_page_of_the_guide(draft):
    SourceFactory(key="bls")
    step = step_of(draft, "Read")
    rewrite(step, "So [@bls].")
    html = rendered(published(draft)).steps[str(step.pk)]
    assert re.findall('href="(.*?)"', html) == ["/guides/data-baker/#source-bls"]


def test_source_names_the_publishers_that_pass_it_on(draft):
    passing = SourceFactory(key="passing", publisher="Zengig")
    SourceFactory(key="bls", cited_by=[passing], accessed_on=date(2022, 11, 8))
    rewrite(draft.sections.get(), "So [@bls].")
    first, second = rendered(published(draft)).sources
    assert (first.source["key"], first.cited_by, first.accessed_on) == ("bls", ("Zengig",), date(2022, 11, 8))
    assert (second.source["key"], second.cited_by, second.accessed_on) == ("passing", (), None)


def test_source_says_when_its_facts_were_retrieved(draft):
    SourceFactory(key="bls", retrieved_on=date(2026, 1, 2))
    rewrite(draft.sections.get(), "So [@bls].")
    (source,) = rendered(published(draft)).sources
    assert source.retrieved_on == date(2026, 1, 2)


def test_guide_without_sources_has_none(draft):
    assert sources_of(draft) == []


def test_citations_are_numbered_over_all_texts():
    assert numbered(["[@b] [@a]", "[@c] [@b]"]) == {"b": 1, "a": 2, "c": 3}
