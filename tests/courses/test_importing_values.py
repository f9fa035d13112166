"""Values as files of others have them: understood, unknown, or refused; never guessed."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.importing import vocabulary
from courses.importing.cleaning import clean, hidden, line, listed, prose, unhidden
from courses.importing.cleaning import given as known
from courses.importing.efforts import combined, effort
from courses.importing.links import link
from courses.importing.numbers import count, rating
from courses.importing.prices import iso_currency, price
from courses.importing.refusal import Refused

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TITLES = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@'&;\t\r\n\u00a0\u200b ÃÂ©â€™“”„,|[]\"")
    ),
    max_size=30,
)
PARSERS = [
    count,
    rating,
    price,
    effort,
    link,
    iso_currency,
    listed,
    prose,
    *(getattr(vocabulary, name) for name in ("kind", "level", "format_", "language", "status")),
]


def refused(parse, raw, *more):
    with pytest.raises(Refused):
        parse(raw, *more)
    return True


# --- Texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("  Bread \u00a0 for\tAll ", "Bread for All"),
        ("Salt &amp;amp; Water", "Salt & Water"),
        ("PÃ¢tisserie franÃ§aise", "Pâtisserie française"),
        ("Donâ€™t knead", "Don’t knead"),
        ("Cafe\u0301", "Café"),
        ("面包\u200b入门", "面包入门"),
        ("میان\u200cبر", "میان\u200cبر"),
        ("São João à Évora", "São João à Évora"),
    ],
)
def test_text_is_mended_where_that_is_certain(raw, meant):
    assert clean(raw) == meant


@given(TITLES)
def test_cleaning_twice_is_cleaning_once(raw):
    assert clean(clean(raw)) == clean(raw)


@given(TITLES)
def test_cleaning_lines_twice_is_cleaning_them_once(raw):
    assert clean(clean(raw, lines=True), lines=True) == clean(raw, lines=True)


@given(TITLES)
def test_formulas_are_hidden_and_come_back(text):
    assert hidden(text)[:1] not in ("=", "+", "-", "@", "\t", "\r") or not text
    assert unhidden(hidden(text)) == text


@pytest.mark.parametrize("raw", ["", " ", "None", "NA", "n/a", "-", "–", "NaN", "null", "#N/A", "\u00a0"])
def test_words_for_unknown_are_unknown(raw):
    assert known(raw) == ""


@pytest.mark.parametrize("parse", PARSERS)
def test_what_is_unknown_is_no_value(parse):
    assert not any(parse(raw) for raw in ("", "None", "NA", "-", " \u00a0"))


@pytest.mark.parametrize("parse", PARSERS)
@given(raw=ANY)
def test_whatever_comes_is_understood_or_refused(parse, raw):
    with suppress(Refused):
        parse(raw)


@pytest.mark.parametrize("raw", ["x" * 201, "[" + "y" * 201])
def test_titles_that_do_not_fit_are_refused(raw):
    assert refused(line, raw, 200)


def test_lines_of_prose_stay():
    assert prose(" One &amp;\r\n  two ") == "One &\ntwo"
    assert prose("['One', 'two']") == "One\ntwo"
    assert prose("[One] and [two]") == "[One] and [two]"


@pytest.mark.parametrize(
    ("raw", "things"),
    [
        ("Kneading, Baking ,", ["Kneading", "Baking"]),
        ("Salt, sugar; Flour", ["Salt, sugar", "Flour"]),
        ("Salt|Flour|salt", ["Salt", "Flour"]),
        ("['Salt', \"Baker's flour\"]", ["Salt", "Baker's flour"]),
        ('["Salt; sugar"]', ["Salt; sugar"]),
        ("Salt  Wheat flour   Water", ["Salt", "Wheat flour", "Water"]),
        ("Wheat  flour", ["Wheat flour"]),
        ("[]", []),
        ("None", []),
    ],
)
def test_lists_are_read_as_they_are_written(raw, things):
    assert listed(raw) == things


@pytest.mark.parametrize("raw", ["[1, 2]", "['Salt, 'sugar]"])
def test_lists_that_are_broken_are_refused(raw):
    assert refused(listed, raw)


# --- Numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("3.2m", 3_200_000),
        ("120k", 120_000),
        ("43K reviews", 43_000),
        ("(43K reviews)", 43_000),
        ("1,234", 1234),
        ("1.234.567", 1_234_567),
        ("12 345 students", 12_345),
        ("12\u00a0345", 12_345),
        ("1,5k", 1500),
        ("10,000+", 10_000),
        ("1234.0", 1234),
        ("17 already enrolled", 17),
        ("0", 0),
    ],
)
def test_counts_are_understood(raw, number):
    assert count(raw) == number


@pytest.mark.parametrize(
    "raw", ["1.234", "1,234k", "3.7", "-5", "1,23,456", "many", "3.2b", "9999999999", "12 3"]
)
def test_counts_that_may_be_another_are_refused(raw):
    assert refused(count, raw)


@given(st.integers(0, 2_147_483_647))
def test_counts_in_full_are_themselves(number):
    assert [count(f"{number:{form}}") for form in ("d", ",")] == [number, number]


@pytest.mark.parametrize(
    ("raw", "stars"),
    [
        ("4.9stars", "4.9"),
        ("4.9 out of 5", "4.9"),
        ("4,5", "4.5"),
        ("4.7333", "4.73"),
        ("5/5", "5"),
        ("0", "0"),
    ],
)
def test_ratings_are_understood(raw, stars):
    assert rating(raw) == Decimal(stars)


@pytest.mark.parametrize("raw", ["98%", "9/10", "5.1", "47", "-1", "good"])
def test_ratings_in_anything_but_stars_are_refused(raw):
    assert refused(rating, raw)


@pytest.mark.parametrize(
    ("raw", "amount", "currency"),
    [
        ("Free", "0", ""),
        ("$0", "0", ""),
        ("FREE-Add a Verified Certificate for $49 USD", "0", ""),
        ("0.00", "0", ""),
        ("49 USD", "49", "USD"),
        ("€ 30", "30", "EUR"),
        ("1.299,00 €", "1299", "EUR"),
        ("US$1,299.50", "1299.50", "USD"),
        ("₹499", "499", "INR"),
    ],
)
def test_prices_are_understood(raw, amount, currency):
    assert price(raw) == (Decimal(amount), currency)


@pytest.mark.parametrize("raw", ["$49", "49", "¥3000"])
def test_price_without_a_currency_is_refused_unless_it_is_told(raw):
    told = {"$49": "USD", "49": "EUR", "¥3000": "JPY"}[raw]
    assert refused(price, raw)
    assert price(raw, told) == price(raw, "", told) == (Decimal(raw.strip("$¥")), told)


@pytest.mark.parametrize(
    "raw", ["$39/month", "From 9 USD", "9 USD - 19 USD", "-3 USD", "12 XYZ", "1.2.3 EUR", "999999999 EUR"]
)
def test_what_is_no_price_of_the_whole_is_refused(raw):
    assert refused(price, raw, "", "USD")


def test_price_that_names_another_currency_than_its_column_is_refused():
    assert refused(price, "€ 30", "USD")
    assert price("€ 30", "", "USD") == (30, "EUR")


# --- Efforts ----------------------------------------------------------------------------------


def weeks(least, most):
    return {"weeks_min": least, "weeks_max": most}


def weekly(least, most):
    return {"weekly_hours_min": least, "weekly_hours_max": most}


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        ("Approx. 13 hours to complete", {"effort_hours": 13}),
        ("1.5 total hours", {"effort_hours": 2}),
        ("90 minutes", {"effort_hours": 2}),
        ("3-5 hours", {"effort_hours": 5}),
        ("1 - 4 Weeks", weeks(1, 4)),
        ("1 - 3 Months", weeks(4, 13)),
        ("2–4 hours per week", weekly(2, 4)),
        ("3 months at 10 hours a week", weeks(13, 13) | weekly(10, 10)),
        ("8 weeks, 2 to 3 hours/week", weeks(8, 8) | weekly(2, 3)),
    ],
)
def test_efforts_are_understood(raw, fields):
    assert effort(raw) == fields


@pytest.mark.parametrize(
    "raw", ["13", "5 days", "4 - 2 weeks", "2 hours 3 hours", "0 hours", "a while", "9 weeks a week"]
)
def test_efforts_that_are_not_clear_are_refused(raw):
    assert refused(effort, raw)


def test_bare_number_counts_what_its_column_counts():
    assert [effort("2-4", unit) for unit in ("hours", "weeks", "hours a week")] == [
        {"effort_hours": 4},
        weeks(2, 4),
        weekly(2, 4),
    ]


def test_efforts_that_differ_are_refused():
    assert refused(combined, [weekly(2, 4), weekly(3, 4)])
    assert combined([weekly(2, 4), weeks(1, 2), weekly(2, 4)]) == weekly(2, 4) | weeks(1, 2)


# --- Words and links --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parse", "raw", "value"),
    [
        ("level", "Beginner level", "beginner"),
        ("level", "Mixed", "any"),
        ("level", "Not Calibrated", ""),
        ("kind", "Specialization", "specialisation"),
        ("kind", "Professional Certificate", "programme"),
        ("kind", "Guided project", "course"),
        ("kind", "Master’s Degree", "degree"),
        ("format", "Self-Paced", "self-paced"),
        ("format", "Hybrid", "blended"),
        ("language", "English", "en"),
        ("language", "en-GB", "en"),
        ("language", "Español", "es"),
        ("language", "pt_BR", "pt-br"),
        ("language", "Chinese (Simplified)", "zh-hans"),
    ],
)
def test_words_are_understood(parse, raw, value):
    assert getattr(vocabulary, {"format": "format_"}.get(parse, parse))(raw) == value


@pytest.mark.parametrize(
    "parse", [vocabulary.level, vocabulary.kind, vocabulary.format_, vocabulary.language]
)
@pytest.mark.parametrize("raw", ["Conversant", "English, Klingon", "xx-yy", "42"])
def test_words_that_are_not_known_are_refused(parse, raw):
    assert refused(parse, raw)


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://a.example/b?c=1&amp;d=2", "https://a.example/b?c=1&d=2"),
        ("www.a.example/b", "https://www.a.example/b"),
        ("//a.example", "https://a.example"),
    ],
)
def test_links_are_understood(raw, address):
    assert link(raw) == address


@pytest.mark.parametrize(
    "raw",
    ["click here!", "javascript:alert(1)", "http://localhost/x", "https://u:p@a.example/", "ftp://a.example", "https://[x",
     "https://a.example/" + "x" * 200],
)  # fmt: skip
def test_junk_links_are_refused(raw):
    assert refused(link, raw)
