"""Bringing the bundled questions into this site, so that nothing of the staff's is written over.

Each topic and question comes once, and each of its links to a guide once, as soon as that guide is here.
What staff changed, retired or deleted stays as they left it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.models import Seeded
from guides.models import Guide, Source
from interviews.models import Question, Topic
from interviews.seeding.reading import read_content
from interviews.seeding.schema import QuestionShape, TopicShape

BUNDLED = Path(__file__).resolve().parent.parent / "content"
TOPIC, QUESTION, LINK = "interview-topic", "interview-question", "interview-link"  # kinds of what comes once
RELATIONS = {"topic", "guides", "source"}


@dataclass(frozen=True)
class Counts:
    """How many questions were made, and how many links of questions to guides."""

    questions: int
    links: int

    def __str__(self) -> str:
        return f"{self.questions} questions made, {self.links} links to guides"


@transaction.atomic
def seed(folder: Path = BUNDLED) -> Counts:
    """Bring in what `folder` has and this site never had. All or nothing; raises `BrokenQuestions`."""
    content = read_content(folder)
    _bring_topics(content.topics)
    made = _bring_questions(content.questions)
    return Counts(made, _bring_links(content.questions))


def _bring_topics(topics: Iterable[TopicShape]) -> None:
    places = {topic.slug: (place, topic) for place, topic in enumerate(topics, start=1)}
    new = Seeded.objects.arriving(TOPIC, places)
    rows = [
        Topic(slug=slug, name=topic.name, position=place)
        for slug, (place, topic) in places.items()
        if slug in new
    ]
    Topic.objects.bulk_create(rows, ignore_conflicts=True)


def _bring_questions(questions: Iterable[QuestionShape]) -> int:
    """Make the questions whose topics are here, and return how many; staff may have deleted a topic."""
    topics = dict(Topic.objects.values_list("slug", "pk"))
    sources = dict(Source.objects.values_list("key", "pk"))
    asked = {question.slug: question for question in questions if question.topic in topics}
    new = Seeded.objects.arriving(QUESTION, asked)
    taken = set(Question.objects.filter(slug__in=new).values_list("slug", flat=True))
    rows = [_row(asked[slug], topics, sources) for slug in asked if slug in new - taken]
    Question.objects.bulk_create(rows)
    return len(rows)


def _row(entry: QuestionShape, topics: Mapping[str, int], sources: Mapping[str, int]) -> Question:
    said: dict[str, Any] = entry.model_dump(exclude=RELATIONS, exclude_none=True)
    source = sources.get(entry.source or "")
    return Question(**said, topic_id=topics[entry.topic], source_id=source)


def _bring_links(questions: Iterable[QuestionShape]) -> int:
    """Link questions to the guides that are here, and return how many links were new."""
    rows = dict(Question.objects.values_list("slug", "pk"))
    guides: dict[str, UUID] = dict(Guide.objects.values_list("slug", "pk"))
    wanted = {
        f"{question.slug} {guide}": (rows[question.slug], guides[guide])
        for question in questions
        for guide in question.guides
        if question.slug in rows and guide in guides
    }
    new = Seeded.objects.arriving(LINK, wanted)
    through = Question.guides.through
    links = [through(question_id=pair[0], guide_id=pair[1]) for name, pair in wanted.items() if name in new]
    through.objects.bulk_create(links, ignore_conflicts=True)
    return len(links)
