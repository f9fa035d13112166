"""Where a form was sent from.

The form of a posting has no CSRF token: a visitor's page is the same for all, carries no cookie, and is kept
whole. It changes nothing, so there is nothing to forge; what another site could do is make a browser show a
text of its choice here. Browsers say where a form comes from, so forms of other sites are refused. What keeps
or deletes a posting has a token.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest

OURS = ("same-origin", "none")  # “none”: somebody typed or reloaded the address


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Return whether a browser says that another site sent `request`.

    By `Sec-Fetch-Site`, else by `Origin`; what has neither was sent by no browser of today.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OURS
    origin = request.headers.get("Origin")
    return origin is not None and _host_of(origin) != request.get_host()


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as “http://[”
        return ""
