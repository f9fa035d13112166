"""Figures in prose: whether a source stands beside each."""

import re
from collections.abc import Iterator

from guides.mentions import CITATION
from portal.markdown import blocks

_COUNT = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)"
)
FIGURE = re.compile(
    rf"""
    [$€£¥]\s?\d                                                     # money
    | \b{_COUNT}\s?(?:%|\bper\ ?cent\b)                             # shares
    | \b{_COUNT}(?:\s(?:to|or|and)\s{_COUNT})?(?:\+|\sor\smore)?[\s-]years?\b  # counts of years
    """,
    re.IGNORECASE | re.VERBOSE,
)
BEHIND = re.compile(rf"([.!?])((?:\s*{CITATION.pattern})+)")  # citations after the full stop
SENTENCE = re.compile(r"(?<=[.!?])[)\]”\"*]*\s+(?=[A-Z0-9“\"(*\[])")


def bare_figures(text: str) -> Iterator[str]:
    """Yield each sentence and cell of the Markdown `text` that gives a figure without citing a source.

    A figure is an amount of money, a percentage or a count of years. A cell may leave the citation to the
    head of its column, the first cell of its row or the caption of the table.
    """
    for block, cover in blocks(text):
        for sentence in SENTENCE.split(BEHIND.sub(r"\2\1", block)):
            if FIGURE.search(sentence) and not CITATION.search(f"{sentence} {cover}"):
                yield " ".join(sentence.split())
