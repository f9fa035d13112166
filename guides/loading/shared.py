"""What guides share, brought to what the files of one say of it: the catalog, sources and pictures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from courses.models import Certification, Course, Provider, Skill
from guides.loading.files import plain
from guides.loading.folder import Folder
from guides.models import Picture, Source
from guides.pictures.encoding import Encoded, Encoding
from guides.pictures.storing import describe, fill, shows, store
from guides.writing.relations import ends_of, relate

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class SharedChange:
    """A skill, course, source or the like that loading makes, or of which it changes the `fields`."""

    thing: Model
    fields: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        return not self.fields

    @property
    def kind(self) -> str:
        """What it is: “skill”, “source”."""
        return str(self.thing._meta.verbose_name)

    @property
    def permission(self) -> str:
        """The permission that it takes to change such a thing."""
        return f"{self.thing._meta.app_label}.change_{self.thing._meta.model_name}"


class Brought:
    """The rows of one kind by slug or key, and which of their fields changed, but of those that were made."""

    def __init__(self, model: type[Model], key: str, wanted: Mapping[str, Fields]) -> None:
        """Make the rows that are `wanted`, or bring them to their fields, in at most four queries."""
        self.model, self.key = model, key
        self.rows = self._stored(wanted)
        self.changed = {name: _set(row, wanted[name]) for name, row in self.rows.items()}
        if fields := {field for changed in self.changed.values() for field in changed}:
            rows = [self.rows[name] for name, changed in self.changed.items() if changed]
            model._default_manager.bulk_update(rows, sorted(fields))
        if missing := [name for name in wanted if name not in self.rows]:
            made = [model(**{key: name}, **wanted[name]) for name in missing]
            model._default_manager.bulk_create(made, ignore_conflicts=True)  # somebody else may be as fast
            self.rows = self._stored(wanted)

    def relate(self, field: str, named: "Brought", wanted: Mapping[str, Iterable[str]]) -> None:
        """Let each row name by `field` the rows whose keys are `wanted` of it."""
        names = {row.pk: name for name, row in self.rows.items()}
        pairs = [(self.rows[name].pk, named.rows[other].pk) for name in wanted for other in wanted[name]]
        among = {f"{ends_of(self.model, field)[0]}__in": list(names)}
        for pk in {one for one, _ in relate(self.model, field, pairs, **among)}:
            if names[pk] in self.changed:
                self.changed[names[pk]].append(field)

    def changes(self) -> Iterator[SharedChange]:
        """Yield what was made, and what was changed."""
        for name, row in self.rows.items():
            fields = tuple(_words(self.model, field) for field in self.changed.get(name, ()))
            if fields or name not in self.changed:
                yield SharedChange(row, fields)

    def _stored(self, names: Iterable[str]) -> dict[str, Any]:
        rows = self.model._default_manager.filter(**{f"{self.key}__in": list(names)})
        return {getattr(row, self.key): row for row in rows.order_by(self.key)}


def bring_shared(found: Folder, *, is_rehearsal: bool = False) -> list[SharedChange]:
    """Make what the files name, or bring it to what they say of it; return what was made or changed.

    A link that the files do not give stays. In a rehearsal no file of a picture is stored.
    """
    skills = Brought(Skill, "slug", {skill.slug: {"name": skill.name} for skill in found.skills})
    providers = Brought(
        Provider,
        "slug",
        {entry.slug: {"name": entry.name, **_url(entry)} for entry in found.catalog.providers},
    )
    kinds = [skills, providers, *_offers(found, skills, providers), _sources(found)]
    changes = [change for kind in kinds for change in kind.changes()]
    return [*changes, *_bring_pictures(found, is_rehearsal=is_rehearsal)]


def store_pictures(found: Folder) -> None:
    """Store the files of the pictures, but of those that keep theirs."""
    for files in make_pictures(found):
        store(files)


def make_pictures(found: Folder) -> list[tuple[Encoding, ...]]:
    """Return the files of the pictures that do not keep theirs; it takes too long for a transaction."""
    drawn = [(picture, found.drawn[picture.slug]) for picture in _pictures(found)]
    return [encoded.files for picture, encoded in drawn if not shows(picture, encoded)]


def _offers(found: Folder, skills: Brought, providers: Brought) -> Iterator[Brought]:
    ids = {None: None} | {slug: row.pk for slug, row in providers.rows.items()}
    courses = {
        entry.slug: {
            "title": entry.title,
            "provider_id": ids[entry.provider],
            "platform_id": ids[entry.platform],
            **_url(entry),
        }
        for entry in found.catalog.courses
    }
    certifications = {
        entry.slug: {"title": entry.title, "issuer_id": ids[entry.issuer], **_url(entry)}
        for entry in found.catalog.certifications
    }
    for model, wanted, entries in (
        (Course, courses, found.catalog.courses),
        (Certification, certifications, found.catalog.certifications),
    ):
        offers = Brought(model, "slug", wanted)
        offers.relate("skills", skills, {entry.slug: entry.skills for entry in entries})
        yield offers


def _sources(found: Folder) -> Brought:
    wanted = {
        entry.key: {
            "publisher": entry.publisher,
            "title": entry.title,
            **_url(entry),
            "published": entry.published,
            "accessed_on": entry.accessed,
            "retrieved_on": entry.retrieved,
            "note": entry.note,
        }
        for entry in found.sources
    }
    sources = Brought(Source, "key", wanted)
    sources.relate("cited_by", sources, {entry.key: entry.cited_by for entry in found.sources})
    return sources


def _pictures(found: Folder) -> list[Picture]:
    """Return the pictures that the files name, as far as they are here or as new ones."""
    there = {picture.slug: picture for picture in Picture.objects.filter(slug__in=found.drawn)}
    return [there.get(slug) or Picture(slug=slug, files=[]) for slug in found.drawn]


def _bring_pictures(found: Folder, *, is_rehearsal: bool) -> Iterator[SharedChange]:
    entries = {entry.slug: entry for entry in found.pictures}
    for picture in _pictures(found):
        is_new, encoded = picture.pk is None, found.drawn[picture.slug]
        changed = _set(picture, {"alt": entries[picture.slug].alt, "credit": entries[picture.slug].credit})
        if not shows(picture, encoded):
            changed += _redraw(picture, encoded, is_rehearsal=is_rehearsal)
        if changed:
            picture.save()
            fields = tuple(_words(Picture, field) for field in changed)
            yield SharedChange(picture, () if is_new else fields)


def _redraw(picture: Picture, encoded: Encoded, *, is_rehearsal: bool) -> list[str]:
    """Give `picture` its files; return the fields that changed, none if only the storage had lost them."""
    before = picture.files
    (describe if is_rehearsal else fill)(picture, encoded)
    return ["files"] if picture.files != before else []


def _set(row: Model, fields: Fields) -> list[str]:
    """Set `fields` of `row`; return the names of those that differed in more than blanks and line ends."""
    changed = [name for name, value in fields.items() if _plain(getattr(row, name)) != _plain(value)]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _plain(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def _words(model: type[Model], field: str) -> str:
    found: Any = model._meta.get_field(field)
    return str(found.verbose_name)


def _url(entry: Any) -> dict[str, str]:
    """Return the link that `entry` gives; one that it does not give is left as it is."""
    return {"url": entry.url} if entry.url else {}
