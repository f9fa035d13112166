"""Guides: what the public reads of each, what was changed since, and by whom."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.admin.imports import import_screen
from guides.admin.parts import ProseForm
from guides.admin.screens import patterns
from guides.admin.sections import sections_of
from guides.admin.staff import staff
from guides.editing import editing, lock
from guides.models import Guide, Section, Stage, Step
from portal.conflicts import ConflictAdmin
from portal.log import log_deleted
from portal.logged import LoggedAdmin


class GuideForm(ProseForm):
    """What a guide says of itself."""

    class Meta:
        help_texts = {"slug": "Its part of the address. After a change the old address leads to the new one."}


@admin.register(Guide)
class GuideAdmin(ConflictAdmin, LoggedAdmin):
    """Guides: the current edition, what was changed since, and by whom."""

    form = GuideForm
    list_display = ("title", "edition", "is_changed", "changed_at", "changed_by")
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("title", "slug", "summary", "occupation_codes")
    change_form_template = "admin/guides/guide/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guide]:
        return Guide.objects.for_staff()

    @admin.display(description="the public reads", ordering="edition_number")
    def edition(self, guide: Any) -> str:
        return reading(guide)

    @admin.display(description="changed since", boolean=True)
    def is_changed(self, guide: Any) -> bool:
        return guide.edition_version != guide.version

    @admin.display(description="path")
    def path(self, guide: Guide) -> SafeString:
        return _link(guide, "outline", "Path")

    @admin.display(description="publishing")
    def publishing(self, guide: Guide) -> SafeString:
        return _link(guide, "publish", "Publish")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Show the ways that are open to who looks."""
        may_publish = staff(request).has_perm("guides.publish_guide")
        return [*self.list_display, "path", *(["publishing"] if may_publish else [])]

    def lock(self, thing: Guide) -> None:
        lock(thing)

    def save_model(self, request: HttpRequest, obj: Guide, form: Any, change: bool) -> None:
        if not change:
            obj.changed_by = staff(request)
            super().save_model(request, obj, form, change)
        else:
            with editing(obj, by=staff(request)):
                super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Guide) -> HttpResponseRedirect:
        return redirect("admin:guides_guide_change", obj.pk)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["guide"] = obj
        context["sections"] = sections_of(obj) if obj else []
        context["show_save_and_add_another"] = False
        context["show_delete"] = bool(obj and not obj.editions.exists())
        context["at"], context["pressed"] = request.GET.get("at", ""), request.GET.get("do", "")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say of published guides what to do instead."""
        published = [guide for guide in objs if guide.editions.exists()]
        if not published:
            return super().get_deleted_objects(objs, request)
        return [], {}, set(), [self.refusal(guide) for guide in published]

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Guide]) -> list[LogEntry]:
        """Log what goes with each guide, too."""
        guides = list(queryset)
        for model in (Section, Stage, Step):
            log_deleted(staff(request), model._base_manager.filter(guide__in=guides))
        return super().log_deletions(request, guides)

    def refusal(self, guide: Guide) -> SafeString:
        publishing = reverse("admin:guides_guide_publish", args=[guide.pk])
        words = '{}: it was published, so unpublish it instead. <a href="{}">Publishing</a>'
        return format_html(words, guide, publishing)

    def view_on_site(self, obj: Guide) -> str | None:
        return reverse("guide", args=[obj.slug]) if obj.editions.exists() else None

    def get_urls(self) -> list[URLPattern]:
        importing = self.admin_site.admin_view(import_screen)
        return [
            path("import/", importing, name="guides_guide_import"),
            *patterns(),
            *super().get_urls(),
        ]


def _link(guide: Guide, name: str, words: str) -> SafeString:
    address = reverse(f"admin:guides_guide_{name}", args=[guide.pk])
    return format_html('<a href="{}" aria-label="{}: {}">{}</a>', address, words, guide, words)


def reading(guide: Any) -> str:
    """Say which edition of a guide of `Guide.objects.for_staff` the public reads."""
    words = "nothing yet"
    if guide.edition_number is not None:
        hidden = guide.unpublished_at and guide.unpublished_at >= guide.edition_live_at
        words = f"edition {guide.edition_number}, hidden" if hidden else f"edition {guide.edition_number}"
    if guide.scheduled_at:
        words += f"; the next one from {guide.scheduled_at:%-d %B %Y, %H:%M} UTC"
    return words
