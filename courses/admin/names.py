"""Skills and providers."""

from django.contrib import admin

from courses.admin.screens import CatalogAdmin
from courses.models import Provider, Skill


@admin.register(Skill)
class SkillAdmin(CatalogAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Provider)
class ProviderAdmin(CatalogAdmin):
    list_display = ("name", "kind", "slug", "url")
    list_filter = ("kind",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
