"""Sources as a guide numbers them: first those that texts cite, in order, then the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from guides.document import Content, SourceDocument, steps_of
from guides.mentions import numbered
from portal import markdown

if TYPE_CHECKING:
    from guides.rendering import RenderedSection


@dataclass(frozen=True)
class NumberedSource:
    """A source with its number in the citations of the guide.

    `cited_by` names who passes it on, `cited_in` the sections that cite it.
    """

    number: int
    source: SourceDocument
    accessed_on: date | None
    retrieved_on: date
    cited_by: tuple[str, ...]
    cited_in: tuple["RenderedSection", ...]


def numbers_of(content: Content) -> dict[str, int]:
    """Return the number of every source of `content`, from 1, by its key."""
    known = [source["key"] for source in content["sources"]]
    texts = [section["body"] for section in content["sections"]]
    texts += [step["body"] for step in steps_of(content)]
    cited = [key for key in numbered(texts) if key in known]
    return {key: number for number, key in enumerate(dict.fromkeys(cited + known), start=1)}


def numbered_sources(
    content: Content, numbers: Mapping[str, int], sections: Iterable["RenderedSection"]
) -> tuple[NumberedSource, ...]:
    """Return the sources of `content` in the order of `numbers`, with those of `sections` that cite them."""
    publishers = {source["key"]: source["publisher"] for source in content["sources"]}
    return tuple(
        NumberedSource(
            number=numbers[source["key"]],
            source=source,
            accessed_on=date.fromisoformat(source["accessed_on"]) if source["accessed_on"] else None,
            retrieved_on=date.fromisoformat(source["retrieved_on"]),
            cited_by=tuple(publishers[key] for key in source["cited_by"] if key in publishers),
            cited_in=tuple(section for section in sections if _cites(section, source["key"])),
        )
        for source in sorted(content["sources"], key=lambda source: numbers[source["key"]])
    )


def _cites(section: "RenderedSection", key: str) -> bool:
    return f'id="{markdown.place_of(section.slug, key)}"' in section.html
