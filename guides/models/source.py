"""Who said it: the publishers and works behind every figure."""

from django.db import models


class Source(models.Model):
    """A work that a guide cites, as `[@key]` in its text."""

    key = models.SlugField(max_length=60, unique=True, help_text="Cited in text as [@key].")
    publisher = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    url = models.URLField("link", blank=True, max_length=500)
    published = models.CharField(
        max_length=40, blank=True, help_text="What the work says of its own date; empty if it is undated."
    )
    accessed_on = models.DateField(
        null=True, blank=True, help_text="When those who cite the work say that they read it."
    )
    retrieved_on = models.DateField(help_text="When its facts were read for this site.")
    note = models.CharField(max_length=300, blank=True)
    cited_by = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="cites", help_text="Sources that pass it on."
    )

    class Meta:
        ordering = ("publisher", "title")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"
