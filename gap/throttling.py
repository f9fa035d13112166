"""How often postings may be read: each costs more than a page, and a file a process."""

from typing import Any

from portal.throttling import MinuteThrottle


class Analyses(MinuteThrottle):
    """Postings, for each learner or address; of forms and of the API together."""

    allowed = 30

    def caller_of(self, request: Any) -> str:
        return f"gap:{request.user.pk or self.get_ident(request)}"


def is_too_often(request: Any) -> bool:
    """Return whether who sent a form has sent too many in this minute."""
    view: Any = None  # which view it is counts for nothing
    return not Analyses().allow_request(request, view)
