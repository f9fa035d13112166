"""Reviews of courses by learners: written, read, reported, and hidden by moderators."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import Review, ReviewReport, User
from accounts.models.review import STARS
from courses.models import Course

PAGE_SIZE = 10

Reader = User | AnonymousUser


class ReviewRefused(Exception):
    """A review cannot be written; says why."""


class ReportRefused(Exception):
    """A review cannot be reported by this person; says why."""


@dataclass(frozen=True)
class Share:
    """How many reviews give `stars`, and how many of all that is, in whole percent."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True)
class Standing:
    """What the shown reviews of a course give together; `mean` in stars to one decimal, None without any.

    `by_stars` has each number of stars, the best first.
    """

    count: int
    mean: Decimal | None
    by_stars: tuple[Share, ...]


def standing_of(course: Course) -> Standing:
    """Return what the reviews of `course` that are shown give together; one query."""
    shown = Review.objects.shown().filter(course=course)
    counts = dict(shown.values_list("stars").annotate(Count("pk")).order_by())
    total = sum(counts.values())
    shares = (
        Share(stars, count, _percent(count, total)) for stars in STARS for count in [counts.get(stars, 0)]
    )
    return Standing(total, _mean(counts, total), tuple(shares))


def _percent(count: int, total: int) -> int:
    return round(100 * count / total) if total else 0


def _mean(counts: dict[int, int], total: int) -> Decimal | None:
    if not total:
        return None
    stars = Decimal(sum(stars * count for stars, count in counts.items()))
    return (stars / total).quantize(Decimal("0.1"), ROUND_HALF_UP)


def reviews_of(course: Course, page: str | int | None, *, count: int | None = None) -> Page[Review]:
    """Return a page of the reviews of `course` that are shown, the newest first.

    A page that is not there gives one that is. Two queries; one if it is known how many there are, `count`.
    """
    paginator = Paginator(Review.objects.shown().filter(course=course), PAGE_SIZE)
    if count is not None:
        paginator.count = count
    return paginator.get_page(page)


def review_of(user: Reader, course: Course) -> Review | None:
    """Return what `user` wrote of `course`, hidden or not; None if nothing, and for a visitor."""
    return user.reviews.filter(course=course).first() if user.is_authenticated else None


def reported_by(user: Reader, reviews: Iterable[Review]) -> frozenset[UUID]:
    """Return which of `reviews` the `user` has reported; one query, and none for a visitor."""
    if not user.is_authenticated:
        return frozenset()
    reported = user.review_reports.filter(review__in=[review.pk for review in reviews])
    return frozenset(reported.values_list("review", flat=True).order_by())


def for_page(course: Course, user: Reader, page: str | int | None) -> dict[str, Any]:
    """Return what `courses/reviews.html` shows to `user`: two queries, and two more for a learner."""
    standing = standing_of(course)
    reviews = reviews_of(course, page, count=standing.count)
    return {
        "course": course,
        "page": reviews,
        "standing": standing,
        "own": review_of(user, course),
        "reported": reported_by(user, reviews),
        "is_visitor": not user.is_authenticated,
    }


@transaction.atomic
def write(user: User, course: Course, *, stars: int, text: str = "", name: str = "") -> Review:
    """Write what `user` says of `course`, or write it anew, and return it.

    `stars` are 1 to 5, `text` is plain. Saying the same again changes nothing; what is hidden stays hidden.
    Raises `ReviewRefused` where there is none yet and the course can no longer be had.
    """
    said: dict[str, Any] = {"stars": stars, "text": text, "name": name}
    if course.is_retired and review_of(user, course) is None:
        raise ReviewRefused("This course can no longer be had, so it takes no new reviews.")
    own, is_new = Review.objects.select_for_update().get_or_create(user=user, course=course, defaults=said)
    if not is_new and said != {field: getattr(own, field) for field in said}:
        _edit(own, said)
    return own


def _edit(review: Review, said: dict[str, Any]) -> None:
    for field, value in said.items():
        setattr(review, field, value)
    review.edited_at = timezone.now()
    review.save(update_fields=[*said, "edited_at"])
    review.reports.exclude(settled_at=None).delete()  # of other words: these may be reported, too


@transaction.atomic
def delete(user: User, course: Course) -> bool:
    """Delete what `user` wrote of `course`; return whether nothing of it is left.

    What is hidden loses its words and stays, so that nobody gets round a moderator by writing it anew.
    """
    own = user.reviews.filter(course=course)
    own.shown().delete()
    return own.update(text="", name="") == 0


@transaction.atomic
def report(user: User, review: Review, reason: str) -> bool:
    """Note that `user` finds that `review` should not stand there; return whether that is new.

    `reason` is one of `ReviewReport.Reason`. Raises `ReportRefused` for one's own review.
    """
    if review.user_id == user.pk:
        raise ReportRefused("This is your own review; you can edit it or delete it.")
    _, is_new = ReviewReport.objects.get_or_create(user=user, review=review, defaults={"reason": reason})
    return is_new


@transaction.atomic
def hide(review: Review, *, by: User, reason: str) -> None:
    """Hide `review` from everybody but its author, who reads the `reason`; its reports are settled."""
    review.hidden_at, review.hidden_by, review.hidden_reason = timezone.now(), by, reason
    _moderated(review)


@transaction.atomic
def show(review: Review) -> None:
    """Show `review` again, or leave it there; its reports are settled."""
    review.hidden_at, review.hidden_by, review.hidden_reason = None, None, ""
    _moderated(review)


def _moderated(review: Review) -> None:
    review.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    review.reports.filter(settled_at=None).update(settled_at=timezone.now())
