"""YAML that remembers its lines, so that a fault can say where it is."""

from collections.abc import Iterator
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

Shape = TypeVar("Shape")


class Faults(list[str]):
    """What is wrong with files: a line of text for each fault, with file, line and reason."""

    def add(self, file: str, line: int, reason: str) -> None:
        self.append(f"{file}:{line}: {reason}")


class _Loader(yaml.SafeLoader):
    """YAML with dates as they are written, and without aliases, which can make a short text endless."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.get_event().start_mark  # type: ignore[no-untyped-call]  # of the stubs
            raise yaml.MarkedYAMLError(problem="aliases cannot be used here", problem_mark=mark)
        return super().compose_node(parent, index)


class LinedFile:
    """A YAML file with the line of each of its values."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        loader = _Loader(text)
        self.root = loader.get_single_node()
        self.data = loader.construct_document(self.root) if self.root else None

    def line(self, *location: int | str) -> int:
        """Return the line, from 1, of the value at `location`, or of the nearest one above it."""
        node = self.root
        for part in location:
            child = _child(node, part)
            if child is None:
                break
            node = child
        return node.start_mark.line + 1 if node else 1


def lined(name: str, text: str, faults: Faults) -> LinedFile | None:
    """Return the YAML file called `name` that holds `text`; None, with a fault, if it is not valid."""
    try:
        file = LinedFile(name, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(name, mark.line + 1 if mark else 1, f"not valid YAML: {error.problem or error.context}")
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        faults.add(name, 1, f"not valid YAML: {error}")
        return None
    for line, key in _repeated_keys(file.root):
        faults.add(name, line, f"the key “{key}” stands here for the second time")
    return file


def parse(file: LinedFile, shape: type[Shape], faults: Faults) -> Shape | None:
    """Return what `file` holds as `shape`; None, with a fault for each wrong value, if it does not fit."""
    try:
        return TypeAdapter(shape).validate_python(file.data)
    except ValidationError as error:
        for wrong in error.errors():
            where = ".".join(str(part) for part in wrong["loc"])
            value = f", not {wrong['input']!r:.60}" if isinstance(wrong["input"], str | int | float) else ""
            reason = wrong["msg"].removeprefix("Value error, ")
            faults.add(file.name, file.line(*wrong["loc"]), f"{where}: {reason}{value}")
        return None


def _child(node: Any, part: int | str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part]
    return None


def _repeated_keys(node: Any) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen = set[str]()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, key.value
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)
