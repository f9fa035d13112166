"""Certifications: what proves a skill."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Prefetch, Q

from courses.models.figures import Figures, price_has_currency
from courses.models.names import Provider
from courses.models.offer import Offer, OfferQuerySet, is_checked
from portal.slugs import slug_is_free


class CertificationQuerySet(OfferQuerySet):
    def with_names(self) -> Self:
        """Prefetch who stands behind certifications, and what they prove."""
        return self.select_related("issuer").prefetch_related("skills")

    def for_list(self) -> Self:
        """Prefetch what a list of certifications shows."""
        return self.with_names().prefetch_related("figures")

    def for_page(self) -> Self:
        """Prefetch what a certification says alone: also the listed courses that are `preparing` for it."""
        listed = apps.get_model("courses", "Course").objects.listed()
        return self.for_list().prefetch_related(Prefetch("prepared_by", listed, to_attr="preparing"))


class Certification(Offer):
    """A proof of what one is able to do, with somebody's name under it."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", "certificate of completion"
        PROFESSIONAL = "professional", "professional certificate"
        EXAM = "exam", "certification by exam"
        DEGREE = "degree", "degree or diploma"

    class Assessment(models.TextChoices):
        EXAM = "exam", "an exam"
        COURSE_WORK = "course-work", "course work"
        BOTH = "both", "course work and an exam"

    issuer = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="certifications")
    kind = models.CharField(
        "kind of proof", max_length=12, choices=Kind, blank=True, help_text="Leave empty if unknown."
    )
    assessment = models.CharField(
        "assessed by", max_length=12, choices=Assessment, blank=True, help_text="Leave empty if unknown."
    )
    validity_months = models.PositiveSmallIntegerField(
        "valid for months",
        null=True,
        blank=True,
        help_text="0: it does not expire. Leave empty if unknown.",
    )

    objects = CertificationQuerySet.as_manager()

    class Meta(Offer.Meta):
        constraints = (
            slug_is_free("certification_slug_is_free"),
            is_checked("certification_status_is_checked"),
        )


class CertificationFigures(Figures):
    """What a source says that a certification costs."""

    certification = models.ForeignKey(Certification, models.CASCADE, related_name="figures", db_index=False)

    class Meta(Figures.Meta):
        verbose_name = verbose_name_plural = "figures of a certification"
        constraints = (
            models.UniqueConstraint(
                fields=("certification", "source", "retrieved_on"), name="certification_figures_once"
            ),
            price_has_currency("certification_price_has_currency"),
            models.CheckConstraint(
                condition=Q(price__isnull=False),
                name="certification_figures_say_something",
                violation_error_message="Give the price, or delete this row.",
            ),
        )
