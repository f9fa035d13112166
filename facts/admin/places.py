"""Places."""

from django.contrib import admin

from facts.admin.history import HistoryAdmin
from facts.models import Place


@admin.register(Place)
class PlaceAdmin(HistoryAdmin):
    list_display = ("name", "kind", "within", "code", "slug")
    list_filter = ("kind", ("within", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("within",)
    search_fields = ("name", "slug", "code")
    autocomplete_fields = ("within",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "kind", "within", "code")
