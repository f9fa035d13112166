"""That something of the questions changed."""

from django.db import models


class Change(models.Model):
    """A question, a topic or a link to a guide changed. Triggers of the database write it.

    Each adds a row, so that no two wait for each other, and removes old ones.
    """

    class Meta:
        verbose_name = "change of the questions"
        verbose_name_plural = "changes of the questions"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
