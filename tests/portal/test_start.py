"""`make run`: what stops a start is told in one line, and a second start changes nothing."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest
from django.contrib.auth import authenticate, get_user_model
from environs import Env

from portal import preparation, start
from portal.start import Address, CannotStart

PASSWORD = re.compile(r"^  password   ([a-z-]+)$", re.MULTILINE)


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def machine(tmp_path, free_port):
    """The environment of somebody who has set nothing, but keeps clear of this checkout's own files."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "HOST", "SECRET_KEY", "WEB_CONCURRENCY"}
    return {name: value for name, value in os.environ.items() if name not in ours} | {
        "DEBUG": "true",  # or the static files would be compressed for many seconds
        "ENV_FILE": str(tmp_path / ".env"),
        "PORT": str(free_port),
        "VAR_DIR": str(tmp_path / "var"),
        "WORKER": "separate",  # nothing is fetched from the world outside
    }


def run(environment, *command):
    command = command or ("-m", "portal.start")
    return subprocess.run(
        [sys.executable, *command], env=environment, cwd=start.BASE_DIR, capture_output=True, text=True
    )


# --- What stops a start ------------------------------------------------------------------------


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80.5", "８０００", "9" * 5000])
def test_port_that_is_no_port_is_refused(port):
    with pytest.raises(CannotStart, match="PORT must be a number from 1 to 65535"):
        start.chosen_address({"PORT": port})


def test_address_without_wishes_is_local():
    assert start.chosen_address({"PORT": "", "HOST": ""}) == Address("127.0.0.1", 8000)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("localhost", "http://localhost:81"),
        ("::1", "http://[::1]:81"),
        ("0.0.0.0", "http://127.0.0.1:81"),  # noqa: S104 - nothing listens
    ],
)
def test_address_is_shown_as_a_browser_takes_it(host, url):
    assert Address(host, 81).url == url


def test_taken_port_is_refused(taken_port):
    with pytest.raises(CannotStart, match=f"127.0.0.1 port {taken_port} .*Address already in use"):
        start.ensure_free(Address("127.0.0.1", taken_port))


def test_folder_is_made(tmp_path):
    start.ensure_writable(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_unwritable_folder_is_refused(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(CannotStart, match="file/var cannot be written to"):
        start.ensure_writable(tmp_path / "file" / "var")


@pytest.mark.parametrize("asked", ["many", "0", "257"])
def test_process_count_that_is_none_is_refused(asked):
    with pytest.raises(CannotStart, match="WEB_CONCURRENCY must be a number"):
        start.processes_for("postgresql", {"WEB_CONCURRENCY": asked})


def test_process_count_depends_on_the_database():
    assert start.processes_for("sqlite", {"WEB_CONCURRENCY": "4"}) == 1
    assert start.processes_for("postgresql", {}) == 2
    assert start.processes_for("postgresql", {"WEB_CONCURRENCY": "4"}) == 4


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PORT", "abc"),
        ("HOST", "no.such.host.invalid"),
        ("VAR_DIR", "/dev/null/var"),
        ("ENV_FILE", "/dev/null/.env"),
        ("DATABASE_URL", "rubbish"),
        ("DATABASE_URL", "sqlite:////dev/null/waymark.sqlite3"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing"),
        ("SITE_URL", "rubbish"),
    ],
)
def test_refusal_is_one_line(machine, setting, value):
    refused = run(machine | {setting: value})

    assert refused.returncode == 1
    assert re.fullmatch(r"Waymark cannot start: .+\n", refused.stderr)


def test_checks_need_no_django():
    loaded = run(dict(os.environ), "-c", "import sys, portal.start; print('django' in sys.modules)")

    assert loaded.stdout == "False\n"


# --- The file of settings ----------------------------------------------------------------------


@pytest.fixture
def keyless(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "")


def key_in(path):
    env = Env()
    env.read_env(str(path), recurse=False)
    return env.str("SECRET_KEY")


@pytest.mark.usefixtures("keyless")
def test_secret_key_is_written_for_its_owner_alone(tmp_path):
    start.ensure_secret_key(tmp_path / ".env")

    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert (
        tmp_path / ".env"
    ).read_text() == f"{start.ENV_INTRODUCTION}SECRET_KEY={os.environ['SECRET_KEY']}\n"


@pytest.mark.usefixtures("keyless")
@pytest.mark.parametrize("before", ["DEBUG=1\n", "DEBUG=1", "SECRET_KEY=\n"])
def test_secret_key_is_added_to_other_settings(tmp_path, monkeypatch, before):
    (tmp_path / ".env").write_text(before)

    start.ensure_secret_key(tmp_path / ".env")
    made = os.environ["SECRET_KEY"]

    assert (tmp_path / ".env").read_text() == f"{before.rstrip()}\nSECRET_KEY={made}\n"
    monkeypatch.delenv("SECRET_KEY")
    assert key_in(tmp_path / ".env") == made


@pytest.mark.usefixtures("keyless")
def test_secret_key_in_the_file_is_kept(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("SECRET_KEY=mine\n")
    monkeypatch.setenv("ENV_FILE", str(tmp_path / ".env"))

    start.ensure_secret_key(start.read_env_file())

    assert (tmp_path / ".env").read_text() == "SECRET_KEY=mine\n"


def test_secret_key_in_the_environment_writes_no_file(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "mine")

    start.ensure_secret_key(tmp_path / ".env")

    assert not (tmp_path / ".env").exists()


# --- The site's own address --------------------------------------------------------------------


@pytest.fixture
def addressless(monkeypatch):
    for name in ("SITE_URL", "ALLOWED_HOSTS"):
        monkeypatch.setenv(name, "")


@pytest.mark.usefixtures("addressless")
def test_links_in_mail_name_the_chosen_port():
    start.publish(Address("127.0.0.1", 9000))

    assert (os.environ["SITE_URL"], os.environ["ALLOWED_HOSTS"]) == ("http://127.0.0.1:9000", "")


@pytest.mark.usefixtures("addressless")
def test_site_answers_to_the_chosen_host():
    start.publish(Address("192.0.2.7", 80))

    assert os.environ["ALLOWED_HOSTS"] == "127.0.0.1,localhost,192.0.2.7"


@pytest.mark.usefixtures("addressless")
@pytest.mark.parametrize(("setting", "value"), [("SITE_URL", "https://a.org"), ("ALLOWED_HOSTS", "a.org")])
def test_named_site_keeps_its_name(monkeypatch, setting, value):
    monkeypatch.setenv(setting, value)
    other = ({"SITE_URL", "ALLOWED_HOSTS"} - {setting}).pop()

    start.publish(Address("192.0.2.7", 9000))

    assert (os.environ[setting], os.environ[other]) == (value, "")


# --- Static files ------------------------------------------------------------------------------


@pytest.fixture
def gathered(tmp_path):
    for name, source in preparation.static_sources().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(source)
    (tmp_path / "staticfiles.json").touch()
    return tmp_path


def test_static_files_are_fresh_when_equal(gathered):
    assert preparation.static_is_fresh(gathered)


def test_static_files_are_stale_without_a_manifest(gathered):
    (gathered / "staticfiles.json").unlink()

    assert not preparation.static_is_fresh(gathered)


def test_static_files_are_stale_when_one_is_missing(gathered):
    (gathered / "admin/css/base.css").unlink()

    assert not preparation.static_is_fresh(gathered)


def test_static_files_are_stale_when_one_differs(gathered):
    source = (gathered / "admin/css/base.css").resolve()
    (gathered / "admin/css/base.css").unlink()
    (gathered / "admin/css/base.css").write_text(source.read_text().replace("{", "}", 1))

    assert not preparation.static_is_fresh(gathered)


# --- The first member of the staff -------------------------------------------------------------


@pytest.mark.django_db
def test_first_staff_account_opens_with_the_printed_password(capsys):
    preparation.ensure_staff()

    printed = capsys.readouterr().out
    user = authenticate(email=preparation.STAFF_EMAIL, password=PASSWORD.search(printed)[1])
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert user.emailaddress_set.get().verified
    assert f"  e-mail     {user.email}\n" in printed


@pytest.mark.django_db
def test_second_preparation_makes_no_staff_account(capsys):
    preparation.ensure_staff()
    before = list(get_user_model().objects.values())
    capsys.readouterr()

    preparation.ensure_staff()

    assert (list(get_user_model().objects.values()), capsys.readouterr().out) == (before, "")


@pytest.mark.django_db
def test_staff_account_of_another_name_is_enough():
    get_user_model().objects.create_user("ada@example.org", is_staff=True, is_active=False)

    preparation.ensure_staff()

    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_learner_who_took_the_address_stays_a_learner():
    learner = get_user_model().objects.create_user(preparation.STAFF_EMAIL)

    preparation.ensure_staff()

    assert get_user_model().objects.get(is_staff=True).pk != learner.pk


def test_passwords_differ():
    assert len({preparation.readable_password() for _ in range(100)}) == 100


# --- The whole start ---------------------------------------------------------------------------


PREPARE = ("-c", "from portal.start import *; prepare(look_around())")
CONTENT = """
from django.contrib.auth import get_user_model
from guides.models import Edition, Guide
for model in (get_user_model(), Guide, Edition):
    print(list(model.objects.order_by('pk').values()))
"""


def content_of(machine):
    return run(
        machine | {"SECRET_KEY": "to look"}, "manage.py", "shell", "--no-imports", "-c", CONTENT
    ).stdout


def test_second_start_prints_and_changes_nothing(machine, tmp_path):
    first = run(machine, *PREPARE)
    env_file, content = (tmp_path / ".env").read_text(), content_of(machine)

    second = run(machine, *PREPARE)

    assert (len(PASSWORD.findall(first.stdout)), first.returncode) == (1, 0)
    assert (second.stdout, second.stderr, second.returncode) == ("", "", 0)
    assert (env_file, content) == ((tmp_path / ".env").read_text(), content_of(machine))
    assert "machine-learning-engineer" in content


def answer_of(port, *, seconds):
    """Return the status of the home page, once there is one."""
    until = time.monotonic() + seconds
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/")
            return connection.getresponse().status
        except ConnectionError:
            assert time.monotonic() < until, "no answer in time"
            time.sleep(0.1)
        finally:
            connection.close()


def test_server_answers_and_stops_when_asked(machine, free_port):
    command = [sys.executable, "-m", "portal.start"]
    with subprocess.Popen(
        command, env=machine, cwd=start.BASE_DIR, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            status = answer_of(free_port, seconds=60)
        finally:
            server.send_signal(signal.SIGTERM)
        printed, _ = server.communicate(timeout=30)

    assert (status, server.returncode) == (200, 0)
    assert f"Mail is written to {machine['VAR_DIR']}/mail" in printed
    assert printed.endswith(f"Waymark is at http://127.0.0.1:{free_port} - stop it with Ctrl-C.\n")
