"""Entries of a glossary: each has an id, and its first use in other texts leads to it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from portal.markdown.names import free_name
from portal.markdown.points import words_of

BY_HAND = re.compile(r"\]\(#(term-[^)\s]+)\)")
# What stands in these is no running text: it names things, or it is the glossary itself.
APART = {"heading_open", "dl_open", "table_open", "caption_open"}
ENDS = {name.replace("_open", "_close") for name in APART}


class Glossary:
    """The terms that texts are to be linked to, each at its first use; `texts` come in the order of reading.

    A term that any of the texts links by hand is left to its author.
    """

    def __init__(self, entries: Mapping[str, str], texts: Sequence[str] = ()) -> None:
        by_hand = {name for text in texts for name in BY_HAND.findall(text)}
        self._waiting = {
            term.casefold(): (term, name) for term, name in entries.items() if name not in by_hand
        }
        self._pattern = _any_of(self._waiting)

    def first_uses(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and the id of its entry for each term that `text` is the first to use."""
        for found in self._pattern.finditer(text) if self._pattern else ():
            term, name = self._waiting.get(found[1].casefold(), ("", ""))
            if name and not (term.isupper() and found[1] != term):  # an abbreviation is written as one
                del self._waiting[term.casefold()]
                yield found.start(), found.end(), name


def _any_of(terms: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Return what finds each of `terms` as words of their own, the longest first, also in the plural."""
    names = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({names})(?:e?s)?(?![\w-])", re.IGNORECASE) if names else None


def extend(markdown: MarkdownIt) -> None:
    """Teach `markdown` to give terms their ids, and to link the first uses of those of a glossary."""
    markdown.core.ruler.push("terms", _give_ids)
    markdown.core.ruler.push("first-uses", _link_first_uses)


def entries(tokens: Sequence[Token]) -> dict[str, str]:
    """Return the id of each term that `tokens` explain, by the words of the term."""
    return {
        words_of(tokens[index + 1]): str(token.attrGet("id"))
        for index, token in enumerate(tokens)
        if token.type == "dt_open"
    }


def _give_ids(state: StateCore) -> None:
    """Give each term of a definition list an id: `term-` and its words."""
    seen = set[str]()
    for index, token in enumerate(state.tokens):
        if token.type == "dt_open":
            token.attrSet("id", free_name(f"term-{slugify(state.tokens[index + 1].content)}", seen))


def _link_first_uses(state: StateCore) -> None:
    glossary: Glossary | None = state.env.get("glossary")
    depth = 0
    for token in state.tokens if glossary else ():
        depth += (token.type in APART) - (token.type in ENDS)
        if token.type == "inline" and not depth and glossary:
            token.children = list(_linked(token.children or [], glossary))


def _linked(children: Sequence[Token], glossary: Glossary) -> Iterator[Token]:
    """Yield `children` with links in those that are text and stand in no link."""
    depth = 0
    for child in children:
        depth += (child.type == "link_open") - (child.type == "link_close")
        if child.type == "text" and not depth:
            yield from _pieces(child.content, glossary)
        else:
            yield child


def _pieces(text: str, glossary: Glossary) -> Iterator[Token]:
    done = 0
    for start, end, name in glossary.first_uses(text):
        yield _text(text[done:start])
        yield Token("link_open", "a", 1, attrs={"href": f"#{name}", "class": "term"})
        yield _text(text[start:end])
        yield Token("link_close", "a", -1)
        done = end
    yield _text(text[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
