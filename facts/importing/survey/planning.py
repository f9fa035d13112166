"""What a survey would do to the figures; and its figures as bundled content."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from courses.importing.cleaning import key
from courses.importing.refusal import Unreadable
from facts.importing.columns import QUARTILES
from facts.importing.drafts import Draft
from facts.importing.fates import Fate, Verdict
from facts.importing.judging import Judge
from facts.importing.places import Naming, places
from facts.importing.planning import File, Plan, planned
from facts.importing.survey.answers import Answers, Asked, Group, answers_in
from facts.importing.survey.groups import Quartiles, quartiles, shown
from facts.models import Salary
from facts.models.salary import FEWEST_ANSWERS

NOTE = 300  # characters


def plan_survey(file: File, asked: Asked, to: Path) -> Plan:
    """Return what the answers in `file` would do. Raises `Unreadable`.

    Figures of the same source, careers and years that the file no longer gives are removed: beside the
    others they could tell of few people.
    """
    found = answers_in(file, asked)
    drafts, withheld = _drafts(found, asked)
    refused = [Draft(at, faults=faults) for at, faults in found.refused]

    def also(judge: Judge) -> Iterator[Fate]:
        return _gone(judge, found, asked)

    return planned([*drafts, *refused], file, to, [*_notes(found), *withheld], also)


def bundle(file: File, asked: Asked, to: Path) -> list[str]:
    """Write the figures of the survey in `file` to the YAML file `to`, and return what was left out.

    Places are those that are here. Raises `Unreadable` and `Refused`.
    """
    found = answers_in(file, asked)
    if found.refused:
        at, faults = found.refused[0]
        raise Unreadable(f"{at}: {': '.join(faults[0])}")
    drafts, withheld = _drafts(found, asked)
    there, day = places(), file.options.retrieved_on or timezone.localdate()
    entries = [_entry(draft, there.found_or_made(draft.where, makes=False), file, day) for draft in drafts]
    text = yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=110)
    to.write_text(
        f"# Written by `manage.py import_salaries --survey --to-yaml` from {file.name}.\n{text}", "utf-8"
    )
    return [*_notes(found), *withheld, f"{len(entries)} figures written to {to}."]


def _notes(found: Answers) -> list[str]:
    passed = [f"{count} answers passed over: {why}." for why, count in found.passed.items()]
    return [*found.notes, *passed]


def _drafts(found: Answers, asked: Asked) -> tuple[list[Draft], list[str]]:
    """Return the figures that may be shown, and what is said of those that may not."""
    drafts, withheld = [], []
    for group in sorted(found.groups):
        by_level = found.groups[group]
        everybody = [amount for amounts in by_level.values() for amount in amounts]
        sizes = {level: len(amounts) for level, amounts in by_level.items() if level}
        levels = shown(sizes, len(everybody))
        if len(everybody) >= FEWEST_ANSWERS:
            drafts.append(_draft(group, "", quartiles(everybody), found, asked))
        else:
            withheld.append(_withheld(group, "", len(everybody)))
        drafts += [_draft(group, level, quartiles(by_level[level]), found, asked) for level in sorted(levels)]
        withheld += [
            _withheld(group, level, size) for level, size in sorted(sizes.items()) if level not in levels
        ]
    return drafts, withheld


def _named(group: Group, level: str) -> str:
    career, place, year = group
    return f"{career}, {place}, {year}, {level or 'all levels'}"


def _withheld(group: Group, level: str, size: int) -> str:
    few = f"fewer than {FEWEST_ANSWERS}"
    why = few if size < FEWEST_ANSWERS else f"with it, those left of the whole, {few}, could be told"
    return f"Not shown: {_named(group, level)}: {size} answers: {why}."


def _draft(group: Group, level: str, told: Quartiles, found: Answers, asked: Asked) -> Draft:
    career, place, year = group
    identity = {"statistic": QUARTILES, "industry": "", "level": level, "occupation_code": "", "year": year}
    identity |= {"month": None, "currency": "USD", "period": "year", "note": _note(career, found, asked)}
    values = {"amount": told.median, "low": told.low, "high": told.high, "answers": told.answers}
    name = asked.place_names.get(place, "")
    where = Naming(name, place, "country")
    return Draft("survey", _named(group, level), career, where, identity, values)


def _note(career: str, found: Answers, asked: Asked) -> str:
    titles = sorted({title for title, slug in asked.careers.values() if slug == career}, key=key)
    work = "Full-time work" if asked.full_time else "All kinds of contract"
    ends = f"; by place {found.where}; converted to US dollars by the survey."
    listed = f"{work}; answers with the job titles {', '.join(titles)}"
    return listed[: NOTE - len(ends)] + ends


def _gone(judge: Judge, found: Answers, asked: Asked) -> Iterator[Fate]:
    """Yield the removal of figures that a survey gave before, and does not give now."""
    careers = {career for _, career in asked.careers.values()}  # those without an answer left as well
    there = Salary.objects.filter(
        source=judge.source,
        via=judge.via,
        guide__slug__in=careers,
        year__in={year for _, _, year in found.groups},
        statistic=QUARTILES,
        answers__isnull=False,
    )
    met = {judge.there[digest] for digest in judge.seen.keys() & judge.there.keys()}
    for row in there.exclude(pk__in=met).select_related("guide", "place").order_by("pk"):
        title = ", ".join(map(str, (row.guide, row.place, row.year, row.level or "all levels")))
        told = ["the answers do not give it any longer"]
        yield Fate("stored", Verdict.REMOVED, title, told=told, orders={"pk": row.pk})


def _entry(draft: Draft, place: str, file: File, day: date) -> dict[str, Any]:
    identity, values = draft.identity, draft.values
    career, level = draft.guide, identity["level"]
    name = "-".join(filter(None, (file.options.source, career, place, str(identity["year"]), level)))
    entry: dict[str, Any] = {
        "id": name,
        "guide": career,
        "source": file.options.source,
        "via": file.options.via,
    }
    entry |= {"statistic": identity["statistic"], "place": place}
    entry |= {part: _number(values[part]) for part in ("amount", "low", "high")}
    entry |= {"level": level, "as_of": identity["year"], "answers": values["answers"]}
    entry |= {"retrieved": day.isoformat(), "note": identity["note"]}
    return {name: value for name, value in entry.items() if value}


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)
