"""Rows for tests. Each factory makes something valid and dull; a test says only what it is about."""

from datetime import date

import factory
from django.utils.text import slugify

from accounts.models import ContactRequest, Review, User
from courses.models import Certification, Course, Provider, Skill
from guides.models import Guide, Picture, Section, Source, Stage, Step

PASSWORD = "korrekt-pferd-9"


class Factory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


def slug_of(field):
    return factory.LazyAttribute(lambda made: slugify(getattr(made, field)))


def related(field):
    """Set the many-to-many relation `field` to what the factory was given under its name."""

    def relate(made, create, given, **kwargs):
        if given:
            getattr(made, field).set(given)

    return factory.PostGeneration(relate)


class UserFactory(Factory):
    class Meta:
        model = User

    email = factory.Sequence("person{}@example.org".format)
    password = factory.django.Password(PASSWORD)


# --- The catalog ------------------------------------------------------------------------------


class SkillFactory(Factory):
    class Meta:
        model = Skill

    name = factory.Sequence("Skill {}".format)
    slug = slug_of("name")


class ProviderFactory(Factory):
    class Meta:
        model = Provider

    name = factory.Sequence("Provider {}".format)
    slug = slug_of("name")


class CourseFactory(Factory):
    class Meta:
        model = Course

    title = factory.Sequence("Course {}".format)
    slug = slug_of("title")
    provider = factory.SubFactory(ProviderFactory)
    skills = related("skills")


class CertificationFactory(Factory):
    class Meta:
        model = Certification

    title = factory.Sequence("Certification {}".format)
    slug = slug_of("title")
    issuer = factory.SubFactory(ProviderFactory)
    skills = related("skills")


class ContactRequestFactory(Factory):
    class Meta:
        model = ContactRequest

    user = factory.SubFactory(UserFactory)
    course = factory.SubFactory(CourseFactory)
    title = factory.SelfAttribute("course.title")
    provider = factory.SelfAttribute("course.provider.name")
    name = "Ada"
    email = factory.SelfAttribute("user.email")
    agreed_to = "I agree."


class ReviewFactory(Factory):
    class Meta:
        model = Review

    user = factory.SubFactory(UserFactory)
    course = factory.SubFactory(CourseFactory)
    stars = 4


# --- Guides -----------------------------------------------------------------------------------


class SourceFactory(Factory):
    class Meta:
        model = Source

    key = factory.Sequence("source-{}".format)
    publisher = factory.Sequence("Publisher {}".format)
    title = factory.Sequence("Work {}".format)
    retrieved_on = date(2026, 11, 20)
    cited_by = related("cited_by")


class PictureFactory(Factory):
    """A picture of two sizes, whose files nobody has stored."""

    class Meta:
        model = Picture

    slug = factory.Sequence("picture-{}".format)
    alt = factory.Sequence("What picture {} says".format)
    width = 1200
    height = 600
    files = factory.Sequence(
        lambda number: [
            {"name": f"{number:020x}.webp", "width": 480},
            {"name": f"f{number:019x}.webp", "width": 1200},
        ]
    )


class GuideFactory(Factory):
    """A working copy without a path."""

    class Meta:
        model = Guide

    title = factory.Sequence("Career {}".format)
    slug = slug_of("title")
    summary = "Does what the title says."


class SectionFactory(Factory):
    class Meta:
        model = Section

    guide = factory.SubFactory(GuideFactory)
    kind = Section.Kind.OVERVIEW
    title = factory.Sequence("Section {}".format)
    slug = slug_of("title")
    body = "What there is to say."
    position = factory.Sequence(int)


class StageFactory(Factory):
    """A stage without steps, the last one of its guide so far."""

    class Meta:
        model = Stage

    guide = factory.SubFactory(GuideFactory)
    title = factory.Sequence("Stage {}".format)
    slug = slug_of("title")
    position = factory.Sequence(int)


class StepFactory(Factory):
    """A required step, the last one of its stage so far."""

    class Meta:
        model = Step

    stage = factory.SubFactory(StageFactory)
    guide = factory.SelfAttribute("stage.guide")
    title = factory.Sequence("Step {}".format)
    slug = slug_of("title")
    position = factory.Sequence(int)
    after = related("after")
    skills = related("skills")
    courses = related("courses")
    certifications = related("certifications")
    sources = related("sources")


def guide_with_path(**fields):
    """Return a working copy with a section and a path of two stages: “Read” and “Try” are required,
    “Watch” is optional, then “Build” is required.
    """
    guide = GuideFactory(**fields)
    SectionFactory(guide=guide, title="Overview")
    learn = StageFactory(guide=guide, title="Learn")
    StepFactory(stage=learn, title="Read", effort_hours=10)
    StepFactory(stage=learn, title="Try", effort_hours=20)
    StepFactory(stage=learn, title="Watch", optional=True)
    StepFactory(stage=StageFactory(guide=guide, title="Work"), title="Build", effort_hours=30)
    return guide


def published_guide(**fields):
    """Return the guide of `guide_with_path`, published as edition 1."""
    guide = guide_with_path(**fields)
    guide.publish(by=None)
    return guide


def step_of(guide, title):
    """Return the step of `guide` with this title, retired or not."""
    return guide.steps.get(title=title)
