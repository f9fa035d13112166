"""Fetching what stands at an address that somebody typed: from the public internet alone, and never too much.

Who types an address, or where it leads on to, must not be able to read what only this machine can reach.
So each connection resolves its name here and goes to the very address that was looked at.
"""

from portal.fetching.asking import Answer, check_address, fetch
from portal.fetching.errors import (
    Astray,
    Broken,
    FetchFailed,
    NotAllowed,
    TooLarge,
    TooSlow,
    Unreachable,
)
from portal.fetching.limits import MEGABYTE, Limits

__all__ = [
    "MEGABYTE",
    "Answer",
    "Astray",
    "Broken",
    "FetchFailed",
    "Limits",
    "NotAllowed",
    "TooLarge",
    "TooSlow",
    "Unreachable",
    "check_address",
    "fetch",
]
