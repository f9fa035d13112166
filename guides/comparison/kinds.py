"""What is compared of a guide: the kinds of entries in its document, and their fields. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guides.comparison.fields import (
    Entry,
    Field,
    Names,
    day,
    files,
    hours,
    in_order,
    kind,
    named,
    pixels,
    text,
    yes_or_no,
)
from guides.document import Content, steps_of


@dataclass(frozen=True)
class Kind:
    """Entries of one kind: where a document has them, and what tells them apart for life."""

    name: str
    entries: Callable[[Content], Sequence[Entry]]
    key: str
    title: Callable[[Entry], str]
    fields: tuple[Field, ...]

    def by_key(self, content: Content) -> dict[str, Entry]:
        """Return the entries of `content` in their order."""
        return {entry[self.key]: entry for entry in self.entries(content)}


def _title(entry: Entry) -> str:
    return str(entry["title"])


def _source(source: Entry) -> str:
    return f"{source['publisher']}: {source['title']}"


TITLE, SLUG = Field("title", "Title", text), Field("slug", "Slug", text)
LINK, NOTE = Field("url", "Link", text), Field("note", "Note")
TEXT, SUMMARY = Field("body", "Text"), Field("summary", "Summary")

GUIDE = (TITLE, SLUG, SUMMARY, Field("occupation_codes", "Occupation codes", in_order))

STEP = (
    *(TITLE, SLUG, TEXT, Field("done_when", "Done when")),
    Field("effort_hours", "Effort", hours),
    Field("optional", "Optional", yes_or_no),
    Field("choice", "Choice", text),
    Field("route", "Route", text),
    Field("after", "Better done after", named("steps")),
    Field("skills", "Skills", named("skills")),
    Field("courses", "Courses", named("courses")),
    Field("certifications", "Certifications", named("certifications")),
    Field("sources", "Sources", named("sources")),
)

SECTION = (
    *(TITLE, SLUG, Field("kind", "Kind", kind), TEXT),
    Field("checked_on", "Last checked on", day),
    Field("steps", "Steps that it explains", named("steps")),
)

SOURCE = (
    *(Field("publisher", "Publisher", text), TITLE, LINK),
    Field("published", "Published", text),
    Field("accessed_on", "Accessed on", day),
    Field("retrieved_on", "Retrieved on", day),
    *(NOTE, Field("cited_by", "Cited by", named("sources"))),
)

PICTURE = (
    Field("alt", "Text for those who do not see it"),
    Field("credit", "Credit", text),
    Field("width", "Width", pixels),
    Field("height", "Height", pixels),
    Field("files", "Files", files),
)

OFFER = (TITLE, Field("by", "By", in_order), LINK)

KINDS = (
    Kind("steps", steps_of, "id", _title, STEP),
    Kind("sections", lambda content: content["sections"], "id", _title, SECTION),
    Kind("stages", lambda content: content["stages"], "id", _title, (TITLE, SLUG, SUMMARY)),
    Kind("sources", lambda content: content["sources"], "key", _source, SOURCE),
    Kind(
        "pictures", lambda content: content.get("pictures", []), "slug", lambda entry: entry["slug"], PICTURE
    ),
    Kind(
        "skills",
        lambda content: content["skills"],
        "slug",
        lambda entry: entry["name"],
        (Field("name", "Name", text),),
    ),
    Kind("courses", lambda content: content["courses"], "slug", _title, OFFER),
    Kind("certifications", lambda content: content["certifications"], "slug", _title, OFFER),
)


def names_of(content: Content) -> Names:
    """Return how `content` calls all that it holds, by kind and key."""
    return {
        kind.name: {key: kind.title(entry) for key, entry in kind.by_key(content).items()} for kind in KINDS
    }
