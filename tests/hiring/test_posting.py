"""A job description from a sample and from what an employer says."""

from decimal import Decimal

import pytest

from hiring.hints import hints_of
from hiring.posting import Pay, Said, Sample, Text, posting_of

SAMPLE = Sample(
    title="Data baker",
    summary="You bake.",
    duties=("Bake", "Taste"),
    requirements=("Patience",),
    nice_to_have=(),
    offers=("How early the day begins",),
    levels=("Junior: bakes", "Senior: decides"),
)
ALL = Said(
    title="Night baker",
    company="Crumb",
    place="Riga",
    arrangement="On site",
    employment="Part-time",
    level="Junior",
    years=1,
    pay=Pay(Decimal(10), Decimal("12.50"), "EUR", "an hour"),
    skills=("Python",),
    offers=("Bread",),
    apply=("Write to us",),
)


def part(posting, heading):
    [found] = [part for part in posting.parts if part.heading == heading]
    return [str(text) for text in found.texts]


def test_what_is_not_said_stands_as_a_placeholder():
    posting = posting_of(SAMPLE, Said())
    assert posting.title == "Data baker"
    assert [str(text) for _, text in posting.facts] == [
        "[company]",
        "[place]",
        "[on site, hybrid or remote]",
        "[full-time or part-time, permanent or not]",
        "[level]",
        "[pay from and to, currency, period]",
    ]
    assert part(posting, "What we offer") == ["[How early the day begins]"]
    assert posting.blanks == 10


def test_what_is_said_stands_in_its_place():
    posting = posting_of(SAMPLE, ALL)
    assert (posting.title, posting.blanks) == ("Night baker", 0)
    assert dict(posting.facts)["Pay"] == Text("10 to 12.50 EUR an hour")
    assert part(posting, "What you need") == [
        "Patience",
        "1 year of experience in this work or in work close to it",
    ]
    assert part(posting, "What we offer") == ["Bread"]


def test_part_without_anything_in_it_is_left_out():
    assert "Nice to have" not in [part.heading for part in posting_of(SAMPLE, Said()).parts]


@pytest.mark.parametrize(
    ("lowest", "highest", "words"),
    [
        ("60000", "80000", "60,000 to 80,000 EUR a year"),
        ("60000", None, "from 60,000 EUR a year"),
        (None, "80000", "up to 80,000 EUR a year"),
        ("60000", "60000.00", "60,000 EUR a year"),
        ("0", "0", "0 EUR a year"),
        ("24.5", "30", "24.50 to 30 EUR a year"),
    ],
)
def test_pay_is_said_in_words(lowest, highest, words):
    ends = (None if end is None else Decimal(end) for end in (lowest, highest))
    assert str(Pay(*ends, "EUR", "a year")) == words


@pytest.mark.parametrize(
    ("years", "words"), [(0, "No experience at work is needed"), (2, "2 years of experience")]
)
def test_experience_is_said_in_words(years, words):
    assert part(posting_of(SAMPLE, Said(years=years)), "What you need")[-1].startswith(words)


def hints(**said):
    said = Said(**{**ALL.__dict__, **said})
    return hints_of(said, posting_of(SAMPLE, said))


def test_fair_description_has_no_hint():
    assert hints() == []


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ({"pay": None}, "Say what it pays"),
        ({"pay": Pay(Decimal(10), Decimal(21), "EUR", "an hour")}, "The upper end of the pay"),
        ({"skills": tuple("abcdefghi")}, "You name 9 skills."),
        ({"years": 5}, "“Junior” and 5 years of experience"),
        ({"place": ""}, "1 placeholder in [brackets] is left."),
    ],
)
def test_hint_names_what_could_be_better(said, begins):
    assert hints(**said)[0].startswith(begins)
