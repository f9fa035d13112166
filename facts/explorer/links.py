"""Links to those who say something, rendered once."""

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from guides.models import Source


def source_link(source: Source) -> SafeString:
    """Return the publisher as a link: to the work, or to the list of sources where that has no address."""
    return _link(source.key, source.url, source.publisher)


def source_links(sources: Iterable[Source]) -> SafeString:
    """Return the links of `sources` as a sentence lists them: “A, B and C”."""
    links = [source_link(source) for source in sources]
    head, last = links[:-1], links[-1:]
    return mark_safe(" and ".join([", ".join(head), *last] if head else last))  # noqa: S308 (links as below)


@lru_cache(maxsize=1024)
def _link(key: str, url: str, publisher: str) -> SafeString:
    source = {"key": key, "url": url, "publisher": publisher}
    shown = render_to_string("facts/source-link.html", {"source": source}).strip()
    return mark_safe(shown)  # noqa: S308 (a rendered template is safe)
