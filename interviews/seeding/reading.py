"""Reading the files of questions: all of it, or all that is wrong with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from interviews.seeding.schema import QuestionShape, TopicShape
from portal.lined import Faults, LinedFile, lined, parse

TOPICS = "topics.yaml"


@dataclass(frozen=True)
class Content:
    """What the files hold; the topic of each question is there."""

    topics: tuple[TopicShape, ...]
    questions: tuple[QuestionShape, ...]


class BrokenQuestions(Exception):
    """Files that are refused; `faults` has a line for each reason, with file, line and reason."""

    def __init__(self, folder: Path, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join([f"{folder} is refused, and nothing was changed:", *self.faults]))


def read_content(folder: Path) -> Content:
    """Return what `folder` holds: its topics, and the questions of all its other YAML files.

    Raises `BrokenQuestions` with every fault.
    """
    faults = Faults()
    files = [file for name in _names(folder) if (file := _read(folder, name, faults))]
    topics = [
        topic
        for file in files
        if file.name == TOPICS
        for topic in parse(file, list[TopicShape], faults) or []
    ]
    questions = {
        file: parse(file, list[QuestionShape], faults) or [] for file in files if file.name != TOPICS
    }
    for file, place, reason in _contradictions({topic.slug for topic in topics}, questions):
        faults.add(file.name, file.line(*place), reason)
    if faults:
        raise BrokenQuestions(folder, faults)
    return Content(tuple(topics), tuple(entry for entries in questions.values() for entry in entries))


def _names(folder: Path) -> list[str]:
    return [TOPICS, *sorted(path.name for path in folder.glob("*.yaml") if path.name != TOPICS)]


def _read(folder: Path, name: str, faults: Faults) -> LinedFile | None:
    try:
        return lined(name, (folder / name).read_text(encoding="utf-8"), faults)
    except UnicodeDecodeError:
        faults.add(name, 1, "not UTF-8 text")
    except OSError as error:
        faults.add(name, 1, f"cannot be read: {error.strerror}")
    return None


def _contradictions(
    topics: set[str], questions: dict[LinedFile, list[QuestionShape]]
) -> Iterator[tuple[LinedFile, tuple[int | str, ...], str]]:
    """Yield the place of each slug that stands twice, and of each topic that there is none of."""
    seen = set[str]()
    for file, entries in questions.items():
        for number, entry in enumerate(entries):
            if entry.slug in seen:
                yield file, (number, "slug"), f"“{entry.slug}” stands here for the second time"
            seen.add(entry.slug)
            if entry.topic not in topics:
                yield file, (number, "topic"), f"there is no “{entry.topic}” in {TOPICS}"
