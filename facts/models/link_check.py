"""Whether the links of sources still lead somewhere."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from guides.models import Source


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def current(self) -> Self:
        """Checks of the link that the source has now."""
        return self.filter(url=F("source__url"))

    def dead(self) -> Self:
        """Links that lead nowhere any more."""
        return self.current().filter(verdict=LinkCheck.Verdict.DEAD)


class LinkCheck(models.Model):
    """What came when the link of a source was last asked for: one row for each source."""

    class Verdict(models.TextChoices):
        WORKS = "works", "works"
        UNCLEAR = "unclear", "unclear"
        DEAD = "dead", "dead"

    source = models.OneToOneField(Source, models.CASCADE, related_name="+", related_query_name="link_check")
    url = models.URLField("link", max_length=500, help_text="The link that was asked for.")
    verdict = models.CharField(max_length=7, choices=Verdict)
    status = models.PositiveSmallIntegerField(
        null=True, help_text="The status of HTTP that was answered; empty if no answer came."
    )
    error = models.CharField(max_length=300, blank=True, help_text="What is wrong, in words.")
    moved_to = models.CharField(
        max_length=2000, blank=True, help_text="Where the page has moved for good, if it has."
    )
    checked_at = models.DateTimeField("last checked")
    failing_since = models.DateTimeField(
        null=True, help_text="The first of the checks that found no page, with none since that found it."
    )

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ("source",)
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict="works", failing_since=None)
                | Q(verdict__in=("unclear", "dead"), failing_since__isnull=False),
                name="link_check_fails_since",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.get_verdict_display()}"
