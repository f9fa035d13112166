"""What keeps machines from filling the inbox, without asking anybody else who a visitor is."""

import time
from ipaddress import IPv4Address, ip_address, ip_network

from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle

QUICKEST, LONGEST = 3, 24 * 60 * 60  # seconds between opening the form and sending it
AN_HOUR = 5  # messages from one address
HOUR = 60 * 60  # seconds

TOO_QUICK = "That was quicker than anybody types. Your text is still here: send it again in a moment."
TOO_LATE = "The form was open for more than a day. Your text is still here: send it again."
TOO_MANY = (
    f"More than {AN_HOUR} messages came from your network within an hour. Copy your text, and try later."
)

_signer = TimestampSigner(salt="inbox.contact")


def stamp() -> str:
    """Return a sign of the present moment that nobody else can make."""
    return _signer.sign("opened")


def why_not_yet(stamped: str) -> str:
    """Return why a form that was opened at `stamped` is not taken; nothing if it is."""
    try:
        _signer.unsign(stamped, max_age=QUICKEST)
    except SignatureExpired:
        pass  # it was open for some time, as it is with people
    except BadSignature:
        return TOO_LATE
    else:
        return TOO_QUICK
    try:
        _signer.unsign(stamped, max_age=LONGEST)
    except SignatureExpired:
        return TOO_LATE
    return ""


def may_write(request: HttpRequest) -> bool:
    """Return whether another message is taken from the network of this address; asking counts as one."""
    address = BaseThrottle().get_ident(request)  # type: ignore[arg-type]  # it reads META alone
    key = f"inbox:{network_of(address)}:{int(time.time() // HOUR)}"
    cache.add(key, 0, timeout=2 * HOUR)
    try:
        return cache.incr(key) <= AN_HOUR
    except ValueError:  # the entry was evicted in between
        return True


def seconds_to_wait() -> int:
    """Return the seconds until messages are counted anew."""
    return HOUR - int(time.time() % HOUR)


def network_of(address: str) -> str:
    """Return the network of an address: of IPv6 its first 64 bits, of which a household has the rest."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:  # as a server that listens to both kinds sees it
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
