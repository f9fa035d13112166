"""Words that others use for the kinds, levels, formats and languages of the catalog."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf.locale import LANG_INFO

from courses.importing.cleaning import given, key
from courses.importing.refusal import Refused
from courses.languages import NAMES
from courses.models import Course, Status

Kind, Level, Format = Course.Kind, Course.Level, Course.Format

KINDS = {
    Kind.COURSE: "course|mooc|guided project|project|short course|online course|class",
    Kind.SPECIALISATION: "specialisation|specialization|xseries|x-series",
    Kind.PROGRAMME: "programme|program|professional certificate|certificate program|certificate programme"
    "|nanodegree|micromasters|microbachelors|mastertrack|mastertrack certificate|learning path|career path"
    "|professional certification",
    Kind.BOOTCAMP: "bootcamp|boot camp",
    Kind.DEGREE: "degree|master's degree|bachelor's degree|masters degree|bachelors degree|online degree"
    "|master|bachelor|mba|phd",
}
LEVELS = {
    Level.BEGINNER: "beginner|beginners|introductory|introduction|basic|novice|entry|entry level|foundation",
    Level.INTERMEDIATE: "intermediate|medium",
    Level.ADVANCED: "advanced|expert",
    Level.ANY: "any|any level|mixed|all|all levels|every level",
}
FORMATS = {
    Format.SELF_PACED: "self-paced|self paced|on-demand|on demand|self-paced on your time"
    "|online, at your own pace|at your own pace|asynchronous",
    Format.SCHEDULED: "scheduled|instructor-led|instructor-led on a course schedule|instructor-paced"
    "|instructor paced|cohort|cohort-based|live|live online|online, at set times|synchronous",
    Format.IN_PERSON: "in-person|in person|on campus|on-campus|on site|on-site|classroom|offline",
    Format.BLENDED: "blended|hybrid|online and in person",
}
STATUSES = {status: str(status) for status in Status}
ALIASES = {"zh-hans": "chinese (simplified)|zh-cn|mandarin", "zh-hant": "chinese (traditional)|zh-tw"}
ALIASES |= {
    "pt-br": "portuguese (brazil)|portuguese (brazilian)",
    "pt": "portuguese (portugal)|portuguese (european)",
}
ALIASES |= {"fa": "farsi", "en": "american english|british english", "es": "castilian|español"}


def _by_words(table: Mapping[Any, str]) -> dict[str, str]:
    return {word: str(value) for value, words in table.items() for word in words.split("|")}


KIND_OF, LEVEL_OF, FORMAT_OF = _by_words(KINDS), _by_words(LEVELS), _by_words(FORMATS)
STATUS_OF = _by_words(STATUSES)
LANGUAGE_OF = {
    **{
        key(str(LANG_INFO[code]["name_local"])): code
        for code in NAMES
        if "name_local" in LANG_INFO.get(code, {})
    },
    **{key(name): code for code, name in NAMES.items()},
    **_by_words(ALIASES),
    **{code: code for code in NAMES},
}


def kind(raw: str) -> str:
    """Return the kind of course that `raw` names; nothing if unknown. Raises `Refused`."""
    return _word(raw, KIND_OF, "kind of course", Kind.values)


def level(raw: str) -> str:
    """Return the level that `raw` names; nothing if unknown. Raises `Refused`."""
    return _word(re.sub(r"(?i)(?<=\w)\s+level$", "", given(raw)), LEVEL_OF, "level", Level.values)


def format_(raw: str) -> str:
    """Return the format that `raw` names; nothing if unknown. Raises `Refused`."""
    return _word(raw, FORMAT_OF, "format", Format.values)


def status(raw: str) -> str:
    """Return the status that `raw` names; nothing if unknown. Raises `Refused`."""
    return _word(raw, STATUS_OF, "status", Status.values)


def language(raw: str) -> str:
    """Return the code of the language that `raw` names or gives the code of; nothing if unknown.

    The variants of a language count as that language, but for those that learners choose between. Raises
    `Refused`.
    """
    text = given(raw)
    code = key(text).replace("_", "-")
    known = LANGUAGE_OF.get(code) or (
        re.fullmatch(r"[a-z]{2,3}-[a-z0-9]{2,4}", code) and NAMES.get(code.split("-")[0])
    )
    if not text:
        return ""
    if not known:
        raise Refused(
            f"“{text}” is no language that is known here; give one, by its English name or its code"
        )
    return LANGUAGE_OF.get(code, code.split("-")[0])


def _word(raw: str, words: Mapping[str, str], what: str, values: list[str]) -> str:
    text = given(raw)
    if not text:
        return ""
    found = words.get(key(text).replace("’", "'"))
    if found is None:
        raise Refused(f"“{text}” is no {what} that is known here; use {', '.join(values)}")
    return found
