"""The words of a glossary in other texts: linked at their first use, and nowhere else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.markdown import Glossary, entries, listed, render

WORDS = "Model\n: What is fitted.\n\nBias and variance\n: Two errors.\n\nBias\n: A lean.\n\nPCA\n: A method."


def linked(*texts, words=WORDS):
    """Return what is linked in each of the texts, which are read one after the other."""
    glossary = Glossary(entries(words), texts)
    shown = [render(text, glossary=glossary) for text in texts]
    return [re.findall(r'<a href="#(.*?)" class="term">(.*?)</a>', html) for html in shown]


def test_entries_are_known_by_their_words():
    assert entries(WORDS) == {
        "Model": "term-model",
        "Bias and variance": "term-bias-and-variance",
        "Bias": "term-bias",
        "PCA": "term-pca",
    }


def test_first_use_alone_is_linked_across_texts():
    assert linked("A model.", "Another model, a model.") == [[("term-model", "model")], []]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two models.", [("term-model", "models")]),
        ("MODELS", [("term-model", "MODELS")]),
        (
            "bias and variance, then bias",
            [("term-bias-and-variance", "bias and variance"), ("term-bias", "bias")],
        ),
        ("a remodel, modelled, model-free", []),
        ("pca is written PCA", [("term-pca", "PCA")]),
        ("### A model", []),
        ("`model` and [a model](/x)", []),
        ("| model |\n|---|\n| model |", []),
        ("**model**", [("term-model", "model")]),
    ],
)
def test_word_is_linked_where_it_is_meant(text, found):
    assert linked(text) == [found]


def test_word_that_its_author_links_is_left_to_the_author():
    assert linked("A model.", "A [model](#term-model).") == [[], []]


def test_glossary_does_not_link_itself():
    assert linked("Bias\n: A model that leans.") == [[]]


@given(st.text("aeModlPCAs *_[](){}#`\n|-", max_size=60))
def test_words_stay_as_they_were(text):
    plain = re.sub("<.*?>", "", render(text))
    assert re.sub("<.*?>", "", render(text, glossary=Glossary(entries(WORDS)))) == plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Words.\n\n- one **b**\n- two\n\n- three\n\nMore.\n\n- four", ["one b", "two", "three"]),
        ("| a | b |\n|---|---|\n| one | x |\n| two | y |\n\n- three", ["one", "two"]),
        ("1. one\n2. two", ["one", "two"]),
        ("Nothing.", []),
        ("", []),
    ],
)
def test_first_list_or_table_is_what_a_text_lists(text, found):
    assert listed(text) == found


@given(st.text("-1. |\n>ab#", max_size=40))
def test_listing_takes_any_text(text):
    assert isinstance(listed(text), list)
