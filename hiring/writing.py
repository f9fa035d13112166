"""A job description as Markdown, and as an HTML document of its own."""

import re

from django.template.loader import render_to_string
from django.utils.text import slugify

from hiring.posting import Part, Posting, Text

LONGEST_NAME = 60  # letters of a file's name

# What CommonMark and its common extensions would read as markup within a line, and at the start of one.
WITHIN = re.compile(r"([\\`*_\[\]<>&~|])")
AT_START = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")
OF_HEADING = re.compile(r"(?:^|(?<= ))#")  # begins a heading, or ends one; in “C#” it does neither


def markdown_of(posting: Posting) -> str:
    """Return `posting` as Markdown that reads as it was typed: nothing in it becomes markup."""
    facts = [f"- **{label}:** {_inline(text)}" for label, text in posting.facts]
    parts = [line for part in posting.parts for line in _part(part)]
    return "\n".join([f"# {_escaped(posting.title)}", "", *facts, *parts, ""])


def html_of(posting: Posting) -> str:
    """Return `posting` as an HTML document, which needs no other file."""
    return render_to_string("hiring/document.html", {"posting": posting})


def file_stem(posting: Posting, otherwise: str) -> str:
    """Return a name for a file of `posting`, of letters, digits and hyphens; `otherwise` if none are left."""
    return slugify(posting.title)[:LONGEST_NAME].strip("-") or otherwise


def _part(part: Part) -> list[str]:
    said = [_inline(text) for text in part.texts]
    if part.is_list:
        return ["", f"## {part.heading}", "", *(f"- {line}" for line in said)]
    return ["", f"## {part.heading}", *(line for text in said for line in ("", text))]


def _inline(text: Text) -> str:
    return str(text) if text.is_blank else _escaped(text.words)


def _escaped(words: str) -> str:
    """Return one line of `words` with a backslash before what would be markup."""
    words = OF_HEADING.sub(r"\#", WITHIN.sub(r"\\\1", " ".join(words.split())))
    return AT_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", words)
