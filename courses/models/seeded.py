"""What came with the site once: it is never made, filled or changed again, whatever staff did with it."""

from django.db import models


class Seeded(models.Model):
    """A thing of the bundled catalog that this site has had, by its kind and the slug that it came with."""

    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=120, db_index=False)

    class Meta:
        verbose_name = "thing that came with the site"
        verbose_name_plural = "things that came with the site"
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("kind", "slug"), name="seeded_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
