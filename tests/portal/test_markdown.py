"""Markdown: what is shown of what staff wrote, and what is never shown."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markdown import ATTRIBUTES, TAGS, Image, blocks, render

PICTURES = {
    "oven": Image("An oven", 1200, 600, (("/pictures/small.webp", 480), ("/pictures/large.webp", 1200))),
    "plan": Image("A plan", 300, 200, (("/pictures/plan.svg", 300),)),
    "bad": Image('"><script>', 3, 2, (('/"><script>.webp', 2), ('/x" onerror="y.webp', 3))),
}


class Found(HTMLParser):
    """The tags, attributes and addresses of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.attributes = set()
        self.addresses = []
        self.ids = []
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.addresses += [value for name, value in attrs if name in ("href", "src")]
        self.ids += [value for name, value in attrs if name == "id"]


def words(html):
    """Return what is read of a piece of HTML."""
    return re.sub("<.*?>", "", html).strip()


# --- What is shown ----------------------------------------------------------------------------


def test_text_becomes_paragraphs():
    assert render("One.\n\nTwo *and* **three**.") == (
        "<p>One.</p>\n<p>Two <em>and</em> <strong>three</strong>.</p>\n"
    )


def test_link_leads_to_its_address():
    html = render("[there](https://example.org/a?b=1&c=2)")
    assert html == '<p><a href="https://example.org/a?b=1&amp;c=2">there</a></p>\n'


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


def test_attribute_cannot_be_smuggled_in_by_a_title():
    html = render('[there](https://example.org/ "x\\" onclick=\\"alert(1)")')
    assert Found(html).attributes == {("a", "href"), ("a", "title")}


def test_citation_key_cannot_carry_html():
    html = render('[@"><script>]', citations={'"><script>': 1})
    assert Found(html).tags == ["p", "sup", "a"]


# --- Headings ---------------------------------------------------------------------------------


def test_heading_has_an_id_with_the_prefix():
    assert Found(render("### Daily work", prefix="work")).ids == ["work-daily-work"]


def test_heading_without_prefix_has_an_id_and_no_link():
    assert render("### Daily work") == '<h3 id="daily-work">Daily work</h3>\n'


def test_heading_with_a_prefix_links_to_itself():
    assert render("### Daily work", prefix="work") == (
        '<h3 id="work-daily-work">Daily work '
        '<a class="anchor" href="#work-daily-work" aria-label="Link to: Daily work">#</a></h3>\n'
    )


def test_link_of_a_heading_stays_on_its_own_page():
    html = render("### Pay", prefix="p", page="/guides/baker/")
    assert Found(html).addresses == ["#p-pay"]


def test_link_of_a_heading_names_its_words_without_signs_and_citations():
    html = render("### *Pay* in `USD` [@bls]", prefix="p", citations={"bls": 1})
    assert re.findall('aria-label="Link to: (.*?)"', html) == ["Pay in USD"]


def test_link_of_a_heading_cannot_carry_html():
    html = render('### "><script>alert(1)</script> `" onclick="x`', prefix='"><script>')
    assert Found(html).tags == ["h3", "code", "a"]
    assert {name for _, name in Found(html).attributes} == {"id", "class", "href", "aria-label"}


def test_headings_of_the_same_text_have_ids_of_their_own():
    assert re.findall('id="(.*?)"', render("### A\n\n### A\n\n### A")) == ["a", "a-2", "a-3"]


def test_headings_never_share_an_id():
    ids = Found(render("### A\n\n### A\n\n### A 2", prefix="p")).ids
    assert len(ids) == len(set(ids))


def test_heading_of_signs_alone_has_an_id():
    assert Found(render("### ???", prefix="p")).ids == ["p-part"]


@pytest.mark.parametrize(("typed", "shown"), [("#", "h3"), ("##", "h3"), ("####", "h4"), ("######", "h6")])
def test_heading_stays_below_those_of_the_page(typed, shown):
    assert Found(render(f"{typed} A")).tags == [shown]


# --- Citations --------------------------------------------------------------------------------


def test_citation_becomes_a_number_close_to_its_word():
    assert render("It pays. [@bls]", citations={"bls": 2}) == (
        '<p>It pays.<sup class="cite"><a href="#source-bls" aria-label="Source 2">2</a></sup></p>\n'
    )


def test_citation_leads_to_the_sources_of_the_page_that_it_is_on():
    html = render("It pays. [@bls]", citations={"bls": 2}, page="/guides/baker/")
    assert Found(html).addresses == ["#source-bls"]


def test_first_citation_of_each_source_has_an_id_to_come_back_to():
    html = render("A [@x]. B [@y]. C [@x].\n\nD [@y].", prefix="pay", citations={"x": 1, "y": 2})
    found = Found(html)
    assert found.ids == ["pay.cites-x", "pay.cites-y"]
    assert found.addresses == ["#source-x", "#source-y", "#source-x", "#source-y"]


def test_first_citation_has_no_id_without_a_prefix():
    assert Found(render("A [@x].", citations={"x": 1})).ids == []


def test_first_citation_is_found_anew_in_each_text():
    ids = [Found(render("A [@x].", prefix="p", citations={"x": 1})).ids for _ in range(2)]
    assert ids == [["p.cites-x"], ["p.cites-x"]]


def test_first_citation_may_stand_in_a_heading():
    html = render("### Pay [@x]\n\nA [@x].", prefix="p", citations={"x": 1})
    assert Found(html).ids == ["p-pay-x", "p.cites-x"]


def test_citation_on_a_line_of_its_own_is_close_to_its_word():
    assert words(render("It pays.\n[@bls]", citations={"bls": 2})) == "It pays.2"


def test_citation_in_a_link_is_no_link_in_a_link():
    html = render("[so [@x]](https://example.org/)", citations={"x": 1})
    assert html.count("<a ") == html.count("</a>") <= 2
    assert not re.search("<a [^>]*>(?:(?!</a>).)*<a ", html)


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


def cells(html):
    return re.findall("<t[hd].*?</t[hd]>", html)


def test_corner_of_a_table_is_no_heading_and_leaves_its_rows_theirs():
    assert cells(render(TABLE)) == [
        "<td></td>",
        "<th>Pay</th>",
        '<th scope="row">Baker</th>',
        "<td>low</td>",
    ]


def test_table_without_an_empty_corner_has_no_headings_of_rows():
    assert cells(render("| Who | |\n|---|---|\n| Baker | low |")) == [
        *("<th>Who</th>", "<td></td>"),
        *("<td>Baker</td>", "<td>low</td>"),
    ]


def test_corner_of_one_table_is_none_of_the_next():
    html = render(f"{TABLE}\n| Who |\n|---|\n| Baker |")
    assert cells(html)[4:] == ["<th>Who</th>", "<td>Baker</td>"]


CAPTIONED = "Table: What a baker earns\n\n| Who | Pay |\n|---|---|\n| Baker | low |\n"


def test_caption_names_its_table():
    html = render(CAPTIONED, prefix="pay")
    assert html.startswith(
        '<figure class="table"><figcaption id="pay.table-1">What a baker earns</figcaption>\n'
        '<div class="scroll" tabindex="0" role="group" aria-labelledby="pay.table-1"><table>'
    )
    assert html.endswith("</table></div></figure>\n")


def test_caption_without_prefix_has_an_id():
    assert Found(render(CAPTIONED)).ids == ["table-1"]


def test_caption_may_stand_straight_above_its_table():
    assert render(CAPTIONED.replace("\n\n", "\n")) == render(CAPTIONED)


def test_captions_are_numbered_as_their_tables_are():
    assert Found(render(f"{CAPTIONED}\n{TABLE}\n{CAPTIONED}", prefix="p")).ids == ["p.table-1", "p.table-3"]


def test_caption_may_cite():
    html = render(CAPTIONED.replace("earns", "earns [@bls]"), citations={"bls": 2})
    assert re.findall("<figcaption .*?</figcaption>", html) == [
        '<figcaption id="table-1">What a baker earns<sup class="cite">'
        '<a href="#source-bls" aria-label="Source 2">2</a></sup></figcaption>'
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Table: not straight before it\n\nBetween.\n\n{TABLE}",
        f"{TABLE}\nTable: behind it",
        f"table: in small letters\n\n{TABLE}",
        f"Table:without a blank\n\n{TABLE}",
        f"The Table: in a sentence\n\n{TABLE}",
        f"### Table: a heading\n\n{TABLE}",
        "Table: of nothing",
    ],
)
def test_text_that_is_no_caption_stays_as_it_is(text):
    found = Found(render(text))
    assert "figcaption" not in found.tags
    assert "able:" in words(render(text))


@pytest.mark.parametrize("place", ["- {}", "1. {}", "> {}", "Term\n: {}"], ids=["ul", "ol", "quote", "dl"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "loose"])
def test_caption_ends_before_its_table_wherever_it_stands(place, gap):
    lines = f"Table: Pay{gap}| a |\n|---|\n| 1 |".splitlines()
    indent = "> " if place.startswith(">") else "   "
    html = render(place.format(f"\n{indent}".join(lines)))
    assert html.count('<figcaption id="table-1">Pay</figcaption>') == 1


@pytest.mark.parametrize(
    "caption", ["<script>x</script>", '" onclick="x', "[x](javascript:x)", "</figcaption>"]
)
def test_caption_cannot_carry_html(caption):
    found = Found(render(CAPTIONED.replace("What a baker earns", caption), prefix='"><script>'))
    assert found.tags[:4] == ["figure", "figcaption", "div", "table"]
    assert {name for tag, name in found.attributes if tag in ("figure", "figcaption")} == {"class", "id"}
    assert found.addresses == []


# --- Definition lists -------------------------------------------------------------------------


def test_term_has_an_id_and_its_definitions():
    assert render("Neural network\n: Layers of sums.\n: What a brain has.") == (
        '<dl>\n<dt id="term-neural-network">Neural network</dt>\n'
        "<dd>Layers of sums.</dd>\n<dd>What a brain has.</dd>\n</dl>\n"
    )


def test_term_has_the_same_id_with_any_prefix():
    assert Found(render("API\n: A door.", prefix="words")).ids == ["term-api"]


def test_terms_stand_in_one_list():
    found = Found(render("A\n: one\n\nB\n: two"))
    assert (found.tags, found.ids) == (["dl", "dt", "dd", "dt", "dd"], ["term-a", "term-b"])


def test_definition_may_cite_and_link():
    html = render("A\n: one [@x], see [b](#term-b)", citations={"x": 1}, page="/guides/baker/")
    assert Found(html).addresses == ["#source-x", "/guides/baker/#term-b"]


@pytest.mark.parametrize("text", ["A\n:one", "A\n:", ": one", "A: one"])
def test_text_that_is_no_definition_stays_as_it_is(text):
    assert Found(render(text)).tags == ["p"]


def test_term_cannot_carry_html():
    found = Found(render('"><script>x</script> `" onclick="x`\n: <img src=x onerror=y>'))
    assert found.tags == ["dl", "dt", "code", "dd"]
    assert found.attributes == {("dt", "id")}


# --- Links to places of the page --------------------------------------------------------------


def test_link_to_a_place_leads_to_the_page():
    html = render("[a](#pay) [b](/guides/#pay) [c](https://example.org/#pay)", page="/guides/baker/")
    assert Found(html).addresses == [
        "/guides/baker/#pay",
        "/guides/#pay",
        "https://example.org/#pay",
    ]


def test_link_to_a_place_stays_on_the_page_without_another():
    assert Found(render("[a](#pay)", prefix="p")).addresses == ["#pay"]


@pytest.mark.parametrize(
    "text",
    [
        "> [a](#pay)",
        "- *[a](#pay)*",
        "### [a](#pay)",
        "| x |\n|---|\n| [a](#pay) |",
        "Table: [a](#pay)\n\n| x |\n|---|",
        '![](picture:plan "[a](#pay)")',
        "[a][b]\n\n[b]: #pay",
    ],
)
def test_link_to_a_place_leads_to_the_page_wherever_it_stands(text):
    html = render(text, pictures=PICTURES, page="/guides/baker/")
    assert [found for found in Found(html).addresses if "#" in found] == ["/guides/baker/#pay"]


# --- Pictures ---------------------------------------------------------------------------------


def test_picture_is_a_figure_with_a_caption():
    html = render('![A hot oven](picture:oven "It *bakes*.")', pictures=PICTURES)
    assert html == (
        '<figure><img src="/pictures/large.webp" '
        'srcset="/pictures/small.webp 480w, /pictures/large.webp 1200w" '
        'sizes="(width &gt; 48rem) 42rem, 100vw" width="1200" height="600" alt="A hot oven" '
        'loading="lazy" decoding="async"><figcaption>It <em>bakes</em>.</figcaption></figure>\n'
    )


def test_picture_of_one_file_has_no_choice():
    assert render("![](picture:plan)", pictures=PICTURES) == (
        '<figure><img src="/pictures/plan.svg" width="300" height="200" alt="A plan" '
        'loading="lazy" decoding="async"></figure>\n'
    )


@pytest.mark.parametrize(("typed", "alt"), [("", "An oven"), ("Hot", "Hot"), ("A *hot* `one`", "A hot one")])
def test_words_of_a_picture_come_before_its_own(typed, alt):
    html = render(f"![{typed}](picture:oven)", pictures=PICTURES)
    assert re.findall('alt="(.*?)"', html) == [alt]


def test_picture_in_a_line_is_no_figure():
    html = render('See ![](picture:oven "C") there.', pictures=PICTURES)
    assert (Found(html).tags, words(html)) == (["p", "img"], "See  there.")


def test_two_pictures_in_a_paragraph_are_no_figure():
    html = render("![](picture:oven)\n![](picture:plan)", pictures=PICTURES)
    assert Found(html).tags == ["p", "img", "img"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("- ![](picture:plan)", ["ul", "li", "figure", "img"]),
        ("> ![](picture:plan)", ["blockquote", "figure", "img"]),
        ("T\n: ![](picture:plan)", ["dl", "dt", "dd", "figure", "img"]),
        ("### ![](picture:plan)", ["h3", "img"]),
        ("[![](picture:plan)](/a/)", ["p", "a", "img"]),
        ("| ![](picture:plan) |\n|---|", ["div", "table", "thead", "tr", "th", "img"]),
    ],
)
def test_picture_may_stand_in(text, tags):
    assert Found(render(text, pictures=PICTURES)).tags == tags


def test_caption_of_a_picture_may_cite_and_comes_back():
    html = render('![](picture:plan "So [@x].")', prefix="p", citations={"x": 1}, pictures=PICTURES)
    assert re.findall("<figcaption>.*</figcaption>", html) == [
        '<figcaption>So<sup class="cite">'
        '<a id="p.cites-x" href="#source-x" aria-label="Source 1">1</a></sup>.</figcaption>'
    ]


def test_caption_of_a_picture_may_hold_a_picture():
    html = render('![](picture:plan "![](picture:oven)")', pictures=PICTURES)
    assert Found(html).tags == ["figure", "img", "figcaption", "img"]


@pytest.mark.parametrize(
    "address",
    [
        "picture:nobody",
        "picture:",
        "picture:oven.webp",
        "picture:../oven",
        "PICTURE:oven",
        "oven",
        "/pictures/large.webp",
        "https://example.org/cat.png",
        "//example.org/cat.png",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
    ],
)
def test_other_pictures_stay_as_words(address):
    html = render(f'![a cat]({address} "C")', pictures=PICTURES)
    assert (Found(html).tags, Found(html).addresses) == (["p"], [])
    assert "a cat" in words(html)


def test_unknown_picture_stays_as_its_words():
    assert render('![a *cat*](picture:cat "C")') == "<p>a cat</p>\n"


def test_picture_that_nobody_knows_cannot_carry_html():
    html = render('![<script>x</script> "](picture:cat "<b>")', pictures=PICTURES)
    assert html == '<p>&lt;script&gt;x&lt;/script&gt; "</p>\n'


@pytest.mark.parametrize(
    "text",
    [
        '![" onerror="x](picture:oven)',
        '![<script>x</script>](picture:oven "C")',
        '![](picture:oven "<script>x</script>")',
        '![](picture:oven "\\" onclick=\\"x")',
        '![](picture:oven "</figcaption><b>")',
        '![](picture:oven "[x](javascript:x) ![y](javascript:y)")',
        '![](picture:oven "![y](https://example.org/cat.png)")',
    ],
)
def test_words_and_caption_of_a_picture_cannot_carry_html(text):
    found = Found(render(text, pictures=PICTURES))
    assert [tag for tag in found.tags if tag not in ("figure", "figcaption")] == ["img"]
    assert found.addresses == ["/pictures/large.webp"]
    assert {name for _, name in found.attributes} <= ATTRIBUTES["img"]


def test_address_of_a_picture_cannot_carry_html():
    found = Found(render("![](picture:bad)", pictures=PICTURES))
    assert (found.tags, found.attributes) == (
        ["figure", "img"],
        {("img", name) for name in ATTRIBUTES["img"]},
    )


# --- Blocks -----------------------------------------------------------------------------------


def test_blocks_of_a_text_are_as_they_were_written():
    text = "### A *head*\n\nOne [@x].\nTwo.\n\n- three\n\n> four\n\nT\n: five"
    assert blocks(text) == [
        (block, "") for block in ("A *head*", "One [@x].\nTwo.", "three", "four", "T", "five")
    ]


def test_blocks_leave_code_out():
    assert blocks("One.\n\n    code\n\n```\ncode\n```\n") == [("One.", "")]


def test_blocks_of_a_picture_hold_its_caption():
    assert blocks('![a](picture:x "C")') == [('![a](picture:x "C")', "")]


def test_cell_is_covered_by_caption_head_and_first_cell():
    assert blocks("Table: Cap\n\n| Who | Pay | Days |\n|---|---|---|\n| A | 1 | 2 |\n| B | 3 | 4 |") == [
        *[(text, "") for text in ("Cap", "Who", "Pay", "Days")],
        *[("A", "Cap Who"), ("1", "Cap Pay A"), ("2", "Cap Days A")],
        *[("B", "Cap Who"), ("3", "Cap Pay B"), ("4", "Cap Days B")],
    ]


def test_cell_is_covered_below_an_empty_corner():
    assert blocks("| | Pay |\n|---|---|\n| A | 1 |")[-2:] == [("A", " "), ("1", " Pay A")]


def test_cover_of_a_table_ends_with_it():
    text = "Table: Cap\n\n| a |\n|---|\n| 1 |\n\nBetween.\n\n| b |\n|---|\n| 2 |"
    assert blocks(text)[-3:] == [("Between.", ""), ("b", ""), ("2", " b")]


def test_blocks_of_nothing():
    assert blocks("") == []


# --- All of it, at random ---------------------------------------------------------------------

NEW = [
    *("\n\n", "\n", "### ", "- ", "> ", "\n: ", "[@key]", "[@other]", "[a](#b)", '[@"><script>]'),
    *("Table: ", "Table: <b>\n\n| a | b |\n|---|---|\n| c | d |\n", "| a |\n|---|\n", "Term\n: words\n"),
    *("![](picture:oven)", "![](picture:bad)", "![x](picture:nobody)", "![x](https://example.org/x.png)"),
    *(
        '![<b>](picture:plan "<b>")',
        '![](picture:oven "',
        '")',
        "![",
        "](picture:oven)",
        "[r]: picture:oven\n",
    ),
]


@given(st.lists(st.one_of(st.sampled_from(RAW + NEW), st.text(max_size=20)), max_size=8).map("".join))
def test_no_text_gets_beyond_the_list_of_tags_and_attributes(text):
    citations = {"key": 1, '"><script>': 2}
    found = Found(render(text, prefix='p"><i>', citations=citations, pictures=PICTURES, page='/"><i>'))
    allowed = {(tag, name) for tag, names in ATTRIBUTES.items() for name in names}
    assert set(found.tags) <= TAGS
    assert found.attributes <= allowed


@given(st.lists(st.one_of(st.sampled_from(NEW), st.text(max_size=20)), max_size=8).map("".join))
def test_no_text_loads_a_picture_that_is_not_ours(text):
    html = render(text, citations={"key": 1}, pictures=PICTURES)
    own = {address for image in PICTURES.values() for address, _ in image.sources}
    assert {unescape(address) for address in re.findall('<img src="(.*?)"', html)} <= own


@given(st.lists(st.one_of(st.sampled_from(RAW + NEW), st.text(max_size=20)), max_size=8).map("".join))
def test_no_text_is_too_much_for_its_blocks(text):
    assert all(isinstance(part, str) for block in blocks(text) for part in block)


@pytest.mark.parametrize(
    "text",
    [
        "API\n: one\n\nBetween.\n\nAPI\n: two",  # also in two sections of one guide
        "### Table 1\n\nTable: Pay\n\n| a |\n|---|\n| 1 |",
        "### Cites bls\n\nSo [@bls].",
    ],
)
def test_ids_are_unique(text):
    assert len(set(ids := Found(render(text, prefix="p", citations={"bls": 1})).ids)) == len(ids)


@pytest.mark.parametrize(("height", "shown"), [(300, "<figure>"), (301, '<figure class="tall">')])
def test_tall_picture_is_known_before_it_is_drawn(height, shown):
    image = Image("A plan", 300, height, (("/pictures/plan.svg", 300),))
    assert render("![](picture:plan)", pictures={"plan": image}).startswith(shown)


def test_credit_of_a_picture_stands_below_it():
    image = Image("A plan", 300, 200, (("/pictures/plan.svg", 300),), credit="Anna <CC BY>")
    html = render('![](picture:plan "The plan.")', pictures={"plan": image})
    assert "<figcaption>The plan. <small>Anna &lt;CC BY&gt;</small></figcaption>" in html


def test_columns_stand_as_they_were_told():
    html = render("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert re.findall(r'<td class="(\w+)">', html) == ["left", "center", "right"]
    assert "style" not in html


def test_first_citation_is_that_which_is_read_first():
    image = Image("A plan", 300, 200, (("/pictures/plan.svg", 300),))
    text = 'So [@bls].\n\n![](picture:plan "As [@bls] says.")'
    html = render(text, prefix="p", citations={"bls": 1}, pictures={"plan": image})
    assert html.index('id="p.cites-bls"') < html.index("<figure>")
