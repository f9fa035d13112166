"""`[@key]`: the number of a source."""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token


def extend(markdown: MarkdownIt) -> None:
    """Teach `markdown` to read citations and to show them."""
    markdown.inline.ruler.before("link", "citation", _read)
    markdown.add_render_rule("citation", _show)


def place_of(prefix: str, key: str) -> str:
    """Return the id of the first citation of `key` in a text with this prefix; no heading's id has a dot."""
    return f"{prefix}.cites-{key}"


def _read(state: StateInline, silent: bool) -> bool:
    end = state.src.find("]", state.pos)
    if not state.src.startswith("[@", state.pos) or end < 0:
        return False
    key = state.src[state.pos + 2 : end]
    if key not in state.env["citations"]:
        return False
    if not silent:
        state.pending = state.pending.rstrip()  # the number stands close to the word
        if not state.pending and state.tokens and state.tokens[-1].type == "softbreak":
            state.tokens.pop()
        state.push("citation", "", 0).content = key
    state.pos = end + 1
    return True


def _is_first(key: str, env: Any) -> bool:
    """Whether this text shows `key` for the first time; only then its link has an id, to come back to."""
    shown: set[str] = env.setdefault("cited", set())
    is_first = key not in shown
    shown.add(key)
    return is_first


def _show(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    key, number = tokens[index].content, env["citations"][tokens[index].content]
    named = env["prefix"] and _is_first(key, env)
    place = f' id="{escapeHtml(place_of(env["prefix"], key))}"' if named else ""
    return (
        f'<sup class="cite"><a{place} href="#source-{escapeHtml(key)}" '
        f'aria-label="Source {number}">{number}</a></sup>'
    )
