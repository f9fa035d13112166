"""What of the catalog a file may mean, by what it is called there."""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from courses.importing.cleaning import key
from courses.importing.drafts import Draft
from courses.importing.refusal import Refused
from courses.models import Certification, Course, Provider, Skill
from portal.slugs import RESERVED


class Names:
    """Things that have a slug and a name; those that a file brings are made, once."""

    def __init__(self, what: str, rows: Iterable[tuple[str, str]], longest: int = 80) -> None:
        self.what, self.longest = what, longest
        self.made: dict[str, str] = {}
        self._slugs: set[str] = set()
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for slug, name in rows:
            self._slugs.add(slug)
            self._by_name[key(name)].add(slug)

    def find(self, text: str) -> str | None:
        """Return the slug of what `text` names, None if there is none. Raises `Refused` if there are two."""
        if text in self._slugs:
            return text
        found = self._by_name.get(key(text), set())
        if len(found) > 1:
            slugs = ", ".join(sorted(found))
            raise Refused(f"“{text}” is the name of more than one {self.what}; give the slug of one: {slugs}")
        return next(iter(found), None)

    def found_or_made(self, text: str) -> str:
        """Return the slug of what `text` names, and note that it is to be made where there is none."""
        slug = self.find(text)
        if slug is None:
            slug = free_slug(text, self._slugs, self.what, self.longest)
            self._slugs.add(slug)
            self._by_name[key(text)].add(slug)
            self.made[slug] = text
        return slug


Place = tuple[str, str, str]  # the key of a title, the slugs of provider and platform
Meant = tuple[int, int, str, bool]  # a row, the id of its course, its platform, and whether that is all of it


@dataclass
class Catalog:
    """What is there, and what the rows so far have added to it, by negative ids: their numbers."""

    providers: Names
    skills: Names
    certifications: Names
    slugs: dict[str, int] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    titles: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    meant: dict[tuple[str, str], list[Meant]] = field(default_factory=lambda: defaultdict(list))

    def place(self, number: int, title: str, provider: str, platform: str) -> None:
        """Note what the course with this id is called, and forget what it was called before."""
        if before := self.places.get(number):
            self.titles[before[0]].discard(number)
        self.places[number] = key(title), provider, platform
        self.titles[key(title)].add(number)

    def find(self, draft: Draft) -> int | None:
        """Return the id of the course that `draft` means, None if it is a new one.

        A slug decides; otherwise the title with the provider, and the platform where there are several.
        Raises `Refused` where that leaves more than one.
        """
        if draft.slug:
            return self.slugs.get(draft.slug)
        called = self.titles.get(key(draft.title), set())
        provider, platform = self._slug(draft.provider), self._slug(draft.platform)
        of_provider = {each: self.places[each][2] for each in called if self.places[each][1] == provider}
        if called and not of_provider and not draft.provider:
            raise Refused("a course with this title is there already; give the provider or the slug")
        exact = [each for each, there in of_provider.items() if there == platform]
        near = exact or [each for each, there in of_provider.items() if not (draft.platform and there)]
        if len(near) > 1:
            raise Refused("more than one course has this title and provider; give the platform or the slug")
        return near[0] if near else None

    def check(self, field: str, text: str) -> None:
        """Raise `Refused` where `text` names several things in this field, or none that may be made."""
        names = {"skills": self.skills, "leads_to": self.certifications}.get(field, self.providers)
        if names.find(text) is None and names is self.certifications:
            raise Refused(f"there is no certification “{text}”; add it first")

    def is_called(self, number: int, draft: Draft) -> bool:
        """Whether the course with this id is called as `draft` calls it, as far as it does."""
        told = key(draft.title), self._slug(draft.provider), self._slug(draft.platform)
        there = self.places.get(number, ("", "", ""))
        return all(each in ("", other) for each, other in zip(told, there, strict=True))

    def settle(self, draft: Draft, number: int) -> None:
        """Note that `draft` means the course with this id, and what that is called from now on.

        Raises `Refused` where a row before would mean it as well then, so that the file would do something
        else the next time.
        """
        title, provider, platform = self.places.get(number, ("", "", ""))
        title = key(draft.title) or title
        provider, platform = self._slug(draft.provider) or provider, self._slug(draft.platform) or platform
        for row, other, told, is_exact in self.meant[title, provider]:
            if other != number and (told == platform or not is_exact):
                raise Refused(f"row {row} would mean this course as well; give both their slugs")
        provider, platform = (
            self.providers.found_or_made(name) if name else there
            for name, there in ((draft.provider, provider), (draft.platform, platform))
        )
        self.place(number, title, provider, platform)
        if not draft.slug:
            told = self._slug(draft.platform)
            self.meant[title, provider].append((draft.row.number, number, told, told == platform))

    def _slug(self, name: str) -> str:
        """Return the slug of a provider; of one that is not there yet, what no slug is."""
        return (self.providers.find(name) or f"?{name}") if name else ""

    def slug_for(self, draft: Draft) -> str:
        """Return a slug that is free, for the new course of `draft`."""
        return draft.slug or free_slug(draft.title, self.slugs, "course", 120, draft.provider)


def catalog() -> Catalog:
    """Return what is there: names and slugs alone; five queries."""
    found = Catalog(
        Names("provider", _rows(Provider, "name")),
        Names("skill", _rows(Skill, "name")),
        Names("certification", _rows(Certification, "title")),
    )
    told = Course.objects.order_by("pk").values_list(
        "slug", "title", "provider__slug", "platform__slug", "pk"
    )
    for slug, title, provider, platform, pk in told.iterator():
        found.slugs[slug] = pk
        found.place(pk, title, provider or "", platform or "")
    return found


def free_slug(text: str, taken: Container[str], what: str, longest: int, more: str = "") -> str:
    """Return a slug for what is called `text`, that is not `taken`; `more` tells it from its namesakes."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    slug = slugify(text)[: longest - 10].strip("-") or f"{what}-{digest}"
    longer = slugify(f"{slug} {more}")[: longest - 10].strip("-")
    numbered = (f"{longer}-{number}" for number in range(2, 10**8))
    tried = (each for each in (slug, longer) if each not in taken and each not in RESERVED)
    return next(tried, None) or next(each for each in numbered if each not in taken)


def _rows(model: type[Model], name: str) -> Any:
    return model._default_manager.order_by("pk").values_list("slug", name).iterator()
