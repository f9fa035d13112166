"""Markdown: what is shown of what staff wrote, and what is never shown."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markdown import ATTRIBUTES, TAGS, render


class Found(HTMLParser):
    """The tags, attributes and addresses of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.attributes = set()
        self.addresses = []
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.addresses += [value for name, value in attrs if name in ("href", "src")]


# --- What is shown ----------------------------------------------------------------------------


def test_text_becomes_paragraphs():
    assert render("One.\n\nTwo *and* **three**.") == (
        "<p>One.</p>\n<p>Two <em>and</em> <strong>three</strong>.</p>\n"
    )


def test_link_leads_to_its_address():
    html = render("[there](https://example.org/a?b=1&c=2)")
    assert html == (
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">there</a></p>\n'
    )


@pytest.mark.parametrize("address", ["http://example.org/", "mailto:a@example.org", "/guides/", "#part"])
def test_link_may_lead_to(address):
    assert Found(render(f"[there]({address})")).addresses == [address]


def test_list_keeps_its_first_number():
    assert Found(render("3. three\n4. four")).attributes == {("ol", "start")}


def test_empty_text_is_empty():
    assert render("") == ""


# --- What is never shown ----------------------------------------------------------------------

RAW = [
    "<script>alert(1)</script>",
    "<style>body { display: none }</style>",
    "<iframe src='https://example.org/'></iframe>",
    "<form action='/'><input name='a'></form>",
    "<b onclick='alert(1)'>b</b>",
    "<svg/onload=alert(1)>",
    "a <img src=x onerror=alert(1)> b",
    "<!-- hidden -->",
    "<a href='javascript:alert(1)'>a</a>",
    "<p style='color: red'>p</p>",
]


@pytest.mark.parametrize("text", RAW)
def test_html_is_shown_as_it_was_typed(text):
    html = render(text)
    assert Found(html).tags == ["p"]
    assert "&lt;" in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#x0a;script:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:alert(1)",
        "data:text/html,<b>",
        "file:///etc/passwd",
        "%6aavascript://x",
        "ftp://example.org/",
    ],
)
def test_link_leads_to_no_other_scheme(address):
    html = render(f"[there]({address}) and <{address}> and ![it]({address})")
    assert [found for found in Found(html).addresses if re.match(r"[a-z]+:", found, re.IGNORECASE)] == []


def test_picture_is_not_loaded():
    assert "img" not in Found(render("![a cat](https://example.org/cat.png)")).tags


def test_attribute_cannot_be_smuggled_in_by_a_title():
    html = render('[there](https://example.org/ "x\\" onclick=\\"alert(1)")')
    assert Found(html).attributes == {("a", "href"), ("a", "title"), ("a", "rel")}


def test_citation_key_cannot_carry_html():
    html = render('[@"><script>]', citations={'"><script>': 1})
    assert Found(html).tags == ["p", "sup", "a"]


@given(st.lists(st.one_of(st.sampled_from(RAW), st.text(max_size=20)), max_size=6).map(" ".join))
def test_no_text_gets_beyond_the_list_of_tags_and_attributes(text):
    found = Found(render(text, prefix="p", citations={"key": 1}))
    allowed = {(tag, name) for tag, names in ATTRIBUTES.items() for name in names} | {("a", "rel")}
    assert set(found.tags) <= TAGS
    assert found.attributes <= allowed


# --- Headings ---------------------------------------------------------------------------------


def test_heading_has_an_id_with_the_prefix():
    assert render("### Daily work", prefix="work") == '<h3 id="work-daily-work">Daily work</h3>\n'


def test_heading_without_prefix_has_an_id():
    assert render("### Daily work") == '<h3 id="daily-work">Daily work</h3>\n'


def test_headings_of_the_same_text_have_ids_of_their_own():
    assert re.findall('id="(.*?)"', render("### A\n\n### A\n\n### A")) == ["a", "a-2", "a-3"]


def test_headings_never_share_an_id():
    ids = re.findall('id="(.*?)"', render("### A\n\n### A\n\n### A 2"))
    assert len(ids) == len(set(ids))


def test_heading_of_signs_alone_has_an_id():
    assert render("### ???", prefix="p") == '<h3 id="p-part">???</h3>\n'


@pytest.mark.parametrize(("typed", "shown"), [("#", "h3"), ("##", "h3"), ("####", "h4"), ("######", "h6")])
def test_heading_stays_below_those_of_the_page(typed, shown):
    assert Found(render(f"{typed} A")).tags == [shown]


# --- Citations --------------------------------------------------------------------------------


def test_citation_becomes_a_number_close_to_its_word():
    assert render("It pays. [@bls]", citations={"bls": 2}) == (
        '<p>It pays.<sup class="cite"><a href="#source-bls" aria-label="Source 2" '
        'rel="noopener noreferrer">2</a></sup></p>\n'
    )


def test_citation_leads_to_the_page_of_the_sources():
    html = render("It pays. [@bls]", citations={"bls": 2}, sources="/guides/baker/")
    assert Found(html).addresses == ["/guides/baker/#source-bls"]


def test_unknown_citation_stays_as_it_is():
    assert render("It pays. [@bls]") == "<p>It pays. [@bls]</p>\n"


def test_citation_in_code_stays_as_it_is():
    assert render("`[@bls]`", citations={"bls": 1}) == "<p><code>[@bls]</code></p>\n"


def test_citations_stand_side_by_side():
    html = render("So [@a] [@b].", citations={"a": 1, "b": 2})
    assert re.sub("<.*?>", "", html) == "So12.\n"


# --- Tables -----------------------------------------------------------------------------------

TABLE = "| | Pay |\n|---|---|\n| Baker | low |\n"


def test_table_can_be_scrolled_by_keyboard_and_has_a_name():
    assert render(TABLE).startswith(
        '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>'
    )


def test_corner_of_a_table_is_no_heading():
    html = render(TABLE)
    assert re.findall("<t[hd]>.*?</t[hd]>", html) == [
        "<td></td>",
        "<th>Pay</th>",
        "<td>Baker</td>",
        "<td>low</td>",
    ]
