"""Sources: who said it."""

from django.contrib import admin

from courses.admin import LINKS
from guides.models import Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    formfield_overrides = LINKS
    list_display = ("publisher", "title", "key", "published", "retrieved_on")
    search_fields = ("publisher", "title", "key")
    autocomplete_fields = ("cited_by",)
