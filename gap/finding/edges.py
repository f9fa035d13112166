"""Where a name may begin and end: SQL is not in MySQL, and yet C++, Python3 and 熟悉Python和SQL are names."""

import re
from functools import cache

from gap.finding.rules import RULES

# Letters of one script go on; between scripts, and in those that have no blanks, a name may begin anywhere.
SCRIPTS = ((0x250, 1), (0x370, 0), (0x400, 2), (0x530, 3), (0x590, 4), (0x600, 5), (0x780, 6), (0xE00, 7))
SCRIPTS_BEYOND = ((0x1E00, 0x2000, 1),)
PLURAL = 3  # letters of a name that may have a plural, or the number of a version
VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}")
WORD = re.compile(r"[^\W\d_]{1,24}")  # the longest is shorter


def begins(text: str, start: int) -> bool:
    """Return whether a name may begin at `start` of the folded `text`."""
    if start == 0 or not _joined(text[start - 1], text[start]):
        return True
    return _has_attached(text, start)


def ends(text: str, start: int, end: int, *, may_vary: bool) -> int | None:
    """Return where the name from `start` to `end` of the folded `text` ends there; None if it goes on.

    A name that `may_vary` has a plural, the number of a version or, in German, a noun written on to it.
    """
    if _is_edge(text, end):
        return end
    if not may_vary or end - start < PLURAL or not text[end - 1].isalpha():
        return None
    if text[end] == "s" and _is_edge(text, end + 1):
        return end + 1
    version = VERSION.match(text, end)
    if version and _is_edge(text, version.end()):
        return end
    word = WORD.match(text, end)
    return end if word and word[0] in RULES.continued else None


@cache
def script(sign: str) -> int:
    """Return the number of the script whose letters go on in words; 0 where they do not, or for no letter."""
    if not sign.isalnum():
        return 0
    code = ord(sign)
    if any(first <= code < last for first, last, _ in SCRIPTS_BEYOND):
        return 1
    return next((number for last, number in SCRIPTS if code < last), 0)


def _joined(left: str, right: str) -> bool:
    if not right.isalnum():  # .NET
        return script(left) != 0
    return script(left) != 0 and script(left) == script(right)


def _is_edge(text: str, end: int) -> bool:
    """Return whether what ends at `end` is neither gone on with nor the name of a host."""
    if end >= len(text):
        return True
    last, following = text[end - 1], text[end]
    if last.isalnum() and (following == "#" or text.startswith("++", end)):
        return False
    if script(following) and (script(last) == script(following) or not last.isalnum()):
        return False
    return not RULES.host.match(text, end)


def _has_attached(text: str, start: int) -> bool:
    """Return whether what stands before `start` is written on to words, as in Arabic."""
    begin = start
    while begin and text[begin - 1].isalnum() and start - begin < 4:
        begin -= 1
    return text[begin:start] in RULES.attached
