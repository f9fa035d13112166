"""When two entries are of the same job: the same link, or the same title, company and place."""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

LONGEST = 2000
# What tells a site where a visitor came from, and changes nothing of the page.
TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|[fgm]s?clid|dclid|yclid|igshid|_hs\w+|ref|source|src|campaign\w*", re.IGNORECASE
)
USUAL_PORTS = {("http", 80), ("https", 443)}
WORDS = re.compile(r"[^\W_]+")


def is_web_link(link: str) -> bool:
    """Whether `link` leads to a page of the web, without a name or a password in it."""
    try:
        parts = urlsplit(link)
        is_named = bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_named and len(link) <= LONGEST


def link_key(link: str) -> str:
    """Return what two links to the same page have in common, as a digest."""
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    is_usual = parts.port is None or (parts.scheme, parts.port) in USUAL_PORTS
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])
    ]
    place = host if is_usual else f"{host}:{parts.port}"
    return digest(f"{place}{parts.path.rstrip('/')}?{urlencode(sorted(query))}")


def same_key(title: str, company: str, place: str) -> str:
    """Return what the same job has in common on two sites; empty if the company is not known."""
    said = [" ".join(WORDS.findall(text.casefold())) for text in (title, company, place)]
    return digest("\n".join(said)) if said[0] and said[1] else ""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
