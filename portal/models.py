"""What the site remembers of its own work."""

from django.db import models


class ScheduledTask(models.Model):
    """A task of the schedule, and when it was last begun; see `portal.schedule`."""

    name = models.CharField(max_length=60, primary_key=True)
    last_at = models.DateTimeField("last begun", null=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
