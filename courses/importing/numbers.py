"""Numbers as people write them: counts and ratings."""

import re
from decimal import ROUND_HALF_UP, Decimal

from courses.importing.cleaning import given
from courses.importing.refusal import Refused
from courses.models.course import BEST

MOST = 2_147_483_647  # what the database keeps of a count
TIMES = {"": 1, "k": 1000, "m": 1_000_000, "million": 1_000_000, "thousand": 1000}
COUNTED = "reviews?|ratings?|votes?|students?|learners?|enrolled|enrollments?|enrolments?|subscribers?|people"
COUNT = re.compile(
    rf"\(?([\d.,\s']+?)\s*(k|m|thousand|million)?\s*\+?\s*(?:(?:already|global)\s+)?(?:(?:{COUNTED})\b\s*)*\)?",
    re.IGNORECASE,
)
GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ ']\d{3})+|\d{1,3}(?:\.\d{3}){2,}")
RATING = re.compile(
    rf"(\d(?:[.,]\d+)?)\s*(?:stars?|★)?\s*(?:(?:out of|of|/)\s*{BEST}(?:\.0)?\s*(?:stars?)?)?", re.IGNORECASE
)


def count(raw: str) -> int | None:
    """Return how many `raw` says, such as “43K reviews”, “3.2m” or “1,234”; None if unknown.

    Raises `Refused`, also of “1.234”, which is a thousand to some and one to others.
    """
    if not (text := given(raw)):
        return None
    if not (match := COUNT.fullmatch(text)):
        raise Refused(f"“{text}” is no number that can be understood")
    number = _counted(match[1].strip(), TIMES[(match[2] or "").lower()], text)
    if number > MOST:
        raise Refused(f"“{text}” is more than can be stored")
    return number


def _counted(digits: str, times: int, text: str) -> int:
    if digits.isdigit():
        return int(digits) * times
    if times == 1 and GROUPS.fullmatch(digits):
        return int(re.sub(r"\D", "", digits))
    if re.fullmatch(r"\d+[.,]\d{1,2}" if times > 1 else r"\d+\.0+", digits):
        return int(Decimal(digits.replace(",", ".")) * times)
    raise Refused(f"“{text}” can be read as more than one number, or is not whole; write it in full")


def rating(raw: str) -> Decimal | None:
    """Return the stars (0 to 5) that `raw` gives, such as “4.9stars” or “4.9 out of 5”, to two places.

    None if unknown. Raises `Refused`.
    """
    if not (text := given(raw)):
        return None
    if not (match := RATING.fullmatch(text)):
        raise Refused(f"“{text}” is no rating in stars, of {BEST}")
    stars = Decimal(match[1].replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if stars > BEST:
        raise Refused(f"“{text}” is more than {BEST} stars")
    return stars
