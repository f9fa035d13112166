"""Credit records by what they say, whichever database they were written in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from guides.models import Credit, CreditStep, Step

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Record:
    """Who has done all steps of one side has done each of the other; the steps need not be here."""

    old: frozenset[UUID]
    new: frozenset[UUID]

    @property
    def sides(self) -> frozenset[frozenset[UUID]]:
        """What two records share that say the same."""
        return frozenset([self.old, self.new])


def records_of(steps: Collection[UUID]) -> list[Record]:
    """Return what is recorded of any of `steps`, the first first and each thing once."""
    credits = CreditStep.objects.filter(step_id__in=steps).values("credit")
    rows = CreditStep.objects.filter(credit__in=credits).order_by("credit_id", "step_id")
    found: dict[int, dict[str, set[UUID]]] = {}
    for credit, step, side in rows.values_list("credit_id", "step_id", "side"):
        found.setdefault(credit, {"old": set(), "new": set()})[side].add(step)
    first: dict[frozenset[frozenset[UUID]], Record] = {}
    for sides in found.values():
        record = Record(frozenset(sides["old"]), frozenset(sides["new"]))
        first.setdefault(record.sides, record)
    return list(first.values())


def unknown(records: Iterable[Record]) -> list[Record]:
    """Return those of `records` that say something new."""
    records = list(records)
    known = {record.sides for record in records_of([step for record in records for step in record.old])}
    return [record for record in records if record.sides not in known]


def record_all(records: Iterable[Record], *, by: "User | None") -> None:
    """Write `records`; nothing is ever taken away."""
    for record in records:
        old, new = ([Step(pk=step) for step in sorted(side)] for side in (record.old, record.new))
        Credit.objects.record(old=old, new=new, by=by)
