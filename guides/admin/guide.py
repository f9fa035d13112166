"""Guides: their editions, and publishing."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from guides.admin.staff import staff
from guides.checks import Finding, advice_on
from guides.models import Edition, Guide, Section, Stage, Step
from guides.publishing import PublishingRefused, is_changed, obstacles_of
from guides.working_copy import content_of


class ReadOnlyAdmin(admin.ModelAdmin):
    """Something that can be looked at and not changed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ("guide", "number", "live_at", "author", "note")
    list_filter = ("guide",)
    list_select_related = ("guide", "author")
    fields = ("guide", "number", "title", "live_at", "author", "note", "sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("document")


@admin.register(Guide)
class GuideAdmin(admin.ModelAdmin):
    """Guides: the current edition, what was changed since, and by whom."""

    list_display = ("title", "edition", "version", "changed_at", "changed_by")
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("title", "slug", "summary", "occupation_codes", "version", "changed_at", "changed_by")
    readonly_fields = ("version", "changed_at", "changed_by")
    change_form_template = "admin/guides/guide/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guide]:
        return Guide.objects.for_staff()

    @admin.display(description="edition", ordering="edition_number")
    def edition(self, guide: Any) -> str:
        if guide.edition_number is None:
            return "never published"
        return f"{guide.edition_number}, hidden" if guide.unpublished_at else str(guide.edition_number)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Offer no deletion of a guide that was published."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.editions.exists())

    def save_model(self, request: HttpRequest, obj: Guide, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        obj.touch(by=staff(request))

    def view_on_site(self, obj: Guide) -> str | None:
        return reverse("guide", args=[obj.slug]) if obj.editions.exists() else None

    def get_urls(self) -> list[URLPattern]:
        publish = self.admin_site.admin_view(self.publish_view)
        return [path("<uuid:guide>/publish/", publish, name="guides_guide_publish"), *super().get_urls()]

    def publish_view(self, request: HttpRequest, guide: Any) -> HttpResponse:
        """Show what keeps the working copy from being published, or publish it."""
        found = get_object_or_404(Guide, pk=guide)
        if not self.has_change_permission(request, found):
            raise PermissionDenied
        if request.method == "POST":
            return self._publish(request, found)
        content = content_of(found)
        findings = [(finding, link_of(finding)) for finding in obstacles_of(found, content)]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Publish: {found.title}",
            "opts": self.opts,
            "guide": found,
            "newest": found.editions.order_by("-number").defer("document").first(),
            "is_changed": is_changed(found),
            "findings": findings,
            "advice": [(finding, link_of(finding)) for finding in advice_on(content)],
        }
        return render(request, "admin/guides/guide/publish.html", context)

    def _publish(self, request: HttpRequest, guide: Guide) -> HttpResponse:
        try:
            with transaction.atomic():
                edition = guide.publish(by=staff(request), note=request.POST.get("note", "")[:300])
                self.log_change(request, guide, f"Published edition {edition.number}.")
        except PublishingRefused as refused:
            for finding in refused.findings:
                self.message_user(request, finding.message, messages.ERROR)
            return redirect("admin:guides_guide_publish", guide.pk)
        address = reverse("guide", args=[edition.slug])
        self.message_user(
            request, format_html('Edition {} is live: <a href="{}">see it</a>.', edition.number, address)
        )
        return redirect("admin:guides_guide_change", guide.pk)


def link_of(finding: Finding) -> str:
    """Return the address in the studio where a finding can be mended; empty if there is none."""
    models: tuple[type[Model], ...] = (Step, Section, Stage)
    for model in models:
        if finding.where and model._default_manager.filter(pk=finding.where).exists():
            return reverse(f"admin:guides_{model.__name__.lower()}_change", args=[finding.where])
    return ""
