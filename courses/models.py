"""The catalog: what can be learnt, who teaches it, and what proves it."""

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

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    url = models.URLField("link", blank=True)

    class Meta:
        ordering = (Lower("name"), "slug")
        constraints = (slug_is_free("provider_slug_is_free"),)

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """What courses and certifications have in common."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    url = models.URLField("link", blank=True, help_text="Leave empty where no link could be checked.")
    skills = models.ManyToManyField(Skill, blank=True, related_name="%(class)ss")

    class Meta:
        abstract = True
        ordering = (Lower("title"), "slug")

    def __str__(self) -> str:
        return self.title


class CourseQuerySet(models.QuerySet["Course"]):
    def for_list(self) -> "CourseQuerySet":
        """Prefetch what a list of courses shows."""
        return self.select_related("provider", "platform").prefetch_related("skills")


class Course(Offer):
    """Something that one can take in order to learn."""

    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="courses", help_text="Who teaches it."
    )
    platform = models.ForeignKey(
        Provider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_courses",
        help_text="Where it is taken, if that is somebody else.",
    )

    objects = CourseQuerySet.as_manager()

    class Meta(Offer.Meta):
        constraints = (slug_is_free("course_slug_is_free"),)


class CertificationQuerySet(models.QuerySet["Certification"]):
    def for_list(self) -> "CertificationQuerySet":
        """Prefetch what a list of certifications shows."""
        return self.select_related("issuer").prefetch_related("skills")


class Certification(Offer):
    """A proof of what one is able to do, with somebody's name under it."""

    issuer = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="certifications")

    objects = CertificationQuerySet.as_manager()

    class Meta(Offer.Meta):
        constraints = (slug_is_free("certification_slug_is_free"),)
