"""How texts and queries are taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.queries import parsed
from search.words import fold, indexed, stem, tokens, vocabulary


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bachelor's in C++, C# and .NET", "bachelor s in cplusplus csharp and dotnet"),
        ("asp.net F#", "asp dotnet fsharp"),
        ("Ångström STRASSE Straße Ødegård", "angstrom strasse strasse odegard"),
        ("Μηχανική μάθησης", "μηχανικη μαθησησ"),
        ("ﬁne ℌ x²", "fine h x2"),
        ("cafe\u0301", "cafe"),
        ("train_test_split", "train test split"),
        ("机器学习 AI", "机器 器学 学习 习 ai"),
        ("학습을", "학습 습을 을"),
        ("हिन्दी", "हिन्दी"),
        ("تعلُّم", "تعلم"),
        ("abc++ c", "abc c"),
        ("", ""),
        ("!?*_", ""),
    ],
)
def test_words_are_folded(text, words):
    assert " ".join(token.word for token in tokens(text)) == words


def test_words_say_where_they_stand():
    text = "Learn C++ and 机器学习."
    assert [text[token.start : token.end] for token in tokens(text)] == [
        *("Learn", "C++", "and"),
        *("机器", "器学", "学习", "习"),
    ]


@pytest.mark.parametrize(
    ("word", "root"), [("networks", "network"), ("running", "run"), ("машины", "машины"), ("gas", "gas")]
)
def test_english_words_have_stems(word, root):
    assert stem(word) == root


def test_the_index_has_words_and_their_stems():
    assert indexed("Neural networks in C++") == "neural networks network in cplusplus"


def test_the_vocabulary_is_of_words_that_may_be_mistyped():
    assert vocabulary("Is C++ learning 机器学习 in 2024, x86, Ström?") == {"learning", "strom"}


@given(st.text())
def test_the_index_is_made_of_the_words(text):
    parts = dict.fromkeys(part for token in tokens(text) for part in (token.word, token.stem))
    assert set(indexed(text).split()) == set(parts)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=500))
def test_a_query_is_short_and_its_terms_stand_where_they_say(text):
    query = parsed(text)
    assert (len(query.terms) <= 12, len(query.text) <= 400) == (True, True)
    assert all(
        fold(query.text[term.start : term.end]) == term.word
        for term in query.terms
        if term.word.isascii() and "+" not in query.text and "#" not in query.text and "." not in query.text
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("how to learn python", [("learn", False), ("python", True)]),
        ("the", [("the", True)]),
        ("c++ ", [("cplusplus", False)]),
        ("python python", [("python", True)]),
        ("python!", [("python", False)]),
        ("机器学习", [("机器", False), ("器学", False), ("学习", True)]),
        ("a\x00b\nc", [("b", False), ("c", True)]),
        (" ".join(map(str, range(20))), [(str(number), False) for number in range(12)]),
    ],
)
def test_a_query_has_telling_terms(text, terms):
    assert [(term.word, term.is_prefix) for term in parsed(text).terms] == terms


def test_a_correction_takes_the_place_of_the_word():
    assert parsed("Lern, Pyhton!").corrected({"pyhton": "python", "lern": "learn"}).text == "learn, python!"
