"""Texts as names are looked for in them, and where each sign of that stands in the text as it was given.

The folded form has no capitals, accents or signs that cannot be seen; compatible forms (ﬁ, Ｐ) are taken
apart as Unicode's NFKD says; hyphens, underscores and all kinds of blanks are one blank, with none beside a
slash; a blank line is an end of line, which no name has.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff"
# No letter has more marks; putting thousands in Unicode's order takes time by their square.
CLUSTER = re.compile(f"(?s).[{MARKS}\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]{{0,16}}")
DASHES = "-_\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u30fb"
APOSTROPHES = "\u2018\u2019\u201b\u02bc\u00b4`\uff07\u2032"
ONE = str.maketrans(dict.fromkeys(DASHES, " ") | dict.fromkeys(APOSTROPHES, "'") | {"⁄": "/"})
ENDS = "\n\r\v\f\x85\u2028\u2029"
SEEN_NEVER = ("Mn", "Me", "Cf")  # marks, and what is for machines: soft hyphens, joiners, directions


@dataclass(frozen=True)
class Folded:
    """A folded `text`; sign `i` of it comes from `starts[i]` to `ends[i]` of the text that was given."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(text: str) -> Folded:
    """Return `text` folded; positions are code points of `text`."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    broken = False  # whether the blank that stands last came with an end of line
    for cluster in CLUSTER.finditer(text):
        for sign in _folded(cluster[0]):
            before = signs[-1] if signs else ""
            if sign not in " \n":
                if sign == "/" and before == " ":
                    signs.pop(), starts.pop(), ends.pop()
                broken = False
            elif before in (" ", "\n", "/"):
                signs[-1] = "\n" if sign == "\n" and broken else before
                broken = broken or sign == "\n"
                continue
            else:
                broken, sign = sign == "\n", " "
            signs.append(sign)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return Folded("".join(signs), starts, ends)


def fold_name(name: str) -> str:
    """Return `name` as it stands in folded texts."""
    return fold(name).text.strip()


@lru_cache(maxsize=8192)
def written(name: str) -> str:
    """Return `name` as it is written, capitals and all, without what cannot be seen."""
    plain = unicodedata.normalize("NFKC", name)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return " ".join(seen.translate(ONE).split())


@lru_cache(maxsize=8192)
def _folded(cluster: str) -> str:
    """Return what becomes of a sign with its marks: mostly one sign, sometimes none or several."""
    if cluster[0] in ENDS:
        return "\n"
    plain = unicodedata.normalize("NFKD", cluster)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) not in SEEN_NEVER)
    folded = unicodedata.normalize("NFKD", seen.casefold()).translate(ONE)
    return "".join(" " if sign.isspace() else sign for sign in folded)
