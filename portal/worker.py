"""Who does the work of the queue: a thread of the server, or a process of its own (`manage.py db_worker`).

Any number of them work side by side: a task is claimed by one. What fails is tried again some times, with
growing waits. A task should be done in far less than `LONGEST`, and do no harm if it is done twice.
"""

import logging
import threading
from datetime import timedelta

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from portal.schedule import begin_due

logger = logging.getLogger(__name__)

PAUSE = 2.0  # seconds between two looks at an empty queue
SCHEDULE_EVERY = 15  # looks
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))  # before each new attempt
LONGEST = timedelta(minutes=30)  # what takes longer was cut off together with its process


class Worker(DatabaseWorker):
    """Does one task after the other until `stop` is called."""

    def __init__(self, *, pause: float = PAUSE) -> None:
        super().__init__(
            queue_names=["*"],
            interval=pause,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Finish the task under way, and begin no other."""
        self._stopped.set()

    def run(self) -> None:
        looks = 0
        while not self._stopped.is_set():
            self._look(with_schedule=looks % SCHEDULE_EVERY == 0)
            looks += 1
            self._stopped.wait(self.interval)

    def work(self) -> int:
        """Do all tasks that are ready, and return how many."""
        done = 0
        while not self._stopped.is_set() and (row := self._claim()):
            self.run_task(row)
            done += 1
        return done

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Do a task, and put it back into the queue if it failed and is worth another attempt."""
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            logger.error("The task %s failed: %s", db_task_result.task_path, db_task_result.traceback)
            try_again(db_task_result)

    def _look(self, *, with_schedule: bool) -> None:
        """Work once. Whatever goes wrong, such as a database that is away, the thread has to go on."""
        try:
            if with_schedule:
                recover()
                begin_due()
            self.work()
        except Exception:
            logger.exception("The queue cannot be worked at the moment.")
            connection.close()
        finally:
            close_old_connections()

    def _claim(self) -> DBTaskResult | None:
        """Return a task that nobody else will do; an empty queue is looked at without locking anything."""
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not ready.exists():
            return None
        with transaction.atomic():
            row = ready.get_locked()
            if row:
                row.claim(self.worker_id)
        return row


def try_again(row: DBTaskResult) -> bool:
    """Put a task that failed back into the queue for later; False if it had all its attempts."""
    attempts = len(row.worker_ids)
    if attempts > len(WAITS):
        return False
    row.status = TaskResultStatus.READY
    row.run_after = timezone.now() + WAITS[attempts - 1]
    row.save(update_fields=["status", "run_after"])
    return True


def recover() -> None:
    """Treat tasks that began long ago and never ended as failed: their process has ended."""
    since = timezone.now() - LONGEST
    lost = DBTaskResult.objects.running().filter(started_at__lt=since)
    if not lost.exists():
        return
    with transaction.atomic():
        for row in lost.select_for_update(skip_locked=True):
            row.set_failed(TimeoutError("The process ended before the task did."))
            try_again(row)


def start() -> None:
    """Work the queue in a thread that ends with the process."""
    threading.Thread(target=Worker().run, name="worker", daemon=True).start()
