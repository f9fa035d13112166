"""What a text lists: the items of a list, or the heads of a table's rows."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

# What holds the points of a text, and what opens each of them.
LISTS = {"bullet_list_open": "list_item_open", "ordered_list_open": "list_item_open", "tbody_open": "tr_open"}
WORDS = {"text", "code_inline", "softbreak", "hardbreak"}


def listed(tokens: Sequence[Token]) -> list[str]:
    """Return the words of each item of the first list in `tokens`, or of the heads of the first table."""
    start = next((index for index, token in enumerate(tokens) if token.type in LISTS), None)
    return [] if start is None else list(_points(tokens[start], tokens[start + 1 :]))


def _points(opening: Token, tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the first words of each item of the list that `opening` opens, without those of lists inside."""
    waits = False
    for token in tokens:
        if token.level == opening.level:
            return
        if token.type == LISTS[opening.type] and token.level == opening.level + 1:
            waits = True
        elif token.type == "inline" and waits:
            waits = False
            yield words_of(token)


def words_of(token: Token) -> str:
    """Return the words of an inline token, without what marks them."""
    children = token.children or []
    return "".join(child.content or " " for child in children if child.type in WORDS).strip()
