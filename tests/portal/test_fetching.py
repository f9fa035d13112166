"""Fetching: from the public internet alone, in limits, whatever the other side does."""

import gzip
import re
import socket
import ssl
import zlib
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.fetching import (
    Astray,
    Broken,
    Limits,
    NotAllowed,
    TooLarge,
    TooSlow,
    Unreachable,
    check_address,
    connecting,
    fetch,
)
from portal.fetching.public import is_public
from portal.fetching.unpacking import unpacked
from tests.hostile import HostileServer, answer, drip, endless, to

CERTIFICATE = Path(__file__).with_name("feeds.test.pem")
HASTY = Limits(connect=1, read=0.2, total=0.5, travelling=100_000, content=50_000)


@pytest.fixture
def server(settings):
    """A server on this machine, which alone is let through."""
    made = HostileServer()
    settings.FETCHING_LETS_THROUGH = frozenset({made.place})
    yield made
    made.close()


@pytest.fixture
def names(monkeypatch):
    """Names as the resolver is told to know them; each asking takes the next answer of a name."""
    known = {}
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        host = known[host].pop(0) if known.get(host) else host
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


# --- Which addresses ---------------------------------------------------------------------------

PRIVATE = [
    "0.0.0.0",  # noqa: S104 - not bound
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.8.9.1",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "4000::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::1111%eth0",
    "nothing",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2606:4700:4700::1111",
    "2a00:1450::1",
    "2400:cb00::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_address_of_no_public_host_is_told(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_of_a_public_host_is_told(address):
    assert is_public(address)


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_address_in_another_is_judged_as_itself(address):
    alone = is_public(str(address))
    inside = [IPv6Address(f"::ffff:{address}"), IPv6Address((0x64FF9B << 96) | int(address))]
    assert {is_public(str(one)) for one in inside} == {alone}
    assert not alone or not (address.is_private or address.is_multicast or address.is_reserved)


@given(st.ip_addresses(v=6))
def test_public_address_of_the_new_kind_is_unicast(address):
    assert not is_public(str(address)) or not any(
        (address.is_private, address.is_multicast, address.is_link_local, address.is_loopback)
    )


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "127。0。0。1",
        "①②⑦.0.0.1",
        "169.254.169.254",
        "0",
        "0.0.0.0",  # noqa: S104 - not bound
        "10.0.0.1",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
    ],
)
def test_this_machine_and_its_network_are_not_fetched_from(host):
    with pytest.raises((NotAllowed, Unreachable)):
        fetch(f"http://{host}/", limits=HASTY)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed",
        "//example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///feed",
        "http://xn--/",
        "http://ada@1.1.1.1/",
        "http://1.1.1.1:80@127.0.0.1/",
        "http://ada:secret@example.org/",
        "http://1.1.1.1:8080/",
        "https://1.1.1.1:22/",
        "http://1.1.1.1:99999/",
        "http://exa mple.org/",
        "http://[::1/",
        "http://example.org/\0",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_address_that_is_none_of_the_web_is_refused(url):
    with pytest.raises(NotAllowed) as fetched:
        fetch(url, limits=HASTY)
    with pytest.raises(NotAllowed, match=re.escape(str(fetched.value))):
        check_address(url)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.0.0.1",
            "10.1",
            "169.254.169.254",
        ),
        *("[::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]"),
        *("localhost", "LOCALHOST.", "jobs.localhost"),
    ],
)
def test_address_of_this_machine_or_network_is_refused_unasked(host):
    with pytest.raises(NotAllowed, match="in a private or reserved network"):
        check_address(f"https://{host}/feed")


@pytest.mark.parametrize("port", [0, 22, 8443])
def test_other_port_is_refused_unasked(port):
    with pytest.raises(NotAllowed, match=f"Port {port} is not fetched from"):
        check_address(f"https://jobs.example:{port}/feed")


@pytest.mark.parametrize(
    "url",
    ["https://jobs.example/rss", "http://1.1.1.1/", "https://jobs.example:443/", "http://[2a00:1450::1]:80/"],
)
def test_address_that_may_be_fetched_is_passed_unasked(url):
    check_address(url)


def test_name_that_does_not_exist_is_unreachable():
    with pytest.raises(Unreachable, match="There is no host"):
        fetch("http://nothing.invalid/", limits=HASTY)


def test_name_with_one_private_address_is_refused(names):
    names["feeds.test"] = ["192.168.3.4"]
    with pytest.raises(NotAllowed):
        fetch("https://feeds.test/", limits=HASTY)


def test_connection_goes_to_the_address_that_was_looked_at(server, names):
    server.answers["/"] = answer(b"hello")
    names["feeds.test"] = ["127.0.0.1", "10.0.0.1"]  # what a second look would find
    assert fetch(server.url(host="feeds.test"), limits=HASTY).content == b"hello"
    assert names["feeds.test"] == ["10.0.0.1"]
    assert server.asked[0][2]["host"] == f"feeds.test:{server.port}"


def test_second_look_at_a_name_is_checked_anew(server, names):
    server.answers["/"] = to("/again")
    names["feeds.test"] = ["127.0.0.1", "10.0.0.1"]
    with pytest.raises(NotAllowed):
        fetch(server.url(host="feeds.test"), limits=HASTY)


# --- What is sent ------------------------------------------------------------------------------


def test_request_says_who_asks_and_holds_nothing_else(server, settings, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    server.answers |= {"/": to("/on"), "/on": answer(b"hello", set_cookie="a=b")}
    server.answers["/"] = answer(status="302 Found", location="/on", set_cookie="seen=1")
    fetch(server.url(), headers={"Accept": "application/rss+xml"}, limits=HASTY)
    [_, (method, path, headers)] = server.asked
    assert (method, path) == ("GET", "/on")
    assert headers == {
        "host": f"127.0.0.1:{server.port}",
        "user-agent": f"waymark (+{settings.SITE_URL})",
        "accept": "application/rss+xml",
        "accept-encoding": "gzip, deflate, br",
    }


def test_question_whether_anything_changed_is_sent(server):
    server.answers["/"] = answer(status="304 Not Modified", head=False)
    found = fetch(server.url(), etag='"a"', modified="Sat, 21 Nov 2026 10:00:00 GMT", limits=HASTY)
    assert found.status == 304
    headers = server.asked[0][2]
    assert headers["if-none-match"] == '"a"'
    assert headers["if-modified-since"] == "sat, 21 nov 2026 10:00:00 gmt"


def test_head_reads_no_content(server):
    server.answers["/"] = answer(b"hello", content_length="5")
    found = fetch(server.url(), method="HEAD", limits=HASTY)
    assert (found.status, found.content, server.asked[0][0]) == (200, b"", "HEAD")


def test_content_is_left_alone_where_nobody_wants_it(server):
    server.answers["/"] = endless(b"x" * 1000, begin=answer(head=False, etag='"a"'))
    found = fetch(server.url(), content=False, limits=HASTY)
    assert (found.status, found.content, found.header("ETag")) == (200, b"", '"a"')


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "500 Oh", "999 Odd"])
def test_answer_of_an_error_is_an_answer(server, status):
    server.answers["/"] = answer(b"sorry", status=status)
    assert fetch(server.url(), limits=HASTY).status == int(status[:3])


# --- Redirects ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1/",
        "http://ada@example.org/",
        "http://example.org:22/",
        "file:///etc/passwd",
        "//127.0.0.1:6379/",
        "http://127.0.0.1:1/",
        "http://[",
    ],
)
def test_redirect_is_checked_as_an_address_is(server, target):
    server.answers["/"] = to(target)
    with pytest.raises(NotAllowed):
        fetch(server.url(), limits=HASTY)
    assert len(server.asked) == 1


def test_redirect_from_https_to_http_is_refused():
    import httpx

    from portal.fetching.asking import _next

    with pytest.raises(NotAllowed, match="from https to http"):
        _next(httpx.URL("https://example.org/"), "http://example.org/", set())


@pytest.mark.parametrize("path", ["/", "/#top"])
def test_redirect_in_a_circle_is_told(server, path):
    server.answers |= {"/": to("/b"), "/b": to(path)}
    with pytest.raises(Astray, match="circle"):
        fetch(server.url(), limits=HASTY)


def test_redirects_without_end_are_given_up(server):
    server.answers |= {f"/{number}": to(f"/{number + 1}") for number in range(10)}
    with pytest.raises(Astray, match="more than 5 times"):
        fetch(server.url("/0"), limits=HASTY)
    assert len(server.asked) == 6


def test_redirect_to_nowhere_is_told(server):
    server.answers["/"] = answer(status="302 Found")
    with pytest.raises(Astray, match="where to"):
        fetch(server.url(), limits=HASTY)


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        (["301 Moved Permanently"], "/1"),
        (["308 Permanent Redirect", "301 Moved Permanently"], "/2"),
        (["301 Moved Permanently", "302 Found"], "/1"),
        (["302 Found", "301 Moved Permanently"], ""),
        (["307 Temporary Redirect"], ""),
        (["303 See Other"], ""),
    ],
)
def test_move_for_good_is_told_as_far_as_it_is_for_good(server, statuses, moved_to):
    for number, status in enumerate(statuses):
        server.answers[f"/{number}"] = to(f"/{number + 1}", status)
    last = f"/{len(statuses)}"
    server.answers[last] = answer(b"here")
    found = fetch(server.url("/0"), limits=HASTY)
    assert (found.url, found.content) == (server.url(last), b"here")
    assert found.moved_to == (server.url(moved_to) if moved_to else "")


# --- Limits ------------------------------------------------------------------------------------

HEAD = answer(head=False)


@pytest.mark.parametrize(
    "slow",
    [
        drip(b"", b"HTTP/1.1 200 OK\r\n\r\n", pause=1),
        endless(b"H", begin=b"HTTP/1.1 200 OK\r\nA: ", pause=0.05),
        endless(b"x", begin=HEAD, pause=0.05),
        endless(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.05),
        drip(HEAD, b"", b"x", pause=0.4),
    ],
    ids=["silent", "headers drip", "content drips", "goes on", "stalls"],
)
def test_slow_answer_is_given_up_in_time(server, slow):
    server.answers["/"] = slow
    with pytest.raises(TooSlow):
        fetch(server.url(), limits=HASTY)


@pytest.mark.parametrize(
    "large",
    [
        endless(b"x" * 10_000, begin=HEAD),
        answer(b"x" * 60_000),
        answer(gzip.compress(b"\0" * 10_000_000), content_encoding="gzip"),
        answer(zlib.compress(b"\0" * 10_000_000), content_encoding="deflate"),
        answer(brotli.compress(b"\0" * 10_000_000), content_encoding="br"),
        endless(b"2710\r\n" + b"x" * 10_000 + b"\r\n", begin=answer(head=False, transfer_encoding="chunked")),
    ],
    ids=["endless", "large", "gzip", "deflate", "brotli", "chunked"],
)
def test_large_answer_is_given_up(server, large):
    server.answers["/"] = large
    with pytest.raises(TooLarge):
        fetch(server.url(), limits=HASTY)


def test_endless_headers_are_given_up(server):
    server.answers["/"] = endless(b"A: b\r\n" * 500, begin=b"HTTP/1.1 200 OK\r\n")
    with pytest.raises((TooLarge, Broken)):
        fetch(server.url(), limits=HASTY)


# --- What comes --------------------------------------------------------------------------------

TEXT = b"Bread, " * 2000
RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("X-GZIP", gzip.compress(TEXT, mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", RAW.compress(TEXT) + RAW.flush()),
        ("br", brotli.compress(TEXT)),
    ],
    ids=lambda packed: packed if isinstance(packed, str) else "",
)
@pytest.mark.parametrize("size", [7, 100_000])
def test_packed_content_is_unpacked(encoding, packed, size):
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert unpacked(pieces, encoding, len(TEXT)) == TEXT
    with pytest.raises(TooLarge):
        unpacked(pieces, encoding, len(TEXT) - 1)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"hello\r\n\r\n",
        b"\0" * 100,
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nshort",
        answer(b"no gzip", content_encoding="gzip"),
        answer(gzip.compress(TEXT, mtime=0)[:40], content_encoding="gzip"),
        answer(brotli.compress(TEXT)[:10], content_encoding="br"),
        answer(b"\xff" * 40, content_encoding="br"),
        answer(b"x", content_encoding="gzip, gzip"),
        answer(b"x", content_encoding="zstd"),
    ],
)
def test_broken_answer_is_told(server, broken):
    server.answers["/"] = broken
    with pytest.raises(Broken):
        fetch(server.url(), limits=HASTY)


def test_empty_packed_answer_is_empty(server):
    server.answers["/"] = answer(content_encoding="gzip")
    assert fetch(server.url(), limits=HASTY).content == b""


def test_port_where_nothing_answers_is_unreachable(server):
    server.close()
    with pytest.raises(Unreachable):
        fetch(server.url(), limits=HASTY)


def test_certificate_of_another_is_not_trusted(server):
    with pytest.raises((Unreachable, TooSlow)):  # no TLS is spoken there at all
        fetch(server.url().replace("http:", "https:"), limits=HASTY)


@pytest.fixture
def secured(settings, names):
    """A server on this machine that speaks TLS, with a certificate of feeds.test."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    made = HostileServer(context)
    settings.FETCHING_LETS_THROUGH = frozenset({made.place})
    made.answers["/"] = answer(b"hello")
    yield made
    made.close()


def ask_for(name, server, names):
    names[name] = ["127.0.0.1"]
    return fetch(server.url(host=name).replace("http:", "https:"), limits=HASTY)


def test_certificate_that_nobody_vouches_for_is_not_trusted(secured, names):
    with pytest.raises(Unreachable, match="no certificate that can be trusted"):
        ask_for("feeds.test", secured, names)


def test_certificate_is_checked_for_the_name_and_not_for_the_number(secured, names, monkeypatch):
    monkeypatch.setattr(connecting, "_certificates", lambda: ssl.create_default_context(cafile=CERTIFICATE))
    assert ask_for("feeds.test", secured, names).content == b"hello"
    with pytest.raises(Unreachable, match="no certificate that can be trusted"):
        ask_for("other.test", secured, names)


def test_settings_let_nothing_through(settings):
    assert len(settings.FETCHING_LETS_THROUGH) == 0
