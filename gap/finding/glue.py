"""Names that broken HTML has glued together: “PythonJava”, “SkillsSQLTableau”.

A glued word is taken apart only if nothing of it is left over: each piece is a name, or a word that headings
of postings have, and each begins with a capital. So JavaScript is no Java, and MySQL no SQL.
"""

import re
from collections.abc import Iterator

from gap.finding.names import How, Name, Names
from gap.finding.rules import RULES

# A word of Latin letters with a capital after its first sign; longer ones are no words.
GLUED = re.compile(r"(?<![^\W_])(?=[\w+#.]{1,79}?[A-Z])[A-Za-z][A-Za-z0-9+#.]{2,79}(?<![.])(?!\w)")
FILLERS = re.compile("|".join(sorted(RULES.glued, key=len, reverse=True)))
Piece = tuple[int, int, Name | None]


def glued_in(text: str, names: Names) -> Iterator[tuple[int, int, Name]]:
    """Yield each name within the glued words of `text`, with its start and end there."""
    for word in GLUED.finditer(text):
        for start, end, name in _taken_apart(word[0], names):
            if name and name.slug:
                yield word.start() + start, word.start() + end, name


def _taken_apart(word: str, names: Names) -> list[Piece]:
    """Return the fewest pieces that make up `word`; nothing if it is one name, or is not made of names."""
    best: dict[int, list[Piece]] = {0: []}
    for start, end, name in sorted(_pieces(word, names), key=lambda piece: piece[:2]):
        if start in best and (end not in best or len(best[start]) + 1 < len(best[end])):
            best[end] = [*best[start], (start, end, name)]
    found = best.get(len(word), [])
    certain = [name for _, _, name in found if name and name.how != How.CONTEXT]
    return found if len(found) > 1 and certain else []


def _pieces(word: str, names: Names) -> Iterator[Piece]:
    """Yield the names and words within `word` that begin and end at a capital, or at its ends."""
    folded = word.lower()
    for start, end, name in names.all_in(folded):
        is_meant = name.how == How.ANYWHERE or name.is_written_as(word[start:end])
        if name.slug and is_meant and _is_cut(word, start) and _is_cut(word, end):
            yield start, end, name
    for start in range(len(word)):
        filler = FILLERS.match(folded, start) if _is_cut(word, start) else None
        if filler and _is_cut(word, filler.end()):
            yield start, filler.end(), None


def _is_cut(word: str, place: int) -> bool:
    return place in (0, len(word)) or word[place].isupper()
