"""Sections: the prose of a guide."""

import uuid

from django.db import models

from guides.models.guide import Guide, refuse_taken_slug
from guides.models.path import Step

MARKDOWN = 'Markdown. Cite a source as [@key], show a picture as ![](picture:slug "Caption").'


class Section(models.Model):
    """A part of a guide's prose, and the steps that it explains."""

    class Kind(models.TextChoices):
        OVERVIEW = "overview"
        WORK = "work"
        SKILLS = "skills"
        PAY = "pay"
        EDUCATION = "education"
        WAYS_IN = "ways-in"
        SPECIALISATIONS = "specialisations"
        LADDER = "ladder"
        OUTLOOK = "outlook"
        EMPLOYERS = "employers"
        ADVICE = "advice"
        QUESTIONS = "questions"
        WORDS = "words"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="sections")
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=120)
    body = models.TextField("text", blank=True, help_text=MARKDOWN)
    checked_on = models.DateField("last checked on", null=True, blank=True)
    steps = models.ManyToManyField(
        Step, blank=True, related_name="sections", help_text="Steps that this section explains."
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=("guide", "slug"),
                name="section_slug_once_a_guide",
                violation_error_message="Another section of this guide has this slug.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not self._state.adding:  # a new one is told by the constraint
            refuse_taken_slug(self, Section.objects.all())
