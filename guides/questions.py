"""The questions that a guide answers: headings of its sections of questions that end in a question mark."""

import re
from dataclasses import dataclass

from django.utils.text import slugify

from guides.document import Content
from guides.models import Section

QUESTION = re.compile(r"^### ([^\n]+\?)[ \t]*\n(.*?)(?=^#{1,3} |\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Question:
    """A question with its answer, which is Markdown; `place` is its id on pages."""

    title: str
    answer: str
    place: str


def questions_of(content: Content) -> list[Question]:
    """Return the questions of `content` in the order of its sections."""
    sections = [part for part in content["sections"] if part["kind"] == Section.Kind.QUESTIONS]
    return [
        Question(title, answer.strip(), f"{section['slug']}-{slugify(title)}")
        for section in sections
        for title, answer in QUESTION.findall(section["body"])
    ]
