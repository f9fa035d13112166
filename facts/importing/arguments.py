"""What is said with a file on the command line."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from courses.importing.cleaning import key
from courses.importing.refusal import Unreadable
from facts.importing import words
from facts.importing.columns import FIELDS
from facts.importing.drafts import Options
from facts.importing.planning import File
from facts.importing.survey.answers import Asked

SINGLE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("--source", "key of the source whose figures these are", {"required": True}),
    ("--via", "key of the source that passes them on, if they were read there", {}),
    ("--guide", "slug of the career, where rows name none", {}),
    ("--place", "name, slug or code of the place, where rows name none", {}),
    ("--statistic", "the publisher's word for the figures, where rows have none, such as median", {}),
    ("--currency", "of amounts that name none or just $, such as USD", {}),
    ("--period", "hour, day, week, month or year, where rows do not say it", {}),
    ("--year", "that the figures describe, where rows do not say it; undated if not given", {}),
    ("--month", "of that year", {}),
    ("--retrieved", "the day on which they were read, as 2026-11-21; today if not given", {}),
    ("--encoding", "of the file's letters, if it is not found out", {}),
)
REPEATED = (
    (
        "--map",
        "COLUMN=FIELD",
        f"what a column gives, or nothing to leave it out; fields: {', '.join(FIELDS)}; "
        "or a part of a figure: “amount of mean per hour”, “low of …”, “high of …”",
    ),
    ("--code", "CODE=SLUG", "a career that an occupation code means; rows of other codes are passed over"),
    ("--title", "TITLE=SLUG", "with --survey: a career that a job title means"),
    (
        "--place-name",
        "CODE=NAME",
        "with --survey and --make-places: how the country with this code is called",
    ),
)
FLAGS = (
    ("--dry-run", "say what would become of each figure, and store nothing"),
    ("--strict", "store nothing if anything is refused"),
    ("--make-places", "make the places that are not there"),
    ("--survey", "the rows are single answers: quartiles of them are stored, of five answers or more"),
    ("--all-contracts", "with --survey: not of full-time work alone"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Add what `import_salaries` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX; see docs/importing.md")
    for name, told, more in SINGLE:
        parser.add_argument(name, default="", help=told, **more)
    for name, shape, told in REPEATED:
        parser.add_argument(name, action="append", default=[], metavar=shape, help=told)
    for name, told in FLAGS:
        parser.add_argument(name, action="store_true", help=told)
    parser.add_argument(
        "--titles", type=Path, metavar="FILE", help="with --survey: YAML, job titles by slugs"
    )
    parser.add_argument(
        "--to-yaml",
        type=Path,
        metavar="FILE",
        help="with --survey: write the figures as bundled content instead",
    )


def file_of(options: dict[str, Any]) -> File:
    """Return the file with what is said of it. Raises `Unreadable` and `Refused`."""
    told = Options(
        source=options["source"],
        via=options["via"],
        guide=options["guide"],
        codes=_grouped(_pairs(options["code"], "CODE=SLUG")),
        place=options["place"],
        statistic=words.statistic(options["statistic"]),
        currency=words.currency(options["currency"]),
        period=words.period(options["period"]),
        year=words.year(str(options["year"])),
        month=words.month(str(options["month"])),
        retrieved_on=words.past_day(str(options["retrieved"])),
        makes_places=options["make_places"],
    )
    if told.month and not told.year:
        raise Unreadable("--month needs --year.")
    if options["to_yaml"] and not options["survey"]:
        raise Unreadable("--to-yaml goes with --survey alone.")
    path, fields = options["file"], dict(_pairs(options["map"], "COLUMN=FIELD"))
    return File(path, path.name, options["encoding"], fields, told)


def survey_of(options: dict[str, Any]) -> Asked:
    """Return which answers of a survey count. Raises `Unreadable`."""
    pairs = [*_titles(options["titles"]), *_pairs(options["title"], "TITLE=SLUG")]
    if not pairs:
        raise Unreadable("Say which job titles mean which careers: --title “Data Scientist=data-scientist”.")
    careers: dict[str, tuple[str, str]] = {}
    for title, slug in pairs:
        if careers.setdefault(key(title), (title, slug))[1] != slug:
            raise Unreadable(f"The job title “{title}” is to mean two careers.")
    names = {code.upper(): name for code, name in _pairs(options["place_name"], "CODE=NAME")}
    return Asked(careers, names, full_time=not options["all_contracts"])


def _titles(path: Path | None) -> Iterable[tuple[str, str]]:
    """Return pairs of job title and slug from a YAML file that gives lists of titles by slugs."""
    if path is None:
        return []
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise Unreadable(f"The file of job titles cannot be read: {error}.") from error
    if not isinstance(told, dict) or not all(isinstance(titles, list) for titles in told.values()):
        raise Unreadable("The file of job titles is to give a list of titles for each slug.")
    return [(str(title), str(slug)) for slug, titles in told.items() for title in titles]


def _pairs(told: Iterable[str], shape: str) -> list[tuple[str, str]]:
    pairs = []
    for each in told:
        left, sign, right = each.rpartition("=")
        if not sign:
            raise Unreadable(f"“{each}” does not say {shape}.")
        pairs.append((left.strip(), right.strip()))
    return pairs


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, tuple[str, ...]] = {}
    for left, right in pairs:
        grouped[left] = (*grouped.get(left, ()), right)
    return grouped
