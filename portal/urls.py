"""All addresses of the site."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from portal import views
from portal.careers.pages import comparison
from portal.sitemaps import SITEMAPS

# The log-in of the site has rate limits and verification; the admin's own has neither.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's documented way

urlpatterns = [
    path("", views.home, name="home"),
    path("guides/compare/", comparison, name="compare-guides"),  # before the guide of that slug
    path("", include("accounts.urls")),
    path("", include("guides.urls")),
    path("", include("facts.urls")),
    path("", include("gap.urls")),
    path("", include("hiring.urls")),
    path("", include("inbox.urls")),
    path("", include("interviews.urls")),
    path("", include("jobs.urls")),
    path("", include("quiz.urls")),
    path("", include("portal.catalog.urls")),
    path("", include("portal.searching.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("admin/", admin.site.urls),
    path("api/", include("portal.api")),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"
