"""Pictures that guides show."""

from django.db import models


class Picture(models.Model):
    """A picture, shown by texts as `![](picture:slug "Caption")`.

    `files` are its encodings, small to large, each with its `name` in the storage and its `width` in pixels.
    They are named by their content and never removed: editions go on showing them.
    """

    slug = models.SlugField(max_length=80, unique=True)
    alt = models.TextField(
        "in words",
        max_length=800,
        help_text="What the picture says, for those who cannot see it.",
    )
    credit = models.CharField(
        max_length=200, blank=True, help_text="Who made it and under which licence; empty for our own."
    )
    width = models.PositiveIntegerField(editable=False, help_text="In pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="In pixels.")
    files = models.JSONField(editable=False)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug
