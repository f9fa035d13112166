"""Tables: they scroll by themselves, have a caption, and no heading without words."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

CAPTION = "Table: "


def extend(markdown: MarkdownIt) -> None:
    """Teach `markdown` about captions and corners of tables, and to wrap tables."""
    markdown.core.ruler.before("inline", "captions", _captions)
    markdown.core.ruler.push("corners", _corners)
    markdown.core.ruler.push("alignment", _alignment)
    markdown.add_render_rule("caption_open", _open_caption)
    markdown.add_render_rule("table_open", _open)
    markdown.add_render_rule("table_close", _close)


def _captions(state: StateCore) -> None:
    """Make a paragraph that begins with `Table: ` and stands before a table its caption."""
    tables = [index for index, token in enumerate(state.tokens) if token.type == "table_open"]
    for number, index in enumerate(tables, start=1):
        opening, words, closing = [None, None, None, *state.tokens[:index]][-3:]
        if not (opening and words and closing and opening.type == "paragraph_open"):
            continue
        if not words.content.startswith(CAPTION):
            continue
        words.content = words.content.removeprefix(CAPTION)
        name = ".".join(filter(None, [state.env["prefix"], f"table-{number}"]))  # no heading's id has a dot
        opening.type, opening.tag = "caption_open", "figcaption"
        opening.attrSet("id", name)
        closing.type, closing.tag = "caption_close", "figcaption"
        opening.hidden = closing.hidden = False  # as the paragraphs of a tight list are
        state.tokens[index].meta["caption"] = name
        _end_of(state.tokens, index).meta["caption"] = name


def _end_of(tokens: Sequence[Token], index: int) -> Token:
    return next(token for token in tokens[index:] if token.type == "table_close")


def _corners(state: StateCore) -> None:
    """Make a header cell without words an ordinary cell; below an empty corner stand the heads of rows."""
    has_corner = False
    for before, token, words, end in zip(*(state.tokens[start:] for start in range(4)), strict=False):
        if token.type == "th_open" and not words.content:
            has_corner |= before.type == "tr_open"
            token.tag = end.tag = "td"
        elif token.type == "td_open" and before.type == "tr_open" and has_corner:
            token.tag = end.tag = "th"
            token.attrSet("scope", "row")
        elif token.type == "table_close":
            has_corner = False


def _alignment(state: StateCore) -> None:
    """Say by a class how a column stands: the policy of the site forbids styles in the page."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            token.attrSet("class", str(token.attrs.pop("style")).rpartition(":")[2])


def _open_caption(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f'<figure class="table"><figcaption id="{escapeHtml(str(tokens[index].attrGet("id")))}">'


def _open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    caption = tokens[index].meta.get("caption")
    name = f'aria-labelledby="{escapeHtml(caption)}"' if caption else 'aria-label="Table"'
    return f'<div class="scroll" tabindex="0" role="group" {name}><table>'


def _close(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div></figure>\n" if tokens[index].meta.get("caption") else "</table></div>\n"


def blocks(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """Return the text of each block of `tokens` as it was written, with the text that covers it."""
    found, caption = list[tuple[str, str]](), ""
    heads, row = list[str](), list[str]()
    for before, token in pairwise(tokens):
        match before.type:
            case "caption_open":
                caption = token.content
            case "table_close":
                caption, heads = "", []
            case "tr_open":
                row = []
            case "th_open":
                heads.append(token.content)
        if token.type == "inline":
            cover = [caption, *heads[len(row) : len(row) + 1], *row[:1]] if before.type == "td_open" else []
            found.append((token.content, " ".join(cover)))
        if before.type == "td_open":
            row.append(token.content)
    return found
