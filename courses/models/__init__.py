"""The catalog: what can be learnt, who teaches it, and what proves it."""

from courses.models.alias import SkillAlias
from courses.models.certification import Certification, CertificationFigures
from courses.models.change import Change
from courses.models.course import Course, CourseFigures
from courses.models.figures import Figures
from courses.models.names import Provider, Skill
from courses.models.offer import Offer, Status
from courses.models.seeded import Seeded

__all__ = [
    "Certification",
    "CertificationFigures",
    "Change",
    "Course",
    "CourseFigures",
    "Figures",
    "Offer",
    "Provider",
    "Seeded",
    "Skill",
    "SkillAlias",
    "Status",
]
