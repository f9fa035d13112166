"""What becomes of each figure of a file, beside those that are there and those of the rows before."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils import timezone

from courses.importing.refusal import Refused
from facts.importing.drafts import IDENTITY, Draft, Options
from facts.importing.fates import Fate, Verdict
from facts.importing.places import places
from facts.models import Salary
from guides.models import Guide, Source

BATCH = 500  # figures whose rows are fetched at once
PATHS = {"guide": "guide__slug", "place": "place__slug"}
AMOUNTS = ("amount", "low", "high")
BESIDE = ("answers", "occupation")
Met = tuple[Draft, dict[str, Any], int | None]  # a draft, what tells it from others, the id of what is there


class Judge:
    """Says what becomes of each figure, one after the other; it remembers those before by digests.

    Raises `Refused` if the sources of `options` are not here. Three queries, and one for each `BATCH`
    figures.
    """

    def __init__(self, options: Options) -> None:
        self.options, self.places = options, places()
        self.source, self.via = _source(options.source), _source(options.via) if options.via else None
        self.guides = {slug: str(pk) for slug, pk in Guide.objects.values_list("slug", "pk")}
        self.there = dict(self._stored())
        self.seen: dict[bytes, tuple[str, bytes]] = {}  # with the row that said something of it, and what

    def fates(self, drafts: Iterable[Draft]) -> Iterator[Fate]:
        """Yield the fate of each of `drafts`."""
        drafts = iter(drafts)
        while batch := list(islice(drafts, BATCH)):
            met = [self._met(draft) for draft in batch]
            wanted = [each[2] for each in met if not isinstance(each, Fate) and each[2]]
            there = Salary.objects.in_bulk(wanted)
            yield from (each if isinstance(each, Fate) else self._compared(*each, there) for each in met)

    def _stored(self) -> Iterator[tuple[bytes, int]]:
        rows = Salary.objects.filter(source=self.source, via=self.via).order_by("pk")
        names = [PATHS.get(name, name) for name in IDENTITY]
        for pk, *values in rows.values_list("pk", *names).iterator():
            yield _digest(values), pk

    def _met(self, draft: Draft) -> Fate | Met:
        """Return the fate of `draft` where it is clear, or what it means."""
        if draft.passed:
            return Fate(draft.at, Verdict.PASSED, draft.passed)
        if draft.faults:
            return _refused(draft)
        try:
            identity = self._identity(draft)
        except Refused as refused:
            draft.faults.append(("", str(refused)))
            return _refused(draft)
        digest, said = _digest(identity.values()), _digest(draft.values.values())
        place, before = self.seen.setdefault(digest, (draft.at, said))
        if place == draft.at and before == said:
            return draft, identity, self.there.get(digest)
        if before == said:
            return _fate(draft, Verdict.SAME)
        draft.faults.append(("", f"{place} says something else of the same figure"))
        return _refused(draft)

    def _identity(self, draft: Draft) -> dict[str, Any]:
        if draft.guide and draft.guide not in self.guides:
            raise Refused(f"there is no guide “{draft.guide}”")
        place = self.places.found_or_made(draft.where, makes=self.options.makes_places)
        named = {"guide": draft.guide or None, "place": place}
        return {name: (draft.identity | named)[name] for name in IDENTITY}

    def _compared(self, draft: Draft, identity: dict[str, Any], pk: int | None, there: Any) -> Fate:
        given = draft.retrieved_on or self.options.retrieved_on
        retrieved = given or timezone.localdate()
        if pk is None:
            return self._new(draft, identity, retrieved)
        values = {name: draft.values.get(name) for name in AMOUNTS}
        values |= {
            name: value for name in BESIDE if (value := draft.values.get(name))
        }  # unknown overwrites nothing
        values |= {"retrieved_on": given} if given else {}
        row = there[pk]
        changes = {name: value for name, value in values.items() if _differs(getattr(row, name), value)}
        if not changes:
            return _fate(draft, Verdict.SAME)
        before = {name: [_words(getattr(row, name)), _words(value)] for name, value in changes.items()}
        orders = {"pk": pk, "fields": changes | {"retrieved_on": retrieved}}
        return _fate(draft, Verdict.CHANGED, changes=before, orders=orders)

    def _new(self, draft: Draft, identity: dict[str, Any], retrieved: date) -> Fate:
        own = {name: value for name, value in identity.items() if name not in PATHS}
        fields = own | draft.values | {"retrieved_on": retrieved}
        fields |= {"source_id": self.source, "via_id": self.via, "guide_id": self.guides.get(draft.guide)}
        after = {
            name: ["", _words(draft.values.get(name))]
            for name in (*AMOUNTS, *BESIDE)
            if draft.values.get(name)
        }
        return _fate(draft, Verdict.NEW, changes=after, orders={"fields": fields, "place": identity["place"]})


def _source(key: str) -> int:
    found = Source.objects.filter(key=key).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(f"there is no source “{key}”; add it in the studio first")
    return found


def _digest(values: Iterable[Any]) -> bytes:
    """Return the same few bytes for the same values: a hundred thousand of them are kept."""
    return hashlib.sha256(repr(["" if value is None else str(value) for value in values]).encode()).digest()[
        :16
    ]


def _differs(there: Any, value: Any) -> bool:
    return bool(there != value) and not (there is None and value == "")


def _words(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    return "" if value is None else str(value)


def _refused(draft: Draft) -> Fate:
    return _fate(draft, Verdict.REFUSED, faults=[list(fault) for fault in draft.faults])


def _fate(draft: Draft, verdict: Verdict, **more: Any) -> Fate:
    return Fate(draft.at, verdict, draft.title, told=draft.told, **more)
