"""The catalog in the studio."""

from typing import Any

from django.contrib import admin
from django.db import models

from courses.models import Certification, Course, Provider, Skill
from portal.logged import LoggedAdmin

# A link that is typed without a scheme is meant as https.
LINKS: dict[type[models.Field], dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Skill)
class SkillAdmin(LoggedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Provider)
class ProviderAdmin(LoggedAdmin):
    formfield_overrides = LINKS
    list_display = ("name", "slug", "url")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Course)
class CourseAdmin(LoggedAdmin):
    formfield_overrides = LINKS
    list_display = ("title", "provider", "platform", "url")
    list_select_related = ("provider", "platform")
    list_filter = (("provider", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("title", "slug", "provider__name")
    autocomplete_fields = ("provider", "platform", "skills")
    prepopulated_fields = {"slug": ("title",)}


@admin.register(Certification)
class CertificationAdmin(LoggedAdmin):
    formfield_overrides = LINKS
    list_display = ("title", "issuer", "url")
    list_select_related = ("issuer",)
    list_filter = (("issuer", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("title", "slug", "issuer__name")
    autocomplete_fields = ("issuer", "skills")
    prepopulated_fields = {"slug": ("title",)}
