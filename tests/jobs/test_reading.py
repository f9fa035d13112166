"""Feeds read: what is taken from them, and what no feed can do."""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from jobs.reading import Unreadable, read
from jobs.reading.cleaning import plain
from jobs.reading.sameness import is_web_link, link_key, same_key
from jobs.reading.scanning import scanned
from tests.jobs.feeds import atom, item, rss

URL = "https://jobs.example/feed/"


def entries(content, content_type="application/rss+xml"):
    return read(content, content_type, URL).entries


def titles(content, content_type=""):
    return [entry.title for entry in entries(content, content_type)]


# --- What is taken -----------------------------------------------------------------------------


def test_item_of_rss_is_taken():
    moment = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
    extra = (
        "<job_listing:company>Crumb &amp; Sons</job_listing:company>"
        "<job_listing:location>Bern</job_listing:location>"
        "<description><![CDATA[<p>Knead <b>daily</b>.</p><p>Early.</p><script>x</script>]]></description>"
    )
    [entry] = entries(
        rss(item("Data baker", "https://jobs.example/7?a=1&b=2", published=moment, extra=extra))
    )
    told = (entry.title, entry.link, entry.company, entry.place, entry.summary, entry.published_at)
    assert told == (
        "Data baker",
        "https://jobs.example/7?a=1&b=2",
        "Crumb & Sons",
        "Bern",
        "Knead daily. Early.",
        moment,
    )


def test_entry_of_atom_is_taken():
    entry = (
        "<entry><id>urn:7</id><title type='html'>Data &amp;amp; bread</title><link href='/jobs/7'/>"
        "<updated>2026-11-18T09:30:00+01:00</updated>"
        "<content type='html'>&lt;i&gt;Knead&lt;/i&gt;</content></entry>"
    )
    [found] = entries(atom(entry))
    assert (found.title, found.link, found.summary) == (
        "Data & bread",
        "https://jobs.example/jobs/7",
        "Knead",
    )
    assert found.published_at == datetime(2026, 11, 18, 8, 30, tzinfo=UTC)


def test_feed_of_rdf_is_taken():
    content = (
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        b"<channel/><item><title>Baker</title><link>https://jobs.example/1</link></item></rdf:RDF>"
    )
    assert titles(content) == ["Baker"]


def test_relative_links_are_of_the_feed():
    assert entries(rss(item(link="../7")))[0].link == "https://jobs.example/7"


@pytest.mark.parametrize(
    "link",
    ["", "javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "ftp://jobs.example/", "http://a@b.example/",
     "http://[::1", "https://jobs.example/" + "a" * 2000],
)  # fmt: skip
def test_entry_without_a_link_to_the_web_is_skipped(link):
    reading = read(rss(item(link=link), item("Miller", "https://jobs.example/2")), "", URL)
    assert [entry.title for entry in reading.entries] == ["Miller"]


def test_entry_without_a_title_is_skipped():
    reading = read(rss(item(""), item("<b></b>"), item(" \n ")), "", URL)
    assert (reading.entries, reading.skipped) == ((), 3)


@pytest.mark.parametrize(
    ("written", "is_known"),
    [
        ("Wed, 18 Nov 2026 09:30:00 GMT", True),
        ("Wed, 18 Nov 1970 09:30:00 GMT", False),
        ("Wed, 18 Nov 2096 09:30:00 GMT", False),
        ("yesterday", False),
        ("0000-00-00T00:00:00Z", False),
        ("99999999999999999999", False),
    ],
)
def test_moment_that_cannot_be_is_unknown(written, is_known):
    [entry] = entries(rss(item(extra=f"<pubDate>{written}</pubDate>")))
    assert (entry.published_at is not None) == is_known


def test_moment_shortly_ahead_is_now():
    ahead = timezone.now() + timedelta(hours=5)
    [entry] = entries(rss(item(published=ahead)))
    assert entry.published_at <= timezone.now()


# --- Letters -----------------------------------------------------------------------------------

BREAD = "Bäcker für Brötchen"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "iso-8859-1", "windows-1252"])
def test_letters_are_those_of_the_declaration(encoding):
    declared = encoding.removesuffix("-sig")
    content = rss(item(BREAD), head=f"<?xml version='1.0' encoding='{declared}'?>").decode().encode(encoding)
    assert titles(content) == [BREAD]


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-16-le", ""),
        ("utf-16-be", ""),
        ("iso-8859-1", "text/xml; charset=ISO-8859-1"),
        ("koi8-r", "text/xml; charset=koi8-r"),
        ("utf-8", "text/xml; charset=nonsense"),
        ("utf-8", "text/xml; charset=utf-7"),
        ("utf-8", "text/xml; charset=rot13"),
        ("utf-8", "text/xml; charset=us-ascii"),
    ],
)
def test_letters_are_those_of_the_header_where_that_is_right(encoding, content_type):
    text = "Пекарь" if encoding == "koi8-r" else BREAD
    assert titles(rss(item(text)).decode().encode(encoding), content_type) == [text]


def test_letters_of_no_declared_kind_are_read_somehow():
    content = rss(item("Bread")).replace(b"Bread", b"B\xe4cker \x81")
    assert titles(content)[0].startswith("Bäcker")


def test_controls_are_taken_out():
    assert titles(rss(item("Ba\0k\x08er\x1b \u202eevil\u2066"))) == ["Baker evil"]


def test_names_of_html_and_lone_ampersands_are_mended():
    content = rss(item("X")).replace(b"X", b"Bread &amp; more&nbsp;&eacute;t&eacute; & co &bogus;")
    assert titles(content) == ["Bread & more été & co &bogus;"]


# --- Traps and ruins ---------------------------------------------------------------------------

LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"<!doctype html><html><head></head><body>Jobs</body></html>", "a web page, not a feed"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "a web page, not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "JSON"),
        (b"<opml/>", "begins with “opml”"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "no well-formed XML"),
        (b"jobs, jobs, jobs", "no well-formed XML"),
        (f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{LAUGHS}]><rss>&l9;</rss>".encode(), "entities"),
        (f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{LAUGHS}]><rss>&l9;</rss>".encode("utf-16"), "entities"),
        (b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss>&x;</rss>", "entities"),
        (b"<!DOCTYPE rss [<!ENTITY % x SYSTEM 'http://127.0.0.1/'> %x;]><rss/>", "entities"),
        (b"<rss>" + b"<a>" * 100_000, "too deeply"),
        (b"<rss><channel><item><title>Bak", "no well-formed XML"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(content, why):
    with pytest.raises(Unreadable, match=why):
        read(content, "application/rss+xml", URL)


def test_doctype_without_entities_is_harmless():
    content = rss(
        item(), head='<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1/rss.dtd">'
    )
    assert titles(content) == ["Baker"]


def test_broken_feed_is_read_up_to_where_it_breaks():
    whole = rss(
        item("A", "/a", extra="<job_listing:x y='>'/>"), "<item a='>'/>", item("B", "/b"), item("C", "/c")
    )
    reading = read(whole[: whole.index(b"<title>C") + 5], "", URL)
    assert [entry.title for entry in reading.entries] == ["A", "B"]
    assert reading.note.startswith("It is broken (line 1: ")


def test_only_the_first_entries_of_a_long_feed_are_read():
    began = time.monotonic()
    reading = read(rss(*(item(f"Baker {number}", f"/{number}") for number in range(50_000))), "", URL)
    assert len(reading.entries) == 500
    assert reading.note == "Only its first 500 entries were read."
    assert time.monotonic() - began < 10  # seconds; it takes less than one


@pytest.mark.parametrize(
    "content",
    [
        b"<rss><channel>" + b"<item/>" * 200_000 + b"</channel></rss>",
        b"<rss><channel><item><title>" + b"&" * 500_000,
        b"<rss><channel><item " + b"a" * 500_000,
        b"<rss><channel>" + b"<![CDATA[" * 100_000,
        rss(item("a" * 3_000_000, extra=f"<description>{'&lt;b&gt;' * 200_000}</description>")),
    ],
    ids=["empty items", "ampersands", "a long name", "cdata", "long texts"],
)
def test_large_ruins_take_little_time(content):
    began = time.monotonic()
    with suppress(Unreadable):
        assert len(entries(content)) <= 1
    assert time.monotonic() - began < 10  # seconds; they take less than one


def test_long_texts_are_cut_between_words():
    [entry] = entries(rss(item("word " * 100, extra=f"<description>{'bread ' * 1000}</description>")))
    assert (len(entry.title), entry.title[-6:]) == (195, " word…")
    assert len(entry.summary) <= 400


@given(st.text(max_size=300), st.integers(1, 50))
def test_plain_text_is_plain(words, most):
    text = plain(words, most)
    assert len(text) <= most
    assert not any(ord(letter) < 32 or 0x202A <= ord(letter) <= 0x202E for letter in text)
    assert text == text.strip()


@given(
    st.binary(max_size=300), st.sampled_from(["", "text/xml; charset=utf-16", "text/xml; charset=gb18030"])
)
def test_any_bytes_are_read_or_refused(content, content_type):
    for attempt in (content, rss("X").replace(b"X", content), rss(item("X")).replace(b"X", content)):
        with suppress(Unreadable):
            assert len(read(attempt, content_type, URL).entries) <= 500


@given(st.integers(0, 600))
def test_any_cut_of_a_feed_is_well_formed(end):
    whole = rss(*(item(f"B{number}", f"/{number}") for number in range(5))).decode()
    try:
        document, _ = scanned(whole[:end], 500)
    except Unreadable:
        return
    assert scanned(document, 500) == (document, "")


# --- The same job ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "https://jobs.example/7",
        "http://jobs.example/7/",
        "https://www.jobs.example/7",
        "https://JOBS.example:443/7?utm_source=rss&utm_medium=x&gclid=1#apply",
        "https://jobs.example/7?ref=feed",
    ],
)
def test_links_to_the_same_page_have_one_key(link):
    assert link_key(link) == link_key("https://jobs.example/7")


@pytest.mark.parametrize(
    "link",
    [
        "https://jobs.example/8",
        "https://jobs.example/7?id=1",
        "https://jobs.example:8443/7",
        "https://x.example/7",
    ],
)
def test_links_to_other_pages_have_other_keys(link):
    assert link_key(link) != link_key("https://jobs.example/7")


def test_order_of_parameters_says_nothing():
    assert link_key("https://a.example/?b=2&a=1") == link_key("https://a.example/?a=1&b=2")


def test_same_title_company_and_place_are_the_same_job():
    assert same_key("Data Baker (m/f)", "Crumb & Sons", "Bern") == same_key(
        "data baker  m/f", "CRUMB, Sons", "bern"
    )
    assert same_key("Data Baker", "Crumb", "Bern") != same_key("Data Baker", "Crumb", "Basel")
    assert same_key("Data Baker", "", "Bern") == ""


@given(st.text(max_size=60))
def test_any_link_has_a_key_or_is_none(link):
    assert not is_web_link(link) or len(link_key(link)) == 64


@pytest.mark.parametrize(
    ("attributes", "said"), [("a{}='1'", "100 attributes"), ("xmlns:a{}='u:{}'", "100 namespaces")]
)
def test_element_that_would_take_minutes_to_parse_is_refused(attributes, said):
    many = " ".join(attributes.format(number, number) for number in range(50_000))
    with pytest.raises(Unreadable, match=said):
        read(rss(f"<item {many}><title>Baker</title><link>/1</link></item>"), "", "https://jobs.example/")
