"""What the screens about figures have in common."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from facts.models import Salary
from guides.admin.staff import staff
from guides.models import Guide

View = Callable[[HttpRequest], HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Let only those call a view who have a permission."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if not staff(request).has_perm(permission):
                raise PermissionDenied
            return view(request)

        return guarded

    return guard


def show(request: HttpRequest, template: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
    """Return a screen; `context` names its title and its tab."""
    frame = {**admin.site.each_context(request), "opts": Salary._meta, "asked": asked(request)}
    return render(request, f"admin/facts/{template}.html", {**frame, **context}, status=status)


def page_of(request: HttpRequest, rows: Any, size: int) -> Page[Any]:
    """Return the page of `rows` that is asked for; for one that is none, the first or the last."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def asked(request: HttpRequest) -> str:
    """Return what was asked for but the page, as links to other pages of the list begin."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""


class CareerForm(forms.Form):
    """Of which career figures are shown; of all, if nothing is chosen."""

    career = forms.ModelChoiceField(
        Guide.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="All careers, and all occupations",
        error_messages={"invalid_choice": "There is no such career. Choose one of the list."},
    )
