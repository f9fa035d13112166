"""What a course costs, as people write it."""

import re
from decimal import Decimal

from courses.importing.cleaning import given
from courses.importing.refusal import Refused

DEAREST = Decimal("99999999.99")  # what the database keeps
FREE = re.compile(
    r"free(?: of charge)?|for free|gratis|free\W+add (?:a|an) [\w ]*certificate for .*", re.IGNORECASE
)
DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "BRL", "CLP", "COP", "ARS", "TWD"))
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS", "₫": "VND"}
SIGNS |= {"US$": "USD", "CA$": "CAD", "A$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "R$": "BRL"}
SHARED = {"$": DOLLARS, "¥": frozenset(("JPY", "CNY"))}  # which of them, only the one with the file knows
CURRENCIES = frozenset(
    re.findall(
        "[A-Z]{3}",
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
        BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
        GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF
        KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
        MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
        SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
        UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
        """,
    )
)
PRICE = re.compile(r"(?P<before>[^\d\s.,]*)\s*(?P<number>\d[\d.,\s']*?)\s*(?P<after>[^\d\s.,]*)")


def price(raw: str, beside: str = "", otherwise: str = "") -> tuple[Decimal, str] | None:
    """Return the amount and the currency that `raw` gives; 0 and no currency for free, None if unknown.

    `beside` is the currency (ISO 4217) that the row says of it, and `otherwise` the one that is meant where
    none is said. Raises `Refused` of a price whose currency is not known, or not the one beside it, and of
    what is not the price of the whole.
    """
    text = given(raw)
    if not text:
        return None
    if FREE.fullmatch(text):
        return Decimal(0), ""
    if not (match := PRICE.fullmatch(text)) or (match["before"] and match["after"]):
        raise Refused(f"“{text}” is no price of the whole, once")
    amount = _amount(match["number"], text)
    sign = match["before"] or match["after"]
    return (amount, _currency(sign, beside, otherwise, text)) if amount else (Decimal(0), "")


def iso_currency(raw: str) -> str:
    """Return the code (ISO 4217) in `raw`; nothing if unknown. Raises `Refused`."""
    code = given(raw).upper()
    if code and code not in CURRENCIES:
        raise Refused(f"“{code}” is no currency; use its three letters, such as USD")
    return code


def _currency(sign: str, beside: str, otherwise: str, text: str) -> str:
    """Return the currency that `sign` in `text` means."""
    if not sign or sign in SHARED:
        return _meant(SHARED.get(sign, CURRENCIES), beside or otherwise, text)
    code = SIGNS.get(sign, sign.upper())
    if code not in CURRENCIES:
        raise Refused(f"“{text}” is no price that can be understood")
    if beside and code != beside:
        raise Refused(f"“{text}” is no price in {beside}")
    return code


def _meant(possible: frozenset[str], said: str, text: str) -> str:
    if said not in possible:
        raise Refused(f"“{text}” does not say of which currency; give it in a column, or with the file")
    return said


def _amount(digits: str, text: str) -> Decimal:
    plain = re.fullmatch(r"(\d{1,3}(?:[,.\s']\d{3})+|\d+)(?:[.,](\d{1,2}))?", digits)
    if not plain or len(set(re.sub(r"\d", "", plain[1]))) > 1:
        raise Refused(f"“{text}” is no amount that can be understood")
    amount = Decimal(f"{re.sub(r'[^0-9]', '', plain[1])}.{plain[2] or 0}")
    if amount > DEAREST:
        raise Refused(f"“{text}” is more than can be stored")
    return amount
