"""Answers as a link carries them: short, checked, and with what tells whether the questions changed since.

`1.<digest of the quiz>.<answer>….<check>`: the version of this form; what the quiz was; of each answer its id
in base 36 and three letters that change with its words and those of its question; and a check over all of it,
which tells a link that was cut off or mistyped. Nothing in it is secret, so it is not signed with a key: a
link goes on working when the site gets another one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from quiz.models import LONGEST_CODE
from quiz.questionnaire import MARK_LENGTH, Quiz, short_digest

VERSION = "1"
CHECK_LENGTH = 5  # letters of 6 bits
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LONGEST_ID = 13  # digits in base 36 of what the database counts


class BrokenLink(ValueError):
    """A link that does not hold answers as they were written into it."""


@dataclass(frozen=True)
class Sheet:
    """The answers of a link that count today, by id, and how many do not.

    `is_outdated` where questions, weights or careers are other than they were when the link was made.
    """

    answers: tuple[int, ...] = ()
    lost: int = 0
    is_outdated: bool = False


EMPTY = Sheet()


def encode(quiz: Quiz, answers: Iterable[int]) -> str:
    """Return the code of those of `answers`, ids, that `quiz` knows."""
    ids = [answer.id for _, answer in quiz.chosen(answers)]
    items = [f"{_base36(answer)}{quiz.mark(answer)}" for answer in ids]
    body = ".".join([VERSION, quiz.digest, *items])
    return f"{body}.{_check(body)}"


def decode(quiz: Quiz, code: str) -> Sheet:
    """Return the answers that `code` holds, as far as `quiz` still asks them in these words.

    Raises `BrokenLink` if it is not a code, or not all of one.
    """
    body, _, check = code.rpartition(".")
    if len(code) > LONGEST_CODE or not code.isascii() or check != _check(body):
        raise BrokenLink("This link is not complete: some letters of it are missing or mistyped.")
    version, _, rest = body.partition(".")
    if version != VERSION:
        raise BrokenLink("This link is of a kind that this site does not know.")
    digest, *items = rest.split(".")
    found = [answer for item in items if (answer := _known(quiz, item)) is not None]
    counted = tuple(answer.id for _, answer in quiz.chosen(found))
    return Sheet(counted, len(items) - len(counted), digest != quiz.digest)


def _known(quiz: Quiz, item: str) -> int | None:
    """Return the answer that `item` names, None if it or its question is gone or says something else."""
    number, mark = item[:-MARK_LENGTH], item[-MARK_LENGTH:]
    if not number or len(number) > LONGEST_ID or not set(number) <= set(DIGITS):
        return None
    answer = int(number, 36)
    return answer if answer in quiz.places and quiz.mark(answer) == mark else None


def _check(body: str) -> str:
    return short_digest(f"quiz answers {body}", CHECK_LENGTH)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
