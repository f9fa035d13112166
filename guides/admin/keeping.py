"""What keeps a source or a picture from being deleted: texts, steps and editions that name it."""

from collections.abc import Callable, Iterable, Iterator

from guides.document import Document
from guides.editions import document_of
from guides.mentions import cited_keys, named_pictures
from guides.models import Edition, Picture, Section, Source, Step

Names = Callable[[Iterable[str]], set[str]]


def what_keeps_source(source: Source) -> list[str]:
    """Say where `source` is named, and what to do instead of deleting it; nothing if it can go."""
    texts = list(_texts(source.key, f"[@{source.key}]", cited_keys))
    steps = [step for step in source.steps.select_related("guide") if step not in texts]
    return [
        *(f"{text}: it cites [@{source.key}], so take it out there first" for text in texts),
        *(f"{step}: it names {source.key} as a source, so take it out there first" for step in steps),
        *(
            f"{edition}: it cites [@{source.key}], and what was published stays"
            for edition in _editions(source.key, _keys)
        ),
    ]


def what_keeps_picture(picture: Picture) -> list[str]:
    """Say where `picture` is shown, and what to do instead of deleting it; nothing if it can go."""
    return [
        *(
            f"{text}: it shows {picture}, so take it out there first"
            for text in _texts(picture.slug, f"picture:{picture.slug}", named_pictures)
        ),
        *(
            f"{edition}: it shows {picture}, and what was published stays"
            for edition in _editions(picture.slug, _slugs)
        ),
    ]


def _texts(name: str, written: str, names: Names) -> Iterator[Section | Step]:
    """Yield the sections and steps whose text has `name`, `written` as it is there."""
    for model in (Section, Step):
        for text in model._default_manager.filter(body__contains=written):
            if name in names([text.body]):
                yield text


def _editions(name: str, names: Callable[[Document], list[str]]) -> Iterator[Edition]:
    """Yield the newest edition of each guide that has `name` among its `names`."""
    told = set()
    found = Edition.objects.filter(document__contains=f'"{name}"', cancelled_at=None)
    for edition in found.defer("document").order_by("guide", "-number"):
        if edition.guide_id not in told and name in names(document_of(edition.sha256)):
            told.add(edition.guide_id)
            yield edition


def _keys(document: Document) -> list[str]:
    return [source["key"] for source in document["sources"]]


def _slugs(document: Document) -> list[str]:
    return [picture["slug"] for picture in document["pictures"]]
