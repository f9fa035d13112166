"""Editions as the site reads them: parsed once, kept by their digest."""

import json
from functools import lru_cache

from guides.document import Document
from guides.models import Edition


@lru_cache(maxsize=64)
def document_of(sha256: str) -> Document:
    """Return the parsed document with this digest; do not change it, it is shared between requests.

    An edition never changes, so its digest is all that has to be known to find it again: the database is
    asked for the text only when this process has not parsed it lately.
    """
    text = Edition.objects.filter(sha256=sha256).values_list("document", flat=True)[0]
    document: Document = json.loads(text)
    return document
