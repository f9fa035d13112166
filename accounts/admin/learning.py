"""What a learner follows and did, as support sees it; their notes are nobody else's business."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import StepEvent, User
from accounts.paths import Path, paths_of
from guides.document import titles_of

LATEST = 50  # sayings on a page


@dataclass(frozen=True)
class Followed:
    """A path that a learner follows, and since when."""

    path: Path
    since: datetime


@dataclass(frozen=True)
class Said:
    """What a learner said of a step, under the title that they know it by."""

    title: str
    event: StepEvent


def followed_by(user: User) -> list[Followed]:
    """Return the paths that `user` follows, the latest first; a constant number of queries."""
    since = dict(user.enrolments.active().values_list("guide", "followed_at"))
    return [Followed(path, since[path.edition.guide_id]) for path in paths_of(user)]


def last_said(user: User, followed: Iterable[Followed]) -> list[Said]:
    """Return the latest `LATEST` things that `user` said of steps, the last one first; one query."""
    titles: dict[str, str] = {}
    for each in followed:
        titles |= titles_of(each.path.document)
    events = user.step_events.select_related("step").order_by("-occurred_at", "-received_at", "-id")
    return [Said(titles.get(str(event.step_id), event.step.title), event) for event in events[:LATEST]]
