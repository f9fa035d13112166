"""Outlook figures."""

from typing import Any, ClassVar

from django.contrib import admin

from facts.admin.figures import KEPT, WHOSE, FigureAdmin
from facts.models import Outlook
from facts.words import change


@admin.register(Outlook)
class OutlookAdmin(FigureAdmin):
    list_display = ("changes", "statistic", "career", "place", "publisher", "describes")
    fieldsets: ClassVar[Any] = (
        WHOSE,
        (
            "How demand changes",
            {
                "fields": (
                    ("year", "until"),
                    "change_percent",
                    "change_count",
                    ("before", "after"),
                    "compared_with",
                    "origin",
                )
            },
        ),
        ("Of whom", {"fields": ("occupation_code", "occupation")}),
        KEPT,
    )

    @admin.display(description="change", ordering="change_percent")
    def changes(self, outlook: Outlook) -> str:
        return change(outlook)
