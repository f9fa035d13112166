"""The texts of an edition as HTML: rendered once, numbered through."""

import json
import re
from datetime import date

import pytest

from guides.editions import document_of
from guides.mentions import numbered
from guides.rendering import render, rendered
from tests.factories import PictureFactory, SectionFactory, SourceFactory, guide_with_path, step_of
from tests.guides.documents import content, picture, section, source, step


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
    (shown,) = rendered(published(draft)).sections
    assert shown.html == (
        '<h3 id="overview-day-to-day">Day to day '
        '<a class="anchor" href="#overview-day-to-day" aria-label="Link to: Day to day">#</a></h3>\n'
    )


def test_heading_of_a_step_has_an_id_of_its_own(draft):
    row = step_of(draft, "Read")
    rewrite(row, "### Day to day")
    html = rendered(published(draft)).steps[str(row.pk)]
    assert re.findall('id="(.*?)"', html) == ["step-read-day-to-day"]


def test_steps_are_found_by_their_ids(draft):
    row = step_of(draft, "Read")
    rewrite(row, "Read *it*.")
    assert rendered(published(draft)).steps[str(row.pk)] == "<p>Read <em>it</em>.</p>\n"


def test_steps_of_all_stages_are_rendered(draft):
    steps = {str(key) for key in draft.steps.values_list("pk", flat=True)}
    assert rendered(published(draft)).steps.keys() == steps


def test_script_in_a_text_is_shown_as_it_was_typed(draft):
    rewrite(draft.sections.get(), "<script>alert(1)</script>")
    (shown,) = rendered(published(draft)).sections
    assert shown.html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (100, 0), (230, 1), (2300, 10)])
def test_minutes_are_those_of_the_sections(draft, words, minutes):
    rewrite(draft.sections.get(), "word " * words)
    rewrite(step_of(draft, "Read"), "word " * 5000)
    assert rendered(published(draft)).minutes == minutes


def test_minutes_count_what_is_read_of_headings_lists_and_tables():
    body = f"### {'word ' * 100}\n\n- {'word ' * 60}\n\n| a |\n|---|\n| {'word ' * 69}|\n"
    assert render({**content(["read"]), "sections": [section("work", body)]}).minutes == 1


def test_section_names_its_steps_in_the_order_of_the_path():
    made = {**content(["read", "try"], ["build"]), "sections": [section("work", steps=["build", "read"])]}
    (shown,) = render(made).sections
    assert [one["slug"] for one in shown.steps] == ["read", "build"]


def test_section_names_no_steps_that_are_not_on_the_path():
    (shown,) = render({**content(["read"]), "sections": [section("work", steps=["gone"])]}).sections
    assert shown.steps == ()


# --- Pictures ---------------------------------------------------------------------------------


def illustrated(body, *pictures):
    made = {**content([step("read", body=body)]), "sections": [section("work", body)]}
    return render({**made, "pictures": [picture(slug) for slug in pictures]})


def test_picture_is_shown_in_sections_and_steps():
    shown = illustrated('![](picture:oven "Hot.")', "oven")
    assert shown.sections[0].html == shown.steps["read"]
    assert shown.sections[0].html == (
        '<figure><img src="/pictures/oven-large.webp" '
        'srcset="/pictures/oven-small.webp 480w, /pictures/oven-large.webp 1200w" '
        'sizes="(width &gt; 48rem) 42rem, 100vw" width="1200" height="600" alt="What oven says" '
        'loading="lazy" decoding="async"><figcaption>Hot.</figcaption></figure>\n'
    )


def test_picture_that_is_not_there_is_its_words():
    assert illustrated("![A hot oven](picture:oven)", "plan").steps["read"] == "<p>A hot oven</p>\n"


def test_picture_of_an_edition_is_the_one_that_it_was_published_with(draft):
    oven = PictureFactory(slug="oven", files=[{"name": f"{'a' * 20}.webp", "width": 480}])
    rewrite(draft.sections.get(), "![](picture:oven)")
    digest = published(draft)
    oven.files = [{"name": f"{'b' * 20}.webp", "width": 480}]
    oven.save()
    (shown,) = rendered(digest).sections
    assert re.findall('src="(.*?)"', shown.html) == [f"/pictures/{'a' * 20}.webp"]


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
    row = step_of(draft, "Read")
    rewrite(row, "So [@second].")
    shown = rendered(published(draft))
    assert (text(shown.sections[0].html), text(shown.steps[str(row.pk)])) == ("So12.", "So2.")


def test_citation_in_a_section_leads_down_the_page(draft):
    SourceFactory(key="bls")
    rewrite(draft.sections.get(), "So [@bls].")
    (shown,) = rendered(published(draft)).sections
    assert re.findall('href="(.*?)"', shown.html) == ["#source-bls"]


def test_citation_in_a_step_leads_down_its_own_page(draft):
    SourceFactory(key="bls")
    row = step_of(draft, "Read")
    rewrite(row, "So [@bls], see [pay](#overview).")
    html = rendered(published(draft)).steps[str(row.pk)]
    assert re.findall('href="(.*?)"', html) == ["#source-bls", "/guides/data-baker/#overview"]


def test_first_citation_in_each_text_has_an_id():
    texts = [section("work", "So [@bls], and [@bls]."), section("pay", "So [@bls].")]
    made = {**content([step("read", body="So [@bls].")]), "sections": texts, "sources": [source("bls")]}
    shown = render(made)
    found = [
        re.findall('id="(.*?)"', html)
        for html in (*(one.html for one in shown.sections), shown.steps["read"])
    ]
    assert found == [["work.cites-bls"], ["pay.cites-bls"], ["step-read.cites-bls"]]


def test_source_names_the_sections_that_cite_it():
    texts = [section("work", "So [@a], [@b]."), section("pay", "So [@b], [@b]."), section("ways")]
    made = {**content([step("read", body="So [@c].")]), "sections": texts}
    shown = render({**made, "sources": [source(key) for key in "abc"]})
    assert [[one.slug for one in entry.cited_in] for entry in shown.sources] == [
        ["work"],
        ["work", "pay"],
        [],
    ]


def test_sources_of_the_steps_are_those_that_they_name_or_cite():
    steps = [step("read", body="So [@a]."), step("try", sources=["b"])]
    made = {**content(steps), "sections": [section("work", "So [@c], [@a].")]}
    shown = render({**made, "sources": [source(key, cited_by=["d"]) for key in "abcd"]})
    assert [(entry.number, entry.source["key"]) for entry in shown.step_sources] == [(2, "a"), (3, "b")]
    assert [entry.source["key"] for entry in shown.sources] == ["c", "a", "b", "d"]


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
    (entry,) = rendered(published(draft)).sources
    assert entry.retrieved_on == date(2026, 1, 2)


def test_guide_without_sources_has_none(draft):
    assert sources_of(draft) == []


def test_citations_are_numbered_over_all_texts():
    assert numbered(["[@b] [@a]", "[@c] [@b]"]) == {"b": 1, "a": 2, "c": 3}


@pytest.mark.parametrize("body", ["`[@bls]`", "```\n[@bls]\n```", "![So [@bls]](picture:oven) and [@bls]"])
def test_back_link_of_a_source_leads_somewhere(body):
    made = {**content(["read"]), "sections": [section("work", body)], "sources": [source("bls")]}
    shown = render({**made, "pictures": [picture("oven")]})
    places = [f"{one.slug}.cites-bls" for entry in shown.sources for one in entry.cited_in]
    assert set(places) == set(re.findall(r'id="(work.cites-bls)"', shown.sections[0].html))
