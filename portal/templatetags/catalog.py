"""What sources say of offers, for templates."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from courses import facts
from courses.browsing.answering import Value

register = template.Library()

CHECKED = mark_safe(" checked")
BOX = (
    '<label><input type="checkbox" name="{}" value="{}"{}><span>{}</span><span class="num">{}</span></label>'
)


@register.filter
def boxes(values: Iterable[Value], name: str) -> SafeString:
    """Return the values that the filter `name` offers as boxes to tick: there may be hundreds of them."""
    return format_html_join(
        "",
        BOX,
        (
            (name, value.value, CHECKED if value.is_chosen else "", value.label, f"{value.count:,}")
            for value in values
        ),
    )


for say in (
    facts.price_of,
    facts.rating_of,
    facts.effort_words,
    facts.price_words,
    facts.rating_words,
    facts.validity_words,
    facts.whole,
):
    register.filter(say.__name__, say)
