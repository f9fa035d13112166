"""Texts in pieces, what matched told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.marks import marked, snippet
from search.queries import parsed


def shown(pieces):
    return "".join(f"[{text}]" if is_match else text for text, is_match in pieces)


@pytest.mark.parametrize(
    ("text", "query", "pieces"),
    [
        ("Neural Networks", "network", "Neural [Networks]"),
        ("Neural Networks", "neu", "[Neural] Networks"),
        ("Ström in C++", "strom c++", "[Ström] in [C++]"),
        ("深机器学习入门", "机器学习", "深[机器学习]入门"),
        ("<b>bread</b>", "bread", "<b>[bread]</b>"),
        ("Ale", "bread", "Ale"),
        ("", "bread", ""),
    ],
)
def test_matches_are_marked(text, query, pieces):
    assert shown(marked(text, parsed(query).terms)) == pieces


def test_a_snippet_is_about_what_matched():
    text = "word " * 100 + "yeast makes bread rise " + "word " * 100
    found = shown(snippet(text, parsed("yeast bread").terms))
    assert (found.startswith("… word"), found.endswith("word …")) == (True, True)
    assert found.count("[yeast] makes [bread] rise") == 1


def test_a_snippet_prefers_the_place_with_more_of_the_terms():
    text = "yeast " + "word " * 100 + "yeast and bread " + "word " * 100
    assert shown(snippet(text, parsed("yeast bread").terms)).count("[yeast] and [bread]") == 1


def test_a_short_text_is_its_snippet():
    assert shown(snippet("Ale and bread", parsed("bread").terms)) == "Ale and [bread]"


def test_a_snippet_of_no_match_is_the_beginning():
    assert shown(snippet("word " * 100, parsed("bread").terms)) == "word " * 35 + "word …"


@given(st.text(), st.text())
def test_pieces_make_the_text(text, query):
    assert "".join(piece.text for piece in marked(text, parsed(query).terms)) == text


@given(st.text(alphabet="ab 学é.", max_size=600), st.text(alphabet="ab 学", max_size=9))
def test_a_snippet_is_a_part_of_the_text(text, query):
    pieces = snippet(text, parsed(query).terms)
    whole = "".join(piece.text for piece in pieces if piece.text not in ("… ", " …"))
    assert (whole in text, len(whole) <= 180) == (True, True)
