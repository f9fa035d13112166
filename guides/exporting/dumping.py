"""YAML for people: in the order given, in blocks, long lines folded; the same data gives the same text."""

import re
from typing import Any

import yaml

WIDTH = 110  # columns
LONG = 80  # characters, from which a text gets lines of its own
WORDS = re.compile(r"[^\s\x85]+( [^\s\x85]+)*")  # what can be broken at each blank and put together again
OTHER_BREAKS = re.compile(r"[\x85\u2028\u2029]")  # which YAML takes for ends of lines unless they are escaped


class Row(list[str]):
    """A list that stands in one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the lists within mappings, too."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(data: Any) -> str:
    """Return `data` as YAML."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
    return text


def _style(text: str) -> str | None:
    """Return how `text` is to be written; the writer quotes it where that would not give it back."""
    if OTHER_BREAKS.search(text):
        return '"'
    if "\n" in text:
        return "|"
    return ">" if len(text) > LONG and WORDS.fullmatch(text) else None


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _row(dumper: _Dumper, row: Row) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Row, _row)
