"""Markdown without the way its lines wrap. Pure."""

import re

FENCES = ("```", "~~~")
HARD_BREAKS = ("  ", "\\")
BLOCK = re.compile(r"\s*(?:[-*+] |[>|#]|: |\d+[.)] |\[\^)")  # where an item, a row, a heading ... begins


def unwrapped(text: str) -> str:
    """Return Markdown with each paragraph in one line, which reads the same."""
    return "".join(lines_of(text)).strip()


def lines_of(text: str) -> list[str]:
    """Return the lines of `unwrapped(text)`.

    Each begins with its break, of two line feeds after a blank line and for the first one: so a line more at
    either end leaves the others as they are.
    """
    lines: list[list[str]] = []  # in parts: each line of a paragraph is one
    before, is_fenced = "", False
    for line in text.splitlines():
        is_fence = line.lstrip().startswith(FENCES)
        if _goes_on(before, line) and not is_fenced and not is_fence:
            lines[-1].append(f" {_plain(line)}")
        elif line.strip():
            lines.append([_break(before), line.rstrip() if is_fenced else _indented(line)])
        before, is_fenced = line, is_fenced != is_fence
    return ["".join(parts) for parts in lines]


def _break(before: str) -> str:
    return "\n" if before.strip() else "\n\n"


def _goes_on(before: str, line: str) -> bool:
    """Whether `line` is of one paragraph with the line before it."""
    if not before.strip() or before.endswith(HARD_BREAKS) or before.lstrip().startswith(FENCES):
        return False
    return bool(line.strip()) and BLOCK.match(line) is None


def _indented(line: str) -> str:
    return f"{line[: -len(line.lstrip())]}{_plain(line)}"


def _plain(line: str) -> str:
    return " ".join(line.split())
