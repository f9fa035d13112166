"""The files of a content folder, made from a working copy."""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.http import Http404

from guides.document import Content, steps_of
from guides.editing import lock
from guides.exporting.credits import credit_lines
from guides.exporting.dumping import dumped
from guides.exporting.entries import (
    catalog_entry,
    guide_entry,
    path_entry,
    picture_entries,
    retired_entries,
    skill_entries,
    source_entries,
)
from guides.exporting.gathering import Carried, gather
from guides.loading.files import plain
from guides.models import Guide, Picture
from guides.pictures.storing import read

Contents = Mapping[str, bytes]


class CannotExport(Exception):
    """Something that belongs to a folder cannot be read; the message says what to do."""


def files_of(guide: Guide) -> Contents:
    """Return the working copy of `guide` as the files of a content folder, by name.

    The same working copy gives the same bytes, in whatever database it lies. Raises `CannotExport`.
    """
    with transaction.atomic():
        lock(guide)  # nobody edits while it is read
        carried = gather(guide)
    texts = {**_data(carried), **dict(_texts(carried))}
    return {name: text.encode() for name, text in texts.items()} | dict(_drawings(carried.pictures))


def _data(carried: Carried) -> dict[str, str]:
    """Return the YAML files; those that may be missing only if they say something."""
    files = {
        "guide.yaml": dumped(guide_entry(carried.content)),
        "path.yaml": dumped(path_entry(carried.content)),
        "skills.yaml": dumped(skill_entries(carried)),
        "sources.yaml": dumped(source_entries(carried)),
        "catalog.yaml": dumped(catalog_entry(carried)),
    }
    if carried.pictures:
        files["pictures.yaml"] = dumped(picture_entries(carried))
    if carried.retired:
        files["retired.yaml"] = dumped(retired_entries(carried))
    if carried.credits:
        files["credits.yaml"] = credit_lines(carried.credits, _titles(carried))
    return files


def _texts(carried: Carried) -> Iterator[tuple[str, str]]:
    content: Content = carried.content
    texts = [(f"sections/{section['slug']}.md", section["body"]) for section in content["sections"]]
    texts += [(f"steps/{step['slug']}.md", step["body"]) for step in steps_of(content)]
    texts += [(f"retired/{step.pk}.md", step.body) for step in carried.retired]
    for name, text in texts:
        yield name, f"{plain(text)}\n"


def _titles(carried: Carried) -> dict[str, str]:
    """Return the titles of the guide's own steps by id; those of others may be called otherwise elsewhere."""
    titles = {step["id"]: step["title"] for step in steps_of(carried.content)}
    return titles | {str(step.pk): step.title for step in carried.retired}


def _drawings(pictures: list[Picture]) -> Iterator[tuple[str, bytes]]:
    """Yield the largest file of each picture."""
    for picture in pictures:
        name = picture.files[-1]["name"]
        try:
            content, _ = read(name)
        except Http404 as missing:
            raise CannotExport(
                f"The file of the picture “{picture.slug}” is not in the storage. "
                "Upload it again, then export."
            ) from missing
        yield f"pictures/{picture.slug}.{name.rpartition('.')[2]}", content
