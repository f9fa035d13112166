"""What the site's pages are measured against: Django with its usual middleware and a constant page."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.yardstick"

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "a key for measuring that signs nothing of worth"  # noqa: S105 (protects nothing)
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.yardstick"
INSTALLED_APPS = [
    f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages", "staticfiles")
]
MIDDLEWARE = [
    f"django.{name}"
    for name in (
        "middleware.security.SecurityMiddleware",
        "contrib.sessions.middleware.SessionMiddleware",
        "middleware.common.CommonMiddleware",
        "middleware.csrf.CsrfViewMiddleware",
        "contrib.auth.middleware.AuthenticationMiddleware",
        "contrib.messages.middleware.MessageMiddleware",
        "middleware.clickjacking.XFrameOptionsMiddleware",
    )
]

PAGE = b"<!doctype html>" + b"x" * 30_000


def constant(request: HttpRequest) -> HttpResponse:
    """A page that costs nothing to make."""
    return HttpResponse(PAGE)


urlpatterns = [path("", constant)]
application = get_wsgi_application()
