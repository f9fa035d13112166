"""Stages of a path in the studio."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from guides.admin.parts import PartAdmin
from guides.admin.staff import staff
from guides.admin.standing import Part
from guides.editing import editing
from guides.models import Guide, Stage
from guides.outline import remove_stage


@admin.register(Stage)
class StageAdmin(PartAdmin):
    """The stages of paths. Their order is kept in the outline of the guide."""

    change_form_template = "admin/guides/stage/change_form.html"
    list_display = ("title", "guide", "summary")
    search_fields = ("title", "slug", "guide__title")
    ordering = ("guide", "position")
    fields = ("title", "slug", "summary")

    def row(self, part: Stage) -> Sequence[Part]:
        return list(part.guide.stages.only("title", "guide"))

    def refusal(self, request: HttpRequest, part: Stage) -> str:
        steps = part.steps.live().count()
        if not steps:
            return ""
        return f"{part}: it has {steps} step{'' if steps == 1 else 's'}. Move or retire what is in it first."

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Retired steps do not hold the stage that they once stood in."""
        refusals = [refusal for stage in objs if (refusal := self.refusal(request, stage))]
        if refusals:
            return [], {}, set(), refusals
        return [str(stage) for stage in objs], {"stages": len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Stage) -> None:
        with editing(obj.guide, by=staff(request)):
            remove_stage(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Stage]) -> None:
        for guide in Guide.objects.filter(pk__in=queryset.values("guide")).order_by("pk"):
            with editing(guide, by=staff(request)):
                for stage in queryset.filter(guide=guide):
                    remove_stage(stage)
