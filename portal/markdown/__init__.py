"""Markdown to HTML: CommonMark with tables, definition lists, citations and figures; always sanitised.

| in the text | becomes |
|---|---|
| `### Heading` | a heading with an id and a link to itself |
| `[@key]` | the number of a source, as a link to it |
| `Table: words`, straight before a table | the table's caption |
| `![words](picture:slug "Caption")`, alone in its paragraph | a figure |
| `Term`, and on the next line `: what it means` | an entry of a glossary, with an id |
| the first use of a term of a `Glossary` | a link to its entry |
"""

from collections.abc import Mapping
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin

from portal.markdown import citations as citing
from portal.markdown import figures, links, points, tables, terms
from portal.markdown.citations import place_of
from portal.markdown.figures import Image
from portal.markdown.terms import Glossary

__all__ = ["Glossary", "Image", "blocks", "entries", "listed", "pictures", "place_of", "render"]

TAGS = {
    *("p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "br"),
    *("a", "em", "strong", "code", "pre", "sup", "div", "figure", "figcaption", "img", "small"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title", "aria-label", "class", "id"},
    **{tag: {"id"} for tag in ("h3", "h4", "h5", "h6", "dt")},
    "ol": {"start"},
    "th": {"class", "scope"},
    "td": {"class"},
    "sup": {"class"},
    "div": {"class", "tabindex", "role", "aria-label", "aria-labelledby"},
    "figure": {"class"},
    "figcaption": {"id"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
}


def render(
    text: str,
    *,
    prefix: str = "",
    citations: Mapping[str, int] | None = None,
    pictures: Mapping[str, Image] | None = None,
    page: str = "",
    glossary: Glossary | None = None,
) -> SafeString:
    """Return `text` as HTML that is safe to show.

    Ids of headings, and of the first citation of each source, begin with `prefix`. `[@key]` becomes the
    number that `citations` gives for the key, as a link to `#source-key`; `picture:slug` becomes what
    `pictures` gives for the slug; what neither knows stays as words. Links that begin with `#` lead to the
    address `page`. The first use of each term of `glossary` becomes a link to its entry.
    """
    env = {
        "prefix": prefix,
        "citations": citations or {},
        "pictures": pictures or {},
        "page": page,
        "glossary": glossary,
    }
    html = nh3.clean(
        _markdown.render(text, env),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return mark_safe(html)  # noqa: S308 (nh3 has sanitised it)


def blocks(text: str) -> list[tuple[str, str]]:
    """Return the paragraphs, headings and cells of `text` as they were written, each with what covers it.

    A cell of a table is covered by the caption, the head of its column and the first cell of its row.
    """
    return tables.blocks(_markdown.parse(text, _NOTHING.copy()))


def entries(text: str) -> dict[str, str]:
    """Return the ids of the terms that `text` explains, by their words."""
    return terms.entries(_markdown.parse(text, _NOTHING.copy()))


def listed(text: str) -> list[str]:
    """Return what the first list of `text` lists, or the heads of the rows if a table comes first."""
    return points.listed(_markdown.parse(text, _NOTHING.copy()))


def pictures(text: str) -> list[str]:
    """Return the slugs of the site's pictures that `text` shows."""
    return figures.named(_markdown.parse(text, _NOTHING.copy()))


_NOTHING: dict[str, Any] = {"prefix": "", "citations": {}, "pictures": {}, "page": "", "glossary": None}


def _make() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    deflist_plugin(markdown)
    for part in (citing, terms, links, tables, figures):
        part.extend(markdown)
    return markdown


_markdown = _make()
