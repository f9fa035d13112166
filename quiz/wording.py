"""A ranking in sentences."""

from dataclasses import dataclass

from quiz.scoring import Ranking

FAIRLY = 3  # one in so many questions may turn a result that is fairly clear


@dataclass(frozen=True)
class Clarity:
    """How clear a result is, in a word and a sentence; and the kind of notice that says it."""

    word: str
    sentence: str
    kind: str


def clarity_of(ranking: Ranking) -> Clarity:
    """Return how clear a ranking with at least one career is: by what single other answers would change."""
    if len(ranking.first) > 1:
        names = listed([each.career.title for each in ranking.first])
        return Clarity("A tie", f"{names} share first place.", "warning")
    if not ranking.turning:
        sentence = "No other answer to a single question would put another career first."
        return Clarity("Clear", sentence, "success")
    is_fair = ranking.turning * FAIRLY <= ranking.answered
    return Clarity(
        "Fairly clear" if is_fair else "Close",
        f"{_of_questions(ranking)}, another answer alone would put another career first, or beside it.",
        "" if is_fair else "warning",
    )


def title_of(ranking: Ranking) -> str:
    """Return what a ranking with at least one career says, in a line."""
    return f"Best fit: {listed([each.career.title for each in ranking.first])}"


def listed(names: list[str]) -> str:
    """Return names as a sentence lists them: “a”, “a and b”, “a, b and c”."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _of_questions(ranking: Ranking) -> str:
    if ranking.turning < ranking.answered:
        return f"For {ranking.turning} of the {ranking.answered} questions answered"
    if ranking.answered == 1:
        return "For the one question answered"
    return f"For each of the {ranking.answered} questions answered"
