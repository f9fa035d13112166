"""Figures in words, the same on pages, in the studio and in files."""

from decimal import Decimal

from django.utils.dates import MONTHS

from courses.facts import money, whole
from facts.models import Figure, Outlook, Salary

UNDATED = "undated"
SIGNS = {"USD": "$"}  # what is written before an amount; other currencies are written by their code


def described(figure: Figure) -> str:
    """Return what a figure describes: “2022”, “June 2022”, “2021 to 2031”, “undated”."""
    if figure.year is None:
        return UNDATED
    if isinstance(figure, Salary) and figure.month:
        return f"{MONTHS[figure.month]} {figure.year}"
    if isinstance(figure, Outlook) and figure.until:
        return f"{figure.year} to {figure.until}"
    return str(figure.year)


def told_year(figure: Figure) -> str:
    """Return what a figure describes, with a word if it is old: “2022, old”, “2026”, “undated”."""
    is_marked = figure.is_old() and not figure.is_undated
    return f"{described(figure)}, old" if is_marked else described(figure)


def age(figure: Figure, year: int) -> str:
    """Return how old a figure is in `year`: “4 years old”, “of this year”, “undated”."""
    if figure.year is None:
        return UNDATED
    years = year - figure.year
    return f"{years} year{'' if years == 1 else 's'} old" if years > 0 else "of this year"


def pay(salary: Salary) -> str:
    """Return what is paid: “$125,672 a year”, “$120,700 to $163,300 a year”.

    Where there is an amount and a range, the amount leads: “$142,000 a year ($120,700 to $163,300)”.
    """
    spread = _range(salary)
    if salary.amount is None:
        return f"{spread} {salary.get_period_display()}"
    said = f"{amount(salary.amount, salary.currency)} {salary.get_period_display()}"
    return f"{said} ({spread})" if spread else said


def amount(value: Decimal, currency: str) -> str:
    """Return an amount of money: “$125,672”, “$24.50”, “EUR 52,000”."""
    return f"{SIGNS.get(currency, f'{currency} ')}{money(value)}"


def change(outlook: Outlook) -> str:
    """Return how demand changes: “22 percent more, 7,200 more posts, from 33,000 to 40,200”."""
    percent, posts = outlook.change_percent, outlook.change_count
    parts = (
        "" if percent is None else f"{_plain(percent)} percent {_direction(percent)}",
        "" if posts is None else f"{whole(abs(posts))} {_direction(posts)} posts",
        ""
        if outlook.before is None or outlook.after is None
        else f"from {whole(outlook.before)} to {whole(outlook.after)}",
    )
    return ", ".join(filter(None, parts))


def _range(salary: Salary) -> str:
    if salary.low is None or salary.high is None:
        return ""
    return f"{amount(salary.low, salary.currency)} to {amount(salary.high, salary.currency)}"


def _direction(number: Decimal | int) -> str:
    return "fewer" if number < 0 else "more"


def _plain(number: Decimal) -> str:
    """Return a number without its sign and without zeros at its end: “22”, “0.5”."""
    return f"{abs(number).normalize():,f}"
