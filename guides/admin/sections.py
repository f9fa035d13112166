"""Sections of a guide in the studio."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from guides.admin.parts import PartAdmin, PartForm, uuid_of
from guides.admin.prose import help_from
from guides.admin.screens import screen, version_of
from guides.admin.staff import staff
from guides.admin.standing import Part
from guides.models import Guide, Section, Step
from guides.outline import arrange_sections, moved
from portal.log import log


class SectionForm(PartForm):
    """A section; the steps that it explains are those of its guide."""

    class Meta:
        help_texts = {
            "kind": help_from("admin/guides/section/kinds.html"),
            "body": help_from("admin/guides/writing.html"),
            "checked_on": "When the text was last compared with its sources. Readers see it below the text.",
            "steps": "Steps of this guide that the section explains. Its page leads to them.",
        }

    def clean_steps(self) -> QuerySet[Step]:
        return self.own_steps("steps")


@admin.register(Section)
class SectionAdmin(PartAdmin):
    """The prose of guides. Their order is kept on the screen of the guide."""

    form = SectionForm
    change_form_template = "admin/guides/section/change_form.html"
    list_display = ("title", "guide", "kind", "checked_on")
    list_filter = ("guide", "kind")
    search_fields = ("title", "slug")
    ordering = ("guide", "position")
    autocomplete_fields = ("guide", "steps")
    fieldsets = (
        (None, {"fields": ("title", ("slug", "kind"))}),
        ("What it says", {"fields": ("body", "checked_on", "steps")}),
    )

    def row(self, part: Section) -> Sequence[Part]:
        return list(part.guide.sections.only("title", "guide"))

    def home(self, part: Section) -> str:
        return f"{reverse('admin:guides_guide_change', args=[part.guide_id])}?at={part.pk}#sections"


def sections_of(guide: Guide) -> list[Section]:
    """Return the sections of `guide` without their texts; `edited_at` is when the log last speaks of them."""
    sections = list(guide.sections.defer("body"))
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Section),
        object_id__in=[str(section.pk) for section in sections],
    )
    edited = dict(entries.values_list("object_id").annotate(at=Max("action_time")).order_by())
    for section in sections:
        section.edited_at = edited.get(str(section.pk))  # type: ignore[attr-defined]  # for the template
    return sections


@screen("sections/", name="sections", permission="guides.change_guide")
def sections_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Move a section up or down; the list stands on the page of the guide."""
    at = ""
    if request.method == "POST":
        pressed, _, at = request.POST.get("do", "").partition(":")
        _move(request, guide, uuid_of(at), -1 if pressed == "up" else 1)
        at = f"?at={at}&do={pressed}"
    return redirect(f"{reverse('admin:guides_guide_change', args=[guide.pk])}{at}")


def _move(request: HttpRequest, guide: Guide, section: UUID | None, by: int) -> None:
    ids = list(guide.sections.values_list("pk", flat=True))
    if section not in ids:
        messages.error(request, "This section is not there any more.")
        return
    with transaction.atomic():
        words = arrange_sections(
            guide, moved(ids, section, by), by=staff(request), version=version_of(request)
        )
        if words:
            log(staff(request), guide, " ".join(words))
    messages.success(request, " ".join(words) or "It stands there already.")
