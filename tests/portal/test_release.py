"""The release: what changes the look of a page changes its digits, and nothing else does."""

import re

import pytest
from django.conf import settings

from portal.release import release_of

FILES = {
    "templates/base.html": "<p>",
    "templates/guides/guide.html": "<h1>",
    "static/css/site.css": "p {}",
    "static/js/site.js": "1",
    "portal/markdown/tables.py": "x = 1",
    "guides/views.py": "y = 1",
}


@pytest.fixture
def site(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_release_of_the_site_is_twelve_digits():
    assert re.fullmatch("[0-9a-f]{12}", settings.RELEASE)


def test_the_release_of_the_same_files_is_the_same(site):
    assert release_of(site) == release_of(site)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_changes_the_release(site, name):
    before = release_of(site)
    (site / name).write_text("changed")
    assert release_of(site) != before


@pytest.mark.parametrize("name", ["templates/new.html", "static/img/new.svg", "accounts/new.py"])
def test_a_new_file_changes_the_release(site, name):
    before = release_of(site)
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("")
    assert release_of(site) != before


def test_a_file_that_moves_changes_the_release(site):
    before = release_of(site)
    (site / "templates/base.html").rename(site / "templates/shell.html")
    assert release_of(site) != before


def test_text_that_moves_from_one_file_to_the_next_changes_the_release(site):
    for name, text in (("templates/a.html", "one"), ("templates/b.html", "two")):
        (site / name).write_text(text)
    before = release_of(site)
    (site / "templates/a.html").write_text("onet")
    (site / "templates/b.html").write_text("wo")
    assert release_of(site) != before


@pytest.mark.parametrize("name", ["README.md", "var/waymark.sqlite3", "var/mail/1.log"])
def test_other_files_leave_the_release_as_it_is(site, name):
    before = release_of(site)
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("new")
    assert release_of(site) == before


def test_the_release_of_the_same_files_elsewhere_is_the_same(site, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere")
    for name, text in FILES.items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text(text)
    assert release_of(other) == release_of(site)
