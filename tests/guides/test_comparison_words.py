"""What became of a text, word by word."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.comparison.spans import rising, spans_of
from guides.comparison.unwrapping import unwrapped
from guides.comparison.words import words_between

SIGNS = {"same": " ", "removed": "-", "added": "+"}
BITS = (
    "the",
    "net",
    "learns",
    "a",
    "b",
    ".",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\n\n",
    "- ",
    "1. ",
    "# ",
    "```\n",
    "\\",
)
TEXTS = st.one_of(st.lists(st.sampled_from(BITS)).map("".join), st.text())


def told(old, new, **options):
    """Return the pieces as lines, each after the sign of its kind."""
    return [SIGNS[piece.kind] + piece.text for piece in words_between(old, new, **options)]


def joined(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


# --- Words -------------------------------------------------------------------------------------


def test_word_is_replaced():
    assert told("It is old now.", "It is new now.") == [" It is ", "-old", "+new", "  now."]


def test_words_are_added_and_removed():
    assert told("It is very good", "So it is good") == ["-It", "+So it", "  is", "- very", "  good"]


def test_text_is_written_and_deleted():
    assert (told("", "A new text"), told("A text", "")) == (["+A new text"], ["-A text"])


def test_paragraph_more_changes_no_other():
    assert told("One.\n\nThree.", "One.\n\nTwo.\n\nThree.") == [" One.", "+\n\nTwo.", " \n\nThree."]


def test_paragraph_at_either_end_changes_no_other():
    assert told("Two.", "One.\n\nTwo.\n\nThree.") == ["+One.", " \n\nTwo.", "+\n\nThree."]


def test_first_word_of_a_paragraph_leaves_the_break_before_it():
    assert told("A b.\n\nOld c.", "A b.\n\nNew c.") == [" A b.\n\n", "-Old", "+New", "  c."]


def test_paragraph_that_is_divided_shows_where():
    assert told("One two three", "One\n\ntwo three") == [" One", "- two", "+\n\ntwo", "  three"]


def test_item_of_a_list_is_a_line_of_its_own():
    assert told("- a\n- b", "- a\n- x\n- b") == [" - a", "+\n- x", " \n- b"]


def test_few_words_between_replaced_ones_count_as_replaced():
    assert told("Python and Java", "Ruby and Scala") == ["-Python and Java", "+Ruby and Scala"]
    assert told("red or very big", "blue or very small") == [
        *("-red", "+blue", "  or very ", "-big", "+small"),
    ]


def test_blanks_before_a_piece_are_told_from_its_words():
    (_, piece) = words_between("One.", "One.\n\nTwo three.")
    assert (piece.lead, piece.words) == ("\n\n", "Two three.")


# --- What reads the same -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("one\ntwo", "one two"),
        ("one\r\ntwo\r\n\r\nthree\r\n", "one two\n\nthree"),
        ("one  two\n\n\n\nthree ", "one two\n\nthree"),
        ("one\n \ntwo", "one\n\ntwo"),
        ("- one\n  more\n- two", "- one more\n- two"),
        ("1. one\n2) two", "1. one\n2) two"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
        ("Term\n: What it is", "Term\n: What it is"),
        ("one  \ntwo\\\nthree", "one\ntwo\\\nthree"),
        ("```\na\n\n  b  c\n```\nc\nd", "```\na\n\n  b  c\n```\nc d"),
        ("One\n```\na\n```", "One\n```\na\n```"),
        ("- one\n  - two  a", "- one\n  - two a"),
    ],
)
def test_lines_of_a_paragraph_are_joined(text, same):
    assert unwrapped(text) == same


def test_lines_that_wrap_elsewhere_are_no_change():
    assert told("one two\nthree four", "one\ntwo three new\nfour") == [" one two three", "+ new", "  four"]


@given(TEXTS)
def test_unwrapped_text_has_the_same_words(text):
    assert unwrapped(text).split() == text.split()


# --- Shortening --------------------------------------------------------------------------------


NUMBERS = [str(number) for number in range(40)]


def changed_at(*places):
    """Return forty words, and the same with others at these places."""
    return " ".join(NUMBERS), " ".join("x" if place in places else word for place, word in enumerate(NUMBERS))


def test_text_far_from_a_change_is_left_out():
    assert told(*changed_at(20), context=2) == [" … 18 19 ", "-20", "+x", "  21 22 …"]


def test_text_between_two_changes_is_left_out():
    assert told(*changed_at(0, 39), context=2) == [
        *("-0", "+x", "  1 2 … 37 38 ", "-39", "+x"),
    ]


def test_few_words_are_not_left_out():
    assert told(*changed_at(6, 32), context=2)[0] == " 0 1 2 3 4 5 "


def test_all_is_kept_where_no_context_is_given():
    assert joined(words_between(*changed_at(20), context=None), "same", "removed") == " ".join(NUMBERS)


# --- Whatever is written -----------------------------------------------------------------------


@given(TEXTS, TEXTS)
def test_pieces_give_both_texts_back(old, new):
    pieces = words_between(old, new, context=None)
    assert joined(pieces, "same", "removed").strip() == unwrapped(old)
    assert joined(pieces, "same", "added").strip() == unwrapped(new)


@given(TEXTS, TEXTS)
def test_pieces_are_none_where_nothing_is_said(old, new):
    assert all(piece.text for piece in words_between(old, new))


@given(TEXTS, TEXTS, st.integers(0, 3))
def test_shortened_pieces_have_all_changes(old, new, context):
    short, whole = (words_between(old, new, context=words) for words in (context, None))
    assert [piece for piece in short if piece.kind != "same"] == [
        piece for piece in whole if piece.kind != "same"
    ]


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_spans_cover_both_sequences(old, new):
    check_spans(old, new)


def check_spans(old, new):
    spans = spans_of(old, new)
    assert [item for span in spans for item in old[span.i : span.i_end]] == list(old)
    assert [item for span in spans for item in new[span.j : span.j_end]] == list(new)
    assert all(old[span.i : span.i_end] == new[span.j : span.j_end] for span in spans if span.is_same)
    assert all(one.is_same != other.is_same for one, other in pairwise(spans))


@given(st.lists(st.integers(), unique=True))
def test_rising_places_rise(numbers):
    places = rising(numbers)
    assert places == sorted(places)
    assert [numbers[place] for place in places] == sorted(numbers[place] for place in places)


# --- Texts that would cost much ----------------------------------------------------------------


class Word:
    """A word that counts how often words are looked at."""

    looks = 0

    def __init__(self, text):
        self.text = text

    def __hash__(self):
        Word.looks += 1
        return hash(self.text)

    def __eq__(self, other):
        Word.looks += 1
        return self.text == other.text


def looks_at(old, new):
    """Return how often each word of two texts is looked at while they are compared, on average."""
    Word.looks = 0
    old, new = [Word(text) for text in old], [Word(text) for text in new]
    spans_of(old, new)
    return Word.looks / (len(old) + len(new))


def drawn(words, count, seed):
    return random.Random(seed).choices(words, k=count)


MANY = 20_000
HOSTILE = {
    "one word": (["a"] * MANY, ["a"] * (MANY - 10)),
    "one word, changed in the middle": (["a"] * MANY, ["a"] * (MANY // 2) + ["b"] + ["a"] * (MANY // 2)),
    "two words": (drawn("ab", MANY, 1), drawn("ab", MANY, 2)),
    "words that come round": ([n % 101 for n in range(MANY)], [n * 7 % 101 for n in range(MANY)]),
    "every other word gone": (range(MANY), range(0, MANY, 2)),
    "from the end": (range(MANY), range(MANY, 0, -1)),
    "nothing in common": (range(MANY), range(-MANY, 0)),
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_words_of_a_hostile_text_are_looked_at_a_few_times(texts):
    assert looks_at(*texts) < 20


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_covered(texts):
    check_spans(*(list(text) for text in texts))


def test_long_text_keeps_what_is_around_its_landmarks():
    old = [str(number) for number in range(3000)]
    new = ["x" if place % 100 == 50 else word for place, word in enumerate(old)]
    assert sum(span.is_same for span in spans_of(old, new)) == 31


def test_giant_line_is_told_in_few_words():
    line = "word " * MANY
    pieces = words_between(line, f"{line}end")
    assert [(piece.kind, len(piece.text)) for piece in pieces] == [("same", 61), ("added", 4)]


def test_giant_word_is_told_as_one():
    pieces = words_between("a" * 10 * MANY, "b" * 10 * MANY)
    assert [piece.kind for piece in pieces] == ["removed", "added"]
