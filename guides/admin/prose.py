"""Texts in the studio: how they are typed, and how they will look."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.views.decorators.http import require_POST

from guides.admin.screens import screen
from guides.mentions import cited_keys, named_pictures
from guides.models import Guide
from guides.rendering import render as rendered
from guides.working_copy import draft_of

help_from = lazy(render_to_string, str)  # forms are made before templates can be rendered


class Prose(forms.CharField):
    """A text of several lines, which end as they do in files: what browsers send is no change."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


@screen("text/", name="text", permission="guides.view_guide")
@require_POST
def text_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Show a text of a guide as readers will see it; its sources are numbered from 1."""
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\0", "")
    draft = draft_of(guide, text)
    shown = rendered(draft)
    unknown = [
        *sorted(f"[@{key}]" for key in cited_keys([text]) - {source["key"] for source in draft["sources"]}),
        *sorted(
            f"picture:{slug}"
            for slug in named_pictures([text]) - {picture["slug"] for picture in draft["pictures"]}
        ),
    ]
    context = {"html": shown.sections[0].html, "sources": shown.sources, "unknown": unknown}
    return render(request, "admin/guides/text.html", context)
