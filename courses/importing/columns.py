"""Which column of a file says what: by the names that such columns usually have, or as one is told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from courses.importing.refusal import Unreadable

FIELDS: Mapping[str, str] = {
    "title": "name|course|title of course",
    "slug": "",
    "provider": "organization|organisation|university|institution|school|partner|offered by|provider name"
    "|partner name|organization name|university name|institution name|university institution"
    "|college|vendor|publisher|company",
    "platform": "platform name|site|website|hosted on|marketplace",
    "summary": "description|short description|short intro|about|overview|introduction|intro",
    "url": "link|href|web address|page|web page|course page|course link",
    "skills": "skill|skills gained|skills covered|skills you will gain|skills you ll gain|associated skills"
    "|tags|skill tags|skills taught",
    "leads_to": "certifications|prepares for",
    "kind": "type|certificate type|product type|learning product|offering type|learning product type",
    "level": "difficulty|difficulty level|expertise level|level of difficulty|skill level",
    "format": "mode|delivery|delivery mode|pacing|pacing type|learning mode|mode of delivery",
    "language": "lang|languages|language of instruction|primary language",
    "duration": "time|length|content duration|estimated duration|time to complete|total duration"
    "|duration to complete|estimated time",
    "effort": "workload|weekly effort|commitment|time commitment|pace",
    "effort_hours": "hours|duration hours|total hours|duration in hours|hours to complete|number of hours",
    "weeks": "duration weeks|duration in weeks|number of weeks|length weeks|length in weeks|num weeks",
    "weekly_hours": "hours per week|hours a week|hours week|effort hours per week|hours weekly",
    "rating": "stars|average rating|avg rating|rating value|star rating|rating stars|rating out of 5",
    "rating_count": "reviews|review count|review counts|reviews count|ratings count|number of reviews"
    "|number of ratings|num reviews|num ratings|no of reviews|no of ratings|reviews number|votes|n reviews"
    "|reviews num|ratings num",
    "enrolled": "students enrolled|enrolled students|students|learners|learners enrolled|enrollment"
    "|enrollments|enrolment|enrolments|subscribers|num subscribers|number of students|number of learners"
    "|n enrolled|num students|participants|enrollment count|student count|number enrolled",
    "price": "cost|fee|fees|tuition|list price|amount",
    "currency": "price currency|currency code",
    "source": "data source",
    "source_url": "source link",
    "retrieved_on": "retrieved|date retrieved|retrieved date|as of|accessed on",
    "status": "",
    "checked_on": "last checked on|last checked",
}
AMBIGUOUS = {"ratings": "stars (rating) or how many gave them (rating_count)"}
LEFT_OUT = ("", "-")


@dataclass(frozen=True)
class Columns:
    """Which field each column gives, and why the others are not used."""

    fields: dict[str, str]
    unused: dict[str, str]


def mapped(header: Sequence[str], told: Mapping[str, str]) -> Columns:
    """Return what the columns called `header` give, where `told` names the fields of some of them.

    A field that is told as nothing, or as a dash, leaves its column out. Of columns that give the same
    field, the one whose name says it best is used. Raises `Unreadable` where no column gives a title, or
    `told` names what is not there.
    """
    _check(header, told)
    fields = {column: field for column, field in told.items() if field not in LEFT_OUT}
    unused = dict.fromkeys((column for column, field in told.items() if field in LEFT_OUT), "left out")
    for field in FIELDS:
        ranked = sorted(
            (rank, column) for column in header if column not in told if (rank := _rank(column, field))
        )
        for _, column in ranked:
            taken = next((other for other, taken in fields.items() if taken == field), None)
            if taken is None:
                fields[column] = field
            else:
                unused[column] = f"“{taken}” gives the {field} already"
    for column in header:
        if column not in fields:
            unused.setdefault(column, _why(column))
    _check_title(header, fields)
    return Columns(fields, unused)


def recognised(header: Sequence[str]) -> int:
    """Return how many of the columns called `header` have a usual name."""
    return sum(any(_rank(column, field) for field in FIELDS) for column in header)


def _rank(column: str, field: str) -> int:
    """Return how well the name of `column` says `field`: 1 is best; 0 if it does not."""
    names = [_plain(name) for name in (field, *filter(None, FIELDS[field].split("|")))]
    plain = _plain(column)
    found = next((name for name in (plain, plain.removeprefix("course")) if name in names), None)
    return names.index(found) + 1 if found else 0


def _plain(name: str) -> str:
    """Return the letters and digits of a name alone: “course_title” is “Course Title”."""
    return re.sub(r"[\W_]", "", name).casefold()


def _why(column: str) -> str:
    meanings = AMBIGUOUS.get(_plain(column).removeprefix("course"))
    return f"it may mean {meanings}: say which" if meanings else "no usual name"


def _check(header: Sequence[str], told: Mapping[str, str]) -> None:
    for column, field in told.items():
        if column not in header:
            raise Unreadable(f"There is no column “{column}”. There are: {', '.join(header)}.")
        if field not in FIELDS and field not in LEFT_OUT:
            raise Unreadable(f"There is no field “{field}”. There are: {', '.join(FIELDS)}.")
    given = [field for field in told.values() if field not in LEFT_OUT]
    if twice := {field for field in given if given.count(field) > 1}:
        raise Unreadable(f"Two columns are to give the same field: {', '.join(sorted(twice))}.")


def _check_title(header: Sequence[str], fields: Mapping[str, str]) -> None:
    if "title" not in fields.values():
        raise Unreadable(
            f"No column gives the title of a course. There are: {', '.join(header) or 'none'}. "
            "Say which it is, such as “Name of course=title”."
        )
    if twice := {column for column in header if header.count(column) > 1}:
        raise Unreadable(f"Two columns have the same name: {', '.join(sorted(twice))}. Rename one of them.")
