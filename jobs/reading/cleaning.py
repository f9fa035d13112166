"""Words of strangers as plain text."""

import html
import re

import nh3

LONGEST = 20_000  # characters that are looked at
# Controls, and marks that turn the direction of what follows on the page.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SPACE = re.compile(r"\s+")
BLOCK = re.compile(r"(?=</?(?:p|br|div|li|ul|ol|h\d|tr|td|th|table|section|article)\b)", re.IGNORECASE)


def plain(words: object, most: int) -> str:
    """Return `words`, which may be HTML, as one line of at most `most` characters; empty if it is no text."""
    if not isinstance(words, str):
        return ""
    spaced = BLOCK.sub(" ", words[:LONGEST])  # the ends of two paragraphs are two words
    text = html.unescape(nh3.clean(spaced, tags=set()))
    return shortened(SPACE.sub(" ", UNSEEN.sub("", text)).strip(), most)


def shortened(text: str, most: int) -> str:
    """Return `text` of at most `most` characters, cut between words where that is near."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    words, space, _ = cut.rpartition(" ")
    return f"{words if space and len(words) > most * 0.8 else cut}…"
