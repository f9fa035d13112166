"""Salary figures."""

from typing import Any, ClassVar

from django.contrib import admin
from django.urls import URLPattern, path

from facts.admin.contradictions import contradictions_screen
from facts.admin.figures import KEPT, WHOSE, FigureAdmin
from facts.admin.links import check_screen, links_screen
from facts.admin.old import old_screen
from facts.models import Salary
from facts.words import pay


@admin.register(Salary)
class SalaryAdmin(FigureAdmin):
    list_display = ("paid", "statistic", "career", "whose", "publisher", "describes")
    list_filter = (*FigureAdmin.list_filter, "level", "currency")
    search_fields = (*FigureAdmin.search_fields, "industry")
    fieldsets: ClassVar[Any] = (
        WHOSE,
        ("What is paid", {"fields": ("amount", ("low", "high"), ("currency", "period"))}),
        ("When it was so", {"fields": (("year", "month"),)}),
        ("Of whom", {"fields": ("industry", "level", "answers", "occupation_code", "occupation")}),
        KEPT,
    )

    def get_urls(self) -> list[URLPattern]:
        screens = (
            ("old/", old_screen, "facts_old"),
            ("contradictions/", contradictions_screen, "facts_contradictions"),
            ("links/", links_screen, "facts_links"),
            ("links/check/", check_screen, "facts_check_links"),
        )
        own = [path(at, self.admin_site.admin_view(view), name=name) for at, view, name in screens]
        return [*own, *super().get_urls()]

    @admin.display(description="place", ordering="place__name")
    def whose(self, salary: Salary) -> str:
        """Return of whom it is: the place, the industry and the experience, as far as they are given."""
        said = (salary.place.name, salary.industry, salary.get_level_display())
        return ", ".join(filter(None, said))

    @admin.display(description="pay", ordering="amount")
    def paid(self, salary: Salary) -> str:
        return pay(salary)
