"""Credit records as lines of YAML, with the titles of steps beside their ids."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from guides.writing.records import Record


def credit_lines(records: Iterable[Record], titles: Mapping[str, str]) -> str:
    """Return `records` as the text of `credits.yaml`; `titles` are those of steps by id."""
    in_order = sorted(records, key=lambda record: (sorted(record.old), sorted(record.new)))
    return "".join(f"{line}\n" for record in in_order for line in _lines(record, titles))


def _lines(record: Record, titles: Mapping[str, str]) -> Iterator[str]:
    yield "- old:"
    yield from _side(record.old, titles)
    yield "  new:"
    yield from _side(record.new, titles)


def _side(steps: Iterable[UUID], titles: Mapping[str, str]) -> Iterator[str]:
    for step in sorted(str(step) for step in steps):
        yield f"    - {step}{_comment(titles.get(step, ''))}"


def _comment(title: str) -> str:
    """Return `title` as a comment that ends with its line."""
    words = "".join(letter if letter.isprintable() else " " for letter in title).split()
    return f"  # {' '.join(words)}" if words else ""
