"""How long a course takes, as providers write it."""

import re
from math import ceil

from courses.importing.cleaning import given
from courses.importing.refusal import Refused

WEEKS_A_MONTH = 52 / 12
LONGEST = 32_767  # what the database keeps of weeks, and of hours a week
NUMBER = r"\d{1,5}(?:[.,]\d{1,2})?"
SPAN = re.compile(
    rf"(?P<least>{NUMBER})\s*(?:(?:-|–|—|to)\s*(?P<most>{NUMBER}))?\s*(?:total\s+)?"
    r"(?P<unit>hours?|hrs?|h|minutes?|mins?|weeks?|wks?|months?|mos?)\b\.?"
    r"(?P<weekly>\s*(?:per|a|each|every|/)\s*(?:week|wk)\b|/w\b)?"
)
FILLERS = re.compile(
    r"approx(?:imately|\.)?|about|around|~|to complete|to finish|in total|total|long|self-paced"
    r"|at|for|of|and|effort|content|video|on-demand|duration|suggested|less than|up to|[(),;·:.]"
)

Effort = dict[str, int]


def effort(raw: str, unit: str = "") -> Effort:
    """Return the fields of a course that `raw` gives: hours, or weeks, or hours a week, from and to.

    `unit` is what a bare number counts: “hours”, “weeks” or “hours a week”. A month counts as 52/12 weeks;
    of hours in all, the most are taken, and parts of an hour count whole. Nothing if unknown. Raises
    `Refused`.
    """
    text = given(raw)
    if unit and re.fullmatch(rf"{NUMBER}(?:\s*(?:-|–|—|to)\s*{NUMBER})?", text):
        text = f"{text} {unit}"
    return _read(text) if text else {}


def combined(efforts: list[Effort]) -> Effort:
    """Return what all `efforts` say together. Raises `Refused` where they differ."""
    told: Effort = {}
    for each in efforts:
        if any(told.get(name, value) != value for name, value in each.items()):
            raise Refused("says something else about the effort than another column of the row")
        told |= each
    return told


def _read(text: str) -> Effort:
    spans = list(SPAN.finditer(text.lower()))
    rest = SPAN.sub(" ", text.lower())
    if not spans or FILLERS.sub("", rest).strip():
        raise Refused(f"“{text}” is no effort in hours, weeks or months that can be understood")
    efforts = [_span(match, text) for match in spans]
    if len({name for each in efforts for name in each}) < sum(map(len, efforts)):
        raise Refused(f"“{text}” says two things about the effort")
    return combined(efforts)


def _span(match: re.Match[str], text: str) -> Effort:
    least, most = _number(match["least"]), _number(match["most"] or match["least"])
    if not 0 < most <= LONGEST or not 0 < least <= most:
        raise Refused(f"“{text}” does not go from less to more")
    if match["weekly"]:
        return _weekly(match["unit"], least, most, text)
    if match["unit"].startswith("h"):
        return {"effort_hours": ceil(most)}
    if match["unit"].startswith("mi"):
        return {"effort_hours": ceil(most / 60)}
    times = WEEKS_A_MONTH if match["unit"].startswith("mo") else 1
    return {"weeks_min": max(1, int(least * times + 0.5)), "weeks_max": max(1, int(most * times + 0.5))}


def _weekly(unit: str, least: float, most: float, text: str) -> Effort:
    if not unit.startswith("h"):
        raise Refused(f"“{text}” is no number of hours a week")
    return {"weekly_hours_min": max(1, int(least)), "weekly_hours_max": ceil(most)}


def _number(digits: str) -> float:
    return float(digits.replace(",", "."))
