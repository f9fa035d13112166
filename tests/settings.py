"""The settings under test: nothing of the developer's own, nothing slow, nothing shared between processes.

Only `DATABASE_URL` is heard, so that the suite runs on PostgreSQL when it says so.
"""

import os
import tempfile
from pathlib import Path

_var = tempfile.TemporaryDirectory(prefix="waymark-tests-")  # each process has its own, and removes it

for _name in ("ALLOWED_HOSTS", "DEBUG", "DEFAULT_FROM_EMAIL", "EMAIL_URL", "REDIS_URL", "SITE_URL", "WORKER"):
    os.environ.pop(_name, None)
os.environ["ENV_FILE"] = str(Path(_var.name) / "no.env")
os.environ["SECRET_KEY"] = "a key for the tests that signs nothing of worth"
os.environ["VAR_DIR"] = _var.name

from portal.settings import *  # noqa: E402, F403 - the environment comes first
from portal.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402 - as above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns when it is missing

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since threads cannot share a database in memory; and nothing here outlives a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_var.name) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
