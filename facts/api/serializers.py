"""Figures as JSON. Null is unknown, and so is an empty text; amounts are texts, so that no digit is lost."""

from typing import Any, ClassVar

from rest_framework import serializers

from facts.models import Figure, Outlook, Place, Salary
from guides.models import Source


class FigureSourceSerializer(serializers.ModelSerializer[Source]):
    """Who says a figure, or passes it on."""

    class Meta:
        model = Source
        fields = ("key", "publisher", "title", "url")


class FigurePlaceSerializer(serializers.ModelSerializer[Place]):
    """The place that a figure is of; `code` is that of ISO 3166, empty for cities."""

    class Meta:
        model = Place
        fields = ("slug", "name", "kind", "code")


class FigureSerializer(serializers.ModelSerializer[Any]):
    """What every figure has. The context has the slugs of public guides by their ids."""

    guide = serializers.SerializerMethodField(
        help_text="The slug of the career's guide; null for a figure of all occupations."
    )
    source = FigureSourceSerializer(read_only=True)  # type: ignore[assignment]  # a field has a source, too
    via = FigureSourceSerializer(read_only=True, allow_null=True)
    place = FigurePlaceSerializer(read_only=True)
    undated = serializers.BooleanField(
        source="is_undated", read_only=True, help_text="Whether nobody knows which year it describes."
    )
    old = serializers.SerializerMethodField(
        help_text="Whether it is undated, or the year ended more than `good_for_years` ago."
    )

    of_whom: ClassVar = ("guide", "source", "via", "place", "statistic", "occupation_code", "occupation")
    of_when: ClassVar = ("undated", "old", "good_for_years", "retrieved_on", "note")

    def get_guide(self, figure: Figure) -> str | None:
        slugs: dict[Any, str] = self.context["slugs"]
        return slugs.get(figure.guide_id)

    def get_old(self, figure: Figure) -> bool:
        return figure.is_old()


class SalarySerializer(FigureSerializer):
    """What a source says is paid: an amount, a range from low to high, or all three."""

    class Meta:
        model = Salary
        fields = (
            *FigureSerializer.of_whom,
            "industry",
            "level",
            "amount",
            "low",
            "high",
            "currency",
            "period",
            "answers",
            "year",
            "month",
            *FigureSerializer.of_when,
        )


class OutlookSerializer(FigureSerializer):
    """How a source says that demand changes, from `year` to `until`."""

    class Meta:
        model = Outlook
        fields = (
            *FigureSerializer.of_whom,
            "origin",
            "before",
            "after",
            "change_count",
            "change_percent",
            "compared_with",
            "year",
            "until",
            *FigureSerializer.of_when,
        )
