"""The page of the skills gap, as everybody meets it."""

import logging
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.recording import Saying, record
from gap.models import KeptPosting
from gap.pieces import pieces_of
from guides.progress import State
from tests.factories import SkillFactory, published_guide, step_of
from tests.gap.files import docx, pdf

TEXT = "You know Python, R and SQL.\n\n  Git as well — 🐍 <b>no</b> Java?"
PAGE = reverse("gap", args=["data-baker"])


def send(client, text=TEXT, **more):
    return client.post(PAGE, {"text": text, **more})


def upload(client, data, name="posting.txt"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)})


def words(response):
    return " ".join(unescape(response.content.decode()).split())


def errors(response):
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def say(user, guide, title, state=State.DONE):
    record(user, [Saying(step_of(guide, title).pk, state)])


# --- Asking -----------------------------------------------------------------------------------


def test_first_page_carries_no_cookie_and_no_token(bakery, visitor, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = visitor.get(PAGE)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert b"csrf" not in response.content
    assert response["Cache-Control"] == "no-cache"


def test_unknown_guide_is_not_found(bakery, visitor):
    assert visitor.get(reverse("gap", args=["nobody"])).status_code == 404
    assert visitor.post(reverse("gap", args=["nobody"]), {"text": TEXT}).status_code == 404


def test_old_address_leads_on_and_an_old_form_is_read(bakery, visitor):
    type(bakery).objects.filter(pk=bakery.pk).update(slug="data-miller")
    bakery.refresh_from_db()
    bakery.publish(by=None)
    assert visitor.get(PAGE)["Location"] == reverse("gap", args=["data-miller"])
    assert send(visitor).status_code == 200
    refused = send(visitor, "Python")
    assert (refused.status_code, refused.context["form"]["text"].value()) == (400, "Python")


# --- Visitors ---------------------------------------------------------------------------------


def test_visitor_sees_what_a_posting_asks_for(bakery, visitor):
    response = send(visitor)
    assert [skill.slug for skill in response.context["gap"].missing] == ["python", "r", "sql", "git"]
    assert "This posting names 4 skills" in words(response)
    assert "None is ticked yet: you are not signed in" in words(response)
    assert "/accounts/signup/?follow=data-baker" in words(response)


def test_visitor_is_shown_steps_and_courses(bakery, visitor):
    python, *_, git = send(visitor).context["gap"].missing
    assert [step.title for step in python.steps] == ["Read", "Try"]
    assert python.steps[0].address == "/guides/data-baker/path/#step-read"
    assert ([course.slug for course in python.courses], list(git.steps)) == (["snakes"], [])


@pytest.mark.parametrize("times", [1, 3])
def test_visitor_costs_two_queries_whatever_the_length(bakery, visitor, times, django_assert_num_queries):
    send(visitor)
    with django_assert_num_queries(2):
        response = send(visitor, TEXT * times)
    assert (dict(response.cookies), response["Cache-Control"]) == ({}, "private, no-store")
    assert b"csrf" not in response.content


def test_text_is_escaped_and_its_blanks_are_kept(bakery, visitor):
    content = send(visitor).content.decode()
    assert "\n\n  <mark" in content
    assert "🐍 &lt;b&gt;no&lt;/b&gt; Java?</div>" in content
    assert "<b>no</b>" not in content


def test_text_that_names_nothing_is_told_honestly(bakery, visitor):
    response = send(visitor, "We bake bread and are looking forward to your visit.")
    assert (response.status_code, response.context["gap"].asked) == (200, [])
    assert "No skill that we know" in words(response)


def test_steps_of_other_guides_teach_what_this_one_does_not(bakery, visitor):
    other = published_guide(title="Cook", slug="cook")
    step_of(other, "Read").skills.set([SkillFactory(name="Knife work")])
    other.publish(by=None)
    [skill] = send(visitor, "We ask for knife work, and nothing else.").context["gap"].asked
    assert [(step.guide, step.is_own) for step in skill.steps] == [("cook", False)]


# --- Learners ---------------------------------------------------------------------------------


def test_learner_sees_which_steps_cover_what(bakery, learner, learner_client):
    say(learner, bakery, "Try")
    response = send(learner_client)
    covered = {
        skill.slug: [step.title for step in skill.covered_by] for skill in response.context["gap"].covered
    }
    assert covered == {"python": ["Try"], "r": ["Try"]}
    assert "Your completed steps cover 2 of 4 skills" in words(response)


@pytest.mark.parametrize("state", [State.TODO, State.DOING, State.SKIPPED])
def test_what_is_not_done_covers_nothing(bakery, learner, learner_client, state):
    say(learner, bakery, "Try", state)
    assert send(learner_client).context["gap"].covered == []


def test_step_of_another_guide_covers_too(bakery, learner, learner_client):
    other = published_guide(title="Cook", slug="cook")
    step_of(other, "Read").skills.set(step_of(bakery, "Build").skills.all())
    other.publish(by=None)
    say(learner, other, "Read")
    [sql] = send(learner_client).context["gap"].covered
    assert (sql.slug, sql.covered_by[0].guide_title) == ("sql", "Cook")


def test_others_do_not_cover_for_a_learner(bakery, other_learner, learner_client):
    say(other_learner, bakery, "Try")
    assert send(learner_client).context["gap"].covered == []


@pytest.mark.parametrize("times", [1, 3])
def test_learner_costs_five_queries_whatever_the_length(
    bakery, learner, learner_client, times, django_assert_num_queries
):
    say(learner, bakery, "Try")
    send(learner_client)
    with django_assert_num_queries(5):
        send(learner_client, TEXT * times)


@given(
    st.lists(st.sampled_from(["Python", "R", "SQL", " ", ", ", "\n", "🐍", "é", "x"]), max_size=20).map(
        "".join
    )
)
def test_pieces_make_up_the_text(text):
    from types import SimpleNamespace

    from gap.finding import Finder, Name

    found = Finder([Name("Python", "python"), Name("SQL", "sql")]).find(text)
    asked = [SimpleNamespace(slug=slug, name=slug, covered_by=()) for slug in ("python", "sql")]
    pieces = pieces_of(text, SimpleNamespace(found=found, asked=asked))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.skill for piece in pieces if piece.skill] == [each.slug for each in found]


# --- Bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("", 400, "Paste the text of a posting, or choose a file."),
        (" \n ", 400, "Paste the text of a posting, or choose a file."),
        ("Python", 400, "This is too short for a posting. Paste at least a sentence of it."),
        (
            "Python \0 and SQL, and much more",
            400,
            "There are signs in it that are no text (U+0000). Take them out, or paste it from a text editor.",
        ),
        ("Python " * 150_000, 413, "A posting has at most 100,000 characters here. Paste the posting alone."),
    ],
)
def test_text_that_cannot_be_read_is_said_at_its_field_and_kept(bakery, visitor, text, status, said):
    response = send(visitor, text)
    assert (response.status_code, errors(response)) == (status, {"text": [said]})
    assert response.context["form"]["text"].value() == text


def test_text_beyond_all_measure_is_refused_kindly(bakery, visitor):
    response = send(visitor, "x" * 3_000_000)
    assert (response.status_code, list(errors(response))) == (413, ["text"])


@pytest.mark.parametrize(
    "text",
    [
        "مطلوب مبرمج يعرف Python جيدا ويحب العمل",
        "\u202eWe want Python and SQL, backwards\u202c",
        "\x07\x1b[31m Python and SQL with signs \x7f\x85",
        "Python " + "e\u0301" * 40_000,
        "<script>alert('Python and SQL')</script>",
        "{{ Python }} {% csrf_token %} and SQL as well",
    ],
)
def test_odd_text_is_read(bakery, visitor, text):
    response = send(visitor, text)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"", 400, "This file is empty."),
        (b"x" * 1_100_000, 413, "This file is larger than 1 MB. Give the posting alone, or paste its text."),
        (b"Python", 400, "This is too short for a posting. Paste at least a sentence of it."),
    ],
)
def test_file_that_cannot_be_read_is_said_at_its_field(bakery, visitor, data, status, said):
    response = upload(visitor, data)
    assert (response.status_code, errors(response)) == (status, {"file": [said]})


def test_text_and_file_at_once_are_refused_and_the_text_stays(bakery, visitor):
    response = send(visitor, file=SimpleUploadedFile("a.txt", b"Python and SQL and so on, all day"))
    assert (response.status_code, list(errors(response))) == (400, ["file"])
    assert response.context["form"]["text"].value() == TEXT


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"We look for somebody who knows Python.", "posting.exe"),
        (pdf("We look for somebody who knows Python."), "posting.txt"),
        (docx("We look for somebody who knows Python."), "posting.pdf"),
    ],
)
def test_file_is_read_by_what_it_holds(bakery, visitor, data, name):
    response = upload(visitor, data, name)
    assert [skill.slug for skill in response.context["gap"].asked] == ["python"]
    assert "Python" in response.context["form"]["text"].value()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(bakery, visitor, method):
    assert getattr(visitor, method)(PAGE).status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://[broken"},
    ],
)
def test_form_of_another_site_is_refused(bakery, learner_client, headers):
    assert learner_client.post(PAGE, {"text": TEXT}, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_own_form_is_read_without_a_token(bakery, headers):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, {"text": TEXT}, headers=headers).status_code == 200


def test_many_postings_in_a_minute_are_too_many(bakery, visitor, monkeypatch):
    monkeypatch.setattr("gap.throttling.Analyses.allowed", 1)
    assert [send(visitor).status_code for _ in range(2)] == [200, 429]
    assert send(visitor).context["form"]["text"].value() == TEXT


def test_what_cannot_be_read_counts_too_and_no_file_is_parsed_beyond(bakery, visitor, monkeypatch):
    monkeypatch.setattr("gap.throttling.Analyses.allowed", 1)
    broken = b"%PDF-1.4 and nothing that a PDF has"
    first, second = upload(visitor, broken), upload(visitor, broken)
    assert (first.status_code, list(errors(first))) == (400, ["file"])
    assert (second.status_code, list(errors(second))) == (429, ["__all__"])


def test_of_several_files_one_alone_is_kept(bakery, visitor):
    files = [SimpleUploadedFile(name, b"We look for Python. " + name.encode() * 9) for name in ("one", "two")]
    response = visitor.post(PAGE, {"file": files})
    assert (response.status_code, "oneone" in response.context["text"]) == (200, True)
    assert len(response.wsgi_request.FILES.getlist("file")) == 1


# --- Nothing stays ----------------------------------------------------------------------------


def test_nothing_of_a_posting_is_stored_or_logged(bakery, learner_client, caplog):
    with caplog.at_level(logging.DEBUG):
        send(learner_client, "Secret posting of Zeppelin for Python people")
    assert KeptPosting.objects.count() == 0
    assert "Zeppelin" not in caplog.text
