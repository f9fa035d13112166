"""Samples of job descriptions in the studio."""

from django.contrib import admin

from hiring.models import JobDescription
from portal.conflicts import ConflictAdmin
from portal.logged import LoggedAdmin


@admin.register(JobDescription)
class JobDescriptionAdmin(ConflictAdmin, LoggedAdmin):
    """One sample for each career."""

    list_display = ("guide", "summary")
    list_select_related = ("guide",)
    search_fields = ("guide__title", "summary", "duties", "requirements")
    fields = ("guide", "summary", "duties", "requirements", "nice_to_have", "offers", "levels")
