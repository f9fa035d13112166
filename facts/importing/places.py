"""Which place a row means, by what it is called there."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from courses.importing.catalog import free_slug
from courses.importing.cleaning import key
from courses.importing.refusal import Refused
from facts.models import Place

KINDS = {
    **{kind.value: kind.value for kind in Place.Kind},
    # Single figures are AREA_TYPE of the US BLS.
    **dict.fromkeys(("nation", "national", "1"), "country"),
    **dict.fromkeys(("territory", "province", "region", "2", "3"), "state"),
    **dict.fromkeys(("metro", "metropolitan area", "town", "4"), "city"),
}
STATES = frozenset(  # of the US, whose letters are codes of countries as well, such as DE and IN
    re.findall(
        "[A-Z]{2}",
        """
        AL AK AZ AR CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS
        MT NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY
        """,
    )
)


@dataclass(frozen=True)
class Naming:
    """What a row calls a place: name, slug or code; its kind and what it lies in, where they are said."""

    name: str
    code: str = ""
    kind: str = ""
    within: str = ""


@dataclass
class Places:
    """The places that are there, and those that a file brings, which are made once, outer ones first."""

    made: dict[str, dict[str, str]] = field(default_factory=dict)
    _there: dict[str, dict[str, str]] = field(default_factory=dict)
    _called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, slug: str, name: str, kind: str, code: str, within: str) -> None:
        """Note a place that is there; `within` is a slug."""
        self._there[slug] = {"name": name, "kind": kind, "code": code, "within": within}
        for called in (slug, name, code):
            if called:
                self._called[key(called)].add(slug)

    def find(self, naming: Naming) -> str | None:
        """Return the slug of what `naming` means, None if there is none.

        Raises `Refused` if there are several.
        """
        if naming.name in STATES and not (naming.code or naming.kind):
            raise Refused(
                f"“{naming.name}” may be a country or a US state; "
                "give its name or slug, or a column place_code or us_state"
            )
        found = self._candidates(naming)
        if not found and not naming.code and "," in naming.name:  # Phoenix, Arizona
            name, _, outer = naming.name.rpartition(",")
            found = self._candidates(Naming(name.strip(), "", naming.kind, outer.strip()))
        if len(found) > 1:
            raise Refused(
                f"“{naming.name}” is the name of more than one place; "
                f"give the slug of one: {', '.join(sorted(found))}"
            )
        return next(iter(found), None)

    def found_or_made(self, naming: Naming, *, makes: bool) -> str:
        """Return the slug of what `naming` means, and note that it is to be made if it `makes` places.

        Raises `Refused`, with what is missing.
        """
        if slug := self.find(naming):
            return slug
        called = naming.name or naming.code
        if not makes:
            raise Refused(f"there is no place “{called}”; add it first, or let --make-places do so")
        if not naming.name or naming.kind not in ("country", "state", "city"):
            raise Refused(f"there is no place “{called}”; to make it, its name and kind are needed")
        slug = free_slug(naming.name, self._there, "place", 80, naming.within)
        row = {"name": naming.name, "kind": naming.kind, "code": naming.code, "within": self._outer(naming)}
        self.add(slug, **row)
        self.made[slug] = row
        return slug

    def _candidates(self, naming: Naming) -> set[str]:
        if not naming.code and naming.name in self._there and not naming.kind and not naming.within:
            return {naming.name}  # a slug
        called = self._called.get(key(naming.code or naming.name), set())
        outer = self._called.get(key(naming.within), set()) if naming.within else set()
        return {
            slug
            for slug in called
            if naming.kind in ("", self._there[slug]["kind"])
            and (not naming.within or outer & {slug, *self._around(slug)})
        }

    def _around(self, slug: str) -> Iterable[str]:
        """Yield what the place lies in, from the inside out."""
        while slug := self._there[slug]["within"]:
            yield slug

    def _outer(self, naming: Naming) -> str:
        if naming.kind == "country":
            return next(slug for slug, place in self._there.items() if place["kind"] == "world")
        outer = self.find(Naming(naming.within)) if naming.within else None
        if outer is None:
            raise Refused(
                f"there is no place “{naming.name}”; to make it, say what it lies in, which is there"
            )
        return outer


def places() -> Places:
    """Return the places that are there; one query."""
    found = Places()
    for row in Place.objects.order_by("pk").values_list("slug", "name", "kind", "code", "within__slug"):
        slug, name, kind, code, within = row
        found.add(slug, name, kind, code, within or "")
    if "world" not in {place["kind"] for place in found._there.values()}:
        found.add("world", "World", "world", "", "")
        found.made["world"] = found._there["world"]
    return found
