"""Guides in the studio: each thing on a screen of its own, and publishing."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from courses.admin import LINKS
from guides.checks import Finding
from guides.models import Edition, Guide, Section, Source, Stage, Step
from guides.publishing import PublishingRefused, is_changed, obstacles_of
from guides.working_copy import content_of

if TYPE_CHECKING:
    from accounts.models import User


def staff(request: HttpRequest) -> "User":
    """Return the member of the staff who asks; the admin has let in nobody else."""
    return cast("User", request.user)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Something that can be looked at and not changed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PartAdmin(admin.ModelAdmin):
    """A part of a guide's working copy: each change raises the version of the guide."""

    list_select_related: ClassVar[tuple[str, ...]] = ("guide",)
    list_filter: ClassVar[tuple[Any, ...]] = ("guide",)
    list_per_page = 200
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("guide",)
    prepopulated_fields = {"slug": ("title",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        """A part stays with its guide: learners may have a word on it there."""
        fixed = ("guide",) if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        obj.guide.touch(by=staff(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        obj.guide.touch(by=staff(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        guides = list(Guide.objects.filter(pk__in=queryset.values("guide")))
        super().delete_queryset(request, queryset)
        for guide in guides:
            guide.touch(by=staff(request))


@admin.register(Section)
class SectionAdmin(PartAdmin):
    list_display = ("title", "guide", "kind", "position", "checked_on")
    list_editable = ("position",)
    search_fields = ("title", "slug")


@admin.register(Stage)
class StageAdmin(PartAdmin):
    list_display = ("title", "guide", "position", "summary")
    list_editable = ("position",)
    search_fields = ("title", "slug", "guide__title")


class RetiredFilter(admin.SimpleListFilter):
    """Steps of the path, or retired ones."""

    title = "on the path"
    parameter_name = "retired"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "On the path"), ("yes", "Retired")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Step]) -> QuerySet[Step]:
        if self.value() is None:
            return queryset
        return queryset.filter(retired_at__isnull=self.value() == "no")


@admin.register(Step)
class StepAdmin(PartAdmin):
    """Steps. Once published they are retired, never deleted."""

    list_display = ("title", "stage", "position", "optional", "is_live", "alternative")
    list_editable = ("position",)
    list_select_related = ("guide", "stage")
    list_filter = ("guide", RetiredFilter, ("stage", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "slug")
    ordering = ("guide", "stage__position", "position")
    autocomplete_fields = ("guide", "stage", "after", "skills", "courses", "certifications", "sources")
    readonly_fields = ("id", "retired_at")
    change_form_template = "admin/guides/step/change_form.html"
    actions = ("retire", "put_back")
    fieldsets = (
        (None, {"fields": ("title", "slug", ("guide", "stage", "position"))}),
        ("What to do", {"fields": ("body", "done_when", "effort_hours")}),
        ("Its place on the path", {"fields": ("optional", ("choice", "route"), "after")}),
        ("What it names", {"fields": ("skills", "courses", "certifications", "sources")}),
        ("Identity", {"fields": ("id", "retired_at")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Offer no deletion of a step that was published: it is retired instead."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.editions.exists())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say of published steps what to do instead, not which rows hold them."""
        if published := [step for step in objs if step.editions.exists()]:
            return [], {}, set(), [f"{step}: it was published, so retire it instead" for step in published]
        return super().get_deleted_objects(objs, request)

    def response_change(self, request: HttpRequest, obj: Step) -> HttpResponse:
        """Retire the step, or put it back, where the form asks for it."""
        step = Step.objects.filter(pk=obj.pk)
        if "_retire" in request.POST:
            self.retire(request, step)
        elif "_put_back" in request.POST:
            self.put_back(request, step)
        else:
            return super().response_change(request, obj)
        return redirect("admin:guides_step_change", obj.pk)

    @admin.display(description="on the path", boolean=True, ordering="retired_at")
    def is_live(self, step: Step) -> bool:
        return step.retired_at is None

    @admin.display(description="choice: route", ordering="choice")
    def alternative(self, step: Step) -> str:
        return f"{step.choice}: {step.route}" if step.choice else ""

    @admin.action(description="Retire: take off the path, learners keep what they did")
    def retire(self, request: HttpRequest, queryset: QuerySet[Step]) -> None:
        steps = list(queryset.live().select_related("guide"))  # type: ignore[attr-defined]  # StepQuerySet
        with transaction.atomic():
            for step in steps:
                step.retire()
                self.log_change(request, step, "Retired.")
                step.guide.touch(by=staff(request))
        self.message_user(request, f"Retired: {len(steps)}. The public sees it at the next edition.")

    @admin.action(description="Put back on the path")
    def put_back(self, request: HttpRequest, queryset: QuerySet[Step]) -> None:
        for step in queryset.select_related("guide", "stage"):
            step.retired_at = None
            try:
                step.full_clean()
            except ValidationError as error:
                self.message_user(request, f"{step}: {' '.join(error.messages)}", messages.ERROR)
                continue
            with transaction.atomic():
                step.save(update_fields=["retired_at"])
                self.log_change(request, step, "Put back on the path.")
                step.guide.touch(by=staff(request))
            self.message_user(request, f"{step} is on the path again at the next edition.")


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    formfield_overrides = LINKS
    list_display = ("publisher", "title", "key", "published", "retrieved_on")
    search_fields = ("publisher", "title", "key")
    autocomplete_fields = ("cited_by",)


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
        findings = [(finding, link_of(finding)) for finding in obstacles_of(found, content_of(found))]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Publish: {found.title}",
            "opts": self.opts,
            "guide": found,
            "newest": found.editions.order_by("-number").defer("document").first(),
            "is_changed": is_changed(found),
            "findings": findings,
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
