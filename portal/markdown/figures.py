"""`![words](picture:slug "Caption")`: a picture of the site's own, alone in a paragraph as a figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

SCHEME = "picture:"
SIZES = "(width > 48rem) 42rem, 100vw"  # the width of running text, see .prose and .with-contents


@dataclass(frozen=True)
class Image:
    """A picture as a browser wants it: `sources` are pairs of address and width in pixels, small to large.

    `credit` says who made it and under which licence.
    """

    alt: str
    width: int
    height: int
    sources: tuple[tuple[str, int], ...]
    credit: str = ""


def extend(markdown: MarkdownIt) -> None:
    """Teach `markdown` to show the site's pictures, and no others."""
    markdown.core.ruler.push("figures", _figures)
    markdown.add_render_rule("image", _show)
    markdown.add_render_rule("figure_open", _open)
    markdown.add_render_rule("figure_close", _close)


def _figures(state: StateCore) -> None:
    """Make a paragraph of one picture a figure; its title is the caption, which may cite."""
    if state.inlineMode:  # a caption, which holds no paragraphs
        return
    for index, token in enumerate(state.tokens):
        children = token.children or []
        if token.type != "inline" or len(children) != 1 or children[0].type != "image":
            continue
        before, after = state.tokens[index - 1], state.tokens[index + 1]
        image = _image(children[0], state.env)
        if before.type == "paragraph_open" and image:
            before.type, after.type = "figure_open", "figure_close"
            before.meta["is_tall"] = image.height > image.width
            caption = str(children[0].attrGet("title") or "")
            after.meta["caption"] = state.md.parseInline(caption, state.env)
            after.meta["credit"] = image.credit


def _image(token: Token, env: Any) -> Image | None:
    address = str(token.attrGet("src") or "")
    found: Image | None = env["pictures"].get(address.removeprefix(SCHEME))
    return found if address.startswith(SCHEME) else None


def _show(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Show the picture with its place kept, drawn when it comes near; one that is not ours as its words."""
    token = tokens[index]
    image = _image(token, env)
    words = renderer.renderInlineAsText(token.children, options, env)
    if image is None:
        return escapeHtml(words)
    alt, largest = escapeHtml(words or image.alt), escapeHtml(image.sources[-1][0])
    choice = ", ".join(f"{escapeHtml(address)} {width}w" for address, width in image.sources)
    srcset = f' srcset="{choice}" sizes="{SIZES}"' if len(image.sources) > 1 else ""
    return (
        f'<img src="{largest}"{srcset} width="{image.width}" height="{image.height}" alt="{alt}" '
        'loading="lazy" decoding="async">'
    )


def _open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return '<figure class="tall">' if tokens[index].meta["is_tall"] else "<figure>"


def _close(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    caption = renderer.render(tokens[index].meta["caption"], options, env)
    credit = escapeHtml(tokens[index].meta["credit"])
    words = " ".join(filter(None, [caption, credit and f"<small>{credit}</small>"]))
    return f"<figcaption>{words}</figcaption></figure>\n" if words else "</figure>\n"


def named(tokens: Sequence[Token]) -> list[str]:
    """Return the slugs of all pictures of the site in `tokens`."""
    images = (child for token in tokens for child in token.children or [] if child.type == "image")
    addresses = (str(image.attrGet("src") or "") for image in images)
    return [address.removeprefix(SCHEME) for address in addresses if address.startswith(SCHEME)]
