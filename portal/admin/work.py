"""Background work in the studio: what comes round, and when. What was done is at the task results."""

from django.contrib import admin

from guides.admin.editions import ReadOnlyAdmin
from portal.models import ScheduledTask
from portal.schedule import next_at


@admin.register(ScheduledTask)
class ScheduledTaskAdmin(ReadOnlyAdmin):
    """The schedule, as the settings have it; the worker writes when each task was begun."""

    list_display = fields = ("name", "last_at", "due")

    @admin.display(description="due again", empty_value="now")
    def due(self, task: ScheduledTask) -> object:
        return next_at(task.name, task.last_at)
