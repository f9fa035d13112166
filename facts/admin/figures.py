"""What salary and outlook figures have in common in the studio."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from facts.admin.history import HistoryAdmin
from facts.models import Figure
from facts.words import told_year

Fieldset = tuple[str | None, dict[str, Any]]


class ByAge(admin.SimpleListFilter):
    """Figures by what readers are told of their age."""

    title = "age"
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("fresh", "not old"), ("old", "old, or undated"), ("undated", "undated")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "undated":
            return queryset.filter(year=None)
        if self.value() in ("old", "fresh"):
            return getattr(queryset, str(self.value()))()
        return queryset


class ByCareer(admin.RelatedOnlyFieldListFilter):
    """Careers that have figures, and all occupations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = SafeString("all occupations")


class ByPlaceKind(admin.ChoicesFieldListFilter):
    """Figures of countries, of cities and so on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "kind of place"


class FigureAdmin(HistoryAdmin):
    """A figure of a source."""

    list_filter: ClassVar[Any] = (
        ByAge,
        ("guide", ByCareer),
        ("place__kind", ByPlaceKind),
        ("source", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("guide", "place", "source")
    list_per_page = 50
    search_fields: ClassVar[Any] = (
        "guide__title",
        "place__name",
        "source__publisher",
        "source__title",
        "source__key",
        "statistic",
        "occupation",
        "note",
    )
    autocomplete_fields = ("guide", "source", "via", "place")

    @admin.display(description="career", ordering="guide__title")
    def career(self, figure: Figure) -> str:
        return str(figure.guide or "all occupations")

    @admin.display(description="publisher", ordering="source__publisher")
    def publisher(self, figure: Figure) -> str:
        return figure.source.publisher

    @admin.display(description="describes", ordering="year")
    def describes(self, figure: Figure) -> str:
        return told_year(figure)

    def called(self, record: Any) -> str:
        publisher = record.source.publisher if record.source else "a source that is no more"
        career = record.guide.title if record.guide else "all occupations"
        return f"{publisher}, {record.statistic}: {career}"


WHOSE: Fieldset = (
    None,
    {"fields": ("guide", "source", "via", "statistic", "place")},
)
KEPT: Fieldset = (
    "When it was read, and for how long it is good",
    {"fields": ("retrieved_on", "good_for_years", "note")},
)
