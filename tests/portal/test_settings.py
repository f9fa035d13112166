"""The settings: what the environment may say, and that nonsense is refused with one clear message."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SHOW = (
    "import json; from portal import settings; "
    "print(json.dumps({name: getattr(settings, name, None) for name in %s}, default=str))"
)
MAIL_SERVER = "submission://somebody:word@mail.example.org:587"


@pytest.fixture
def environment(tmp_path):
    """The environment of a site that is set up with a secret key alone."""
    names = {"PATH", "LANG", "HOME"}
    return {name: value for name, value in os.environ.items() if name in names} | {
        "ENV_FILE": str(tmp_path / "no.env"),
        "SECRET_KEY": "a key for the tests",
        "VAR_DIR": str(tmp_path),
    }


def run(environment, code):
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )


def values(environment, *names):
    """Return the settings called `names` in this environment, in their order."""
    result = run(environment, SHOW % repr(names))
    assert result.stderr == ""
    return list(json.loads(result.stdout).values())


def refusal(environment):
    """Return the last line that a refused environment leaves on the screen."""
    result = run(environment, "import portal.settings")
    assert result.returncode == 1
    return result.stderr.splitlines()[-1]


REFUSED = "django.core.exceptions.ImproperlyConfigured: "


def test_missing_secret_key_is_refused(environment):
    assert refusal({**environment, "SECRET_KEY": ""}) == (
        f"{REFUSED}SECRET_KEY is not set. Run `make run` once, which writes one into .env, "
        "or set SECRET_KEY to a long random text."
    )


def test_bare_site_url_is_refused(environment):
    assert refusal({**environment, "SITE_URL": "waymark.example"}) == (
        f"{REFUSED}SITE_URL must be an http or https address, not 'waymark.example'."
    )


def test_site_url_of_another_scheme_is_refused(environment):
    assert refusal({**environment, "SITE_URL": "ftp://waymark.example"}) == (
        f"{REFUSED}SITE_URL must be an http or https address, not 'ftp://waymark.example'."
    )


def test_database_of_another_kind_is_refused(environment):
    assert refusal({**environment, "DATABASE_URL": "mysql://root@localhost/waymark"}) == (
        f"{REFUSED}DATABASE_URL must begin with sqlite:/// or postgres://."
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "waymark.sqlite3"),
        ("DATABASE_URL", "postgres://localhost:port/name"),
        ("DEBUG", "perhaps"),
        ("EMAIL_URL", "submission://mail.example.org:port"),
    ],
)
def test_setting_that_cannot_be_read_is_refused(environment, name, value):
    assert refusal({**environment, name: value}).startswith(
        f"{REFUSED}A setting in the environment cannot be read: "
    )


@pytest.mark.parametrize("address", ["mail.example.org", "smtp+tls://somebody:word@mail.example.org:587"])
def test_mail_address_of_another_kind_is_refused_and_not_shown(environment, address):
    assert refusal({**environment, "EMAIL_URL": address}) == (
        f"{REFUSED}EMAIL_URL must begin with submission://, which uses TLS, or smtp://."
    )


def test_worker_that_is_nobody_is_refused(environment):
    assert refusal({**environment, "WORKER": "somebody"}) == (
        f"{REFUSED}WORKER must be embedded or separate, not 'somebody'."
    )


def test_cache_of_another_kind_is_refused(environment):
    assert refusal({**environment, "REDIS_URL": "127.0.0.1:6379"}) == (
        f"{REFUSED}REDIS_URL must begin with redis://, rediss:// or unix://."
    )


def test_embedded_default_uses_sqlite_and_a_cache_in_the_process(environment):
    databases, caches = values(environment, "DATABASES", "CACHES")
    assert databases["default"]["NAME"] == str(Path(environment["VAR_DIR"]) / "waymark.sqlite3")
    assert caches == {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def test_embedded_default_has_plain_cookies_and_debug_off(environment):
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEBUG", "SITE_URL")
    assert values(environment, *names) == ["sessionid", False, False, False, "http://127.0.0.1:8000"]


def test_https_address_hardens_cookies_and_transport(environment):
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    address = {**environment, "SITE_URL": "https://waymark.example/"}
    assert values(address, *names) == ["__Host-sessionid", True, True, True]


def test_site_url_comes_from_the_first_public_host(environment):
    hosts = {**environment, "ALLOWED_HOSTS": "127.0.0.1,.waymark.example,other.example"}
    assert values(hosts, "SITE_URL", "DEFAULT_FROM_EMAIL") == [
        "https://waymark.example",
        "waymark@waymark.example",
    ]


def test_mail_goes_to_a_folder_and_verification_is_optional_without_a_server(environment):
    names = ("EMAIL_BACKEND", "EMAIL_FILE_PATH", "ACCOUNT_EMAIL_VERIFICATION")
    assert values(environment, *names) == [
        "django.core.mail.backends.filebased.EmailBackend",
        str(Path(environment["VAR_DIR"]) / "mail"),
        "optional",
    ]


def test_mail_server_makes_verification_by_code_mandatory(environment):
    names = ("ACCOUNT_EMAIL_VERIFICATION", "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED")
    server = {**environment, "EMAIL_URL": MAIL_SERVER}
    assert values(server, *names) == ["mandatory", True]


def test_mail_goes_out_encrypted(environment):
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS")
    assert values({**environment, "EMAIL_URL": MAIL_SERVER}, *names) == [
        "django.core.mail.backends.smtp.EmailBackend",
        "mail.example.org",
        587,
        True,
    ]


def test_redis_url_chooses_the_shared_cache(environment):
    redis = {**environment, "REDIS_URL": "redis://127.0.0.1:1/0"}
    assert values(redis, "CACHES") == [
        {"default": {"BACKEND": "portal.cache.FailOpenRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    ]


def test_postgres_url_gives_each_process_a_pool(environment):
    postgres = {**environment, "DATABASE_URL": "postgres://waymark@127.0.0.1:5432/waymark"}
    [databases] = values(postgres, "DATABASES")
    assert databases["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert databases["default"]["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 9}
