"""What else a skill is called, and how that has to be written to mean the skill."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from courses.models.names import Skill


class SkillAlias(models.Model):
    """Another name of a skill, such as “k8s” of Kubernetes.

    An alias that is the skill's own name says how that name has to be written: “R” is a word in many texts.
    No two aliases differ in case alone; that none is the name of another skill is seen when staff save it,
    and texts are read so that the name counts.
    """

    class How(models.TextChoices):
        ANYWHERE = "anywhere", "anywhere, in capitals or not"
        EXACT = "exact", "only with these capitals"
        CONTEXT = "context", "only among other skills, or where the words around it say that one is meant"

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    how = models.CharField("counts", max_length=8, choices=How, default=How.ANYWHERE)

    class Meta:
        ordering = (Lower("name"), "pk")
        verbose_name = "other name of a skill"
        verbose_name_plural = "other names of skills"
        default_permissions = ()  # who may change the skill may change its names
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                name="skill_alias_once",
                violation_error_message="A skill has this other name already.",
            ),
            models.CheckConstraint(
                condition=models.Q(how__in=["anywhere", "exact", "context"]), name="skill_alias_how_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        other = Skill.objects.filter(name__iexact=self.name).exclude(pk=self.skill_id).first()
        if other:
            raise ValidationError({"name": f"This is the name of the skill “{other.slug}”."})
