"""What pages say to crawlers, previews and home screens."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings
from django.utils import timezone

from tests.factories import CourseFactory, published_guide

SITE = "http://127.0.0.1:8000"
PUBLIC = ["/", "/guides/", "/guides/data-baker/", "/guides/data-baker/path/", "/courses/", "/certifications/"]


def meta_of(client, address):
    """Return title, canonical address and what stands in the meta elements of a page, by name."""
    html = client.get(address).content.decode()
    found = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html))
    return {
        **found,
        "title": re.search(r"<title>(.*?)</title>", html)[1],
        "canonical": (re.findall(r'<link rel="canonical" href="([^"]*)"', html) or [""])[0],
    }


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_says_what_it_is(guide, visitor, address):
    meta = meta_of(visitor, address)
    assert meta["canonical"] == meta["og:url"] == f"{SITE}{address}"
    assert meta["title"] == f"{meta['og:title']} · Waymark"
    assert meta["description"] == meta["og:description"]
    assert 50 <= len(meta["description"]) <= 300
    assert "robots" not in meta


def test_pages_have_titles_of_their_own(guide, visitor):
    titles = [meta_of(visitor, address)["title"] for address in PUBLIC]
    assert len(set(titles)) == len(PUBLIC)


def test_guide_is_told_by_its_summary(guide, visitor):
    meta = meta_of(visitor, "/guides/data-baker/")
    assert meta["description"].startswith("Does what the title says.")
    assert meta["og:type"] == "article"


def test_card_is_a_picture_of_the_site(guide, visitor):
    image = meta_of(visitor, "/guides/data-baker/")["og:image"]
    assert image.startswith(f"{SITE}/static/")
    assert finders.find(image.removeprefix(f"{SITE}/static/"))


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/nowhere/"])
def test_page_that_nobody_should_find_says_so(visitor, db, address):
    assert meta_of(visitor, address)["robots"] == "noindex"


def test_dashboard_is_not_to_be_found(learner_client):
    assert meta_of(learner_client, "/dashboard/")["robots"] == "noindex"


def test_each_page_of_a_list_has_its_own_address(visitor, db):
    CourseFactory.create_batch(51)
    assert meta_of(visitor, "/courses/?page=2&x=1")["canonical"] == f"{SITE}/courses/?page=2"


@override_settings(SITE_URL="https://way.example")
def test_addresses_are_those_that_people_are_given(guide, visitor):
    assert meta_of(visitor, "/")["canonical"] == "https://way.example/"


# --- Sitemap, robots, icons -------------------------------------------------------------------


def places(client):
    return re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())


def test_sitemap_lists_public_pages(guide, visitor):
    assert places(visitor) == [
        f"{SITE}{address}"
        for address in [
            "/",
            "/guides/",
            "/guides/compare/",
            "/quiz/",
            "/glossary/",
            "/job-descriptions/",
            "/courses/",
            "/certifications/",
            "/api/docs/",
            "/contact/",
            "/privacy/",
            "/guides/data-baker/",
            "/guides/data-baker/path/",
            "/guides/data-baker/faq/",
            "/guides/data-baker/salaries/",
            "/guides/data-baker/outlook/",
            "/guides/data-baker/gap/",
            "/guides/data-baker/interview/",
            "/guides/data-baker/jobs/",
            "/guides/data-baker/job-description/",
        ]
    ]


def test_sitemap_says_when_a_guide_changed(guide, visitor):
    html = visitor.get("/sitemap.xml").content.decode()
    changed = f"<lastmod>{guide.editions.get().live_at:%Y-%m-%d}</lastmod>"
    assert html.count(changed) == 3  # the guide, its path, its questions


def test_sitemap_leaves_hidden_guides_out(guide, visitor):
    guide.unpublished_at = timezone.now()
    guide.save()
    assert [place for place in places(visitor) if "data-baker" in place] == []


@pytest.mark.parametrize("count", [1, 3])
def test_sitemap_takes_nine_queries(count, visitor, db, django_assert_num_queries):
    for number in range(count):
        published_guide(title=f"Cook {number}", slug=f"cook-{number}")
    # guides; courses, certifications, providers, skills; four for the questions of interviews
    with django_assert_num_queries(9):
        visitor.get("/sitemap.xml")


@override_settings(SITE_URL="https://way.example")
def test_sitemap_names_the_site_whatever_host_was_asked(guide, visitor):
    assert {place.split("/")[2] for place in places(visitor)} == {"way.example"}


def test_robots_may_read_what_is_public(visitor):
    lines = visitor.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /api/v1/me/",
        "Disallow: /dashboard/",
        "Disallow: /preview/",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
    ]


def test_manifest_names_icons_that_exist(visitor):
    answer = visitor.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    icons = [icon["src"].removeprefix("/static/") for icon in answer.json()["icons"]]
    assert [icon for icon in icons if not finders.find(icon)] == []


def test_icon_is_found_where_browsers_look(visitor):
    answer = visitor.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (301, "/static/img/favicon.ico")
