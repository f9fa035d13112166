"""Pay as tables write it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from courses.importing.cleaning import given
from courses.importing.prices import CURRENCIES, SHARED, SIGNS
from courses.importing.refusal import Refused

MOST = Decimal("9999999999.99")  # what the database keeps
NOT_AVAILABLE = frozenset(
    ("*", "**", "***", "(d)", "(x)")
)  # the publisher has an estimate, or none, and keeps it
TOP_CODE = "#"
MARK = re.compile(r"\s*(\[(?:\d{1,2}|[a-z])\]|\((?:\d{1,2}|[a-z])\)|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+)$")
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,3}(?:[ '’]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
EUROPEAN = r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}"
MONEY = re.compile(
    rf"(?P<before>[^\d\s.,()+\-−]*)\s*(?:(?P<plain>{NUMBER})|(?P<other>{EUROPEAN}))\s*"
    r"(?P<thousand>[kK](?![A-Za-z]))?\s*(?P<after>[^\d\s.,()+\-−]*)"
)


class TopCoded(Refused):
    """A cell that says “at least”: the publisher tells no amount above its top code."""


@dataclass(frozen=True)
class Amount:
    """What a cell says: an amount, or None if unknown; the sign or code of its currency, if one is there.

    `told` is what had to be taken off to read it.
    """

    value: Decimal | None
    sign: str = ""
    told: str = ""


def amount(raw: str) -> Amount:
    """Return the amount that `raw` gives, such as “131,490”, “$63.22”, “1.234,50 €” or “130k”.

    Unknown are empty cells, the usual words for that, and “*” and “**”. Raises `TopCoded` of “#”, and
    `Refused` of what is no single amount, or can be read as several, such as “1.234”.
    """
    text = given(raw)
    if not text or text in NOT_AVAILABLE:
        return Amount(None)
    if text == TOP_CODE:
        raise TopCoded("“#” means pay at or above the highest that the publisher tells: no exact amount")
    bare = MARK.sub("", text)
    match = MONEY.fullmatch(bare)
    if not match or (match["before"] and match["after"]):
        raise Refused(f"“{text[:60]}” is no single amount that can be understood; write it as 131490.50")
    value = _value(match)
    if not 0 < value <= MOST:
        raise Refused(f"“{text[:60]}” is no pay that can be stored")
    told = f"“{text}” read as {value:,}" if bare != text else ""
    return Amount(value, match["before"] or match["after"], told)


def without_mark(text: str) -> str:
    """Return `text` without the mark of a footnote at its end."""
    return MARK.sub("", text) or text


def currency_of(sign: str, beside: str, otherwise: str) -> str:
    """Return the currency (ISO 4217) of an amount with this `sign`.

    `beside` is the one that the row names, `otherwise` the one that was given with the file. Raises `Refused`
    where they disagree, and where none is known.
    """
    said = beside or otherwise
    if sign in SHARED or not sign:
        if not said:
            raise Refused("does not say of which currency; give a column or --currency")
        if sign and said not in SHARED[sign]:
            raise Refused(f"“{sign}” is no sign of {said}")
        return said
    code = SIGNS.get(sign, sign.upper())
    if code not in CURRENCIES:
        raise Refused(f"“{sign}” is no currency that is known here")
    if beside and beside != code:
        raise Refused(f"“{sign}” is no sign of {beside}")
    return code


def _value(match: re.Match[str]) -> Decimal:
    if match["plain"]:
        digits = re.sub(r"[,\s'’]", "", match["plain"])
    else:
        digits = match["other"].replace(".", "").replace(",", ".")
    return Decimal(digits) * (1000 if match["thousand"] else 1)
