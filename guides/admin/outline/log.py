"""What the log keeps of a change of an outline."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from guides.models import Guide, Step
from guides.outline import Change
from portal.log import changed, log

if TYPE_CHECKING:
    from accounts.models import User


def log_outline(by: "User", guide: Guide, changes: Sequence[Change]) -> None:
    """Write all `changes` into the log of `guide`, and into that of each step what it asks for now."""
    if not changes:
        return
    log(by, guide, " ".join(change.words for change in changes))
    kind = ContentType.objects.get_for_model(Step)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=by,
            content_type=kind,
            object_id=str(change.step.pk),
            object_repr=change.step.title[:200],
            action_flag=CHANGE,
            change_message=changed(change.before, change.after),
        )
        for change in changes
        if change.step
    )
