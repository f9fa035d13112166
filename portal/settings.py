"""The settings of the site, all from the environment (or `.env` beside `manage.py`).

| variable | what it is | default |
|---|---|---|
| `SECRET_KEY` | signs sessions and links; required | none (`make run` writes one into `.env`) |
| `DATABASE_URL` | `sqlite:///path` or `postgres://user:password@host:port/name` | SQLite in `var/` |
| `ALLOWED_HOSTS` | host names the site answers to, separated by commas | the local machine |
| `SITE_URL` | the address people type; with https, cookies need it too | from `ALLOWED_HOSTS` |
| `REDIS_URL` | a shared cache | a cache in each process |
| `EMAIL_URL` | `submission://user:password@host:587`, with TLS | mail is written to `var/mail/` |
| `DEFAULT_FROM_EMAIL` | the sender of the site's mail | `waymark@<the site's host>` |
| `TRUSTED_PROXIES` | how many proxies in front of the site add to `X-Forwarded-For` | 0 |
| `WORKER` | `separate` where `manage.py db_worker` does the background work | the server does it |
| `DEBUG` | error pages with source code, for development alone | off |
| `VAR_DIR` | where the site keeps its own files | `var/` |
"""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from whitenoise.compress import Compressor

from portal.release import release_of

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(env.str("ENV_FILE", str(BASE_DIR / ".env")), recurse=False)

LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

try:
    DEBUG = env.bool("DEBUG", False)
    SECRET_KEY = env.str("SECRET_KEY", "")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", LOCAL_HOSTS)
    VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var"))).resolve()
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'waymark.sqlite3'}")}
    EMAIL = env.dj_email_url("EMAIL_URL") if env.str("EMAIL_URL", "") else {}
    REDIS_URL = env.str("REDIS_URL", "")
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
    WORKER = env.str("WORKER", "embedded")
except (EnvError, ValueError) as error:
    raise ImproperlyConfigured(f"A setting in the environment cannot be read: {error}") from error

with suppress(OSError):  # a folder that cannot be made is told by whoever needs it
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # mail and data are nobody else's

if WORKER not in {"embedded", "separate"}:
    raise ImproperlyConfigured(f"WORKER must be embedded or separate, not {WORKER!r}.")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Run `make run` once, which writes one into .env, "
        "or set SECRET_KEY to a long random text."
    )

# --- The address of the site -----------------------------------------------------------------

_public_hosts = [host for host in ALLOWED_HOSTS if host not in [*LOCAL_HOSTS, "*", "testserver"]]
SITE_URL = env.str(
    "SITE_URL",
    f"https://{_public_hosts[0].lstrip('.')}" if _public_hosts else "http://127.0.0.1:8000",
).rstrip("/")
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured(f"SITE_URL must be an http or https address, not {SITE_URL!r}.")
HTTPS = SITE_URL.startswith("https://")

# --- The applications ------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal",
    "gap",
    "hiring",
    "inbox",
    "interviews",
    "jobs",
    "quiz",
    "accounts",
    "facts",
    "guides",
    "courses",
    "search",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.policy.ContentSecurityPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.visitors.PrivatePages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Data ------------------------------------------------------------------------------------

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # WAL lets readers work beside a writer; IMMEDIATE makes writers queue instead of failing.
    # Opening the file costs more than most requests: each thread keeps its connection for a while, and the
    # server (portal/start.py) its threads for longer, since a thread that ends leaves its connection open.
    _database["CONN_MAX_AGE"] = 120  # seconds
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
elif _database["ENGINE"].endswith("postgresql"):
    _database.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 9}  # 8 to answer, 1 to work
    _database["CONN_MAX_AGE"] = 0
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")

if REDIS_URL and urlsplit(REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
    raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or unix://.")
CACHES = {
    "default": {"BACKEND": "portal.cache.FailOpenRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"
USE_TZ = True
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "portal.formats"

# --- People ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_REDIRECT_URL = "dashboard"
LOGIN_URL = "account_login"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90  # seconds: a learner who returns each season stays in

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.ChangeEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.forms.ConfirmEmailForm",
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "signup": "accounts.forms.SignupForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # tells people when their password or address was changed
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"

# --- Mail ------------------------------------------------------------------------------------

if EMAIL and "EMAIL_BACKEND" not in EMAIL:  # said without the address, which holds a password
    raise ImproperlyConfigured("EMAIL_URL must begin with submission://, which uses TLS, or smtp://.")
if EMAIL:
    globals().update(EMAIL)
    # A server can deliver: an address is proven, by a code, before the account opens.
    ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
    ACCOUNT_EMAIL_VERIFICATION = "optional"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"waymark@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Static files ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = DEBUG
# Maps of scripts are for developers; compressing them takes longer than all else of a first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
RELEASE = release_of(BASE_DIR)

# --- Security --------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

_policy = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _policy}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}

# --- Background work -------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# By name: the task that comes round, and how often. `portal/worker.py` begins them.
SCHEDULE: dict[str, tuple[str, timedelta]] = {
    "links": ("facts.tasks.check_links", timedelta(days=7)),
    "jobs": ("jobs.tasks.refresh_due_feeds", timedelta(hours=1)),
    "messages": ("inbox.tasks.forget_old", timedelta(days=1)),
    "queue": ("portal.tasks.tidy_queue", timedelta(days=1)),
}

# Pairs of address and port that `portal.fetching` reaches though they are not public: those of the tests' own
# server. An operator has no use for it, so no variable fills it.
FETCHING_LETS_THROUGH: frozenset[tuple[str, int]] = frozenset()

# --- The API ---------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.bodies.JSONBody"],
    "DEFAULT_PAGINATION_CLASS": "portal.pagination.Pages",
    "DEFAULT_THROTTLE_CLASSES": [
        "portal.throttling.Changes",
        "portal.throttling.Readings",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_standardized_errors.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,  # "format" is a filter of courses
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "portal.problems.ProblemHandler",
    "EXCEPTION_FORMATTER_CLASS": "portal.problems.ProblemFormatter",
    "ALLOWED_ERROR_STATUS_CODES": [],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Waymark",
    "DESCRIPTION": "Career guides, their paths, and a learner's progress along them.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- Logs ------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A page that is not there is the visitor's news, not the operator's.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},  # that a task was done as it should be is no news
        "httpx": {"level": "WARNING"},  # addresses of feeds may hold a key
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
