"""Roles: groups of people who may do the same."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group

from accounts.admin.owners import OwnersAdmin

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(OwnersAdmin, GroupAdmin):
    """Roles, and what each of them may do."""
