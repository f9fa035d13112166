"""That something of the catalog changed: what is kept of it in memory is read anew then."""

from typing import Any

from django.db import models
from django.db.models import Count, Max, Sum


class ChangeQuerySet(models.QuerySet["Change"]):
    def version(self) -> tuple[Any, ...]:
        """Return what differs after each change that was committed, in whichever order; one query.

        A long transaction may add a row below those that were added since it began, and old rows are
        removed, so neither the greatest id nor the number of rows tells enough alone.
        """
        told = self.order_by().aggregate(Max("id"), Count("id"), Sum("id"))
        return tuple(told.values())


class Change(models.Model):
    """Something of the catalog changed. Triggers of the database write it, whoever changed what by which way.

    Each adds a row, so that no two wait for each other, and removes old ones.
    """

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "change of the catalog"
        verbose_name_plural = "changes of the catalog"

    def __str__(self) -> str:
        return str(self.pk)
