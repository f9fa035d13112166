"""Headings, which can be linked to, and where links inside a text lead."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from portal.markdown.names import free_name


def extend(markdown: MarkdownIt) -> None:
    """Teach `markdown` to give headings their ids, and links to `#…` their page."""
    markdown.core.ruler.push("headings", _headings)
    markdown.core.ruler.push("page", _page)
    markdown.add_render_rule("anchor", _show_anchor)


def _headings(state: StateCore) -> None:
    """Give each heading an id of its own, and keep headings below the page's second level."""
    seen = set[str]()
    for index, token in enumerate(state.tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]), 3), 6)}"
        if token.type == "heading_open":
            words = state.tokens[index + 1]
            text = slugify(words.content) or "part"
            name = free_name(text, seen)
            token.attrSet("id", "-".join(filter(None, [state.env["prefix"], name])))
            if state.env["prefix"]:
                _add_anchor(words, f"{state.env['prefix']}-{name}")


def _add_anchor(words: Token, name: str) -> None:
    children = words.children or []
    title = "".join(child.content for child in children if child.type in ("text", "code_inline"))
    words.children = [*children, Token("anchor", "", 0, content=title, meta={"name": name})]


def _show_anchor(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    title, name = escapeHtml(tokens[index].content), escapeHtml(tokens[index].meta["name"])
    return f' <a class="anchor" href="#{name}" aria-label="Link to: {title}">#</a>'


def _page(state: StateCore) -> None:
    """Put the address of the page before links that lead to a place on it."""
    for token in state.tokens:
        for child in token.children or []:
            address = str(child.attrGet("href") or "") if child.type == "link_open" else ""
            if address.startswith("#"):
                child.attrSet("href", f"{state.env['page']}{address}")
