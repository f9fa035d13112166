"""Skills and providers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest

from courses.admin.screens import CatalogAdmin, PartInline
from courses.models import Provider, Skill, SkillAlias
from portal.log import log_deleted

if TYPE_CHECKING:
    from accounts.models import User


class AliasInline(PartInline):
    """What else a skill is called."""

    model = SkillAlias


@admin.register(Skill)
class SkillAdmin(CatalogAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug", "aliases__name")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (AliasInline,)

    def logged_values(self, thing: Any) -> dict[str, Any]:
        """Return what is stored of a skill, with its other names."""
        others = [f"{alias.name} ({alias.how})" for alias in thing.aliases.all()]
        return super().logged_values(thing) | {"other names": others}

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> list[LogEntry]:
        """Log the other names that go with each skill, too."""
        for skill in queryset:
            log_deleted(cast("User", request.user), skill.aliases.all())
        return super().log_deletions(request, queryset)


@admin.register(Provider)
class ProviderAdmin(CatalogAdmin):
    list_display = ("name", "kind", "slug", "url")
    list_filter = ("kind",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
