"""Jobs that staff take off the lists, such as spam; and put back."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from jobs.models import Feed, Posting
from portal.log import log

if TYPE_CHECKING:
    from accounts.models import User


def hide(postings: QuerySet[Posting], *, by: "User", now: datetime) -> int:
    """Hide `postings` from readers, or leave them hidden, with an entry in the log each; return how many."""
    return _set(postings, now, by, "Hidden from readers.", now)


def show(postings: QuerySet[Posting], *, by: "User", now: datetime) -> int:
    """Show `postings` to readers again, with an entry in the log each; return how many."""
    return _set(postings, None, by, "Shown to readers again.", now)


@transaction.atomic
def _set(
    postings: QuerySet[Posting], hidden_at: datetime | None, by: "User", words: str, now: datetime
) -> int:
    rows = list(postings.select_for_update(of=("self",)))
    for row in rows:
        before = {"hidden by staff": row.hidden_at}
        row.hidden_at = hidden_at
        row.save(update_fields=["hidden_at"])
        log(by, row, words, before=before, after={"hidden by staff": hidden_at})
    Feed.objects.filter(entries__posting__in=rows).update(changed_at=now)  # what readers see is read anew
    return len(rows)
