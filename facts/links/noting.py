"""What a finding means for a link, beside what was found before; kept in its `LinkCheck`."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from facts.links.asking import Finding, State, ask
from facts.models import LinkCheck
from guides.models import Source

PATIENCE = timedelta(days=3)  # a host that is silent for so long is taken for dead


def check(sources: Iterable[int], *, since: datetime) -> int:
    """Ask for the links of these sources, but of those that were looked at `since`; return how many."""
    asked = 0
    for source in Source.objects.filter(pk__in=sources).exclude(url=""):
        if not LinkCheck.objects.current().filter(source=source, checked_at__gte=since).exists():
            note(source, ask(source.url), timezone.now())
            asked += 1
    return asked


def note(source: Source, finding: Finding, now: datetime) -> None:
    """Keep what was found at the link of `source`, which may be deleted by now."""
    before = LinkCheck.objects.filter(source=source, url=source.url).first()
    since = None if finding.state is State.THERE else (before and before.failing_since) or now
    told = {
        "url": source.url,
        "verdict": verdict(finding, since, now),
        "status": finding.status,
        "error": finding.error[:300],
        "moved_to": finding.moved_to,
        "checked_at": now,
        "failing_since": since,
    }
    if Source.objects.filter(pk=source.pk).exists():
        LinkCheck.objects.update_or_create(source=source, defaults=told)


def verdict(finding: Finding, since: datetime | None, now: datetime) -> LinkCheck.Verdict:
    """Return what a finding says of a link of which no page came `since` that moment."""
    if finding.state is State.THERE:
        return LinkCheck.Verdict.WORKS
    if finding.state is State.GONE:
        return LinkCheck.Verdict.DEAD
    is_silent_for_long = finding.state is State.SILENT and since is not None and now - since >= PATIENCE
    return LinkCheck.Verdict.DEAD if is_silent_for_long else LinkCheck.Verdict.UNCLEAR
