"""Numbers as people write them: counts, ratings and prices."""

import re
from decimal import ROUND_HALF_UP, Decimal

from courses.importing.cleaning import given
from courses.importing.refusal import Refused
from courses.models.course import BEST

MOST = 2_147_483_647  # what the database keeps of a count
DEAREST = Decimal("99999999.99")
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
DOLLARS = frozenset("USD CAD AUD NZD SGD HKD MXN BRL CLP COP ARS TWD".split())
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS", "₫": "VND"}
SIGNS |= {"US$": "USD", "CA$": "CAD", "A$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "R$": "BRL"}
SHARED = {"$": DOLLARS, "¥": frozenset(("JPY", "CNY"))}  # which of them, only the one with the file knows
CURRENCIES = frozenset(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
    LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
    PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG""".split()
)
PRICE = re.compile(r"(?P<before>[^\d\s.,]*)\s*(?P<number>\d[\d.,\s']*?)\s*(?P<after>[^\d\s.,]*)")


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
    if times > 1 and re.fullmatch(r"\d+[.,]\d{1,2}", digits) or re.fullmatch(r"\d+\.0+", digits):
        number = Decimal(digits.replace(",", ".")) * times
        return int(number)
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


def price(raw: str, currency: str = "") -> tuple[Decimal, str] | None:
    """Return the amount and the currency that `raw` gives; 0 and no currency for free, None if unknown.

    `currency` (ISO 4217) is what the file says beside it, or nothing. Raises `Refused` of what names no
    currency, or one that is not the one beside it, and of what is not the price of the whole.
    """
    text = given(raw)
    if not text:
        return None
    if text.casefold() in ("free", "free of charge", "gratis", "$0", "false"):
        return Decimal(0), ""
    if not (match := PRICE.fullmatch(text)) or (match["before"] and match["after"]):
        raise Refused(f"“{text}” is no price of the whole, once")
    amount = _amount(match["number"], text)
    named = currency_of(match["before"] or match["after"], currency, text) if amount else ""
    return amount, named


def currency_of(sign: str, beside: str, text: str) -> str:
    """Return the currency that `sign` in `text` means, where `beside` is what the file says of it."""
    code = SIGNS.get(sign) or (sign.upper() if sign.upper() in CURRENCIES else "")
    if sign in SHARED and beside in SHARED[sign] or not sign:
        code = beside
    if not code and (not sign or sign in SHARED):
        raise Refused(f"“{text}” does not say of which currency; give it in a column, or with the file")
    if not code or beside and code != beside:
        raise Refused(f"“{text}” is no price" + (f" in {beside}" if beside else " that can be understood"))
    return code


def iso_currency(raw: str) -> str:
    """Return the code (ISO 4217) in `raw`; nothing if unknown. Raises `Refused`."""
    code = given(raw).upper()
    if code and code not in CURRENCIES:
        raise Refused(f"“{code}” is no currency; use its three letters, such as USD")
    return code


def _amount(digits: str, text: str) -> Decimal:
    plain = re.fullmatch(r"(\d{1,3}(?:[,.\s']\d{3})+|\d+)(?:[.,](\d{1,2}))?", digits)
    if not plain or len(set(re.sub(r"\d", "", plain[1]))) > 1:
        raise Refused(f"“{text}” is no amount that can be understood")
    amount = Decimal(f"{re.sub(r'[^0-9]', '', plain[1])}.{plain[2] or 0}")
    if amount > DEAREST:
        raise Refused(f"“{text}” is more than can be stored")
    return amount
