"""A figure as the screens about figures show it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from facts.models import Outlook, Salary
from facts.words import age, change, described, pay


@dataclass(frozen=True)
class Row:
    """A figure in words, and where it is edited."""

    figure: Salary | Outlook
    words: str
    described: str
    age: str
    address: str


def row_of(figure: Salary | Outlook) -> Row:
    """Return a figure in words; what `for_list` adds is there."""
    words = pay(figure) if isinstance(figure, Salary) else change(figure)
    address = reverse(f"admin:facts_{figure._meta.model_name}_change", args=[figure.pk])
    return Row(figure, words, described(figure), age(figure, timezone.localdate().year), address)
