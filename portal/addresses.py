"""Addresses as the world outside knows them."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return `path` with the address of the site before it."""
    return f"{settings.SITE_URL}{path}"
