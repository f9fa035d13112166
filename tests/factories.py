"""Rows for tests. Each factory makes something valid and dull; a test says only what it is about."""

from datetime import date

import factory
from django.utils.text import slugify

from accounts.models import ContactRequest, Review, User
from courses.models import Certification, Course, Provider, Skill, SkillAlias
from facts.models import Naming, Outlook, Place, Salary
from guides.models import Guide, Picture, Section, Source, Stage, Step
from hiring.models import JobDescription
from inbox.models import Message
from interviews.models import Question as InterviewQuestion
from interviews.models import Topic
from jobs.models import Feed, FeedEntry, Posting
from jobs.reading.sameness import link_key
from quiz.models import Answer, Question, Weight

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


class SkillAliasFactory(Factory):
    class Meta:
        model = SkillAlias

    skill = factory.SubFactory(SkillFactory)
    name = factory.Sequence("Alias {}".format)


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


# --- Figures of careers -----------------------------------------------------------------------


class PlaceFactory(Factory):
    """A city of the United States; `within` says of which state."""

    class Meta:
        model = Place
        django_get_or_create = ("slug",)

    kind = Place.Kind.CITY
    name = factory.Sequence("City {}".format)
    slug = slug_of("name")
    within = factory.LazyAttribute(lambda made: country())


def world():
    return Place.objects.get_or_create(slug="world", defaults={"kind": Place.Kind.WORLD, "name": "World"})[0]


def country(name="United States", code="US"):
    """Return a country, made on first use."""
    fields = {"kind": Place.Kind.COUNTRY, "name": name, "code": code}
    return Place.objects.get_or_create(slug=slugify(name), defaults=fields | {"within": world()})[0]


def state(name, code):
    """Return a state of the United States, made on first use: state("Washington", "US-WA")."""
    fields = {"kind": Place.Kind.STATE, "name": name, "code": code, "within": country()}
    return Place.objects.get_or_create(slug=code.lower(), defaults=fields)[0]


class SalaryFactory(Factory):
    """The average of a whole country, of this or that source."""

    class Meta:
        model = Salary

    guide = factory.SubFactory(GuideFactory)
    source = factory.SubFactory(SourceFactory)
    statistic = "average"
    place = factory.LazyFunction(country)
    amount = factory.LazyAttribute(lambda made: None if getattr(made, "low", None) else 120_000)
    retrieved_on = date(2026, 11, 20)


class OutlookFactory(Factory):
    class Meta:
        model = Outlook

    guide = factory.SubFactory(GuideFactory)
    source = factory.SubFactory(SourceFactory)
    statistic = "growth in posts"
    place = factory.LazyFunction(country)
    change_percent = 22
    retrieved_on = date(2026, 11, 20)


class NamingFactory(Factory):
    class Meta:
        model = Naming

    guide = factory.SubFactory(GuideFactory)
    kind = Naming.Kind.EMPLOYERS
    names = factory.LazyFunction(lambda: ["Acme", "Globex"])
    retrieved_on = date(2026, 11, 20)
    sources = related("sources")


# --- Jobs -------------------------------------------------------------------------------------


class FeedFactory(Factory):
    """A feed that was never fetched."""

    class Meta:
        model = Feed

    guide = factory.SubFactory(GuideFactory)
    publisher = factory.Sequence("Job site {}".format)
    url = factory.Sequence("https://jobs.example/{}.rss".format)


class PostingFactory(Factory):
    """A job that a feed lists; `feed=` says which."""

    class Meta:
        model = Posting

    title = factory.Sequence("Baker {}".format)
    link = factory.Sequence("https://jobs.example/{}/".format)
    link_key = factory.LazyAttribute(lambda made: link_key(made.link))
    search_text = factory.LazyAttribute(lambda made: made.title.casefold())

    @factory.post_generation
    def feed(self, create, given, **kwargs):
        FeedEntry.objects.create(feed=given or FeedFactory(), posting=self, key=self.link_key)


# --- Interview practice -----------------------------------------------------------------------


class TopicFactory(Factory):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    name = factory.Sequence("Topic {}".format)
    slug = slug_of("name")


class InterviewQuestionFactory(Factory):
    """A question of the topic “Baking”, of no guide unless `guides` names some."""

    class Meta:
        model = InterviewQuestion

    text = factory.Sequence("What is yeast {}?".format)
    slug = slug_of("text")
    answer = "It makes the dough *rise*."
    topic = factory.SubFactory(TopicFactory, name="Baking")
    guides = related("guides")


# --- The quiz, and job descriptions -------------------------------------------------------------


class QuestionFactory(Factory):
    """A question with two answers, “Yes” and “No”, or with the `answers` given as texts."""

    class Meta:
        model = Question

    text = factory.Sequence("Question {}?".format)
    slug = slug_of("text")

    @factory.post_generation
    def answers(question, create, given, **kwargs):  # noqa: N805 (as factory-boy calls it)
        for position, text in enumerate(given or ("Yes", "No")):
            Answer.objects.create(question=question, text=text, position=position)


class WeightFactory(Factory):
    class Meta:
        model = Weight

    answer = factory.LazyFunction(lambda: QuestionFactory().answers.first())
    guide = factory.SubFactory(GuideFactory)
    points = 2


class JobDescriptionFactory(Factory):
    class Meta:
        model = JobDescription

    guide = factory.SubFactory(GuideFactory)
    summary = "You bake what others can build on."
    duties = "Bake\nTaste"
    requirements = "Patience"
    nice_to_have = "A second oven"
    offers = "How early the day begins"
    levels = "Junior: bakes what others have planned\nSenior: decides what is baked"


# --- The inbox --------------------------------------------------------------------------------


class MessageFactory(Factory):
    class Meta:
        model = Message

    name = "Vera Writer"
    email = "vera@example.org"
    subject = "An oven"
    text = "Is there a guide for ovens?"
