"""Markdown to HTML: CommonMark with tables, anchors on headings and citations; always sanitised."""

from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

TAGS = {
    *("p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "br"),
    *("a", "em", "strong", "code", "pre", "sup", "div"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title", "aria-label"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "ol": {"start"},
    "sup": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
}


def render(
    text: str, *, prefix: str = "", citations: Mapping[str, int] | None = None, sources: str = ""
) -> SafeString:
    """Return `text` as HTML that is safe to show.

    Ids of headings begin with `prefix`. `[@key]` becomes the number that `citations` gives for the key, as a
    link to `#source-key` on the page `sources` (the same page if empty); an unknown key stays as it is.
    """
    env = {"prefix": prefix, "citations": citations or {}, "sources": sources}
    html = nh3.clean(
        _markdown.render(text, env),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
    )
    return mark_safe(html)  # noqa: S308 (nh3 has sanitised it)


def _citation(state: StateInline, silent: bool) -> bool:
    end = state.src.find("]", state.pos)
    if not state.src.startswith("[@", state.pos) or end < 0:
        return False
    key = state.src[state.pos + 2 : end]
    if key not in state.env.get("citations", {}):
        return False
    if not silent:
        state.pending = state.pending.rstrip()  # the number stands close to the word
        state.push("citation", "", 0).content = key
    state.pos = end + 1
    return True


def _show_citation(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    key = tokens[index].content
    number = env["citations"][key]
    address = f"{env['sources']}#source-{key}"
    return f'<sup class="cite"><a href="{address}" aria-label="Source {number}">{number}</a></sup>'


def _anchors(state: StateCore) -> None:
    """Give each heading an id of its own, and keep headings below the page's second level."""
    seen = set[str]()
    for index, token in enumerate(state.tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]), 3), 6)}"
        if token.type == "heading_open":
            text = slugify(state.tokens[index + 1].content) or "part"
            names = chain([text], (f"{text}-{number}" for number in count(2)))
            name = next(name for name in names if name not in seen)
            seen.add(name)
            token.attrSet("id", "-".join(filter(None, [state.env.get("prefix"), name])))


def _corners(state: StateCore) -> None:
    """Make a header cell with nothing in it, such as the corner of a table, an ordinary cell."""
    for index, token in enumerate(state.tokens):
        if token.type == "th_open" and not state.tokens[index + 1].content:
            token.tag = state.tokens[index + 2].tag = "td"


def _open_table(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>'


def _close_table(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div>"


def _make() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.inline.ruler.before("link", "citation", _citation)
    markdown.core.ruler.push("anchors", _anchors)
    markdown.core.ruler.push("corners", _corners)
    markdown.add_render_rule("citation", _show_citation)
    markdown.add_render_rule("table_open", _open_table)
    markdown.add_render_rule("table_close", _close_table)
    return markdown


_markdown = _make()
