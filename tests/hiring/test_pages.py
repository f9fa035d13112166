"""The pages of job descriptions."""

from html import unescape

import pytest
from django.urls import reverse

from tests.factories import JobDescriptionFactory, SkillFactory, published_guide

LIST = "/job-descriptions/"
PAGE = "/guides/data-baker/job-description/"


@pytest.fixture
def sample(guide):
    return JobDescriptionFactory(guide=guide)


@pytest.fixture
def skilled(sample, guide):
    """The sample of a guide with two skills."""
    guide.steps.first().skills.set([SkillFactory(name="Kneading"), SkillFactory(name="Python")])
    guide.publish(by=None)
    return sample


def text_of(response):
    return unescape(response.content.decode())


def test_sample_stands_with_its_placeholders(visitor, sample):
    text = text_of(visitor.get(PAGE))
    assert "<li><b>Company:</b> <mark>[company]</mark>" in " ".join(text.split())
    assert "<bdi>Taste</bdi>" in text
    assert f'href="{reverse("salaries", args=["data-baker"])}"' in text


def test_what_is_filled_in_stands_in_the_description(visitor, skilled):
    asked = {
        "title": "Night baker",
        "company": "Crumb & Co",
        "place": "ריגה",
        "arrangement": "remote",
        "employment": "part-time",
        "level": "Senior",
        "years": "0",
        "pay_from": "30000",
        "pay_to": "40000",
        "currency": "eur",
        "period": "year",
        "skill": ["kneading"],
        "own_skills": "Sourdough\n\nRye",
        "offers": "Bread",
        "apply": "Write to us",
    }
    text = text_of(visitor.get(PAGE, asked))
    for words in (
        "<h2><bdi>Night baker</bdi></h2>",
        "<bdi>Crumb & Co</bdi>",
        "<bdi>ריגה</bdi>",
        "<bdi>Remote</bdi>",
        "<bdi>Part-time</bdi>",
        "<bdi>Senior</bdi>",
        "<bdi>30,000 to 40,000 EUR a year</bdi>",
        "<bdi>Kneading</bdi>",
        "<bdi>Rye</bdi>",
        "<bdi>Bread</bdi>",
        "<bdi>Write to us</bdi>",
        "<bdi>No experience at work is needed</bdi>",
    ):
        assert words in text
    assert "<mark>" not in text


def test_what_is_typed_is_escaped(visitor, sample):
    html = visitor.get(PAGE, {"company": '<script>alert("x")</script>'}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in html


WRONG = [
    ({"pay_from": "lots"}, "Give the amount in figures alone, such as 60000 or 24.50."),
    ({"pay_from": "50.000"}, "This may mean two amounts. Type 50000, or 50.00 with cents."),
    ({"pay_from": "24.5678"}, "Give cents as two figures at most, such as 24.50."),
    ({"pay_from": "5,00,0"}, "Give the amount in figures alone"),
    ({"pay_from": "-1"}, "Give an amount of 0 or more."),
    ({"pay_from": "NaN"}, "Give the amount in figures alone"),
    ({"pay_from": "1e400"}, "Ensure that there are no more than 11 digits"),
    ({"pay_from": "2", "pay_to": "1", "currency": "EUR"}, "This is less than the lower end."),
    ({"pay_to": "1"}, "Say in which currency, such as EUR."),
    ({"currency": "€"}, "Use the three letters of the currency, such as EUR."),
    ({"period": "fortnight"}, "“fortnight” is no period. Choose from the list."),
    ({"years": "two"}, "Give a whole number of years, such as 2."),
    ({"years": "900"}, "less than or equal to 40"),
    ({"level": "King"}, "“King” is not offered here. Choose from the list."),
    ({"skill": "juggling"}, "“juggling” is not offered here. Write it below instead."),
    ({"company": "a\0b"}, "There is a sign in this that cannot be shown."),
    ({"apply": "a\x07b"}, "There is a sign in this that cannot be shown."),
    ({"title": "x" * 1_000_000}, "at most 120 characters (it has 1000000)"),
    ({"offers": "x" * 1_000_000}, "at most 1200 characters (it has 1000000)"),
    ({"own_skills": "x\n" * 21}, "Write 20 lines at most; there are 21."),
]


@pytest.mark.parametrize(("asked", "said"), WRONG)
def test_mistake_is_told_and_nothing_typed_is_lost(visitor, sample, asked, said):
    response = visitor.get(PAGE, {"place": "Riga", **asked})
    text = text_of(response)
    assert (response.status_code, said in text) == (400, True)
    assert 'value="Riga"' in text
    kept = next(iter(asked.values()))
    assert kept.strip() in text or "skill" in asked


@pytest.mark.parametrize(("asked", "said"), WRONG)
def test_mistake_makes_no_file(visitor, sample, asked, said):
    response = visitor.get(PAGE, {**asked, "as": "markdown"})
    assert (response.status_code, "Content-Disposition" in response) == (400, False)


@pytest.mark.parametrize(
    "amount",
    ["50,000", "50 000", "50\u00a0000", "50\u2009000", "50\u202f000", "50'000", "50’000", "50.000,00"],
)
def test_amount_may_have_its_thousands_apart(visitor, sample, amount):
    response = visitor.get(PAGE, {"pay_from": amount, "currency": "EUR"})
    assert (response.status_code, "from 50,000 EUR a year" in text_of(response)) == (200, True)


def test_field_that_is_wrong_is_left_out_alone(visitor, sample):
    asked = {"company": "Crumb", "years": "two", "pay_from": "50000", "currency": "EUR"}
    response = visitor.get(PAGE, asked)
    text = text_of(response)
    assert response.status_code == 400
    assert ("<bdi>Crumb</bdi>" in text, "<bdi>from 50,000 EUR a year</bdi>" in text) == (True, True)
    assert "[how much experience, or that none is needed]" in text


def test_half_of_the_pay_is_not_shown_without_the_other(visitor, sample):
    asked = {"company": "Crumb", "pay_from": "50000", "pay_to": "lots", "currency": "EUR"}
    text = text_of(visitor.get(PAGE, asked))
    assert ("<bdi>Crumb</bdi>" in text, "[pay from and to, currency, period]" in text) == (True, True)


def test_links_to_files_leave_out_what_is_wrong(visitor, sample):
    asked = {"company": "Crumb", "pay_from": "50.000", "currency": "EUR"}
    assert 'href="?company=Crumb&amp;as=markdown"' in visitor.get(PAGE, asked).content.decode()
    assert visitor.get(PAGE, {"company": "Crumb", "as": "markdown"}).status_code == 200


def test_description_comes_as_markdown(visitor, sample):
    response = visitor.get(PAGE, {"title": "Night *baker*", "company": "Crumb", "as": "markdown"})
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="night-baker.md"'
    assert response.content.decode().startswith(
        "# Night \\*baker\\*\n\n- **Company:** Crumb\n- **Place:** [place]\n"
    )


def test_description_comes_as_html(visitor, sample):
    response = visitor.get(PAGE, {"company": "<b>", "as": "html"})
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="data-baker.html"'
    assert "<bdi>&lt;b&gt;</bdi>" in response.content.decode()


def test_other_file_is_refused(visitor, sample):
    response = visitor.get(PAGE, {"as": "pdf"})
    assert (response.status_code, "Use markdown or html." in text_of(response)) == (400, True)


def test_links_to_files_carry_what_was_filled_in(visitor, sample):
    html = visitor.get(PAGE, {"company": "A&B"}).content.decode()
    assert 'href="?company=A%26B&amp;as=markdown"' in html


def test_page_with_words_in_it_is_not_to_be_found(visitor, sample):
    pages = [visitor.get(PAGE, asked).content.decode() for asked in ({}, {"company": "Crumb"})]
    assert ['content="noindex"' in page for page in pages] == [False, True]


def test_parameter_of_others_leaves_no_trace_in_the_page_that_all_get(visitor, sample):
    visitor.get(PAGE, {"utm_source": "elsewhere"})
    html = visitor.get(PAGE).content.decode()
    assert ("utm_source" in html, 'content="noindex"' in html) == (False, False)


def test_career_without_a_sample_says_so(visitor, guide):
    response = visitor.get(PAGE)
    assert (response.status_code, "No sample for this career yet" in text_of(response)) == (200, True)


def test_guide_that_is_not_there_is_not_found(visitor, db):
    assert visitor.get(PAGE).status_code == 404


def test_former_address_leads_on(visitor, sample, guide):
    guide.slug = "data-cook"
    guide.save()
    guide.publish(by=None)
    response = visitor.get(PAGE, {"company": "Crumb"})
    assert response["Location"] == "/guides/data-cook/job-description/?company=Crumb"


def test_change_of_the_sample_shows_at_once(visitor, sample):
    visitor.get(PAGE)
    sample.duties = "Rest"
    sample.save()
    assert "<bdi>Rest</bdi>" in text_of(visitor.get(PAGE))


@pytest.mark.parametrize("address", [PAGE, LIST])
def test_visitors_pages_have_no_cookie_and_no_token(visitor, sample, address):
    for asked in ({}, {"company": "Crumb"}):
        response = visitor.get(address, asked)
        assert (dict(response.cookies), "csrf" in text_of(response)) == ({}, False)


@pytest.mark.parametrize("address", [PAGE, LIST])
def test_pages_take_no_post(visitor, sample, address):
    assert visitor.post(address).status_code == 405


def test_page_takes_two_queries(visitor, learner_client, skilled, django_assert_num_queries):
    visitor.get(PAGE)  # parses the document
    for asked in ({}, {"company": "Crumb"}):
        with django_assert_num_queries(2):
            visitor.get(PAGE, asked)
        with django_assert_num_queries(4):
            learner_client.get(PAGE, asked)


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_one_query(visitor, number, db, django_assert_num_queries):
    for each in range(number):
        JobDescriptionFactory(guide=published_guide(title=f"Career {each}"))
    with django_assert_num_queries(1):
        visitor.get(LIST)


def test_list_goes_from_a_to_z(visitor, sample):
    JobDescriptionFactory(guide=published_guide(title="Apple grower"))
    JobDescriptionFactory()  # of a guide that is not public
    published_guide(title="Miller")  # without a sample
    text = text_of(visitor.get(LIST))
    found = [text.index(words) for words in ('id="letter-A"', "Apple grower", 'id="letter-D"', "Data baker")]
    assert found == sorted(found)
    assert ("Miller" in text, text.count("<article")) == (False, 2)


def test_each_letter_has_one_part_of_the_list_however_titles_are_sorted(visitor, db):
    for title in ("Écru dyer", "Öl miller", "école cook"):
        JobDescriptionFactory(guide=published_guide(title=title))
    assert [letter for letter, _ in visitor.get(LIST).context["letters"]] == ["É", "Ö"]


def test_empty_list_says_so(visitor, db):
    assert "No sample yet" in text_of(visitor.get(LIST))
