"""What came with the site once: it is never made, filled or changed again, whatever staff did with it."""

from collections.abc import Iterable

from django.db import models


class SeededManager(models.Manager["Seeded"]):
    def arriving(self, kind: str, slugs: Iterable[str]) -> set[str]:
        """Return those of `slugs` that never came here, and note that they came now."""
        came = self.filter(kind=kind).values_list("slug", flat=True)
        new = set(slugs) - set(came)
        self.bulk_create([Seeded(kind=kind, slug=slug) for slug in sorted(new)], ignore_conflicts=True)
        return new


class Seeded(models.Model):
    """A thing of the bundled catalog that this site has had, by its kind and the slug that it came with."""

    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=120, db_index=False)

    objects = SeededManager()

    class Meta:
        verbose_name = "thing that came with the site"
        verbose_name_plural = "things that came with the site"
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("kind", "slug"), name="seeded_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
