"""The catalog in the studio: a module for each thing that staff edit."""

from courses.admin.certifications import CertificationAdmin
from courses.admin.courses import CourseAdmin
from courses.admin.names import ProviderAdmin, SkillAdmin
from courses.admin.screens import LINKS

__all__ = ["LINKS", "CertificationAdmin", "CourseAdmin", "ProviderAdmin", "SkillAdmin"]
