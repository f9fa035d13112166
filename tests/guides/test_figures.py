"""Figures in prose, and those that stand there without a source."""

import pytest

from guides.figures import bare_figures


def bare(text):
    return list(bare_figures(text))


# --- What is a figure -------------------------------------------------------------------------

MONEY = ["$5", "$ 5", "US$5", "$1,234.50", "€5", "£5", "¥500", "$90k", "$5-10", "`$5`", "[$5](#pay)"]
SHARES = [
    *("5%", "5 %", "0.5%", "1,000%", "5 percent", "5 per cent", "five percent", "Five Per Cent"),
    *("5-10%", "5 to 10 percent", "ten percent", "thirty per cent"),
]
YEARS = [
    *("5 years", "1 year", "one year", "Five years", "five-year", "5-year", "24 years old", "1,000 years"),
    *("2 to 5 years", "two to five years", "one or two years", "two and three years", "2-5 years"),
    *("2–5 years", "3+ years", "3 or more years", "twelve years", "fifteen years", "twenty years"),
    *("twenty-five years", "five\nyears"),
]
NO_FIGURES = [
    *("$", "$x", "5$", "the % sign", "percent", "a percentage", "per cent"),
    *("2021", "in 2021", "the year 2021", "Year 5", "years", "a year", "many years", "someone years ago"),
    *("five yearlings", "5 courses", "10,000 hours", "6 months", "five steps", "15-1221", "Python 3"),
]


@pytest.mark.parametrize("figure", [*MONEY, *SHARES, *YEARS])
def test_figure_without_a_source_is_bare(figure):
    assert bare(f"It is {figure} there.") == [f"It is {' '.join(figure.split())} there."]


@pytest.mark.parametrize("figure", [*MONEY, *SHARES, *YEARS])
def test_figure_with_a_source_is_not_bare(figure):
    assert bare(f"It is {figure} there [@bls].") == []


@pytest.mark.parametrize("words", NO_FIGURES)
def test_what_is_no_figure_needs_no_source(words):
    assert bare(f"It is {words} there.") == []


# --- Sentences --------------------------------------------------------------------------------


def test_source_has_to_stand_in_the_same_sentence():
    assert bare("It pays $5. So it says [@bls]. It pays $6 [@bls]. Later 7%!") == ["It pays $5.", "Later 7%!"]


def test_source_stands_anywhere_in_the_sentence():
    assert bare("As [@bls] says, it pays $5, not $6.") == []


def test_source_that_is_none_does_not_count():
    assert bare("It pays $5 [bls], [@], (@bls).") == ["It pays $5 [bls], [@], (@bls)."]


def test_sentence_over_lines_is_one():
    assert bare("It pays\n$5\nnow.") == ["It pays $5 now."]


@pytest.mark.parametrize("end", [".", "!", "?", ".)", ".”", '."', ".*", ".**"])
def test_sentence_ends_with(end):
    assert bare(f"It pays $5{end} So it says [@bls].") != []


@pytest.mark.parametrize("start", ["So", "“So", '"So', "(So", "*So", "[So](#a)", "2 so"])
def test_sentence_begins_with(start):
    assert bare(f"It pays $5. {start} it says [@bls].") == ["It pays $5."]


@pytest.mark.parametrize("words", ["$5.50 a day", "approx. five years", "e.g. about $5", "v3.11 for $5"])
def test_full_stop_within_a_sentence_does_not_end_it(words):
    assert bare(f"It is {words} [@bls].") == []


def test_paragraphs_items_and_headings_stand_for_themselves():
    text = "### $1\n\n$2\n\n[@bls]\n\n- $3\n- [@bls]\n- $4 [@bls]\n\n> $5\n\nTerm\n: $6"
    assert bare(text) == ["$1", "$2", "$3", "$5", "$6"]


def test_code_is_left_out():
    assert bare("```\nprice = $5\n```\n\n    $6\n") == []


def test_caption_of_a_picture_needs_a_source():
    assert bare('![](picture:pay "It pays $5.")') == ['![](picture:pay "It pays $5.")']
    assert bare('![](picture:pay "It pays $5 [@bls].")') == []


def test_nothing_has_no_figures():
    assert bare("") == []


# --- Tables -----------------------------------------------------------------------------------


def table(caption="", head="Pay", first="Baker", cell="$5"):
    above = f"Table: {caption}\n\n" if caption else ""
    return f"{above}| Who | {head} |\n|---|---|\n| {first} | {cell} |\n"


def test_cell_without_a_source_is_bare():
    assert bare(table()) == ["$5"]


@pytest.mark.parametrize("place", ["caption", "head", "first", "cell"])
def test_cell_is_covered_by_the_source_of_its(place):
    assert bare(table(**{"cell": "$6", place: "$5 [@bls]"})) == []


def test_cell_is_not_covered_by_another_column():
    text = "| Who | Pay | Rise [@bls] |\n|---|---|---|\n| A | $5 | 2% |\n"
    assert bare(text) == ["$5"]


def test_cell_is_not_covered_by_another_row():
    text = "| Who | Pay |\n|---|---|\n| A [@bls] | $5 |\n| B | $6 |\n"
    assert bare(text) == ["$6"]


def test_cell_is_not_covered_by_its_neighbour():
    text = "| Who | Pay | Rise |\n|---|---|---|\n| A | $5 [@bls] | 2% |\n"
    assert bare(text) == ["2%"]


def test_cell_is_not_covered_by_the_caption_of_another_table():
    assert bare(f"{table(caption='Pay [@bls]')}\n{table(cell='$6')}") == ["$6"]


def test_cell_below_an_empty_corner_is_covered_by_its_head():
    assert bare("| | Pay [@bls] |\n|---|---|\n| A | $5 |\n") == []


def test_head_and_caption_need_a_source_of_their_own():
    assert bare(table(caption="All above $5", head="Of 100%", cell="some")) == ["All above $5", "Of 100%"]


def test_citation_behind_the_full_stop_covers_its_sentence():
    assert list(bare_figures("It pays $5. [@bls] So it is.")) == []


@pytest.mark.parametrize("count", ["thirteen", "eighteen", "forty", "fifty"])
def test_more_counts_in_words(count):
    assert list(bare_figures(f"It takes {count} years.")) != []
