"""Sources: who said it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from courses.admin import LINKS
from guides.admin.keeping import what_keeps_source
from guides.models import Source
from portal.logged import LoggedAdmin


@admin.register(Source)
class SourceAdmin(LoggedAdmin):
    formfield_overrides = LINKS
    list_display = ("publisher", "title", "key", "published", "retrieved_on")
    search_fields = ("publisher", "title", "key")
    autocomplete_fields = ("cited_by",)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Keep sources that texts, steps and editions name."""
        used = [reason for source in objs for reason in what_keeps_source(source)]
        return ([], {}, set(), used) if used else super().get_deleted_objects(objs, request)
