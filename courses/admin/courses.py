"""Courses."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from courses.admin.exporting import export
from courses.admin.importing import import_screen
from courses.admin.screens import FiguresInline, OfferAdmin
from courses.models import Course, CourseFigures


class CourseFiguresInline(FiguresInline):
    model = CourseFigures
    fields = (
        "source",
        "source_url",
        "retrieved_on",
        "rating",
        "ratings",
        "enrolled",
        "price",
        "currency",
    )


@admin.register(Course)
class CourseAdmin(OfferAdmin):
    list_display = ("title", "provider", "platform", "kind", "level", "status", "checked_on")
    list_select_related = ("provider", "platform")
    list_filter = ("status", "kind", "level", "format", ("provider", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "slug", "provider__name")
    autocomplete_fields = ("provider", "platform", "skills", "leads_to")
    inlines = (CourseFiguresInline,)
    fieldsets = (
        (None, {"fields": ("title", "slug", "provider", "platform", "summary", "url")}),
        ("What it teaches", {"fields": ("skills", "leads_to", "kind", "level", "format", "language")}),
        (
            "What it takes",
            {
                "fields": (
                    "effort_hours",
                    ("weeks_min", "weeks_max"),
                    ("weekly_hours_min", "weekly_hours_max"),
                ),
                "description": "The hours in all, or weeks at hours a week, from and to.",
            },
        ),
        ("Whether it can be had", {"fields": ("status", "checked_on")}),
    )

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("import/", self.admin_site.admin_view(import_screen), name="courses_course_import"),
            path("export/<str:kind>/", self.admin_site.admin_view(self.export), name="courses_course_export"),
        ]
        return [*own, *super().get_urls()]

    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """Return the courses that the list shows as a file."""
        return export(request, self, kind)
