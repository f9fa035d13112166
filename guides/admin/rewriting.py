"""Working copies that are brought to something else as a whole, in the log."""

from typing import TYPE_CHECKING

from guides.comparison import told
from guides.document import Content
from guides.models import Guide
from guides.working_copy import content_of
from portal.log import log

if TYPE_CHECKING:
    from accounts.models import User


def log_rewritten(by: "User", guide: Guide, words: str, before: Content | None) -> None:
    """Write what `by` did to `guide` in `words`, with all that the working copy said and says now."""
    was, says = told(before, content_of(Guide.objects.get(pk=guide.pk)))
    log(by, guide, words, before=was, after=says)
