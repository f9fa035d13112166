"""Steps of a path in the studio."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from guides.admin.parts import PartAdmin, PartForm, uuid_of
from guides.admin.prose import help_from
from guides.admin.staff import staff
from guides.admin.standing import Part
from guides.models import Stage, Step
from guides.outline import stand

IN_ORDER = ("stage__position", "stage__slug", "position", "slug")


class StageOfGuide(forms.ModelChoiceField):
    """A choice among stages, which name their guide where there are several."""

    is_among_guides = False

    def label_from_instance(self, stage: Any) -> str:
        return f"{stage.guide}: {stage}" if self.is_among_guides else str(stage)


class StepForm(PartForm):
    """A step; its guide is that of its stage."""

    class Meta:
        help_texts = {
            "stage": "The leg of the path that it stands in. Its place there is kept in the outline.",
            "body": help_from("admin/guides/writing.html"),
            "optional": "The path does not ask for it: it counts in nobody's percent.",
            "choice": "Steps of one stage with the same choice are alternatives: one complete route is "
            "enough. For example “Degree or own study”.",
            "route": "The steps of a choice with the same route are all needed. For example “Degree”.",
            "after": "Steps of this guide that are better done before this one: advice, never a lock.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stage := self.fields.get("stage"):  # those who may only look have none
            self._offer_stages(stage)

    def _offer_stages(self, field: Any) -> None:
        """Offer the stages of the guide; a retired step may stand in none."""
        stages = Stage.objects.select_related("guide").order_by("guide__title", "position", "slug")
        field.queryset = stages.filter(guide=self.guide_id) if self.guide_id else stages
        field.is_among_guides = self.guide_id is None
        field.required = self.instance.retired_at is None

    def clean_after(self) -> QuerySet[Step]:
        return self.own_steps("after")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        stage = self.cleaned_data.get("stage")
        if stage and self.instance._state.adding:
            self.instance.guide = stage.guide
        return cleaned


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
    """The steps of paths. The outline keeps their places; once published they are retired, never deleted."""

    form = StepForm
    change_form_template = "admin/guides/step/change_form.html"
    list_display = ("title", "stage", "guide", "is_live")
    list_select_related = ("guide", "stage")
    list_filter = ("guide", RetiredFilter, ("stage", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "slug")
    ordering = ("guide", *IN_ORDER)
    autocomplete_fields = ("after", "skills", "courses", "certifications", "sources")
    readonly_fields = ("id", "retired_at")
    fieldsets = (
        (None, {"fields": ("title", ("slug", "stage"))}),
        ("What to do", {"fields": ("body", "done_when", "effort_hours")}),
        ("What the path asks for", {"fields": ("optional", ("choice", "route"), "after")}),
        ("What it names", {"fields": ("skills", "courses", "certifications", "sources")}),
        ("Identity", {"fields": ("id", "retired_at"), "classes": ("collapse",)}),
    )

    def row(self, part: Step) -> Sequence[Part]:
        steps = part.guide.steps.live().select_related("stage")
        return list(steps.order_by(*IN_ORDER).only("title", "guide", "stage__title"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "stage":
            kwargs["form_class"] = StageOfGuide
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Leave the steps on one path where a field of its guide asks for them."""
        found: Any  # a queryset of ours
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        path = uuid_of(request.GET.get("path"))
        return (found.live().filter(guide=path) if path else found), may_repeat

    def place(self, request: HttpRequest, part: Step, form: Any, change: bool) -> None:
        """Let a new step stand where the outline asked for it, and one that changes its stage last there."""
        if not change:
            stand(part, before=uuid_of(request.GET.get("before")))
        elif "stage" in form.changed_data and part.stage:
            stand(part)

    def refusal(self, request: HttpRequest, part: Step) -> str:
        if part.editions.exists():
            why = "it was published, so retire it instead"
        elif part.credits.exists():
            why = "other steps count for it, so retire it instead"
        else:
            return ""
        if not staff(request).has_perm("guides.retire_step") or part.retired_at:
            return f"{part}: {why}."
        retiring = f"{reverse('admin:guides_guide_retire', args=[part.guide_id])}?step={part.pk}"
        return format_html('{}: {}. <a href="{}">Retire…</a>', part, why, retiring)

    @admin.display(description="on the path", boolean=True, ordering="retired_at")
    def is_live(self, step: Step) -> bool:
        return step.retired_at is None
