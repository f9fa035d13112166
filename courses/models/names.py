"""What offers are found by: the skills that they teach or prove, and who stands behind them."""

from django.db import models
from django.db.models.functions import Lower

from portal.slugs import slug_is_free


class Skill(models.Model):
    """Something that one can be able to do, under the name that the field uses."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = (Lower("name"), "slug")
        constraints = (slug_is_free("skill_slug_is_free"),)

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """Who teaches or examines: a university, a course platform, a vendor, a bootcamp."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", "university"
        PLATFORM = "platform", "course platform"
        VENDOR = "vendor", "vendor"
        BOOTCAMP = "bootcamp", "bootcamp"
        ORGANISATION = "organisation", "organisation"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind, blank=True, help_text="Leave empty if unknown.")
    summary = models.TextField(blank=True, help_text="A sentence or two, in our own words.")
    url = models.URLField("link", blank=True)

    class Meta:
        ordering = (Lower("name"), "slug")
        constraints = (slug_is_free("provider_slug_is_free"),)

    def __str__(self) -> str:
        return self.name
