"""What pages tell machines."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from portal.addresses import absolute

register = template.Library()
register.filter("absolute", absolute)

# As `json_script` does it: nothing in the data can end the element or begin another.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def ld_json(data: Any) -> SafeString:
    """Return `data` as JSON-LD in a script element, which browsers read and do not run."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)
