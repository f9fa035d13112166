"""Amounts of money as people type them."""

import re

# Groups of thousands, all apart by the same sign; two digits stand in a group in India.
GROUPED = re.compile(
    r"(?P<whole>\d{1,3}(?P<apart>[,.'’\s])(?:\d{2,3}(?P=apart))*\d{3})(?:(?!(?P=apart))[.,](?P<cents>\d{1,2}))?"
)
WITH_COMMA = re.compile(r"(\d+),(\d{1,2})")
AMBIGUOUS = re.compile(r"\d+\.\d{3}")


def is_ambiguous(text: str) -> bool:
    """Return whether `text`, such as 50.000, is fifty thousand to some and fifty to others."""
    return bool(AMBIGUOUS.fullmatch(text.strip()))


def figures(text: str) -> str:
    """Return an amount with nothing between its thousands and a dot before its cents.

    What is no such amount comes back as it is.
    """
    text = text.strip()
    if grouped := GROUPED.fullmatch(text):
        cents = f".{grouped['cents']}" if grouped["cents"] else ""
        return grouped["whole"].replace(grouped["apart"], "") + cents
    if with_comma := WITH_COMMA.fullmatch(text):
        return f"{with_comma[1]}.{with_comma[2]}"
    return text
