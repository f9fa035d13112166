"""The catalog for clients of the API."""

from courses.api.views import CertificationViewSet, CourseViewSet, ProviderViewSet, SkillViewSet

__all__ = ["CertificationViewSet", "CourseViewSet", "ProviderViewSet", "SkillViewSet"]
