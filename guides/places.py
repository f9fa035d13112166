"""Where the pages of a guide are: below its slug for everybody, or behind the link of a preview."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(r'(<a href=")([^"#?]*)')


@dataclass(frozen=True)
class Places:
    """The addresses of the guide's two pages; in a preview nothing can be followed or ticked there."""

    guide: str
    path: str
    is_preview: bool = False


def public_places(slug: str) -> Places:
    """Return where the guide with this slug is read by everybody."""
    return Places(guide=reverse("guide", args=[slug]), path=reverse("path", args=[slug]))


def moved(html: SafeString, old: Places, new: Places) -> SafeString:
    """Return a text whose links to the pages at `old` lead to those at `new`."""
    if old == new:
        return html
    places = {old.guide: new.guide, old.path: new.path}
    shown = LINK.sub(lambda link: link[1] + places.get(link[2], link[2]), html)
    return mark_safe(shown)  # noqa: S308 (safe before, and what is put in is an address of ours)
