"""The things of the catalog as JSON."""

from typing import Any

from rest_framework import serializers

from courses.models import (
    Certification,
    CertificationFigures,
    Course,
    CourseFigures,
    Provider,
    Skill,
    SkillAlias,
)

OFFER = ("slug", "title", "summary")
STATE = ("link", "status", "checked_on", "added_at", "figures", "url")


class AliasSerializer(serializers.ModelSerializer[SkillAlias]):
    """Another name. `how` it counts in texts: `anywhere`, `exact` (with these capitals alone) or `context`
    (only where the words around it say that a skill is meant).
    """

    class Meta:
        model = SkillAlias
        fields = ("name", "how")


class SkillSerializer(serializers.ModelSerializer[Skill]):
    aliases = AliasSerializer(many=True, read_only=True)
    url = serializers.HyperlinkedIdentityField(view_name="api-skill-detail", lookup_field="slug")

    class Meta:
        model = Skill
        fields = ("slug", "name", "aliases", "url")


class ProviderSerializer(serializers.ModelSerializer[Provider]):
    link = serializers.URLField(source="url", read_only=True, help_text="Their own site; empty if unknown.")
    url = serializers.HyperlinkedIdentityField(view_name="api-provider-detail", lookup_field="slug")

    class Meta:
        model = Provider
        fields = ("slug", "name", "kind", "summary", "link", "url")


class NamedSkill(serializers.ModelSerializer[Skill]):
    class Meta:
        model = Skill
        fields = ("slug", "name")


class NamedProvider(serializers.ModelSerializer[Provider]):
    class Meta:
        model = Provider
        fields = ("slug", "name")


class NamedCertification(serializers.ModelSerializer[Certification]):
    class Meta:
        model = Certification
        fields = ("slug", "title")


class CourseFiguresSerializer(serializers.ModelSerializer[CourseFigures]):
    """What one source says; null is unknown, a price of 0 is free."""

    class Meta:
        model = CourseFigures
        fields = (
            "source",
            "source_url",
            "retrieved_on",
            "rating",
            "ratings",
            "enrolled",
            "price",
            "currency",
        )


class CertificationFiguresSerializer(serializers.ModelSerializer[CertificationFigures]):
    """What one source says; a price of 0 is free."""

    class Meta:
        model = CertificationFigures
        fields = ("source", "source_url", "retrieved_on", "price", "currency")


class CourseSerializer(serializers.ModelSerializer[Course]):
    """A course; empty and null are unknown. `hours` is its effort in all, as the filters take it."""

    provider = NamedProvider(read_only=True)
    platform = NamedProvider(read_only=True)
    skills = NamedSkill(many=True, read_only=True)
    leads_to = NamedCertification(many=True, read_only=True)
    hours = serializers.SerializerMethodField()
    figures = CourseFiguresSerializer(many=True, read_only=True)
    link = serializers.URLField(source="url", read_only=True, help_text="Empty where none was checked.")
    url = serializers.HyperlinkedIdentityField(view_name="api-course-detail", lookup_field="slug")

    class Meta:
        model = Course
        fields = (
            *OFFER,
            "provider",
            "platform",
            "kind",
            "level",
            "format",
            "language",
            "hours",
            "effort_hours",
            "weeks_min",
            "weeks_max",
            "weekly_hours_min",
            "weekly_hours_max",
            "skills",
            "leads_to",
            *STATE,
        )

    def get_hours(self, course: Course) -> int | None:
        return course.hours


class CertificationSerializer(serializers.ModelSerializer[Certification]):
    """A certification; empty and null are unknown, a validity of 0 months does not expire."""

    issuer = NamedProvider(read_only=True)
    skills = NamedSkill(many=True, read_only=True)
    prepared_by = serializers.SerializerMethodField()
    figures = CertificationFiguresSerializer(many=True, read_only=True)
    link = serializers.URLField(source="url", read_only=True, help_text="Empty where none was checked.")
    url = serializers.HyperlinkedIdentityField(view_name="api-certification-detail", lookup_field="slug")

    class Meta:
        model = Certification
        fields = (
            *OFFER,
            "issuer",
            "kind",
            "assessment",
            "validity_months",
            "skills",
            "prepared_by",
            *STATE,
        )

    def get_prepared_by(self, certification: Any) -> list[str]:
        """Return the slugs of the listed courses that prepare for it."""
        return [course.slug for course in certification.preparing]
