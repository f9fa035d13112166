"""Rows of JSON: a list of objects, an object with such a list as its courses, or an object on each line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courses.importing.reading.letters import encoding_of
from courses.importing.reading.row import Row, Table, text_of
from courses.importing.refusal import Unreadable

CHUNK = 1024**2  # characters
OPENING = re.compile(r'\s*(?:\{\s*"courses"\s*:\s*)?\[')
BETWEEN = re.compile(r"[\s,]*")
CLOSING = re.compile(r"\s*\]\s*\}?\s*")


def read_objects(path: Path, told: str = "") -> Table:
    """Return what the JSON file at `path` holds; `told` is its encoding, if known. Raises `Unreadable`."""
    encoding, notes = encoding_of(path, told)
    header: dict[str, None] = {}
    for _, thing in _things(path, encoding):
        if isinstance(thing, dict):
            header |= dict.fromkeys(thing)
    if not header:
        raise Unreadable('There are no courses. Give a list of objects, or {"courses": […]}.')
    return Table(list(header), lambda: _rows(path, encoding), notes)


def _rows(path: Path, encoding: str) -> Iterator[Row]:
    for number, (line, thing) in enumerate(_things(path, encoding), 1):
        if isinstance(thing, dict):
            yield Row(number, line, {name: text_of(value) for name, value in thing.items()})
        else:
            yield Row(number, line, {}, "it is no object")


def _things(path: Path, encoding: str) -> Iterator[tuple[int, Any]]:
    """Yield what the list holds, each with the line it begins on, without holding all of it."""
    with path.open(encoding=encoding) as file:
        try:
            yield from _decoded(file)
        except UnicodeError as error:
            raise Unreadable("The letters of the file cannot be read. Save it as UTF-8.") from error
        except RecursionError as error:
            raise Unreadable("The JSON is nested too deeply.") from error


def _decoded(file: Any) -> Iterator[tuple[int, Any]]:
    decode = json.JSONDecoder().raw_decode
    text, line, more = file.read(CHUNK), 1, True
    opening = OPENING.match(text)
    at = opening.end() if opening else 0
    line += text.count("\n", 0, at)
    while True:
        start = BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        line += text.count("\n", at, start)
        at = start
        try:
            thing, end = decode(text, at)
            if end == len(text) and more:
                raise json.JSONDecodeError("A number may go on", text, end)
        except json.JSONDecodeError as error:
            if more:
                new = file.read(max(CHUNK, len(text)))
                text, at, more = text[at:] + new, 0, bool(new)
                continue
            _check_end(text[at:], bool(opening), line + text.count("\n", at, error.pos), error)
            return
        yield line, thing
        line += text.count("\n", at, end)
        at = end


def _check_end(rest: str, is_list: bool, line: int, error: json.JSONDecodeError) -> None:
    """Raise `Unreadable` where `rest` is no end of the list."""
    if not (CLOSING.fullmatch(rest) if is_list else not rest.strip()):
        raise Unreadable(f"The JSON is broken at line {line}: {error.msg}.")
