"""Samples of job descriptions: one for a career, in lists of one line each."""

from django.core.exceptions import ValidationError
from django.db import models

from guides.models import Guide
from hiring.posting import Sample

MOST_LINES = 20
LONGEST_LINE = 240
LISTS = ("duties", "requirements", "nice_to_have", "offers", "levels")


def check_lines(text: str) -> None:
    """Raise `ValidationError` unless `text` has a sensible number of lines of a sensible length."""
    lines = lines_of(text)
    if len(lines) > MOST_LINES:
        raise ValidationError(f"Write {MOST_LINES} lines at most; there are {len(lines)}.")
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise ValidationError(
                f"“{line[:30]}…” has {len(line)} letters; write {LONGEST_LINE} at most on a line."
            )


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that say something, without the blanks around them."""
    return tuple(stripped for line in text.splitlines() if (stripped := line.strip()))


def line_field(help_text: str, *, blank: bool = False) -> "models.TextField[str, str]":
    """Return a field that holds a list, one line each."""
    return models.TextField(blank=blank, help_text=f"{help_text} One line each.", validators=[check_lines])


class JobDescriptionQuerySet(models.QuerySet["JobDescription"]):
    def of_edition(self, sha256: str) -> "JobDescription | None":
        """Return the sample of the guide with this edition, if there is one."""
        return self.filter(guide__editions__sha256=sha256).first()


class JobDescription(models.Model):
    """What somebody who hires for a career may begin with."""

    guide = models.OneToOneField(
        Guide,
        models.CASCADE,
        related_name="+",
        related_query_name="job_description",
        verbose_name="career",
    )
    summary = models.TextField(max_length=600, help_text="What the person is there for, in two sentences.")
    duties = line_field("What the person does.")
    requirements = line_field("What nobody can do the work without.")
    nice_to_have = line_field("What helps and can be learned at work.", blank=True)
    offers = line_field("What an employer may want to say of what they offer, as a reminder.", blank=True)
    levels = line_field("The levels of the role, such as “Senior: decides how it is built”.", blank=True)

    objects = JobDescriptionQuerySet.as_manager()

    class Meta:
        ordering = ("guide__title",)

    def __str__(self) -> str:
        return f"Job description: {self.guide}"

    def clean(self) -> None:
        """Bring lists to their lines alone: a browser sends other ends of lines than files have."""
        for name in LISTS:
            setattr(self, name, "\n".join(lines_of(getattr(self, name))))

    def sample(self, title: str) -> Sample:
        """Return what it says, for a career of this title."""
        return Sample(
            title=title,
            summary=self.summary,
            duties=lines_of(self.duties),
            requirements=lines_of(self.requirements),
            nice_to_have=lines_of(self.nice_to_have),
            offers=lines_of(self.offers),
            levels=lines_of(self.levels),
        )
