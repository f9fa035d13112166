"""Saving courses and certifications for later: as rows, as pages and in the API."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts.models import Saved, User
from accounts.saving import is_saved, offer_named, save, saved_slugs, unsave
from tests.factories import PASSWORD, CertificationFactory, CourseFactory

SAVED, API = reverse("saved"), "/api/v1/me/saved/"
HTMX = {"HX-Request": "true"}

KINDS = pytest.mark.parametrize(
    ("kind", "make"), [("course", CourseFactory), ("certification", CertificationFactory)]
)


def button(kind, slug):
    return reverse("save", args=[kind, slug])


def titles(response):
    return re.findall(r"<h2>(?:<a [^>]*>)?([^<]*)", response.content.decode())


def saved_by(user):
    return [str(saved.offer) for saved in user.saved.for_list()]


# --- Rows --------------------------------------------------------------------------------------


@KINDS
def test_offer_is_saved_once(learner, kind, make):
    offer = make(slug="bread")
    assert [save(learner, offer), save(learner, offer)] == [True, False]
    assert (saved_by(learner), saved_slugs(learner, kind)) == ([offer.title], {"bread"})


@KINDS
def test_offer_is_taken_off_again(learner, other_learner, kind, make):
    offer = make()
    save(learner, offer)
    save(other_learner, offer)
    unsave(learner, offer)
    unsave(learner, offer)
    assert [is_saved(user, offer) for user in (learner, other_learner)] == [False, True]


def test_kinds_are_kept_apart(learner):
    save(learner, CourseFactory(slug="bread"))
    CertificationFactory(slug="bread")
    assert (saved_slugs(learner, "course"), saved_slugs(learner, "certification")) == ({"bread"}, set())


@pytest.mark.parametrize("things", [1, 3])
def test_saved_slugs_cost_one_query(learner, things, django_assert_num_queries):
    for course in CourseFactory.create_batch(things):
        save(learner, course)
    with django_assert_num_queries(1):
        assert len(saved_slugs(learner, "course")) == things


@pytest.mark.parametrize("has", [("course", "certification"), ()])
def test_row_is_about_one_thing(learner, has):
    made = {"course": CourseFactory(), "certification": CertificationFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Saved.objects.create(user=learner, **{kind: made[kind] for kind in has})


@KINDS
def test_row_is_there_once(learner, kind, make):
    offer = make()
    save(learner, offer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Saved.objects.create(user=learner, **{kind: offer})


@KINDS
def test_deleted_offer_is_saved_no_more(learner, kind, make):
    offer = make()
    save(learner, offer)
    offer.delete()
    assert saved_by(learner) == []


@pytest.mark.parametrize(
    "text", ["", "course", "course:", "course:none", "guide:bread", ":bread", "course:\x00", "course:é", "::"]
)
def test_name_of_nothing_names_nothing(db, text):
    CourseFactory(slug="bread")
    assert offer_named(text) is None


# --- The button --------------------------------------------------------------------------------


@KINDS
def test_button_saves_and_leads_back(learner_client, learner, kind, make):
    offer = make(title="Bread", slug="bread")
    response = learner_client.post(button(kind, "bread"), {"saved": "yes", "next": "/courses/?page=2"})
    assert (response["Location"], saved_by(learner)) == ("/courses/?page=2", [offer.title])


def test_button_takes_off_and_says_so(learner_client, learner):
    save(learner, CourseFactory(title="Bread", slug="bread"))
    response = learner_client.post(button("course", "bread"), {"saved": "no"}, follow=True)
    assert response.redirect_chain == [(SAVED, 302)]
    assert [str(message) for message in response.context["messages"]] == ["No longer saved: Bread."]
    assert saved_by(learner) == []


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "javascript:x()", "\\\\evil", ""]
)
def test_button_leads_nowhere_else(learner_client, away):
    CourseFactory(slug="bread")
    response = learner_client.post(button("course", "bread"), {"saved": "yes", "next": away})
    assert response["Location"] == SAVED


def test_htmx_gets_the_button_as_it_is_now(learner_client):
    CourseFactory(title="Bread", slug="bread")
    response = learner_client.post(button("course", "bread"), {"saved": "yes"}, headers=HTMX)
    found = re.findall(
        r'id="([\w-]+)"|name="saved" data-announce="([^"]*)" value="(\w+)"', response.content.decode()
    )
    assert found == [("save-course-bread", "", ""), ("", "Saved for later: Bread.", "no")]


@pytest.mark.parametrize("address", [("course", "none"), ("guide", "bread")])
def test_button_of_nothing_is_not_found(learner_client, address):
    CourseFactory(slug="bread")
    assert learner_client.post(button(*address), {"saved": "yes"}).status_code == 404


@pytest.mark.parametrize("said", ["", "perhaps"])
def test_button_that_says_nothing_is_refused(learner_client, learner, said):
    CourseFactory(slug="bread")
    assert learner_client.post(button("course", "bread"), {"saved": said}).status_code == 400
    assert saved_by(learner) == []


def test_button_is_not_for_reading(learner_client):
    CourseFactory(slug="bread")
    assert learner_client.get(button("course", "bread")).status_code == 405


def test_button_needs_the_token(learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    CourseFactory(slug="bread")
    assert client.post(button("course", "bread"), {"saved": "yes"}).status_code == 403


@pytest.mark.parametrize("title", ["Bread", "<script>x</script>"])
def test_button_names_what_it_saves(db, title):
    course = CourseFactory(title=title, slug="bread")
    html = render_to_string("courses/save.html", {"offer": course, "kind": "course", "is_saved": False})
    assert ("<script>" in html, html.count(" for later: ")) == (False, 1)


# --- Visitors ----------------------------------------------------------------------------------


def test_button_of_a_visitor_leads_to_the_sign_up(db):
    context = {
        "offer": CourseFactory(slug="bread"),
        "kind": "course",
        "is_visitor": True,
        "next": "/courses/?a=b",
    }
    [address] = re.findall(r'href="([^"]+)"', render_to_string("courses/save.html", context))
    parts = urlsplit(address.replace("&amp;", "&"))
    assert parts.path == reverse("account_signup")
    assert parse_qs(parts.query) == {"save": ["course:bread"], "next": ["/courses/?a=b"]}


@pytest.mark.parametrize(
    ("said", "kept"),
    [("yes", {"save": ["course:bread"], "next": ["/courses/"]}), ("no", {"next": ["/courses/"]})],
)
def test_button_after_the_session_has_ended_leads_to_the_log_in(visitor, db, said, kept):
    CourseFactory(slug="bread")
    response = visitor.post(button("course", "bread"), {"saved": said, "next": "/courses/"})
    parts = urlsplit(response["Location"])
    assert (parts.path, parse_qs(parts.query)) == (reverse("account_login"), kept)


def test_what_a_visitor_chose_is_saved_after_sign_up(visitor, db):
    CourseFactory(title="Bread", slug="bread")
    fields = {"email": "ada@example.org", "password1": PASSWORD, "password2": PASSWORD}
    wanted = {"save": "course:bread", "next": "/courses/"}
    response = visitor.post(reverse("account_signup"), fields | wanted)
    assert (response["Location"], saved_by(User.objects.get())) == ("/courses/", ["Bread"])


def test_what_a_visitor_chose_is_saved_after_log_in(visitor, learner):
    CertificationFactory(title="Baker", slug="baker")
    sent = {"login": learner.email, "password": PASSWORD, "save": "certification:baker"}
    response = visitor.post(reverse("account_login"), sent)
    assert (response["Location"], saved_by(learner)) == (reverse("dashboard"), ["Baker"])


@pytest.mark.parametrize("page", ["account_signup", "account_login"])
def test_what_a_visitor_chose_is_carried_by_the_form_and_the_link(visitor, db, page):
    content = visitor.get(reverse(page), {"save": "course:bread"}).content.decode()
    assert re.findall(r'name="save" value="([^"]*)"', content) == ["course:bread"]
    assert re.findall(r'href="/accounts/\w+/\?([^"]*)"', content) == ["save=course%3Abread"]
    assert content.count("it is saved as soon as you are in") == 1


def test_what_is_none_is_not_saved(visitor, learner):
    sent = {"login": learner.email, "password": PASSWORD, "save": "course:none"}
    assert visitor.post(reverse("account_login"), sent)["Location"] == reverse("dashboard")
    assert saved_by(learner) == []


# --- The page ----------------------------------------------------------------------------------


def test_page_lists_what_the_learner_saved_the_latest_first(learner_client, learner, other_learner):
    save(learner, CourseFactory(title="Bread"))
    save(learner, CertificationFactory(title="Baker"))
    save(other_learner, CourseFactory(title="Cake"))
    assert titles(learner_client.get(SAVED)) == ["Baker", "Bread"]


def test_page_without_anything_says_so(learner_client):
    assert titles(learner_client.get(SAVED)) == ["Nothing saved yet"]


def test_page_says_what_can_no_longer_be_had(learner_client, learner):
    save(learner, CourseFactory(status="retired", checked_on="2026-11-20"))
    assert learner_client.get(SAVED).content.decode().count("can no longer be had") == 1


@pytest.mark.parametrize("things", [1, 3])
def test_page_costs_the_same_for_one_and_for_three(
    learner_client, learner, things, django_assert_num_queries
):
    for make in (CourseFactory, CertificationFactory):
        for offer in make.create_batch(things):
            save(learner, offer)
    with django_assert_num_queries(4):  # session, user, the count and the list
        assert len(titles(learner_client.get(SAVED))) == 2 * things


def test_page_has_one_token_for_all_buttons(learner_client, learner):
    for course in CourseFactory.create_batch(3):
        save(learner, course)
    content = learner_client.get(SAVED).content.decode()
    assert (content.count('<form id="save"'), content.count('form="save"')) == (1, 3)


def test_page_is_closed_to_visitors(visitor, db):
    assert visitor.get(SAVED)["Location"] == f"{reverse('account_login')}?next={SAVED}"


def test_page_is_linked_from_the_dashboard_and_the_menu(learner_client):
    assert learner_client.get(reverse("dashboard")).content.decode().count(f'href="{SAVED}"') == 2


# --- The API -----------------------------------------------------------------------------------


def item(kind, slug):
    return f"{API}{kind}/{slug}/"


@KINDS
def test_api_saves_once(learner_client, learner, kind, make):
    make(title="Bread", slug="bread")
    answers = [learner_client.put(item(kind, "bread")) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    body = answers[1].json()
    assert body == {"kind": kind, "slug": "bread", "title": "Bread", "saved_at": body["saved_at"]}
    assert saved_by(learner) == ["Bread"]


@KINDS
def test_api_takes_off(learner_client, learner, kind, make):
    save(learner, make(slug="bread"))
    answers = [learner_client.delete(item(kind, "bread")).status_code for _ in range(2)]
    assert (answers, saved_by(learner)) == ([204, 204], [])


@pytest.mark.parametrize("address", [("course", "none"), ("guide", "bread"), ("courses", "bread")])
def test_api_knows_no_other_things(learner_client, address):
    CourseFactory(slug="bread")
    answers = [getattr(learner_client, verb)(item(*address)) for verb in ("put", "delete")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert (
        answers[0]
        .json()["detail"]
        .endswith("The address ends with course or certification, a slash and a slug.")
    )


@pytest.mark.parametrize("things", [1, 3])
def test_api_lists_at_one_cost(learner_client, learner, other_learner, things, django_assert_num_queries):
    for course in CourseFactory.create_batch(things):
        save(learner, course)
        save(other_learner, course)
    with django_assert_num_queries(4):  # session, user, the count and the list
        body = learner_client.get(API).json()
    assert (body["count"], len(body["results"])) == (things, things)


@pytest.mark.parametrize(
    ("verb", "address"), [("get", API), ("put", item("course", "bread")), ("delete", item("course", "bread"))]
)
def test_api_is_closed_to_visitors(visitor, db, verb, address):
    CourseFactory(slug="bread")
    assert getattr(visitor, verb)(address).status_code == 403
