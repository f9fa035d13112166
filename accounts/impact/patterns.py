"""What followers said, counted by the database: how many say the same.

One pass over what was said of the steps in question gives each learner a row of sums. The first two count
steps that are done; in the others each step has two bits of its own, so that they spell out what was said.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Case, Q, Sum, When

from accounts.impact.components import BITS, DOING, DONE, OTHER, Component
from accounts.models import StepState
from guides.models import Guide
from guides.progress import State

STEPS = 15  # whose bits fit into numbers of 32 bits, which PostgreSQL adds up faster than longer ones

# The ORM cannot group by sums of groups. Joining the learners' rows, not all that they said, to those who
# follow leaves it to the database to walk through what was said learner by learner.
SAYING_THE_SAME = """
    SELECT {sums}, COUNT(*) AS learners, CAST(SUM(COUNT(*)) OVER () AS BIGINT) AS speakers
    FROM ({rows}) learner JOIN accounts_enrolment enrolment ON enrolment.user_id = learner.user_id
    WHERE enrolment.guide_id = %s AND enrolment.left_at IS NULL
    GROUP BY {sums}
    ORDER BY learners DESC, {sums}
    LIMIT %s
"""


class Group(NamedTuple):
    """Learners who said the same: how many plain steps they did, how many kept ones, and the pattern."""

    plain: int
    kept: int
    pattern: int
    learners: int


def groups_of(
    guide: UUID, plain: Sequence[str], kept: Sequence[str], components: Iterable[Component], most: int
) -> tuple[list[Group], int]:
    """Return the `most` frequent groups of the followers of `guide`, and how many learners are in any group.

    Who said nothing of these steps is in none. A pattern has the word on each step of `components`, the first
    in its lowest bits: 0 for nothing, `DONE`, `DOING` or `OTHER`; only `DONE` where nothing else matters.
    """
    told = [(step, component.hears_all) for component in components for step in component.steps]
    spelt = [_spelt(told[at : at + STEPS]) for at in range(0, len(told), STEPS)]
    steps = [*plain, *kept, *(step for step, _ in told)]
    rows = _rows(guide, steps, [_count(plain), _count(kept), *spelt], most)
    groups = [Group(row[0], row[1], _joined(row[2:-2]), row[-2]) for row in rows]
    return groups, rows[0][-1] if rows else 0


def _count(steps: Sequence[str]) -> Sum:
    """Return how many of `steps` are done."""
    return Sum(1, filter=Q(step__in=steps, state=State.DONE), default=0)


def _spelt(told: Sequence[tuple[str, bool]]) -> Sum:
    """Return the words on the steps `told`, two bits for each."""
    words = [
        When(step=step, then=_word(BITS * place, hears_all)) for place, (step, hears_all) in enumerate(told)
    ]
    return Sum(Case(*words), filter=Q(step__in=[step for step, _ in told]), default=0)


def _word(at: int, hears_all: bool) -> Case:
    done = When(state=State.DONE, then=DONE << at)
    if not hears_all:
        return Case(done, default=0)
    return Case(done, When(state=State.DOING, then=DOING << at), default=OTHER << at)


def _rows(guide: UUID, steps: Iterable[str], sums: Iterable[Sum], most: int) -> list[tuple[Any, ...]]:
    named = {f"sum{number}": sum for number, sum in enumerate(sums)}
    learners = (
        StepState.objects.filter(step__in=map(UUID, steps)).values("user_id").annotate(**named).order_by()
    )
    rows, given = learners.query.sql_with_params()
    query = SAYING_THE_SAME.format(sums=", ".join(named), rows=rows)
    with connection.cursor() as cursor:
        cursor.execute(query, [*given, Guide._meta.pk.get_db_prep_value(guide, connection), most])
        return cursor.fetchall()


def _joined(words: Iterable[int]) -> int:
    """Return the pattern that the sums spell out, the first in its lowest bits."""
    return sum(word << BITS * STEPS * place for place, word in enumerate(words))
