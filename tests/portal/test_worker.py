"""Background work: each task once, failures again, and the schedule begun by one."""

import threading
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from portal import start, worker
from portal.models import ScheduledTask
from portal.schedule import begin_due, next_at
from portal.tasks import tidy_queue
from portal.worker import LONGEST, WAITS, Worker, recover
from tests.threads import at_once

DONE: list[object] = []
HOUR = timedelta(hours=1)


@task()
def note(what):
    DONE.append(what)
    return what


@task()
def fail():
    raise ValueError("Burnt.")


@pytest.fixture(autouse=True)
def nothing_done():
    DONE.clear()


@pytest.fixture
def schedule(settings):
    """A schedule of one task, every hour."""
    settings.SCHEDULE = {"tidy": ("portal.tasks.tidy_queue", HOUR)}


def statuses():
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


# --- The queue ---------------------------------------------------------------------------------


def test_nothing_is_done_before_somebody_works(db):
    note.enqueue("bread")
    assert (DONE, statuses()) == ([], [TaskResultStatus.READY])


def test_tasks_are_done_in_their_order(db):
    for what in ("bread", "cake"):
        note.enqueue(what)
    assert Worker().work() == 2
    assert (DONE, statuses()) == (["bread", "cake"], [TaskResultStatus.SUCCESSFUL] * 2)


def test_empty_queue_is_looked_at_in_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Worker().work() == 0


@pytest.mark.django_db(transaction=True)
def test_each_task_is_done_once_by_many_workers():
    for number in range(20):
        note.enqueue(number)
    assert sum(at_once([lambda: Worker().work()] * 4)) == 20
    assert sorted(DONE) == list(range(20))


def test_task_that_fails_is_tried_again_with_growing_waits(db):
    fail.enqueue()
    waits = []
    for _ in WAITS:
        assert Worker().work() == 1
        row = DBTaskResult.objects.get()
        waits.append(round((row.run_after - timezone.now()).total_seconds() / 60))
        assert (row.status, Worker().work()) == (TaskResultStatus.READY, 0)
        DBTaskResult.objects.update(run_after=timezone.now())
    assert waits == [1, 10, 60]
    assert (Worker().work(), Worker().work()) == (1, 0)
    row = DBTaskResult.objects.get()
    assert (row.status, "Burnt." in row.traceback) == (TaskResultStatus.FAILED, True)


def test_task_that_is_no_more_fails_and_keeps_nobody_from_working(db):
    note.enqueue("bread")
    DBTaskResult.objects.update(task_path="portal.tasks.gone")
    note.enqueue("cake")
    Worker().work()
    assert DONE == ["cake"]


def test_task_whose_process_ended_is_tried_again(db):
    for _ in range(2):
        note.enqueue("bread")
    first = DBTaskResult.objects.order_by("enqueued_at").first()
    first.claim("lost")
    recover()
    assert statuses() == [TaskResultStatus.RUNNING, TaskResultStatus.READY]
    DBTaskResult.objects.filter(pk=first.pk).update(started_at=timezone.now() - 2 * LONGEST)
    recover()
    assert statuses() == [TaskResultStatus.READY] * 2


def test_old_tasks_are_forgotten(db):
    note.enqueue("bread")
    Worker().work()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=15))
    tidy_queue.func()
    assert statuses() == []


# --- Who works ---------------------------------------------------------------------------------


def run_for_a_moment(until):
    """Run a worker in a thread, as the server does, until something is so."""
    own = Worker(pause=0.01)

    def run():
        own.run()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    end = time.monotonic() + 10
    while not until() and time.monotonic() < end:
        time.sleep(0.02)
    own.stop()
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_running_worker_begins_what_is_due_and_does_it(schedule):
    note.enqueue("bread")
    run_for_a_moment(lambda: statuses() == [TaskResultStatus.SUCCESSFUL] * 2)
    assert DONE == ["bread"]
    assert ScheduledTask.objects.get().last_at is not None


@pytest.mark.django_db(transaction=True)
def test_running_worker_outlives_what_goes_wrong(settings, caplog):
    settings.SCHEDULE = {"tidy": ("portal.tasks.tidy_queue", "no time")}
    run_for_a_moment(lambda: "cannot be worked" in caplog.text)
    assert ScheduledTask.objects.count() == 0


@pytest.mark.parametrize(("who", "started"), [("embedded", 1), ("separate", 0)])
def test_server_works_unless_others_do(settings, monkeypatch, who, started):
    begun = []
    monkeypatch.setattr(worker, "start", lambda: begun.append(1))
    settings.WORKER = who
    start.work_in_background()
    assert len(begun) == started


def test_command_does_what_is_ready(db):
    note.enqueue("bread")
    out = StringIO()
    call_command("db_worker", batch=True, stdout=out)
    assert (DONE, out.getvalue()) == (["bread"], "Tasks done: 1.\n")


# --- The schedule ------------------------------------------------------------------------------


def test_task_that_was_never_begun_is_due(db, schedule):
    assert begin_due() == ["tidy"]
    assert statuses() == [TaskResultStatus.READY]


def test_task_comes_round_when_its_time_has_come(db, schedule):
    now = timezone.now()
    begun = [begin_due(now + minutes * timedelta(minutes=1)) for minutes in (0, 1, 59, 60, 61, 120)]
    assert begun == [["tidy"], [], [], ["tidy"], [], ["tidy"]]


def test_looking_at_the_schedule_writes_nothing(db, schedule, django_assert_num_queries):
    begin_due()
    with django_assert_num_queries(1):
        begin_due()


@pytest.mark.django_db(transaction=True)
def test_task_is_begun_by_one_of_many(schedule):
    begun = at_once([begin_due] * 6)
    assert sorted(map(len, begun)) == [0, 0, 0, 0, 0, 1]
    assert len(statuses()) == 1


def test_next_moment_is_told(schedule):
    now = timezone.now()
    assert (next_at("tidy", now), next_at("tidy", None), next_at("gone", now)) == (now + HOUR, None, None)


def test_every_task_of_the_schedule_is_one(settings):
    from django.utils.module_loading import import_string

    assert all(hasattr(import_string(path), "enqueue") for path, _ in settings.SCHEDULE.values())


def test_schedule_is_shown_in_the_studio(superuser_client, schedule):
    begin_due()
    page = superuser_client.get("/admin/portal/scheduledtask/")
    assert (page.status_code, b"tidy" in page.content) == (200, True)
