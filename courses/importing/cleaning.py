"""Text as files have it, brought to how it is meant; only what is certain is mended."""

import html
import json
import re
import unicodedata
from contextlib import suppress
from functools import lru_cache

from ftfy import fix_encoding
from ftfy.badness import is_bad

from courses.importing.refusal import Refused

UNKNOWN = frozenset(
    (
        *("", "none", "null", "nil", "nan", "na", "n/a", "n.a.", "#n/a", "undefined", "unknown"),
        *(
            "not available",
            "not applicable",
            "not specified",
            "tbd",
            "tba",
            "-",
            "--",
            "–",
            "—",
            ".",
            "?",
            "[]",
        ),
        *("not calibrated", "not rated", "not yet rated", "no rating", "no ratings", "no reviews"),
    )
)
FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet would reckon with, and what hides it from that
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\ufffe\uffff]")  # joiners stay: scripts and emoji need them
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
HALF = re.compile("[\ud800-\udfff]")  # of a letter
RECENT = 4096  # texts whose cleaning is remembered: those of some rows
LONGEST = 30_000  # characters of a value


@lru_cache(RECENT)
def clean(raw: str, *, lines: bool = False) -> str:
    """Return `raw` as it is meant; cleaning twice gives the same.

    HTML entities and mojibake are mended, characters that cannot be seen are taken out, and each space is
    one; with `lines`, the ends of lines stay.
    """
    if raw.isascii() and raw.isprintable() and "&" not in raw:
        return " ".join(raw.split())
    before = None
    while raw != before:  # each round makes it shorter, or as it was
        before, raw = raw, _mended(raw, lines)
    return raw


def given(raw: str) -> str:
    """Return `raw` cleaned, or nothing where it is a word for “not known”, such as None, NA or a dash."""
    text = clean(unhidden(raw))
    return "" if text.casefold() in UNKNOWN else text


def hidden(text: str) -> str:
    """Return `text` as a spreadsheet shows it and does not reckon with it; `unhidden` takes it back."""
    return f"'{text}" if FORMULA.match(text) else text


def unhidden(text: str) -> str:
    """Return `text` without the apostrophe that hid a formula."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def line(raw: str, limit: int) -> str:
    """Return `raw` as one line of at most `limit` characters, or nothing if unknown. Raises `Refused`."""
    return _whole(given(raw), limit)


def prose(raw: str) -> str:
    """Return `raw` as text of some lines, or nothing if unknown. Raises `Refused`."""
    text = unhidden(raw).strip()
    if text.startswith("[") and text.endswith("]"):
        with suppress(Refused):  # no list after all
            text = "\n".join(_bracketed(text))
    return _whole(clean(text, lines=True), LONGEST) if given(text) else ""


def listed(raw: str) -> list[str]:
    """Return the things that `raw` lists, cleaned, each once; none if unknown. Raises `Refused`.

    They stand in brackets and quotes, or between semicolons; without those between bars, ends of lines,
    commas, or twice or more between two spaces.
    """
    named: dict[str, str] = {}
    for part in _parts(unhidden(raw).strip()):
        if name := given(part):
            named.setdefault(key(name), name)
    return list(named.values())


@lru_cache(RECENT)
def key(text: str) -> str:
    """Return what is the same for names that count as the same: case, accents' encoding and spaces aside."""
    return unicodedata.normalize("NFKC", clean(text)).casefold()


def _mended(text: str, lines: bool) -> str:
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", fix_encoding(html.unescape(text))))
    parts = text.splitlines() if lines else [text]
    visible = (HALF.sub("\ufffd", CONTROL.sub(" ", part)) for part in parts)
    return "\n".join(" ".join(part.split()) for part in visible).strip()


def is_broken(text: str) -> bool:
    """Return whether letters of `text` were broken on its way, and cannot be mended."""
    return not text.isascii() and ("\ufffd" in text or is_bad(text))


def _whole(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Refused(f"has {len(text)} characters, and {limit} is the most")
    return text


def _parts(text: str) -> list[str]:
    if text.startswith("[") and text.endswith("]"):
        return _bracketed(text)
    for sign in (";", "|", "\n"):
        if sign in text:
            return text.split(sign)
    spaced = re.split(r"\s{2,}", text)
    return spaced if "," not in text and len(spaced) > 2 else text.split(",")


def _bracketed(text: str) -> list[str]:
    """Return the parts of a list as JSON writes it, or as Python does."""
    try:
        parts = json.loads(text)
    except ValueError:
        parts = [a or b for a, b in re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", text)]
        if re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[\[\],\s]", "", text):
            raise Refused("is a list whose quotes do not close") from None
    if not all(isinstance(part, str) for part in parts):
        raise Refused("is a list of something else than texts")
    return parts
