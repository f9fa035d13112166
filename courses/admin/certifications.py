"""Certifications."""

from django.contrib import admin

from courses.admin.screens import FiguresInline, OfferAdmin
from courses.models import Certification, CertificationFigures


class CertificationFiguresInline(FiguresInline):
    model = CertificationFigures
    fields = ("source", "source_url", "retrieved_on", "price", "currency")


@admin.register(Certification)
class CertificationAdmin(OfferAdmin):
    list_display = ("title", "issuer", "kind", "status", "checked_on")
    list_select_related = ("issuer",)
    list_filter = ("status", "kind", ("issuer", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "slug", "issuer__name")
    autocomplete_fields = ("issuer", "skills")
    inlines = (CertificationFiguresInline,)
    fieldsets = (
        (None, {"fields": ("title", "slug", "issuer", "summary", "url", "skills")}),
        ("The proof", {"fields": ("kind", "assessment", "validity_months")}),
        ("Whether it can be had", {"fields": ("status", "checked_on")}),
    )
