"""E-mail addresses: whoever could change one could take over the account behind it."""

from typing import cast

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.owners import OwnersAdmin
from accounts.models import User
from portal.log import log

admin.site.unregister(EmailAddress)


@admin.register(EmailAddress)
class AddressAdmin(OwnersAdmin, EmailAddressAdmin):
    """E-mail addresses, and which of them are proven."""

    list_select_related = ("user",)

    @admin.action(description="Mark as verified", permissions=["change"])
    def make_verified(self, request: HttpRequest, queryset: QuerySet[EmailAddress]) -> None:
        open_ones = list(queryset.filter(verified=False))
        super().make_verified(request, queryset)
        for address in EmailAddress.objects.filter(pk__in=[one.pk for one in open_ones], verified=True):
            log(cast(User, request.user), address, before={"verified": False}, after={"verified": True})
