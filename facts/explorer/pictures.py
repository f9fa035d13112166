"""Pictures of figures: marks on a scale, drawn as SVG that needs neither style nor script.

They repeat what stands beside them in words, so they are hidden from those who listen. Places are given in
percent of the width, and a picture is as wide as there is room for.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from facts.explorer.scale import Scale
from facts.models import Figure

BELOW_LABELS = 22  # pixels
PICTURE = '<svg class="marks-on-scale" aria-hidden="true" focusable="false">{}{}</svg>'
TICK = '<line class="tick" x1="{0}%" x2="{0}%" y1="{1}" y2="100%"/>'
LABEL = '<text class="label" x="{}%" y="1.05em" text-anchor="middle">{}</text>'
# Both stand 20 pixels below the top: in the middle of the first line of their row.
BAR = '<rect class="bar" x="{}%" y="15.5" width="{}%" height="9" rx="4.5"/>'
DIAMOND = (
    '<svg x="{}%" y="20" width="1" height="1" overflow="visible">'
    '<path class="diamond" d="M0-7 7 0 0 7-7 0Z"/></svg>'
)
AXIS = '<svg class="axis" aria-hidden="true" focusable="false">{}{}</svg>'


def axis(scale: Scale, words: Callable[[Decimal], str]) -> SafeString:
    """Return the head of a column of pictures: the ticks, each under its number in `words`."""
    labels = format_html_join("", LABEL, ((scale.at(tick), words(tick)) for tick in scale.ticks))
    return format_html(
        '<svg class="axis" aria-hidden="true" focusable="false">{}{}</svg>',
        labels,
        _ticks(scale, top=BELOW_LABELS),
    )


def picture(scale: Scale, ends: tuple[Decimal, Decimal] | None, points: Sequence[Decimal]) -> SafeString:
    """Return a bar between two `ends`, and a diamond at each of `points`."""
    bar = SafeString("")
    if ends is not None:
        start, end = sorted(map(scale.at, ends))
        bar = format_html(BAR, start, round(end - start, 2))
    diamonds = format_html_join("", DIAMOND, ((scale.at(point),) for point in points))
    return format_html(PICTURE, _ticks(scale), bar + diamonds)


def state_of(figure: Figure, is_old: bool) -> str:
    """Return what the shape of a mark says: “current”, “old” or “undated”."""
    if figure.year is None:
        return "undated"
    return "old" if is_old else "current"


def _ticks(scale: Scale, top: int = 0) -> SafeString:
    return mark_safe("".join(TICK.format(scale.at(tick), top) for tick in scale.ticks))  # noqa: S308 (numbers alone)
