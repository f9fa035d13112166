"""Addresses of pages."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from courses.importing.cleaning import given
from courses.importing.refusal import Refused

LONGEST = 200  # characters
check = URLValidator(schemes=["http", "https"])


def link(raw: str) -> str:
    """Return the address in `raw`, https where it names no scheme; nothing if unknown. Raises `Refused`."""
    text = given(raw)
    if not text:
        return ""
    address = text if "://" in text else f"https://{text.removeprefix('//')}"
    try:
        check(address)
        parts = urlsplit(address)
    except (ValidationError, ValueError):
        raise Refused(f"“{text[:80]}” is no address of a page") from None
    if "." not in (parts.hostname or "") or parts.username is not None:
        raise Refused(f"“{text[:80]}” is no address of a public page")
    if len(address) > LONGEST:
        raise Refused(f"has {len(address)} characters, and {LONGEST} is the most for an address")
    return address
