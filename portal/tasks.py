"""Work of the site as a whole."""

from django.core.management import call_command
from django_tasks import task


@task()
def tidy_queue() -> None:
    """Forget tasks that ended two weeks ago."""
    call_command("prune_db_task_results", queue_name="*", verbosity=0)
