"""The questions that come with the site, brought in so that nothing of the staff's is written over.

Each question comes once, with its answers; the weights of a career come once, when its guide is there. What
staff changed or deleted since stays as they left it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints

from courses.models import Seeded
from guides.models import Guide
from portal.lined import Faults, LinedFile, lined, parse
from quiz.models import HEAVIEST, Answer, Question, Weight

BUNDLED = Path(__file__).resolve().parent / "content" / "questions.yaml"
QUESTIONS, CAREERS = "quiz question", "quiz career"  # kinds of what came

Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]+$", max_length=60)]
Points = Annotated[StrictInt, Field(ge=-HEAVIEST, le=HEAVIEST)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerEntry(Entry):
    slug: Slug
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    weights: dict[str, Points]
    reasons: dict[str, Reason] = {}


class QuestionEntry(Entry):
    slug: Slug
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    help: Annotated[str, StringConstraints(strip_whitespace=True, max_length=240)] = ""
    answers: Annotated[list[AnswerEntry], Field(min_length=2)]


class BrokenQuiz(Exception):
    """A file that is refused; the message has a line for each fault, with file, line and reason."""


@dataclass(frozen=True)
class Counts:
    """How many questions and weights were made."""

    questions: int
    weights: int

    def __str__(self) -> str:
        return f"{self.questions} questions made, {self.weights} weights made"


def load(path: Path = BUNDLED) -> Counts:
    """Bring in what the file has and this site never had. All or nothing; raises `BrokenQuiz`."""
    entries = read(path)
    with transaction.atomic():
        new = Seeded.objects.arriving(QUESTIONS, [entry.slug for entry in entries])
        made = _make_questions(entries, new)
        guides = _guides(entries)
        new_guides = Seeded.objects.arriving(CAREERS, guides)
        weights = list(_weights(entries, guides, new, new_guides))
        Weight.objects.bulk_create(weights, ignore_conflicts=True)
    return Counts(made, len(weights))


def read(path: Path) -> Sequence[QuestionEntry]:
    """Return the questions of a file. Raises `BrokenQuiz` with every fault."""
    faults = Faults()
    file = _read(path, faults)
    entries = parse(file, list[QuestionEntry], faults) if file else None
    if file and entries:
        for location, reason in _mistakes(entries):
            faults.add(path.name, file.line(*location), reason)
    if faults:
        raise BrokenQuiz("\n".join([f"{path} is refused, and nothing was changed:", *faults]))
    return entries or []


def _read(path: Path, faults: Faults) -> LinedFile | None:
    try:
        return lined(path.name, path.read_text(encoding="utf-8"), faults)
    except UnicodeDecodeError:
        faults.add(path.name, 1, "not UTF-8 text")
    except OSError as error:
        faults.add(path.name, 1, f"cannot be read: {error.strerror}")
    return None


def _mistakes(entries: Sequence[QuestionEntry]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield what stands twice among its like, and reasons without a weight, with their places."""
    slugs = set[str]()
    for number, entry in enumerate(entries):
        if entry.slug in slugs:
            yield (number, "slug"), f"“{entry.slug}” stands here for the second time"
        slugs.add(entry.slug)
        for name in ("slug", "text"):
            said = [getattr(answer, name) for answer in entry.answers]
            if len(set(said)) < len(said):
                yield (number, "answers"), f"two answers have the same {name}"
        for at, answer in enumerate(entry.answers):
            if idle := answer.reasons.keys() - answer.weights.keys():
                yield (
                    (number, "answers", at, "reasons"),
                    f"a reason without a weight: {', '.join(sorted(idle))}",
                )


def _make_questions(entries: Iterable[QuestionEntry], new: set[str]) -> int:
    """Make the questions that are new, with their answers, and return how many."""
    taken = set(Question.objects.values_list("slug", flat=True))
    made = 0
    for position, entry in enumerate(entries, start=1):
        if entry.slug in new - taken:
            said = {"slug": entry.slug, "text": entry.text, "help": entry.help}
            question = Question.objects.create(**said, position=10 * position)
            Answer.objects.bulk_create(_answers(question, entry))
            made += 1
    return made


def _answers(question: Question, entry: QuestionEntry) -> Iterator[Answer]:
    for position, answer in enumerate(entry.answers, start=1):
        yield Answer(question=question, slug=answer.slug, text=answer.text, position=10 * position)


def _guides(entries: Iterable[QuestionEntry]) -> dict[str, UUID]:
    """Return the guides that weights name, as far as they are there."""
    named = {slug for entry in entries for answer in entry.answers for slug in answer.weights}
    return dict(Guide.objects.filter(slug__in=named).values_list("slug", "pk"))


def _weights(
    entries: Iterable[QuestionEntry], guides: dict[str, UUID], new: set[str], new_guides: set[str]
) -> Iterator[Weight]:
    """Yield the weights of which the question or the guide is new here."""
    named = Answer.objects.exclude(slug="").values_list("question__slug", "slug", "pk")
    answers = {(question, slug): pk for question, slug, pk in named}
    for entry in entries:
        for answer in entry.answers:
            pk = answers.get((entry.slug, answer.slug))
            for slug, points in answer.weights.items():
                if pk and slug in guides and (entry.slug in new or slug in new_guides):
                    why = answer.reasons.get(slug, "")
                    yield Weight(answer_id=pk, guide_id=guides[slug], points=points, reason=why)
