"""A job description as Markdown and as HTML: what was typed stays words."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hiring.posting import Part, Posting, Text
from hiring.writing import file_stem, html_of, markdown_of

POSTING = Posting(
    "Night baker",
    (("Company", Text("company", True)), ("Place", Text("Riga"))),
    (Part("What you will do", (Text("Bake"), Text("Taste"))), Part("How to apply", (Text("Write."),), False)),
)
MARKUP = [
    "#",
    "*",
    "_",
    "`",
    "[",
    "]",
    "(",
    ")",
    "<b>",
    "&copy;",
    "1.",
    "1)",
    "- ",
    "+",
    ">",
    "|",
    "~~",
    "\\",
    "===",
]
TYPED = st.characters(exclude_categories=["Cc", "Cs"])  # the form refuses control characters
WORDS = st.lists(
    st.one_of(st.sampled_from([*MARKUP, "a", " ", "!"]), st.text(TYPED, max_size=3)), max_size=8
).map("".join)


def shown(words):
    """Return words as a page shows them: blanks run together."""
    return " ".join(words.split())


class Words(HTMLParser):
    """Reads the words of HTML, and which elements it has."""

    def __init__(self, html):
        super().__init__()
        self.found, self.tags = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.found.append(data)


def test_markdown_reads_well():
    assert markdown_of(POSTING) == (
        "# Night baker\n\n- **Company:** [company]\n- **Place:** Riga\n\n"
        "## What you will do\n\n- Bake\n- Taste\n\n## How to apply\n\nWrite.\n"
    )


def test_usual_words_are_left_as_they_are():
    said = "Write to jobs@crumb.example, by 1 May (or https://crumb.example/jobs) - C++ & C#!"
    posting = replace(POSTING, parts=(Part("How to apply", (Text(said),), False),))
    assert markdown_of(posting).splitlines()[-1] == said.replace("&", "\\&")


@given(WORDS)
def test_nothing_becomes_markup(words):
    parts = (Part("A", (Text(words),)), Part("B", (Text(words),), False))
    posting = Posting(f"x {words}", (("Place", Text(words)),), parts)
    read = Words(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown_of(posting)))
    usual = {"h1", "h2", "ul", "li", "p", "strong"}
    assert set(read.tags) <= usual
    text = shown(" ".join(read.found))
    assert text == shown(f"x {words} Place: {words} A {words} B {words}")


@given(WORDS)
def test_html_holds_the_words_and_nothing_else(words):
    posting = Posting(words, (("Place", Text(words)),), (Part("A", (Text(words), Text(words, True))),))
    read = Words(html_of(posting))
    usual = {"html", "head", "meta", "title", "body", "h1", "h2", "bdi", "ul", "li", "b", "mark"}
    assert set(read.tags) <= usual
    assert re.sub(r"\s", "", "".join(read.found)) == re.sub(
        r"\s", "", f"{words}{words}Place:{words}A{words}[{words}]"
    )


def test_html_is_a_document_of_its_own():
    html = html_of(POSTING)
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "<mark>[company]</mark>" in html
    assert not re.search(r"src=|href=", html)


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Night baker", "night-baker"),
        ("../../etc/passwd", "etcpasswd"),
        ('a"; filename="b.exe', "a-filenamebexe"),
        ("a\r\nSet-Cookie: b", "a-set-cookie-b"),
        ("אופה לילה", "baker"),
        ("", "baker"),
        ("x" * 500, "x" * 60),
    ],
)
def test_file_name_is_safe(title, stem):
    assert file_stem(replace(POSTING, title=title), "baker") == stem
