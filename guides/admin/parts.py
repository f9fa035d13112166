"""Sections, stages and steps: the parts of a guide's working copy."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from guides.admin.staff import staff
from guides.models import Guide, Section, Stage, Step


class PartAdmin(admin.ModelAdmin):
    """A part of a guide's working copy: each change raises the version of the guide."""

    list_select_related: ClassVar[tuple[str, ...]] = ("guide",)
    list_filter: ClassVar[tuple[Any, ...]] = ("guide",)
    list_per_page = 200
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("guide",)
    prepopulated_fields = {"slug": ("title",)}

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        """Name the fields of the list, whose headings no screen reader ties to them."""
        formset = super().get_changelist_formset(request, **kwargs)
        for name in self.list_editable:
            formset.form.base_fields[name].widget.attrs["aria-label"] = name.capitalize()
        return formset

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


class SectionForm(forms.ModelForm):
    """A section; the steps that it explains are those of its guide."""

    def clean_steps(self) -> QuerySet[Step]:
        steps: QuerySet[Step] = self.cleaned_data["steps"]
        guide = self.instance.guide if self.instance.pk else self.cleaned_data.get("guide")
        if guide and (foreign := steps.exclude(guide=guide)):
            names = ", ".join(f"“{step}”" for step in foreign)
            raise ValidationError(f"Only steps of this guide can be named here, not {names}.")
        return steps


@admin.register(Section)
class SectionAdmin(PartAdmin):
    form = SectionForm
    list_display = ("title", "guide", "kind", "position", "checked_on")
    list_editable = ("position",)
    search_fields = ("title", "slug")
    autocomplete_fields = ("guide", "steps")
    fieldsets = (
        (None, {"fields": ("title", "slug", ("guide", "position"))}),
        ("What it says", {"fields": ("body", "kind", "checked_on", "steps")}),
    )


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
